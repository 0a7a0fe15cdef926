"""What simulations are fitted on: finished dossiers that the reader may see, as their steps tell."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from tinhso.calendars.types import Calendar
from tinhso.calendars.worktime import work_between
from tinhso.dossiers.deadline import calendar
from tinhso.dossiers.models import Dossier, StepRun, Suspension
from tinhso.kernel.clock import local
from tinhso.people.types import Actor
from tinhso.whatif.types import Case, Past, Station, Visit

# Newer ones first; a page answers within a few seconds.
MOST_CASES = 2000
# With fewer, chance says more than the way of working.
FEWEST_CASES = 30
MINUTE = timedelta(minutes=1)

Ends = dict[UUID, list[datetime]]


def past(*, actor: Actor, agency_id: UUID, since: datetime, until: datetime) -> Past:
    """
    Return the dossiers that the agency decides, filed in the period and finished by now.

    Three queries and one count. An officer counts as busy with a step from its opening, or from the end of
    what the same officer finished before, whichever is later; so other duties count as work too.
    """
    found = _finished(actor, agency_id, since, until)
    rows = list(found.order_by("-filed_at")[:MOST_CASES])
    if not rows:
        return Past()
    ends = _ends_by_officer(rows)
    begins, hours = min(row.filed_at for row in rows), calendar()
    cases = [_case(row, begins, ends, hours) for row in sorted(rows, key=lambda row: row.filed_at)]
    return Past(
        cases=tuple(case for case in cases if case.visits),
        officers=_officers(rows),
        left_out=max(0, found.count() - len(rows)) if len(rows) == MOST_CASES else 0,
    )


def _finished(actor: Actor, agency_id: UUID, since: datetime, until: datetime) -> QuerySet[Dossier]:
    done = StepRun.objects.filter(closed_at__isnull=False, closed_by__isnull=False).order_by("opened_at")
    still = Suspension.objects.filter(ended_at__isnull=False)
    rows = Dossier.objects.visible_to(actor).filter(
        agency_id=agency_id, filed_at__gte=since, filed_at__lt=until, finished_at__isnull=False
    )
    return rows.prefetch_related(
        Prefetch("steps", queryset=done, to_attr="done"),
        Prefetch("suspensions", queryset=still, to_attr="still"),
    )


def _ends_by_officer(rows: Iterable[Dossier]) -> Ends:
    ends: Ends = defaultdict(list)
    for run in _runs(rows):
        ends[run.closed_by_id].append(run.closed_at)  # type: ignore[index,arg-type]
    return {officer: sorted(moments) for officer, moments in ends.items()}


def _officers(rows: Iterable[Dossier]) -> dict[Station, int]:
    known: dict[Station, set[UUID | None]] = defaultdict(set)
    for run in _runs(rows):
        known[_station(run)].add(run.closed_by_id)
    return {station: len(officers) for station, officers in known.items()}


def _case(row: Dossier, begins: datetime, ends: Ends, hours: Calendar) -> Case:
    assert row.finished_at is not None
    return Case(
        arrived=_minutes(begins, row.filed_at, hours),
        visits=tuple(_visit(run, row, ends, hours) for run in _runs([row])),
        allowed=_minutes(row.filed_at, row.due_at, hours) if row.due_at else None,
        took=_minutes(row.filed_at, row.finished_at, hours),
    )


def _visit(run: StepRun, row: Dossier, ends: Ends, hours: Calendar) -> Visit:
    assert run.closed_at is not None
    assert run.closed_by_id is not None
    before = [end for end in ends[run.closed_by_id] if run.opened_at < end < run.closed_at]
    began = max([run.opened_at, *before])
    still = [(one.started_at, one.ended_at) for one in row.still]  # type: ignore[attr-defined]
    return Visit(
        station=_station(run),
        work=max(0.0, _minutes(began, run.closed_at, hours) - _within(still, began, run.closed_at, hours)),
        pause=_within(still, run.opened_at, run.closed_at, hours),
    )


def _within(
    spans: Iterable[tuple[datetime, datetime]], start: datetime, end: datetime, hours: Calendar
) -> float:
    """Return how much of the spans lies between the moments."""
    inside = ((max(start, first), min(end, last)) for first, last in spans)
    return sum(_minutes(first, last, hours) for first, last in inside if first < last)


def _minutes(start: datetime, end: datetime, hours: Calendar) -> float:
    return work_between(local(start), local(end), hours) / MINUTE


def _runs(rows: Iterable[Dossier]) -> Iterator[StepRun]:
    for row in rows:
        yield from row.done  # type: ignore[attr-defined]


def _station(run: StepRun) -> Station:
    return Station(run.agency_id, run.role)
