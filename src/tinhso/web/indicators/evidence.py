"""The dossiers behind a figure: those the reader may open, and how many there are beside them."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.dossiers import listing
from tinhso.dossiers.desk import COLUMNS
from tinhso.indicators.actions.refresh import counted_until
from tinhso.indicators.definitions import Indicator, indicator
from tinhso.indicators.evidence import evidence, parts_of
from tinhso.indicators.formulas import Period
from tinhso.indicators.types import Evidence
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.inbox import rows_of
from tinhso.web.indicators import words
from tinhso.web.indicators.asking import (
    AFTER,
    COUNTS,
    Asked,
    asked,
    counts_of,
    evidence_url,
    where_of,
)
from tinhso.web.parts import Tab
from tinhso.web.portal.language import say


@dataclass(frozen=True, slots=True)
class ProcedureLine:
    code: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """
    :param hidden: how many of them the reader may not open; nothing else is said of those
    :param narrowed: what the figure's dimensions are, in words
    """

    name: str
    back_url: str
    period: str
    narrowed: str
    total: int
    hidden: int
    readable: int
    position: int
    tabs: tuple[Tab, ...]
    procedures: tuple[ProcedureLine, ...]
    next_url: str


@require_safe
@officers_only
def show(request: HttpRequest, indicator_id: str) -> HttpResponse:
    """List what lies behind a figure. :raises IndicatorMissing, OfficersAreTheirsToJudge: as they say"""
    at, actor, one = clock.now(), actor_of(request), indicator(indicator_id)
    today = local(at).date()
    question = asked(request.GET, today=today)
    where, counts = where_of(request.GET, one.dimensions), counts_of(request.GET)
    period = Period(question.period.since, counted_until(question.period, today))
    found = evidence(
        actor=actor,
        indicator_id=one.id,
        period=period,
        where=where,
        counts=counts,
        as_of_map=question.as_of_map if "unit" in where else None,
        after=_number(request.GET.get(AFTER, "")),
    )
    ids = [behind.dossier_id for behind in found.dossiers if behind.dossier_id is not None]
    rows = rows_of(listing.rows_shown(ids), actor=actor, at=at)
    tabs = _tabs(one, question, where, request.GET.get(COUNTS, ""), period)
    page = _page(one, question, where, found, tabs, today, request.GET.get(COUNTS, ""))
    return draw(request, "indicators/evidence.html", page=page, rows=rows, columns=COLUMNS)


def _page(
    one: Indicator,
    question: Asked,
    where: dict[str, str],
    found: Evidence,
    tabs: tuple[Tab, ...],
    today: date,
    part: str,
) -> EvidencePage:
    following = evidence_url(one, question, {**where, AFTER: str(found.after)}, part) if found.after else ""
    codes = [behind.procedure for behind in found.dossiers if behind.procedure]
    names = words.names_of("procedure", codes, today=today) if codes else {}
    return EvidencePage(
        name=say(one.name),
        back_url=f"{reverse('indicators:indicator', args=[one.id])}?{question.query()}",
        period=words.period(question.period),
        narrowed=_narrowed(where, today),
        total=found.total,
        hidden=found.hidden,
        readable=found.total - found.hidden,
        position=found.checkpoint.position,
        tabs=tabs,
        procedures=tuple(
            ProcedureLine(code, names[code], reverse("portal:procedure", args=[code])) for code in codes
        ),
        next_url=following,
    )


def _tabs(
    one: Indicator, question: Asked, where: dict[str, str], chosen: str, period: Period
) -> tuple[Tab, ...]:
    on_map = question.as_of_map if "unit" in where else None
    found = parts_of(indicator_id=one.id, period=period, where=where, as_of_map=on_map)
    named = [part for part in found if part.name in one.parts]
    if not named:
        return ()
    whole = Tab(
        _("Tất cả"), evidence_url(one, question, where), named[0].ones + named[0].rest, current=not chosen
    )
    tabs = [whole]
    for part in named:
        said = one.parts[part.name]
        for words_of, count, value in ((said.name, part.ones, 1), (said.rest, part.rest, 0)):
            asked_for = f"{part.name}:{value}"
            url = evidence_url(one, question, where, asked_for)
            label = say(words_of)
            tabs.append(Tab(label[:1].upper() + label[1:], url, count, current=asked_for == chosen))
    return tuple(tabs)


def _narrowed(where: dict[str, str], today: date) -> str:
    return " · ".join(
        f"{words.DIMENSIONS[name]}: {words.names_of(name, [value], today=today)[value]}"
        for name, value in where.items()
    )


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0
