"""The legal clock of one dossier: from its procedure's time limit, its calendar and its suspensions."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from tinhso.calendars import clock, loading
from tinhso.calendars import types as calendar_types
from tinhso.definitions.types import Procedure, TimeLimit
from tinhso.dossiers.models import Dossier, Suspension
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
    return clock.due(received=received, limit=_limit(limit), calendar=calendar(), pauses=intervals)


def explain_dossier(*, dossier: Dossier, procedure: Procedure) -> calendar_types.Due | None:
    """Return why this dossier is due when it is; None while the clock has not started."""
    if dossier.clock_started_at is None:
        return None
    pauses = dossier.suspensions.filter(started_at__gte=dossier.clock_started_at, ended_at__isnull=False)
    return explain(limit=limit_of(dossier, procedure), received=dossier.clock_started_at, pauses=pauses)


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
