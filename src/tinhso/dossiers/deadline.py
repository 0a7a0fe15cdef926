"""The legal clock of one dossier: from its procedure's time limit, its calendar and its suspensions."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings

from tinhso.calendars import clock, loading
from tinhso.calendars import types as calendar_types
from tinhso.definitions.types import Procedure, TimeLimit
from tinhso.dossiers.models import Dossier, Extension, Suspension
from tinhso.dossiers.rules import rules
from tinhso.dossiers.time_limits import limit_of


def calendar() -> calendar_types.Calendar:
    """Return the province's calendar."""
    return loading.load_calendar(settings.TINHSO.packs, settings.TINHSO.province)


def due_at(*, limit: TimeLimit, received: datetime, pauses: Iterable[Suspension] = ()) -> datetime:
    """Return the moment by which the result is owed."""
    return explain(limit=limit, received=received, pauses=pauses).at


def explain(*, limit: TimeLimit, received: datetime, pauses: Iterable[Suspension] = ()) -> calendar_types.Due:
    """Return the due moment with its reasons, day by day."""
    intervals = tuple(
        calendar_types.Pause(pause.started_at, pause.ended_at)
        for pause in pauses
        if pause.ended_at is not None
    )
    return count(limit=limit, received=received, pauses=intervals)


def count(
    *, limit: TimeLimit, received: datetime, pauses: Sequence[calendar_types.Pause] = ()
) -> calendar_types.Due:
    """Return the due moment of a limit with its reasons, day by day."""
    return clock.due(received=received, limit=_limit(limit), calendar=calendar(), pauses=pauses)


def postponed(*, until: datetime, since: datetime, pauses: Sequence[calendar_types.Pause] = ()) -> datetime:
    """
    Return a later date after the pauses that came when it had been named.

    :param until: the later date; ``since``: when it was named
    """
    for pause in pauses:
        if since <= pause.start < until:
            left = clock.working_hours_between(pause.start, until, calendar())
            until = max(until, clock.add_working_hours(pause.end, left, calendar()))
    return until


def due_of(dossier: Dossier, procedure: Procedure) -> datetime:
    """
    Return when the result is owed, from all that happened since the clock began to count.

    :raises ValueError: it did not begin yet; a mistake of the caller
    """
    started = dossier.clock_started_at
    if started is None:
        raise ValueError("the clock of the dossier has not started")
    rows = dossier.suspensions.filter(started_at__gte=started, ended_at__isnull=False).order_by("started_at")
    pauses = [calendar_types.Pause(row.started_at, row.ended_at) for row in rows if row.ended_at]
    later = Extension.objects.filter(dossier=dossier, extended_at__gte=started).first()
    if later is not None:
        return postponed(until=later.new_due_at, since=later.extended_at, pauses=pauses)
    return count(limit=limit_of(dossier, procedure), received=started, pauses=pauses).at


def step_due_at(*, opened: datetime, hours: int) -> datetime:
    """Return when a step of so many working hours should be done."""
    return clock.add_working_hours(opened, hours, calendar())


def latest_extension(due_at: datetime) -> datetime:
    """Return until when a later date may still be named (Decree 61/2018/NĐ-CP Article 19 paragraph 9)."""
    return rules().extension.latest_before.moment(due_at, calendar())


def latest_supplement(accepted: datetime) -> datetime:
    """Return until when what is missing is asked for in time (Decree 61/2018, Article 19 paragraph 3)."""
    within = rules().supplement.within
    return due_at(limit=TimeLimit(value=within.value, unit=within.unit), received=accepted)


def _limit(limit: TimeLimit) -> calendar_types.TimeLimit:
    return calendar_types.TimeLimit.of(limit.value, limit.unit, limit.cut_off, same_day=limit.same_day)
