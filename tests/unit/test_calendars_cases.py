"""Cases worked out by hand, with the reason beside each; see calendars_cases.tsv."""

import csv
from datetime import date, datetime, time
from pathlib import Path

import pytest

from tinhso.calendars import clock
from tinhso.calendars.loading import load_calendar
from tinhso.calendars.types import Calendar, OutsideCalendar, Pause, TimeLimit, Unit

PACKS = Path(__file__).parents[2] / "packs"

with (Path(__file__).parent / "calendars_cases.tsv").open(encoding="utf-8") as lines:
    CASES = list(csv.DictReader(lines, delimiter="\t"))


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return load_calendar(PACKS, "quang-ninh")


def the_limit(case: dict[str, str]) -> TimeLimit:
    value, unit = case["limit"].split()
    return TimeLimit.of(int(value), unit, case["cut_off"] or None, same_day=bool(case["same_day"]))


def the_pauses(case: dict[str, str]) -> list[Pause]:
    return [Pause(*map(datetime.fromisoformat, pair.split("/"))) for pair in case["pauses"].split()]


@pytest.mark.parametrize("case", CASES, ids=[f"{c['received']} {c['limit']}: {c['reason']}" for c in CASES])
def test_the_clock_agrees_with_the_hand(case: dict[str, str], calendar: Calendar) -> None:
    received = datetime.fromisoformat(case["received"])
    result = clock.due(received=received, limit=the_limit(case), calendar=calendar, pauses=the_pauses(case))
    assert result.at.isoformat() == case["due"], case["reason"]


@pytest.mark.parametrize("case", CASES)
def test_the_explanation_tells_every_day_and_ends_with_the_due_moment(
    case: dict[str, str], calendar: Calendar
) -> None:
    received = datetime.fromisoformat(case["received"])
    result = clock.due(received=received, limit=the_limit(case), calendar=calendar, pauses=the_pauses(case))
    days = [line.on for line in result.lines]
    assert days == sorted(set(days))
    assert (days[-1] - days[0]).days == len(days) - 1
    assert days[-1] == result.at.date()
    assert f"hết hạn lúc {result.at:%H:%M}" in result.lines[-1].text.vi
    assert f"due at {result.at:%H:%M}" in result.lines[-1].text.en
    assert "nhận lúc" in result.lines[0].text.vi


def test_there_are_at_least_forty_cases_each_with_a_reason() -> None:
    assert len(CASES) >= 40
    assert all(case["reason"] for case in CASES)


def test_working_days_are_numbered_up_to_the_limit(calendar: Calendar) -> None:
    result = clock.due(
        received=datetime.fromisoformat("2026-02-13T15:30+07:00"),
        limit=TimeLimit(3, Unit.WORKING_DAY),
        calendar=calendar,
    )
    assert [line.on.isoformat() for line in result.lines if line.counted] == [
        "2026-02-23", "2026-02-24", "2026-02-25",
    ]  # fmt: skip
    assert clock.explain(result)[-1] == "25/02/2026  Thứ Tư; ngày làm việc thứ 3 trên 3; hết hạn lúc 17:00"
    assert clock.explain(result, "en")[0].endswith("the day of receipt is not counted")
    assert "Tết" in clock.explain(result)[4]


def test_the_cut_off_is_named_when_it_moves_the_receipt(calendar: Calendar) -> None:
    result = clock.due(
        received=datetime.fromisoformat("2026-02-13T15:30+07:00"),
        limit=TimeLimit(3, Unit.WORKING_DAY, cut_off=time(15)),
        calendar=calendar,
    )
    assert "nhận sau 15:00 nên tính là nhận vào ngày làm việc tiếp theo 23/02/2026" in result.lines[0].text.vi


def test_what_is_left_turns_negative_when_late(calendar: Calendar) -> None:
    due_at = datetime.fromisoformat("2026-03-03T09:30+07:00")
    before = datetime.fromisoformat("2026-03-02T16:00+07:00")
    after = datetime.fromisoformat("2026-03-03T14:00+07:00")
    assert clock.remaining(at=before, due_at=due_at, calendar=calendar) == 3
    assert clock.remaining(at=after, due_at=due_at, calendar=calendar) == -2.5


def test_a_day_beyond_the_calendar_is_refused(calendar: Calendar) -> None:
    with pytest.raises(OutsideCalendar) as refused:
        clock.due(
            received=datetime.fromisoformat("2045-12-28T09:00+07:00"),
            limit=TimeLimit(30, Unit.WORKING_DAY),
            calendar=calendar,
        )
    assert refused.value.data["last"] == "31/12/2045"


def test_working_days_are_found_forwards_and_backwards(calendar: Calendar) -> None:
    friday, saturday, monday = date(2026, 3, 6), date(2026, 3, 7), date(2026, 3, 9)
    assert calendar.add_working_days(friday, 0) == friday
    assert calendar.add_working_days(saturday, 0) == monday
    assert calendar.add_working_days(saturday, 1) == monday
    assert calendar.add_working_days(saturday, -1) == friday
    assert calendar.add_working_days(monday, -1) == friday
