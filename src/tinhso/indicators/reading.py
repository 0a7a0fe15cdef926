"""Figures for whoever asks: officers read what stands, everybody else what was published."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tinhso.indicators import editions, policies
from tinhso.indicators.actions.ask_cuts import ask_cuts
from tinhso.indicators.definitions import Indicator, indicator, indicators
from tinhso.indicators.formulas import Period
from tinhso.indicators.policies import NoSuchDimension
from tinhso.indicators.standing import Cut, Stood, stood
from tinhso.indicators.types import Figure
from tinhso.kernel.refusals import Conflict
from tinhso.people.types import Actor

UNIT = "unit"


class StillCounting(Conflict):
    code = "figures-are-being-counted"
    message = _("Số liệu này đang được tính. Hãy hỏi lại sau ít giây.")


@dataclass(frozen=True, slots=True)
class Row:
    """
    :param group: what the dimensions are here; empty: the whole
    :param whole: how many facts; None: not told, or the value counts none
    :param hidden: too small to be told to everybody
    :param figure_id: of a published figure
    """

    group: tuple[str, ...]
    value: Decimal | None
    whole: int | Decimal | None
    sums: Mapping[str, int | Decimal]
    hidden: bool = False
    figure_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """
    Figures of one indicator in one period.

    :param edition: ``standing`` for the desk, ``published`` for everybody
    :param position: of the ledger they were made of; 0: entered, or nothing is there
    """

    one: Indicator
    period: Period
    by: tuple[str, ...]
    as_of_map: date | None
    rows: tuple[Row, ...]
    edition: str
    computed_at: datetime | None
    position: int = 0
    checkpoint: str = ""


def visible(actor: Actor) -> Collection[Indicator]:
    """Return the indicators the actor reads figures of: officers all, everybody else what is public."""
    known = indicators()
    names = list(known) if policies.reads_figures(actor) else editions.public_ids()
    return [known[name] for name in names]


def access_indicator(*, actor: Actor, indicator_id: str) -> Indicator:
    """:raises IndicatorMissing: there is none, or nothing of it is ever public and the actor is no officer"""
    reads = policies.reads_figures(actor)
    return indicator(indicator_id) if reads else editions.public_indicator(indicator_id)


def table(
    *,
    actor: Actor,
    at: datetime,
    indicator_id: str,
    period: Period,
    by: str = "",
    as_of_map: date | None = None,
) -> Table:
    """
    Return the figures, of officers by name only those the actor may judge.

    :param by: a dimension; empty: the whole
    :raises IndicatorMissing, NoSuchDimension: as they say
    :raises StillCounting: nobody asked for it before; a job counts it now
    """
    one = access_indicator(actor=actor, indicator_id=indicator_id)
    if not policies.reads_figures(actor):
        return _published(one, period, by)
    known = (UNIT,) if one.manual else one.dimensions
    if by and by not in known:
        raise NoSuchDimension(dimension=by)
    dimensions = (policies.AGENCY, by) if by == policies.OFFICER else (by,) if by else ()
    cut = Cut(one.id, period, dimensions, as_of_map if by == UNIT else None)
    found = stood([cut]).get(cut)
    ask_cuts(at=at, cuts=[cut])
    if found is None and one.manual is None:
        raise StillCounting
    return _standing(one, cut, found, actor)


def seen(actor: Actor, by: Sequence[str], figures: Collection[Figure]) -> tuple[Figure, ...]:
    """Return the figures the reader may see: of officers by name only some."""
    if policies.OFFICER not in by:
        return tuple(figures)
    agencies = policies.judged_by(actor)
    at, who = by.index(policies.AGENCY), by.index(policies.OFFICER)
    return tuple(
        one
        for one in figures
        if policies.may_see_officer(actor, agencies, agency=one.group[at], officer=one.group[who])
    )


def _standing(one: Indicator, cut: Cut, found: Stood | None, actor: Actor) -> Table:
    figures = seen(actor, cut.by, found.series.figures) if found else ()
    rows = tuple(
        Row(figure.group, figure.value, figure.sums.get(one.whole) if one.whole else None, figure.sums)
        for figure in figures
    )
    made_of = found.series.checkpoint if found else None
    return Table(
        one=one,
        period=cut.period,
        by=cut.by,
        as_of_map=cut.as_of_map,
        rows=rows,
        edition="standing",
        computed_at=found.computed_at if found else None,
        position=made_of.position if made_of else 0,
    )


def _published(one: Indicator, period: Period, by: str) -> Table:
    if by not in ("", UNIT):
        raise NoSuchDimension(dimension=by)
    found = editions.edition(one.id, period)
    told = found.units if by else tuple(filter(None, (found.whole,)))
    rows = tuple(
        Row((row.group,) if by else (), row.value, row.whole, {}, row.hidden, row.id) for row in told
    )
    newest = max(told, key=lambda row: row.told_at, default=None)
    return Table(
        one=one,
        period=period,
        by=(UNIT,) if by else (),
        as_of_map=None,
        rows=rows,
        edition="published",
        computed_at=newest.told_at if newest else None,
        position=newest.position if newest else 0,
        checkpoint=newest.checkpoint if newest else "",
    )
