"""Hours, codes and rules of halls, without a database."""

from datetime import date, datetime

import pytest

from tinhso.appointments.codes import grouped_code, new_code, read_code
from tinhso.appointments.hours import HoursUnreadable, read_hours, sessions_of, the_calendar, written_hours
from tinhso.appointments.rules import rules
from tinhso.appointments.states import OPEN_TURN, TURN_MOVES, TurnState
from tinhso.kernel.clock import VIETNAM


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", None),
        ("Nghỉ", []),
        ("7:30-11:30", [["07:30", "11:30"]]),
        ("7h30 – 11h30, 13:30-17:00", [["07:30", "11:30"], ["13:30", "17:00"]]),
    ],
)
def test_hours_are_read_as_people_write_them(typed: str, read: object) -> None:
    assert read_hours(typed) == read
    assert read_hours(written_hours(read_hours(typed))) == read


@pytest.mark.parametrize("typed", ["sáng", "7:30", "11:30-7:30", "7:30-11:30, 11:00-12:00", "25:00-26:00"])
def test_hours_that_are_none_are_refused(typed: str) -> None:
    with pytest.raises(HoursUnreadable):
        read_hours(typed)


def test_a_day_has_the_sessions_of_the_calendar_unless_the_hall_says_otherwise() -> None:
    calendar, tuesday, saturday = the_calendar(), date(2026, 3, 10), date(2026, 3, 14)
    usual = sessions_of(tuesday, weekly={}, closed=(), calendar=calendar)
    assert usual == calendar.sessions(tuesday)
    assert sessions_of(saturday, weekly={}, closed=(), calendar=calendar) == ()
    own = sessions_of(saturday, weekly={"5": [["07:30", "11:30"]]}, closed=(), calendar=calendar)
    assert own[0][0] == datetime(2026, 3, 14, 7, 30, tzinfo=VIETNAM)
    assert sessions_of(tuesday, weekly={"1": []}, closed=(), calendar=calendar) == ()
    assert sessions_of(tuesday, weekly={}, closed={tuesday}, calendar=calendar) == ()
    assert (
        sessions_of(date(2026, 4, 30), weekly={"3": [["07:30", "11:30"]]}, closed=(), calendar=calendar) == ()
    )
    assert sessions_of(date(2099, 1, 1), weekly={}, closed=(), calendar=calendar) == ()


def test_a_code_is_read_however_it_is_typed_or_scanned() -> None:
    code = new_code()
    assert len(code) == 8
    for typed in (
        code,
        code.lower(),
        grouped_code(code),
        f" {code[:4]}-{code[4:]} ",
        f"https://x.vn/ma/{code}/",
    ):
        assert read_code(typed) == code
    assert read_code("Ạ" * 500) == ""


def test_every_priority_group_names_its_source() -> None:
    groups = rules().priority_groups
    assert {"disabled", "elderly", "pregnant"} <= {group.id for group in groups}
    assert all(group.source and group.confidence in {"H", "M", "mem"} for group in groups)


def test_no_move_leads_out_of_a_turn_that_is_over() -> None:
    for sources, target in TURN_MOVES.values():
        assert set(sources) <= set(OPEN_TURN)
        assert target in TurnState
