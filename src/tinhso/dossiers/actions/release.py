"""Steps in hand of officers who leave: handed to a successor, or free again for colleagues; nothing lost."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from tinhso.dossiers.events import DossierEvent, StepHandedOver, StepReleased
from tinhso.dossiers.holding import forms_of, held, orphaned
from tinhso.dossiers.models import Dossier, StepRun
from tinhso.kernel import ledger
from tinhso.people.models import Account
from tinhso.people.types import Actor


@transaction.atomic
def release_steps(
    *, actor: Actor, at: datetime, account_id: UUID | None = None, agency_id: UUID | None = None
) -> int:
    """
    Free every open step whose holder may not act in it any more; return how many.

    The number of statements does not grow with the number of steps.

    :param account_id: look at this holder alone
    :param agency_id: look at this agency alone
    """

    def told(run: StepRun) -> DossierEvent:
        assert run.holder_id is not None
        return StepReleased(dossier_id=run.dossier_id, step=run.step, from_account_id=run.holder_id)

    runs = orphaned(at, account_id=account_id, agency_id=agency_id)
    return _move(runs, to_account_id=None, told=told, actor=actor, at=at)


@transaction.atomic
def hand_over_all(
    *,
    actor: Actor,
    at: datetime,
    from_account_id: UUID,
    to_account_id: UUID,
    agency_id: UUID,
    role: str,
) -> int:
    """
    Hand all that an officer has in hand from a post to the successor; return how many steps.

    Forms that the counter left unfiled go along. What the successor applied for themselves does not: nobody
    decides their own case.
    """
    own = Account.objects.get(pk=to_account_id).person_id
    runs = held(account_id=from_account_id, agency_id=agency_id, role=role)
    if own is not None:
        runs = runs.exclude(dossier__applicant_id=own)
    forms_of(from_account_id, agency_id=agency_id, role=role).update(account_id=to_account_id)

    def told(run: StepRun) -> DossierEvent:
        return StepHandedOver(dossier_id=run.dossier_id, step=run.step, to_account_id=to_account_id)

    return _move(runs, to_account_id=to_account_id, told=told, actor=actor, at=at)


def _move(
    runs: QuerySet[StepRun],
    *,
    to_account_id: UUID | None,
    told: Callable[[StepRun], DossierEvent],
    actor: Actor,
    at: datetime,
) -> int:
    ids = list(runs.values_list("dossier_id", flat=True))
    locked = Dossier.objects.filter(pk__in=ids).select_for_update(no_key=True).order_by("pk")
    list(locked.values_list("pk", flat=True))

    # Who waited for the locks looks again: somebody may have claimed or handed over meanwhile.
    moved = list(runs.filter(dossier_id__in=ids))
    events = [told(run) for run in moved]
    StepRun.objects.filter(pk__in=[run.pk for run in moved]).update(holder_id=to_account_id)
    Dossier.objects.filter(pk__in=[run.dossier_id for run in moved]).update(revision=F("revision") + 1)

    ledger.record_all(actor=actor, at=at, events=events)
    return len(moved)
