"""How long somebody waits: who comes before them, how long one takes, how many serve."""

from collections import Counter as Tally
from collections.abc import Mapping
from datetime import datetime, timedelta
from math import ceil
from uuid import UUID

from django.db.models import Avg, Count, F, Q

from tinhso.appointments.models import Hall, Service, Turn
from tinhso.appointments.rules import rules
from tinhso.appointments.states import TurnState
from tinhso.kernel.clock import local

FEWEST = 5  # so many measured ones say more than what the set-up expects


def waiting_order(hall: Hall, *, at: datetime) -> list[tuple[UUID, UUID]]:
    """Return turn and service of everybody who waits today, in the order in which they are called."""
    rows = Turn.objects.of_day(hall, local(at).date()).filter(state=TurnState.WAITING).in_order(at)
    return list(rows.values_list("pk", "service_id"))


def before(turn: Turn, order: list[tuple[UUID, UUID]]) -> int | None:
    """Return how many of the same queue are called before the turn; None when it does not wait."""
    queue = [pk for pk, service in order if service == turn.service_id]
    return queue.index(turn.pk) if turn.pk in queue else None


def wait_minutes(service: Service, *, ahead: int, minutes_each: float, servers: int) -> int:
    """Return the estimate in whole minutes; with nobody at the counters, as if one were."""
    return ceil(ahead * (minutes_each or service.minutes) / max(servers, 1))


def minutes_each(hall: Hall, *, at: datetime) -> dict[UUID, float]:
    """Return the mean minutes one took by service, of the past days; only where enough were measured."""
    since = at - timedelta(days=rules().figures.days)
    done = Turn.objects.filter(service__hall=hall, state=TurnState.DONE, joined_at__gte=since)
    rows = done.values("service_id").annotate(mean=Avg(F("ended_at") - F("started_at")), count=Count("pk"))
    return {
        row["service_id"]: max(row["mean"].total_seconds() / 60, 0.5)
        for row in rows
        if row["count"] >= FEWEST and row["mean"] is not None
    }


def servers_of(hall: Hall) -> Mapping[UUID, int]:
    """Return how many counters with somebody at them serve each service."""
    seated = hall.counters.filter(is_open=True, account_id__isnull=False)
    return Tally(seated.filter(services__isnull=False).values_list("services", flat=True))


def waiting_counts(hall: Hall, *, at: datetime) -> Mapping[UUID, int]:
    """Return how many wait by service."""
    rows = hall.services.annotate(
        count=Count("turns", filter=Q(turns__state=TurnState.WAITING, turns__ticket__on=local(at).date()))
    )
    return dict(rows.values_list("pk", "count"))
