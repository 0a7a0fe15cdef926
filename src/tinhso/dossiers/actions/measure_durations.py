"""Measure how long finished dossiers really took."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from tinhso.calendars.clock import working_hours_between
from tinhso.calendars.types import OutsideCalendar
from tinhso.dossiers.deadline import calendar
from tinhso.dossiers.models import Dossier, UsualDuration
from tinhso.dossiers.rules import rules
from tinhso.kernel import locks
from tinhso.people.types import Actor

Key = tuple[str, UUID | None]
PERCENTILES = {"fast": 10, "typical": 50, "slow": 90}


@transaction.atomic
def measure_durations(*, actor: Actor, at: datetime) -> int:  # noqa: ARG001  (every action is told who acts)
    """
    Replace what is told of usual durations by what the last days say; return of how many dossiers.

    Counted is the working time from filing to decision, the applicant's own time to supplement and pay among
    it: that is how long people wait. What was withdrawn, declined or stopped was not decided and is left out.
    """
    rule = rules().durations
    since = at - timedelta(days=rule.days)

    locks.hold("dossiers/durations")
    minutes = _minutes(since=since, at=at)

    UsualDuration.objects.all().delete()
    UsualDuration.objects.bulk_create(
        UsualDuration(
            procedure_code=code,
            agency_id=agency_id,
            cases=len(taken),
            since=since,
            computed_at=at,
            **_told(taken, least=rule.least),
        )
        for (code, agency_id), taken in minutes.items()
    )
    return sum(len(taken) for (_code, agency_id), taken in minutes.items() if agency_id is None)


def nearest_rank(ordered: Sequence[int], percent: int) -> int:
    """
    Return the smallest value that at least so many per cent do not exceed.

    >>> [nearest_rank([10, 20, 30, 40], percent) for percent in (10, 50, 90)]
    [10, 20, 40]
    """
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def _minutes(*, since: datetime, at: datetime) -> dict[Key, list[int]]:
    """Return the working minutes of each decided dossier, by procedure and by procedure and counter."""
    found: dict[Key, list[int]] = defaultdict(list)
    for code, agency_id, filed_at, finished_at in _decided(since=since, at=at):
        try:
            hours = working_hours_between(filed_at, finished_at, calendar())
        except OutsideCalendar:
            continue
        taken = int(hours * 60)
        found[code, None].append(taken)
        found[code, agency_id].append(taken)
    return found


def _decided(*, since: datetime, at: datetime) -> Iterator[tuple[str, UUID, datetime, datetime]]:
    rows = Dossier.objects.filter(finished_at__gt=since, finished_at__lte=at, result__isnull=False)
    columns = ("procedure_code", "receiving_agency_id", "filed_at", "finished_at")
    return rows.values_list(*columns).iterator(chunk_size=5000)


def _told(taken: list[int], *, least: int) -> dict[str, int]:
    """Return the percentiles; nothing of too few."""
    if len(taken) < least:
        return {}
    ordered = sorted(taken)
    return {name: nearest_rank(ordered, percent) for name, percent in PERCENTILES.items()}
