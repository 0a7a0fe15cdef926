"""The shapes of the legal clock: a calendar, a limit, its pauses, what they come to. Frozen, local."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.clock import VIETNAM
from tinhso.kernel.refusals import Refusal

DAY = timedelta(days=1)


class BadTimeLimit(Refusal):
    """A time limit or a pause that cannot be counted."""

    code = "bad-time-limit"
    message = _("Thời hạn không tính được: %(problem)s. %(remedy)s.")


class OutsideCalendar(Refusal):
    """A day the calendar knows nothing about."""

    code = "outside-calendar"
    message = _(
        "Lịch làm việc chỉ có từ %(first)s đến %(last)s, không có ngày %(on)s. "
        "Hãy chọn ngày khác hoặc sửa mục «years» trong calendar.yaml."
    )


class Unit(StrEnum):
    """Units in which the law counts time."""

    HOUR = "hour"
    WORKING_HOUR = "working_hour"
    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence in both languages."""

    vi: str
    en: str

    def into(self, language: str) -> str:
        """Return the text in ``vi`` or ``en``."""
        return self.en if language.startswith("en") else self.vi


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The sessions of a working day, local time, in order, apart from each other."""

    sessions: tuple[tuple[time, time], ...]

    def __post_init__(self) -> None:
        edges = [edge for session in self.sessions for edge in session]
        if not edges or any(a >= b for a, b in pairwise(edges)):
            raise ValueError("sessions must follow one another, each ending after it starts")

    @property
    def opening(self) -> time:
        """The start of the first session."""
        return self.sessions[0][0]

    @property
    def closing(self) -> time:
        """The end of the last session."""
        return self.sessions[-1][1]


@dataclass(frozen=True, slots=True)
class Calendar:
    """
    Which days are worked, and at what hours.

    :param days_off: holidays and swapped days by date, weekends apart, with the reason
    :param extra_days: weekend days that are worked, with the reason
    :param cut_off: when a same-day limit names none
    :param moves_last_day: a limit in days or months that ends on a day off ends on the next working day
    :param first: first and ``last``: the days the calendar knows
    """

    office_hours: OfficeHours
    days_off: Mapping[date, Words]
    extra_days: Mapping[date, Words]
    cut_off: time
    moves_last_day: bool
    first: date
    last: date
    weekend: frozenset[int] = frozenset({5, 6})
    _work: list[date] = field(default_factory=list, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        days = (self.first + n * DAY for n in range((self.last - self.first).days + 1))
        self._work.extend(day for day in days if self._worked(day))

    def _worked(self, on: date) -> bool:
        return on in self.extra_days or (on.weekday() not in self.weekend and on not in self.days_off)

    def is_working_day(self, on: date) -> bool:
        """
        Tell whether offices work that day.

        :raises OutsideCalendar: before ``first`` or after ``last``
        """
        if not self.first <= on <= self.last:
            raise self._outside(on)
        return self._worked(on)

    def add_working_days(self, on: date, days: int) -> date:
        """
        Return the working day that is ``days`` working days after ``on`` (before it, when negative).

        ``days=0`` gives ``on`` itself when it is worked, else the next working day.

        :raises OutsideCalendar: the count runs out of the calendar
        """
        skipped = days > 0 and not self.is_working_day(on)
        return self.working_day_at(self.working_days_before(on) + days - int(skipped))

    def working_days_before(self, on: date) -> int:
        """
        Return how many working days lie between ``first`` and ``on``, without ``on`` itself.

        :raises OutsideCalendar: ``on`` is not in the calendar
        """
        if not self.first <= on <= self.last:
            raise self._outside(on)
        return bisect_left(self._work, on)

    def working_day_at(self, place: int) -> date:
        """
        Return the working day before which there are that many.

        :raises OutsideCalendar: the calendar ends earlier
        """
        if not 0 <= place < len(self._work):
            raise self._outside(self.last + DAY if place > 0 else self.first - DAY)
        return self._work[place]

    def sessions(self, on: date) -> tuple[tuple[datetime, datetime], ...]:
        """Return the sessions of that day as aware moments; none on a day off."""
        if not self.is_working_day(on):
            return ()
        return tuple((at_time(on, start), at_time(on, end)) for start, end in self.office_hours.sessions)

    def closing(self, on: date) -> datetime:
        """Return the end of office hours of that day, worked or not."""
        return at_time(on, self.office_hours.closing)

    def opening(self, on: date) -> datetime:
        """Return the start of office hours of that day, worked or not."""
        return at_time(on, self.office_hours.opening)

    def _outside(self, on: date) -> OutsideCalendar:
        return OutsideCalendar(
            first=f"{self.first:%d/%m/%Y}", last=f"{self.last:%d/%m/%Y}", on=f"{on:%d/%m/%Y}"
        )


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """
    How long something may take.

    :param cut_off: received later than this (local time) counts as received the next working day
    :param same_day: the day of receipt is the first day counted; working days only. Without a ``cut_off``
        the calendar's applies
    """

    value: int
    unit: Unit
    cut_off: time | None = None
    same_day: bool = False

    def __post_init__(self) -> None:
        if self.value <= 0:
            raise BadTimeLimit(problem=_("phải lớn hơn 0"), remedy=_("Hãy ghi một số nguyên dương"))
        if self.same_day and self.unit is not Unit.WORKING_DAY:
            raise BadTimeLimit(
                problem=_("trả kết quả trong ngày chỉ dùng với ngày làm việc"),
                remedy=_("Hãy đổi đơn vị thành working_day"),
            )

    @classmethod
    def of(cls, value: int, unit: str, cut_off: str | None = None, *, same_day: bool = False) -> "TimeLimit":
        """Build from the plain values of a procedure file: ``unit`` by name, ``cut_off`` as ``HH:MM``."""
        return cls(value, Unit(unit), time.fromisoformat(cut_off) if cut_off else None, same_day)


@dataclass(frozen=True, slots=True)
class Pause:
    """An interval in which the clock stands still, ``start`` ≤ t < ``end``; aware."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a pause needs aware moments")
        if self.end < self.start:
            raise BadTimeLimit(
                problem=_("khoảng tạm dừng kết thúc trước khi bắt đầu"),
                remedy=_("Hãy ghi thời điểm bắt đầu trước, thời điểm kết thúc sau"),
            )


@dataclass(frozen=True, slots=True)
class ExplainedDay:
    """One day of the count. ``counted``: it (or a part of it) uses up the limit."""

    on: date
    text: Words
    counted: bool


@dataclass(frozen=True, slots=True)
class Due:
    """When it is due (local time of Viet Nam), and why, day by day from the receipt."""

    at: datetime
    lines: tuple[ExplainedDay, ...]


def at_time(on: date, at: time) -> datetime:
    """Return that time of that day in Viet Nam."""
    return datetime.combine(on, at, tzinfo=VIETNAM)
