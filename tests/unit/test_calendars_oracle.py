"""The clock against a slow oracle that walks minute by minute and knows nothing of the clock's arithmetic."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tinhso.calendars import clock
from tinhso.calendars.types import Calendar, OfficeHours, Pause, TimeLimit, Unit, Words
from tinhso.kernel.clock import VIETNAM

START = datetime(2026, 1, 1, tzinfo=VIETNAM)
DAYS = 120
DAY = 1440
WORK_PER_DAY = 450
WHY = Words(vi="nghỉ", en="off")


def works(minute: int, worked: frozenset[int]) -> bool:
    """Tell whether [minute, minute + 1) since START is office time; 07:30-11:30 and 13:30-17:00."""
    clock_time = minute % DAY
    return minute // DAY in worked and (450 <= clock_time < 690 or 810 <= clock_time < 1020)


def next_worked(day: int, worked: frozenset[int]) -> int:
    while day not in worked:
        day += 1
    return day


def run(start: int, budget: int, paused: set[int], worked: frozenset[int], *, wall: bool = False) -> int:
    """Return the first minute by which that many minutes of the clock have run."""
    minute = start
    while budget:
        if minute not in paused and (wall or works(minute, worked)):
            budget -= 1
        minute += 1
    return minute


def same_day_of_a_later_month(day: int, months: int) -> int:
    on = (START + timedelta(days=day)).date()
    year, month = on.year, on.month
    for _ in range(months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    number = on.day
    while True:
        try:
            return (date(year, month, number) - START.date()).days
        except ValueError:
            number -= 1


def oracle(
    received: int, value: int, unit: Unit, cut_off: int | None, same_day: bool, paused: set[int],
    worked: frozenset[int],
) -> int:  # fmt: skip
    if unit is Unit.HOUR and cut_off is None:
        return run(received, 60 * value, paused, worked, wall=True)
    if same_day and cut_off is None:
        cut_off = 15 * 60
    day, clock_time = divmod(received, DAY)
    if day not in worked or clock_time > 1020 or (cut_off is not None and clock_time > cut_off):
        day = next_worked(day + 1, worked)
        received = day * DAY + 450
    if unit is Unit.HOUR:
        return run(received, 60 * value, paused, worked, wall=True)
    if unit is Unit.WORKING_HOUR:
        return run(received, 60 * value, paused, worked)
    if same_day:
        today = sum(works(minute, worked) for minute in range(received, (day + 1) * DAY))
        return run(received, today + WORK_PER_DAY * (value - 1), paused, worked)
    first = (day + 1) * DAY
    if unit is Unit.WORKING_DAY:
        return run(first, WORK_PER_DAY * value, paused, worked)
    last = day + value if unit is Unit.DAY else same_day_of_a_later_month(day, value)
    closing = next_worked(last, worked) * DAY + 1020
    return run(first, sum(works(minute, worked) for minute in range(first, closing)), paused, worked)


def a_calendar(worked: frozenset[int]) -> Calendar:
    days = {(START + timedelta(days=n)).date(): n in worked for n in range(DAYS * 3)}
    return Calendar(
        office_hours=OfficeHours(((time(7, 30), time(11, 30)), (time(13, 30), time(17)))),
        days_off={on: WHY for on, yes in days.items() if not yes and on.weekday() < 5},
        extra_days={on: WHY for on, yes in days.items() if yes and on.weekday() >= 5},
        cut_off=time(15),
        moves_last_day=True,
        first=min(days),
        last=max(days),
    )


def moment(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


@st.composite
def working_years(draw: st.DrawFn) -> frozenset[int]:
    """A year of weeks with holidays and worked weekends thrown in; START is a Thursday."""
    usual = {n for n in range(DAYS * 3) if (n + 3) % 7 < 5}
    flipped = draw(st.sets(st.integers(1, DAYS), max_size=15))
    return frozenset(usual ^ flipped)


limits = st.one_of(
    st.tuples(st.just(Unit.WORKING_DAY), st.integers(1, 12)),
    st.tuples(st.just(Unit.WORKING_HOUR), st.integers(1, 40)),
    st.tuples(st.just(Unit.HOUR), st.integers(1, 90)),
    st.tuples(st.just(Unit.DAY), st.integers(1, 20)),
    st.tuples(st.just(Unit.MONTH), st.integers(1, 2)),
)
pauses_within = st.lists(
    st.tuples(st.integers(0, DAYS * DAY // 3), st.one_of(st.integers(0, 600), st.integers(0, 12 * DAY))),
    max_size=3,
)


@settings(max_examples=150, deadline=None)
@given(
    worked=working_years(),
    received=st.integers(0, 30 * DAY),
    limit=limits,
    cut_off=st.sampled_from([None, None, 15 * 60, 11 * 60, 17 * 60]),
    same_day=st.booleans(),
    pauses=pauses_within,
)
def test_the_clock_agrees_with_the_oracle(
    worked: frozenset[int], received: int, limit: tuple[Unit, int], cut_off: int | None, same_day: bool,
    pauses: list[tuple[int, int]],
) -> None:  # fmt: skip
    unit, value = limit
    same_day = same_day and unit is Unit.WORKING_DAY
    paused = {minute for start, length in pauses for minute in range(start, start + length)}
    result = clock.due(
        received=moment(received),
        limit=TimeLimit(value, unit, time(*divmod(cut_off, 60)) if cut_off else None, same_day),
        calendar=a_calendar(worked),
        pauses=[Pause(moment(start), moment(start + length)) for start, length in pauses],
    )
    assert result.at == moment(oracle(received, value, unit, cut_off, same_day, paused, worked))
    assert [line.on for line in result.lines][-1] == result.at.date()


@settings(max_examples=100, deadline=None)
@given(worked=working_years(), start=st.integers(0, 40 * DAY), minutes=st.integers(0, 3000))
def test_working_hours_added_are_the_working_hours_between(
    worked: frozenset[int], start: int, minutes: int
) -> None:
    calendar, hours = a_calendar(worked), Decimal(minutes) / 60
    end = clock.add_working_hours(moment(start), hours, calendar)
    assert abs(end - moment(run(start, minutes, set(), worked))) < timedelta(milliseconds=1)
    assert abs(clock.working_hours_between(moment(start), end, calendar) - hours) < Decimal("0.000001")


@settings(max_examples=100, deadline=None)
@given(worked=working_years(), received=st.integers(0, 30 * DAY), limit=limits, later=st.integers(0, 3 * DAY))
def test_what_is_received_later_is_never_due_earlier(
    worked: frozenset[int], received: int, limit: tuple[Unit, int], later: int
) -> None:
    calendar, counted = a_calendar(worked), TimeLimit(limit[1], limit[0])
    first = clock.due(received=moment(received), limit=counted, calendar=calendar).at
    second = clock.due(received=moment(received + later), limit=counted, calendar=calendar).at
    assert first <= second
