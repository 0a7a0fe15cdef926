"""A figure that was published: what it is made of, how anybody verifies it, what it restates."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.indicators.definitions import Indicator, indicator
from tinhso.indicators.formulas import Period
from tinhso.indicators.models import PublishedFigure
from tinhso.indicators.queries import access_figure, where_of
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.indicators import words
from tinhso.web.indicators.asking import Asked, evidence_url
from tinhso.web.portal.language import say


@dataclass(frozen=True, slots=True)
class Other:
    """The figure before or after a restatement."""

    value: str
    at: datetime
    url: str


@dataclass(frozen=True, slots=True)
class FigurePage:
    """
    :param difference: to the figure it restates, with its sign; empty: it restates none
    :param same_definition: the indicator still says what it said then
    """

    id: UUID
    name: str
    indicator_url: str
    period: str
    narrowed: str
    unit: str
    value: str
    sums: tuple[tuple[str, str], ...]
    at: datetime
    position: int
    without: int
    checkpoint: str
    definition: str
    same_definition: bool
    difference: str
    before: Other | None
    after: Other | None
    evidence_url: str
    command: str


@require_safe
@officers_only
def show(request: HttpRequest, figure_id: UUID) -> HttpResponse:
    """Show one published figure. :raises NotFound: there is none the reader may see"""
    row = access_figure(actor=actor_of(request), figure_id=figure_id)
    page = figure_page(row, indicator(row.indicator), today=local(clock.now()).date())
    return draw(request, "indicators/figure.html", page=page)


def figure_page(row: PublishedFigure, one: Indicator, *, today: date) -> FigurePage:
    """Return the figure with what proves it."""
    period, where = Period(row.since, row.until), dict(where_of(row))
    question = Asked(period, as_of_map=row.map_on)
    after = getattr(row, "restated_by", None)
    return FigurePage(
        id=row.pk,
        name=say(one.name),
        indicator_url=f"{reverse('indicators:indicator', args=[one.id])}?{question.query()}",
        period=words.period(period),
        narrowed=" · ".join(
            f"{words.DIMENSIONS[name]}: {words.names_of(name, [value], today=today)[value]}"
            for name, value in where.items()
        ),
        unit=say(one.unit),
        value=words.value(one, row.value),
        sums=tuple((_sum_name(one, name), str(added)) for name, added in row.sums.items()),
        at=row.computed_at,
        position=row.position,
        without=sum(last - first + 1 for first, last in row.without),
        checkpoint=row.checkpoint,
        definition=row.definition,
        same_definition=one.digest == row.definition,
        difference=words.change(one, row.difference) if row.difference is not None else "",
        before=_other(one, row.restates),
        after=_other(one, after),
        evidence_url="" if one.manual else evidence_url(one, question, where),
        command=f"tinhso verify figure {row.pk}",
    )


def _other(one: Indicator, row: PublishedFigure | None) -> Other | None:
    if row is None:
        return None
    return Other(words.value(one, row.value), row.computed_at, reverse("indicators:figure", args=[row.pk]))


def _sum_name(one: Indicator, name: str) -> str:
    if name == one.whole:
        return _("tất cả")
    part = one.parts.get(name)
    return say(part.name) if part else name
