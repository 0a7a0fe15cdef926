"""
Periods as the administration counts them: from a day of the month before to the day before it.

Names: ``2026-11`` the month of November, ``2026-Q4``, ``2026-H1``, ``2026-9M``, ``2026``, and for a period of
its own ``2026-01-05--2026-03-04``, both days included.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.indicators.formulas import Period
from tinhso.kernel.clock import VIETNAM
from tinhso.kernel.refusals import Invalid
from tinhso.reports.types import Kind

DAY = timedelta(days=1)
LONGEST = timedelta(days=731)
EARLIEST, LATEST = 2000, 2100
MONTHS: dict[Kind, int] = {"month": 1, "quarter": 3, "half": 6, "nine_months": 9, "year": 12}
_NAMES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("month", re.compile(r"^(\d{4})-(0[1-9]|1[0-2])$", re.ASCII)),
    ("quarter", re.compile(r"^(\d{4})-Q([1-4])$", re.ASCII)),
    ("half", re.compile(r"^(\d{4})-H([12])$", re.ASCII)),
    ("nine_months", re.compile(r"^(\d{4})-(9)M$", re.ASCII)),
    ("year", re.compile(r"^(\d{4})()$", re.ASCII)),
)
_AD_HOC = re.compile(r"^(\d{4}-\d{2}-\d{2})--(\d{4}-\d{2}-\d{2})$", re.ASCII)


class NoSuchPeriod(Invalid):
    code = "report-no-such-period"
    message = gettext_lazy(
        "Không có kỳ «%(name)s». Hãy ghi như 2026-11, 2026-Q4, 2026-H1, 2026-9M, 2026, hoặc chọn hai ngày "
        "cách nhau không quá hai năm."
    )


@dataclass(frozen=True, slots=True)
class Span:
    """
    One period.

    :param since: first day; ``until``: the first day after it
    :param number: which of its kind in the year, from 1
    """

    kind: Kind
    since: date
    until: date
    year: int = 0
    number: int = 1

    @property
    def last(self) -> date:
        return self.until - DAY

    @property
    def name(self) -> str:
        """Return the name by which :func:`named` finds it again."""
        if self.kind == "ad_hoc":
            return f"{self.since.isoformat()}--{self.last.isoformat()}"
        tails = {"month": f"-{self.number:02}", "quarter": f"-Q{self.number}", "half": f"-H{self.number}"}
        return f"{self.year}{tails.get(self.kind, '-9M' if self.kind == 'nine_months' else '')}"

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.since, time.min, tzinfo=VIETNAM)

    @property
    def ends_at(self) -> datetime:
        """Return the first moment after it."""
        return datetime.combine(self.until, time.min, tzinfo=VIETNAM)

    @property
    def period(self) -> Period:
        return Period(self.since, self.until)

    def words(self) -> str:
        """Return its name in the active language, without the days."""
        told = {"year": self.year, "number": self.number}
        match self.kind:
            case "month":
                return _("tháng %(number)s năm %(year)s") % told
            case "quarter":
                return _("quý %(number)s năm %(year)s") % told
            case "half":
                return (
                    _("6 tháng đầu năm %(year)s") if self.number == 1 else _("6 tháng cuối năm %(year)s")
                ) % told
            case "nine_months":
                return _("9 tháng năm %(year)s") % told
            case "year":
                return _("năm %(year)s") % told
        return _("từ %(since)s đến %(last)s") % {
            "since": self.since.strftime("%d/%m/%Y"),
            "last": self.last.strftime("%d/%m/%Y"),
        }


def of(kind: Kind, year: int, number: int, *, first_day: int) -> Span:
    """Return the period so many of its kind in the year. :raises NoSuchPeriod: a year unknown here"""
    if not EARLIEST <= year <= LATEST:
        raise NoSuchPeriod(name=str(year))
    months = MONTHS[kind]
    first = (number - 1) * months
    return Span(kind, _edge(year, first, first_day), _edge(year, first + months, first_day), year, number)


def ad_hoc(first: date, last: date) -> Span:
    """Return a period of its own, both days included. :raises NoSuchPeriod: too early, too long"""
    name = f"{first.isoformat()}--{last.isoformat()}"
    if not first <= last or last - first > LONGEST or not EARLIEST <= first.year <= last.year <= LATEST:
        raise NoSuchPeriod(name=name)
    return Span("ad_hoc", first, last + DAY)


def named(name: str, *, first_day: int) -> Span:
    """Return the period of that name. :raises NoSuchPeriod: it names none"""
    for kind, pattern in _NAMES:
        if found := pattern.fullmatch(name):
            number = 1 if kind in ("nine_months", "year") else int(found.group(2))
            return of(kind, int(found.group(1)), number, first_day=first_day)
    if found := _AD_HOC.fullmatch(name):
        try:
            return ad_hoc(*(date.fromisoformat(part) for part in found.groups()))
        except ValueError:
            pass
    raise NoSuchPeriod(name=name)


def holding(kind: Kind, day: date, *, first_day: int) -> Span:
    """Return the period of the kind in which the day is; of nine months the last that began by then."""
    for year in (day.year + 1, day.year, day.year - 1):
        for number in range(12 // MONTHS[kind], 0, -1):
            found = of(kind, year, number, first_day=first_day)
            if found.since <= day and (day < found.until or kind == "nine_months"):
                return found
    raise NoSuchPeriod(name=day.isoformat())


def before(span: Span, *, first_day: int) -> Span:
    """Return the one before it; of nine months the same of the last year; of its own as many days before."""
    if span.kind == "ad_hoc":
        return Span("ad_hoc", span.since - (span.until - span.since), span.since)
    in_year = 1 if span.kind == "nine_months" else 12 // MONTHS[span.kind]
    year, number = (span.year, span.number - 1) if span.number > 1 else (span.year - 1, in_year)
    return of(span.kind, year, number, first_day=first_day)


def year_before(span: Span, *, first_day: int) -> Span:
    """Return the same period of the last year."""
    if span.kind == "ad_hoc":
        return Span("ad_hoc", _last_year(span.since), _last_year(span.until))
    return of(span.kind, span.year - 1, span.number, first_day=first_day)


def _edge(year: int, months: int, first_day: int) -> date:
    """Return where so many months of the year have been reported."""
    ordinal = year * 12 + months - (1 if first_day > 1 else 0)
    return date(ordinal // 12, ordinal % 12 + 1, first_day)


def _last_year(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
