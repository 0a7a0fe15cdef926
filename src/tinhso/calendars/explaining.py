"""The count of a time limit told day by day, in Vietnamese and English."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from tinhso.calendars.receipt import Receipt, Span
from tinhso.calendars.types import DAY, Calendar, ExplainedDay, Pause, TimeLimit, Unit, Words, at_time
from tinhso.calendars.worktime import day_length, work_between

_NONE = timedelta()
_MIDNIGHT = time()
_WEEKDAYS = (
    Words(vi="Thứ Hai", en="Monday"),
    Words(vi="Thứ Ba", en="Tuesday"),
    Words(vi="Thứ Tư", en="Wednesday"),
    Words(vi="Thứ Năm", en="Thursday"),
    Words(vi="Thứ Sáu", en="Friday"),
    Words(vi="Thứ Bảy", en="Saturday"),
    Words(vi="Chủ nhật", en="Sunday"),
)


@dataclass(frozen=True, slots=True)
class Count:
    """Everything a finished count is told from."""

    receipt: Receipt
    span: Span
    due_at: datetime
    limit: TimeLimit
    calendar: Calendar
    pauses: tuple[Pause, ...]

    @property
    def received_on(self) -> date:
        """The day that counts as the day of receipt."""
        return self.receipt.at.date()

    def ran_on(self, on: date) -> timedelta:
        """Return for how long the clock ran that day: working time, or plain time for ``hour``."""
        return self._measure(on, self.span.start, self.due_at) - self.paused_on(on)

    def paused_on(self, on: date) -> timedelta:
        """Return for how long it stood still that day though it would have run."""
        return sum(
            (
                self._measure(on, max(pause.start, self.span.start), min(pause.end, self.due_at))
                for pause in self.pauses
            ),
            _NONE,
        )

    def _measure(self, on: date, start: datetime, end: datetime) -> timedelta:
        start, end = max(start, at_time(on, _MIDNIGHT)), min(end, at_time(on + DAY, _MIDNIGHT))
        if end <= start:
            return _NONE
        return end - start if self.span.wall else work_between(start, end, self.calendar)


def explain_days(count: Count) -> tuple[ExplainedDay, ...]:
    """Return one line for each day from the receipt to the day it is due."""
    first, last = count.receipt.came.date(), count.due_at.date()
    lines, used = [], _NONE
    for on in (first + n * DAY for n in range((last - first).days + 1)):
        ran = count.ran_on(on)
        used += ran
        number = _number_of(count, on, ran, used)
        counted = number is not None or bool(ran)
        parts = [_WEEKDAYS[on.weekday()], *_reason(count.calendar, on), *_arrival(count, on)]
        parts += _progress(count, on, number, ran, used)
        if on == last:
            parts.append(Words(vi=f"hết hạn lúc {count.due_at:%H:%M}", en=f"due at {count.due_at:%H:%M}"))
        lines.append(ExplainedDay(on, _sentence(parts), counted))
    return tuple(lines)


def _reason(calendar: Calendar, on: date) -> list[Words]:
    if not calendar.is_working_day(on):
        return [calendar.days_off.get(on) or Words(vi="nghỉ hằng tuần", en="weekend")]
    return [calendar.extra_days[on]] if on in calendar.extra_days else []


def _arrival(count: Count, on: date) -> list[Words]:
    receipt, parts = count.receipt, []
    if on == receipt.came.date():
        parts.append(Words(vi=f"nhận lúc {receipt.came:%H:%M}", en=f"received at {receipt.came:%H:%M}"))
        if receipt.late:
            to = f"{count.received_on:%d/%m/%Y}"
            parts.append(
                Words(
                    vi=f"nhận {receipt.late.vi} nên tính là nhận vào ngày làm việc tiếp theo {to}",
                    en=f"received {receipt.late.en}, so it counts as received on the next working day, {to}",
                )
            )
    if on == count.received_on and receipt.late:
        parts.append(Words(vi="tính là ngày nhận", en="counts as the day of receipt"))
    if on == count.received_on and count.span.start.date() > on:
        parts.append(Words(vi="ngày nhận không tính vào thời hạn", en="the day of receipt is not counted"))
    return parts


def _number_of(count: Count, on: date, ran: timedelta, used: timedelta) -> int | None:
    """Return which day of the limit this is; None when it is none, or only a part of one."""
    if count.span.days:
        number = (on - count.received_on).days
        return number if 0 < number <= count.span.days else None
    if count.limit.unit is not Unit.WORKING_DAY or not ran:
        return None
    if count.limit.same_day and not count.pauses:
        days_before = count.calendar.working_days_before
        return days_before(on) - days_before(count.received_on) + 1
    number, rest = divmod(used, day_length(count.calendar))
    return number if not rest and ran == day_length(count.calendar) else None


def _progress(count: Count, on: date, number: int | None, ran: timedelta, used: timedelta) -> list[Words]:
    if on < count.span.start.date():
        return []
    paused, parts = count.paused_on(on), []
    if number is not None:
        parts.append(_numbered(count, number))
    elif count.span.days:
        parts.append(_after_last(count, on))
    elif ran:
        parts.append(_hours_counted(count, ran, used))
    elif not paused:
        parts.append(Words(vi="không tính", en="not counted"))
    if paused:
        parts.append(
            Words(vi=f"tạm dừng {_hours(paused, ',')} giờ", en=f"paused for {_hours(paused, '.')} hours")
        )
    return parts


def _numbered(count: Count, number: int) -> Words:
    total = count.span.days or count.limit.value
    if count.span.days:
        return Words(vi=f"ngày thứ {number} trên {total}", en=f"day {number} of {total}")
    return Words(vi=f"ngày làm việc thứ {number} trên {total}", en=f"working day {number} of {total}")


def _after_last(count: Count, on: date) -> Words:
    if on > count.span.end.date():
        return Words(vi="bù thời gian đã tạm dừng", en="makes up for the pause")
    return Words(
        vi="ngày cuối là ngày nghỉ nên thời hạn kết thúc vào ngày làm việc tiếp theo",
        en="the last day was a day off, so the limit ends on the next working day",
    )


def _hours_counted(count: Count, ran: timedelta, used: timedelta) -> Words:
    if count.limit.unit is Unit.WORKING_DAY:
        return Words(
            vi=f"tính {_hours(ran, ',')} giờ làm việc", en=f"{_hours(ran, '.')} working hours counted"
        )
    total = count.limit.value
    return Words(
        vi=f"tính {_hours(ran, ',')} giờ, cộng dồn {_hours(used, ',')}/{total} giờ",
        en=f"{_hours(ran, '.')} hours counted, {_hours(used, '.')} of {total} so far",
    )


def _hours(length: timedelta, point: str) -> str:
    hours = f"{length.total_seconds() / 3600:.2f}".rstrip("0").rstrip(".")
    return hours.replace(".", point)


def _sentence(parts: list[Words]) -> Words:
    return Words(vi="; ".join(part.vi for part in parts), en="; ".join(part.en for part in parts))
