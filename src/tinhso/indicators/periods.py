"""
Periods by name: ``2026``, ``2026-Q3``, ``2026-08``, and ``2026-08-bc`` for the administration's month.

The administration reports a month from the 15th of the one before to the 14th.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Literal

from django.utils.translation import gettext_lazy as _

from tinhso.indicators.formulas import Period
from tinhso.kernel.refusals import Invalid

Kind = Literal["month", "quarter", "year", "report"]
KINDS: tuple[Kind, ...] = ("month", "quarter", "year", "report")
REPORT_FROM = 15
EARLIEST, LATEST = 1990, 2999
_NAME = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])(-bc)?))?")


class PeriodUnknown(Invalid):
    code = "indicator-period-unknown"
    message = _("Không có kỳ «%(period)s». Hãy ghi như 2026, 2026-Q3, 2026-08 hoặc 2026-08-bc.")


def named(text: str) -> Period:
    """Return the period of a name. :raises PeriodUnknown: it names none"""
    found = _NAME.fullmatch(text)
    if found is None or not EARLIEST <= int(found[1]) <= LATEST:
        raise PeriodUnknown(period=text[:20])
    year = int(found[1])
    if found[2]:
        return _quarter(year, int(found[2]))
    if found[3]:
        return _report(year, int(found[3])) if found[4] else Period.month(year, int(found[3]))
    return Period.year(year)


def name_of(period: Period) -> str:
    """Return the name; for days that make no period of ours, both ends: ``2026-01-03_2026-02-01``."""
    since = period.since
    last = period.until - timedelta(days=1)
    names = (f"{since.year}", f"{since.year}-Q{_quarter_of(since)}", f"{since:%Y-%m}", f"{last:%Y-%m}-bc")
    return next((name for name in names if named(name) == period), f"{since}_{period.until}")


def kind_of(period: Period) -> Kind | None:
    """Return what kind of period it is; None for other spans of days."""
    name = name_of(period)
    if "_" in name:
        return None
    if name.endswith("-bc"):
        return "report"
    return "quarter" if "Q" in name else "month" if "-" in name else "year"


def running(kind: Kind, day: date) -> Period:
    """Return the period of this kind that holds the day."""
    return _HOLDING[kind](day)


def before(period: Period) -> Period:
    """Return the period before; of other spans of days as many days."""
    day_before = period.since - timedelta(days=1)
    kind = kind_of(period)
    return (
        running(kind, day_before)
        if kind
        else Period(period.since - (period.until - period.since), period.since)
    )


def months_up_to(last: date, count: int) -> tuple[Period, ...]:
    """Return so many months, the one of the day as the last."""
    found = [Period.month(last.year, last.month)]
    while len(found) < count:
        found.append(before(found[-1]))
    return tuple(reversed(found))


def _quarter_of(day: date) -> int:
    return (day.month - 1) // 3 + 1


def _quarter(year: int, number: int) -> Period:
    first = Period.month(year, 3 * number - 2)
    return Period(first.since, Period.month(year, 3 * number).until)


def _report(year: int, month: int) -> Period:
    this = date(year, month, REPORT_FROM)
    return Period((this.replace(day=1) - timedelta(days=1)).replace(day=REPORT_FROM), this)


def _holding_report(day: date) -> Period:
    month = day if day.day < REPORT_FROM else day.replace(day=28) + timedelta(days=4)
    return _report(month.year, month.month)


_HOLDING: Mapping[Kind, Callable[[date], Period]] = {
    "month": lambda day: Period.month(day.year, day.month),
    "quarter": lambda day: _quarter(day.year, _quarter_of(day)),
    "year": lambda day: Period.year(day.year),
    "report": _holding_report,
}
