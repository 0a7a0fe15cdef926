"""Periods by name: what a name holds, what holds a day, what came before."""

from datetime import date

import pytest

from tinhso.indicators.formulas import Period
from tinhso.indicators.periods import PeriodUnknown, before, months_up_to, name_of, named, running


@pytest.mark.parametrize(
    ("name", "since", "until", "came_before"),
    [
        ("2026", date(2026, 1, 1), date(2027, 1, 1), "2025"),
        ("2026-Q1", date(2026, 1, 1), date(2026, 4, 1), "2025-Q4"),
        ("2026-12", date(2026, 12, 1), date(2027, 1, 1), "2026-11"),
        ("2026-01-bc", date(2025, 12, 15), date(2026, 1, 15), "2025-12-bc"),
    ],
)
def test_a_name_says_its_days_and_is_told_again(
    name: str, since: date, until: date, came_before: str
) -> None:
    period = named(name)
    assert (period.since, period.until) == (since, until)
    assert name_of(period) == name
    assert name_of(before(period)) == came_before


def test_the_month_of_the_administration_turns_on_the_15th() -> None:
    assert name_of(running("report", date(2026, 11, 14))) == "2026-11-bc"
    assert name_of(running("report", date(2026, 11, 15))) == "2026-12-bc"
    assert name_of(running("report", date(2026, 12, 31))) == "2027-01-bc"
    assert name_of(running("quarter", date(2026, 11, 22))) == "2026-Q4"


@pytest.mark.parametrize("name", ["", "26", "2026-13", "2026-Q5", "2026-Q1-bc", "0001", "2026-08-15"])
def test_what_names_no_period_is_refused_with_what_would(name: str) -> None:
    with pytest.raises(PeriodUnknown, match="2026-Q3"):
        named(name)


def test_other_spans_of_days_have_a_name_and_as_many_days_before() -> None:
    days = Period(date(2026, 1, 3), date(2026, 2, 1))
    assert name_of(days) == "2026-01-03_2026-02-01"
    assert before(days).until == days.since


def test_months_end_with_the_one_of_the_day() -> None:
    assert [name_of(one) for one in months_up_to(date(2026, 2, 10), 3)] == ["2025-12", "2026-01", "2026-02"]
