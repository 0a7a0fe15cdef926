"""Tell figures: keep them with what is needed to compute them again."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from tinhso.indicators import policies
from tinhso.indicators.events import FiguresPublished
from tinhso.indicators.figures import figures
from tinhso.indicators.formulas import Period
from tinhso.indicators.models import PublishedFigure
from tinhso.indicators.types import Figure, Series
from tinhso.kernel import ledger, locks
from tinhso.kernel.ids import new_id
from tinhso.kernel.tree.queries import latest_checkpoint
from tinhso.people.types import Actor


@dataclass(frozen=True, slots=True)
class Published:
    """:param ids: of the figures that were written; ``same`` are as they were told before"""

    ids: tuple[UUID, ...]
    same: int
    restated: int
    series: Series


@transaction.atomic
def publish(
    *,
    actor: Actor,
    at: datetime,
    indicator_id: str,
    period: Period,
    by: Sequence[str] = (),
    as_of_map: date | None = None,
) -> Published:
    """
    Compute and keep the figures of a period. A figure that is another than what was told restates it.

    :raises NotAllowed: the actor may not publish
    :raises IndicatorMissing, NoSuchDimension, FactsAreRebuilt: see ``figures.figures``
    """
    locks.hold(f"indicator:{indicator_id}")

    policies.require_publisher(actor)

    series = figures(indicator_id, period=period, by=by, as_of_map=as_of_map)
    told = {tuple(row.group): row for row in newest(series)}
    fresh = [one for one in series.figures if _differs(one, told.get(one.group), series)]

    seal = latest_checkpoint()
    rows = [_row(series, one, told.get(one.group), at, seal.note if seal else "") for one in fresh]
    PublishedFigure.objects.bulk_create(rows)

    restated = sum(1 for row in rows if row.restates_id)
    if rows:
        ledger.record(actor=actor, at=at, event=_event(series, rows, restated))
    return Published(tuple(row.pk for row in rows), len(series.figures) - len(rows), restated, series)


def newest(series: Series) -> Sequence[PublishedFigure]:
    """Return what was told last of the same indicator, period and grouping."""
    rows = PublishedFigure.objects.filter(
        indicator=series.indicator,
        since=series.period.since,
        until=series.period.until,
        grouped_by=list(series.by),
        map_on=series.map_on,
    )
    return list(rows.filter(restated_by__isnull=True))


def _differs(one: Figure, told: PublishedFigure | None, series: Series) -> bool:
    if told is None:
        return True
    return told.value != one.value or told.sums != texts(one) or told.definition != series.definition


def texts(one: Figure) -> dict[str, str]:
    """Return sums as they are kept: no number of JSON is exact enough."""
    return {name: str(added) for name, added in one.sums.items()}


def _row(
    series: Series, one: Figure, told: PublishedFigure | None, at: datetime, note: str
) -> PublishedFigure:
    made_of = series.checkpoint
    return PublishedFigure(
        indicator=series.indicator,
        definition=series.definition,
        since=series.period.since,
        until=series.period.until,
        grouped_by=list(series.by),
        group=list(one.group),
        map_on=series.map_on,
        sums=texts(one),
        value=one.value,
        position=made_of.position if made_of else ledger.position(),
        without=[list(span) for span in made_of.without] if made_of else [],
        checkpoint=note,
        restates=told,
        difference=_difference(one.value, told.value) if told else None,
        computed_at=at,
    )


def _difference(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    return None if now is None or before is None else now - before


def _event(series: Series, rows: Sequence[PublishedFigure], restated: int) -> FiguresPublished:
    said = "\n".join(f"{row.group}\t{row.sums}\t{row.value}" for row in rows)
    return FiguresPublished(
        publication_id=new_id(),
        indicator=series.indicator,
        definition=series.definition,
        since=series.period.since,
        until=series.period.until,
        position=rows[0].position,
        figures=len(rows),
        restated=restated,
        digest=hashlib.sha256(said.encode()).hexdigest(),
    )
