"""Which period an address or a form names, and the choices there are."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.kernel.refusals import Invalid
from tinhso.reports.periods import MONTHS, Span, ad_hoc, before, holding, named
from tinhso.reports.reading import first_day
from tinhso.reports.types import Kind

PERIOD, FROM, UNTIL = "ky", "tu", "den"
AD_HOC = "khac"
# How many of each kind a list offers, the running one first.
OFFERED: dict[Kind, int] = {"month": 6, "quarter": 3, "half": 2, "nine_months": 1, "year": 2}


class DaysNeeded(Invalid):
    code = "report-days-needed"
    message = gettext_lazy("Hãy ghi đủ hai ngày của kỳ: từ ngày và đến hết ngày.")


@dataclass(frozen=True, slots=True)
class PeriodBoxes:
    """
    :param choices: name, words, whether it is chosen
    :param since: what was typed for a period of its own; ``until`` likewise
    """

    choices: tuple[tuple[str, str, bool], ...]
    since: str
    until: str


def asked(data: QueryDict, *, usual: Span) -> Span:
    """Return the period that was asked for. :raises NoSuchPeriod, DaysNeeded: what was asked names none"""
    name = data.get(PERIOD, "")
    if name == AD_HOC:
        return ad_hoc(_day(data.get(FROM, "")), _day(data.get(UNTIL, "")))
    return named(name, first_day=first_day()) if name else usual


def boxes(data: QueryDict, chosen: Span | None, today: date) -> PeriodBoxes:
    """Return the choices, with what was chosen among them."""
    spans = [one for kind in OFFERED for one in _offered(kind, today)]
    if chosen and chosen.kind != "ad_hoc" and chosen not in spans:
        spans.insert(0, chosen)
    told = [(one.name, _named(one), one == chosen) for one in spans]
    is_own = (chosen is not None and chosen.kind == "ad_hoc") or data.get(PERIOD) == AD_HOC
    told.append((AD_HOC, _("Từ ngày đến ngày"), is_own))
    own = chosen if chosen is not None and chosen.kind == "ad_hoc" else None
    return PeriodBoxes(
        tuple(told),
        own.since.isoformat() if own else data.get(FROM, ""),
        own.last.isoformat() if own else data.get(UNTIL, ""),
    )


def running(today: date) -> Span:
    """Return the month that runs."""
    return holding("month", today, first_day=first_day())


def days(span: Span) -> str:
    """Return the days of a period."""
    return f"{span.since:%d/%m/%Y} – {span.last:%d/%m/%Y}"


def title(span: Span) -> str:
    """Return the period's name, beginning a line."""
    words = span.words()
    return words[:1].upper() + words[1:]


def _offered(kind: Kind, today: date) -> list[Span]:
    assert kind in MONTHS
    found = [holding(kind, today, first_day=first_day())]
    while len(found) < OFFERED[kind]:
        found.append(before(found[-1], first_day=first_day()))
    return found


def _named(span: Span) -> str:
    return f"{title(span)} ({span.since:%d/%m} – {span.last:%d/%m/%Y})"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise DaysNeeded from problem
