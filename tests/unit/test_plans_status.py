"""How a target stands, what its trend leads to, and what a file may not say."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tinhso.definitions.packs import packs_folder
from tinhso.plans.checking import mistakes
from tinhso.plans.forecast import Chance, Forecast, Silence, forecast
from tinhso.plans.graph import cycle
from tinhso.plans.status import Point, Status, stand
from tinhso.plans.types import Base, ForecastRules, Target
from tinhso.web.plans.words import NotANumber, decimal_of

RULES = ForecastRules(least=4, reach=Decimal(2))
DUE = date(2025, 12, 31)


def target(**changes: object) -> Target:
    told = {"id": "one", "pillar": "p", "text": "Chỉ tiêu", "unit": "%", "aim": 20, "by": DUE, "source": "A"}
    return Target.model_validate({**told, **changes})


def points(*values: float, year: int = 2021) -> tuple[Point, ...]:
    return tuple(Point(date(year + n, 12, 31), Decimal(str(value))) for n, value in enumerate(values))


def test_a_target_without_a_value_has_no_data_and_is_not_at_zero() -> None:
    found = stand(target(), (), today=date(2024, 1, 1))
    assert (found.status, found.latest) == (Status.NO_DATA, None)
    zero = stand(target(), points(0), today=date(2024, 1, 1))
    assert zero.status is Status.OPEN


@pytest.mark.parametrize(
    ("changes", "value", "status"),
    [
        ({}, 20, Status.REACHED),
        ({"exceed": True}, 20, Status.OPEN),
        ({"exceed": True}, 20.1, Status.REACHED),
        ({"direction": "down", "aim": 5}, 5, Status.REACHED),
        ({"direction": "down", "aim": 5}, 3, Status.REACHED),
        ({"direction": "down", "aim": 5}, 7, Status.OPEN),
    ],
)
def test_the_last_value_decides_by_direction_and_by_whether_the_aim_is_enough(
    changes: dict[str, object], value: float, status: Status
) -> None:
    assert stand(target(**changes), points(value), today=date(2024, 1, 1)).status is status


def test_a_value_on_the_way_is_held_against_a_straight_line_from_the_start() -> None:
    base = Base(value=Decimal(10), on=date(2021, 12, 31), source="A")
    fast = stand(target(base=base), points(15, year=2023), today=date(2024, 1, 1))
    slow = stand(target(base=base), points(14.9, year=2023), today=date(2024, 1, 1))
    assert fast.expected is not None
    assert round(fast.expected, 2) == Decimal("15.00") - Decimal("0.00")
    assert (fast.status, slow.status) == (Status.ON_THE_WAY, Status.BEHIND)
    without = stand(target(), points(10, 12, 14), today=date(2024, 1, 1))
    assert without.status is Status.BEHIND


def test_once_the_day_is_over_what_was_reached_by_then_stays_reached() -> None:
    today = date(2026, 6, 1)
    assert stand(target(), points(18, 21, year=2024), today=today).status is Status.REACHED
    fell = stand(target(), points(21, 18, year=2025), today=today)
    assert (fell.status, fell.is_late) == (Status.REACHED, False)
    late = stand(target(), (*points(18, year=2025), Point(date(2026, 5, 1), Decimal(20))), today=today)
    assert (late.status, late.is_late) == (Status.REACHED, True)
    missed = stand(target(), points(18, year=2025), today=today)
    assert (missed.status, missed.is_late) == (Status.BEHIND, True)


def test_a_trend_is_drawn_by_least_squares_with_the_interval_of_the_textbook() -> None:
    # x = 0, 365, 730, 1096 days, solved as a matrix by another program; t(2) = 2.920.
    found = forecast(target(decimals=2), points(10, 12, 14.6, 16.5), today=date(2025, 1, 2), rules=RULES)
    assert isinstance(found, Forecast)
    assert (found.value, found.low, found.high) == (Decimal("18.80"), Decimal("17.83"), Decimal("19.77"))
    assert found.chance is Chance.UNLIKELY
    chances = [
        forecast(target(aim=aim), points(10, 12, 14.6, 16.5), today=DUE, rules=RULES) for aim in (17, 18, 20)
    ]
    assert [one.chance for one in chances if isinstance(one, Forecast)] == [
        Chance.LIKELY,
        Chance.UNCERTAIN,
        Chance.UNLIKELY,
    ]


def test_a_forecast_is_refused_from_too_few_values_or_too_far_ahead() -> None:
    assert forecast(target(), points(10, 12, 14), today=date(2024, 1, 1), rules=RULES) is Silence.TOO_FEW
    close = tuple(Point(date(2024, month, 1), Decimal(month)) for month in (1, 2, 3, 4))
    assert forecast(target(), close, today=date(2024, 5, 1), rules=RULES) is Silence.TOO_FAR
    assert forecast(target(), points(1, 2, 3, 4), today=date(2026, 1, 1), rules=RULES) is Silence.DAY_IS_OVER


def test_a_forecast_stays_within_what_makes_sense() -> None:
    rising = points(60, 80, 90, 99)
    found = forecast(target(aim=100, highest=100, lowest=0), rising, today=date(2025, 1, 2), rules=RULES)
    assert isinstance(found, Forecast)
    assert found.high == 100


def test_a_circle_of_waiting_tasks_is_found_and_a_straight_line_is_none() -> None:
    assert cycle({"a": ["b"], "b": ["c"], "c": ["a"]}) == ("a", "b", "c", "a")
    assert cycle({"a": ["b", "c"], "b": ["c"], "c": []}) == ()
    assert cycle({"a": ["a"]}) == ("a", "a")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("21,6", "21.6"),
        ("21.6", "21.6"),
        ("1.250", "1250"),
        ("1.250,5", "1250.5"),
        ("80 %", "80"),
        ("0.326", "0.326"),
    ],
)
def test_numbers_are_read_as_vietnamese_people_write_them(typed: str, number: str) -> None:
    assert decimal_of(typed) == Decimal(number)


@pytest.mark.parametrize("typed", ["", "nhiều", "1,2,3", "NaN", "∞"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(NotANumber):
        decimal_of(typed)


PLAN = """
id: bad
name: Thử
issuer: Tỉnh
since: 2024-01-01
until: 2025-12-31
sources: {A: Nguồn}
counts: {targets: 1, source: A}
pillars: [{id: p, name: Trụ cột}]
targets:
  - {id: one, pillar: q, text: X, unit: "%", aim: 120, highest: 100, by: 2023-01-01, owner: "000", source: A}
  - {id: two, pillar: p, text: Hai, unit: "%", aim: 1, by: 2025-01-01, indicator: nowhere, source: B}
tasks:
  - {id: a, pillar: p, text: A, start: 2025-01-01, due: 2024-06-01, blocked_by: [b], source: A}
  - {id: b, pillar: p, text: B, blocked_by: [a, c], source: A}
"""


def test_every_mistake_of_a_plan_is_named_with_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "quang-ninh" / "plans"
    folder.mkdir(parents=True)
    (folder / "other.yaml").write_text(PLAN, encoding="utf-8")
    found = {(one.code, one.line) for one in mistakes(tmp_path, indicators={"known"})}
    assert found == {
        ("plan-unknown-pillar", 11),
        ("plan-aim-outside", 11),
        ("plan-ends-early", 11),
        ("plan-unknown-agency", 11),
        ("plan-unknown-source", 12),
        ("plan-unknown-indicator", 12),
        ("plan-ends-early", 14),
        ("plan-circle", 14),
        ("plan-unknown-task", 15),
        ("plan-more-than-said", 8),
        ("plan-file-name", 2),
    }
    (folder / "other.yaml").write_text(PLAN.replace('unit: "%", aim: 1,', "aim: 1,"), encoding="utf-8")
    without_unit = [one for one in mistakes(tmp_path) if one.line == 12]
    assert any("unit" in one.problem for one in without_unit)


def test_plans_and_parts_that_come_twice_and_targets_without_measure_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "quang-ninh" / "plans"
    folder.mkdir(parents=True)
    text = PLAN.replace("id: bad", "id: other").replace("id: two", "id: one")
    text = text.replace(
        'unit: "%", aim: 1,', 'unit: "", base: {value: 1, on: 2025-06-01, source: A}, aim: 1,'
    )
    for name in ("other.yaml", "another.yaml"):
        (folder / name).write_text(text, encoding="utf-8")
    found = {one.code for one in mistakes(tmp_path)}
    assert {"plan-twice", "plan-part-twice", "plan-no-unit", "plan-base-late"} <= found


def test_the_plans_of_the_packs_are_sound_and_claim_no_more_than_their_sources() -> None:
    assert list(mistakes(packs_folder())) == []
