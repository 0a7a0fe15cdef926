"""Warn of a deadline that is near, and tell who must know of one that was missed."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from tinhso.calendars import clock
from tinhso.definitions.types import Procedure
from tinhso.dossiers import announce, case, process
from tinhso.dossiers.deadline import calendar
from tinhso.dossiers.events import DeadlineWarned
from tinhso.dossiers.models import Alert, Dossier, StepRun
from tinhso.dossiers.rules import rules
from tinhso.dossiers.statuses import OPEN, RUNNING
from tinhso.kernel import ledger
from tinhso.people import queries as people
from tinhso.people.types import Actor

MOST = 200
Kind = Alert.Kind


def warn_of_deadlines(*, actor: Actor, at: datetime) -> int:
    """
    Raise what is due to be raised at the moment, at most so many at a time; return how many.

    A deadline is warned of once for each kind: before it, after it, and after the hours of its step. One that
    was missed already is not called near.
    """
    raised = 0
    for kind in (Kind.MISSED, Kind.NEAR, Kind.STEP_MISSED):
        ids = tuple(_wanted(kind, at))
        raised += sum(_warn(actor=actor, at=at, dossier_id=dossier_id, kind=kind) for dossier_id in ids)
    return raised


def running(at: datetime) -> QuerySet[Dossier]:
    """Return the dossiers whose clock runs and whose deadline is near or gone; an index holds just these."""
    return Dossier.objects.filter(status__in=RUNNING, due_at__lte=_near_until(at))


def _near_until(at: datetime) -> datetime:
    return clock.add_working_hours(at, rules().warnings.near.hours, calendar())


def _wanted(kind: Alert.Kind, at: datetime) -> Iterator[UUID]:
    """Return the ids of the dossiers that were not warned of this yet, what is due first in front."""
    if kind is Kind.STEP_MISSED:
        late: QuerySet[StepRun] = StepRun.objects.filter(
            closed_at__isnull=True, due_at__lt=at, dossier__status__in=OPEN
        )
        raised = Alert.objects.filter(dossier=OuterRef("dossier"), kind=kind, due_at=OuterRef("due_at"))
        return (
            late.filter(~Exists(raised))
            .order_by("due_at")
            .values_list("dossier_id", flat=True)[:MOST]
            .iterator()
        )
    due = running(at).filter(due_at__lt=at) if kind is Kind.MISSED else running(at).filter(due_at__gte=at)
    raised = Alert.objects.filter(dossier=OuterRef("pk"), kind=kind, due_at=OuterRef("due_at"))
    return due.filter(~Exists(raised)).order_by("due_at").values_list("pk", flat=True)[:MOST].iterator()


@transaction.atomic
def _warn(*, actor: Actor, at: datetime, dossier_id: UUID, kind: Alert.Kind) -> bool:
    in_hand = case.lock(actor=actor, dossier_id=dossier_id)
    due_at = _due_now(in_hand, kind=kind, at=at)

    if due_at is None:
        return False

    alert, is_new = Alert.objects.get_or_create(
        dossier=in_hand.dossier, kind=kind, due_at=due_at, defaults={"raised_at": at}
    )

    if is_new:
        event = DeadlineWarned(dossier_id=dossier_id, warned=str(kind), due_at=due_at)
        ledger.record(actor=actor, at=at, event=event)
        announce.tell_of_deadline(in_hand=in_hand, alert=alert, account_ids=told(in_hand, kind=kind, at=at))
    return is_new


def _due_now(in_hand: case.Case, *, kind: Alert.Kind, at: datetime) -> datetime | None:
    """Return the moment the warning is about; None when somebody was faster and it is no longer true."""
    dossier, run = in_hand.dossier, in_hand.run
    if run is None:
        return None
    if kind is Kind.STEP_MISSED:
        return run.due_at if run.due_at and run.due_at < at and dossier.state in OPEN else None
    if dossier.state not in RUNNING or dossier.due_at is None:
        return None
    is_missed = dossier.due_at < at
    return dossier.due_at if is_missed == (kind is Kind.MISSED) else None


def told(in_hand: case.Case, *, kind: Alert.Kind, at: datetime) -> frozenset[UUID]:
    """Return the accounts that are told, as the rules say."""
    rule = getattr(rules().warnings, str(kind))
    found: set[UUID] = set()
    if "holder" in rule.tells:
        found.update(announce.holders_of(run=in_hand.open_run, at=at))
    if "signer" in rule.tells:
        found.update(_signers(in_hand.dossier, in_hand.procedure, at))
    return frozenset(found)


def _signers(dossier: Dossier, procedure: Procedure, at: datetime) -> Iterator[UUID]:
    for step in procedure.steps:
        if step.signs:
            agency_id = process.agency_of(dossier=dossier, place=step.agency)
            for officer in people.officers_with(role=step.by, agency_id=agency_id, at=at):
                yield officer.account_id
