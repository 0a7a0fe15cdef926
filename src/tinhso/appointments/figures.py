"""Waiting and serving times, computed from the turns; every figure opens down to the numbers behind it."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Aggregate, Avg, Count, DurationField, F, Q, QuerySet
from django.db.models.functions import Coalesce, ExtractHour, Greatest

from tinhso.appointments.models import Hall, Turn
from tinhso.appointments.names import name_of
from tinhso.appointments.rules import rules
from tinhso.appointments.states import TurnState
from tinhso.appointments.turns import turn_view
from tinhso.appointments.types import Figure, TurnView
from tinhso.calendars.types import DAY, Words, at_time
from tinhso.kernel.clock import VIETNAM
from tinhso.kernel.refusals import NotFound
from tinhso.people.types import Actor

PAGE = 100


class Percentile(Aggregate):
    """The value below which the share lies, interpolated: ``percentile_cont`` of PostgreSQL."""

    function = "percentile_cont"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()

    def __init__(self, expression: Any, share: float, **extra: Any) -> None:
        super().__init__(expression, share=share, **extra)


# Who comes before the time they booked has not been kept waiting until it begins.
WAITED = Greatest(F("called_at") - Greatest("joined_at", Coalesce("booked_for", "joined_at")), timedelta(0))


def access_hall(*, actor: Actor, agency_id: UUID) -> Hall:
    """Return the hall whose work the actor may watch. :raises NotFound: absent, or not visible"""
    row = Hall.objects.visible_to(actor).select_related("agency").filter(agency_id=agency_id).first()
    if row is None:
        raise NotFound
    return row


def watched_halls(*, actor: Actor) -> tuple[tuple[UUID, Words], ...]:
    """Return agency and name of the halls whose work the actor may watch, by name."""
    rows = Hall.objects.visible_to(actor).select_related("agency").order_by("agency__name")
    return tuple((row.agency_id, name_of(row.agency)) for row in rows)


def figures_of(
    *, actor: Actor, agency_id: UUID, since: date, until: date, by_hour: bool = False
) -> tuple[Figure, ...]:
    """
    Return one row for each service, or each service and hour, from ``since`` to ``until``, both included.

    :raises NotFound: the actor may not watch that hall
    """
    hall = access_hall(actor=actor, agency_id=agency_id)
    keys = ["service_id", "service__name", "service__name_en", "service__letter"]
    rows = _between(hall, since, until)
    if by_hour:
        rows = rows.annotate(hour=ExtractHour("joined_at", tzinfo=VIETNAM))
        keys.append("hour")
    order = ["service__letter", *(["hour"] if by_hour else [])]
    return tuple(_figure(row) for row in _measured(rows.values(*keys)).order_by(*order))


def turns_of(
    *,
    actor: Actor,
    agency_id: UUID,
    since: date,
    until: date,
    service_id: UUID | None = None,
    hour: int | None = None,
    page: int = 1,
) -> tuple[TurnView, ...]:
    """Return the turns behind a figure, newest first, a page of them. Raises as :func:`figures_of`."""
    hall = access_hall(actor=actor, agency_id=agency_id)
    rows = _between(hall, since, until)
    if service_id is not None:
        rows = rows.filter(service_id=service_id)
    if hour is not None:
        rows = rows.annotate(hour=ExtractHour("joined_at", tzinfo=VIETNAM)).filter(hour=hour)
    rows = rows.select_related("ticket__booking", "service", "counter").order_by("-joined_at", "-id")
    start = PAGE * (max(page, 1) - 1)
    return tuple(turn_view(row, with_person=False) for row in rows[start : start + PAGE])


def usual_waits(hall: Hall, *, at: datetime) -> dict[UUID, int]:
    """Return the median minutes waited by service in the past days, where enough people were measured."""
    said = rules().figures
    rows = Turn.objects.filter(service__hall=hall, joined_at__gte=at - timedelta(days=said.days))
    grouped = rows.filter(called_at__isnull=False).values("service_id")
    found = grouped.annotate(count=Count("pk"), median=Percentile(WAITED, 0.5)).filter(count__gte=said.fewest)
    return {row["service_id"]: round(row["median"].total_seconds() / 60) for row in found}


def _between(hall: Hall, since: date, until: date) -> QuerySet[Turn]:
    return Turn.objects.filter(
        service__hall=hall,
        joined_at__gte=at_time(since, time.min),
        joined_at__lt=at_time(until + DAY, time.min),
    )


def _measured(rows: Any) -> Any:
    called = Q(called_at__isnull=False)
    return rows.annotate(
        joined=Count("pk"),
        served=Count("pk", filter=Q(state=TurnState.DONE)),
        absent=Count("pk", filter=Q(state=TurnState.ABSENT)),
        median=Percentile(WAITED, 0.5, filter=called),
        p90=Percentile(WAITED, 0.9, filter=called),
        mean=Avg(F("ended_at") - F("started_at"), filter=Q(state=TurnState.DONE)),
    )


def _figure(row: dict[str, Any]) -> Figure:
    return Figure(
        service_id=row["service_id"],
        service_name=Words(vi=row["service__name"], en=row["service__name_en"]),
        hour=row.get("hour"),
        joined=row["joined"],
        served=row["served"],
        absent=row["absent"],
        waited_median=_seconds(row["median"]),
        waited_p90=_seconds(row["p90"]),
        served_mean=_seconds(row["mean"]),
    )


def _seconds(spent: timedelta | None) -> int | None:
    return round(spent.total_seconds()) if spent is not None else None
