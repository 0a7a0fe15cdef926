"""What becomes of questions nobody answered in time: silence is consent, or who was asked is reminded."""

from collections.abc import Callable
from datetime import datetime, time
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from tinhso.dossiers import announce, case, opinions
from tinhso.dossiers.deadline import calendar
from tinhso.dossiers.events import OpinionChased
from tinhso.dossiers.models import Consultation, StepRun
from tinhso.kernel import ledger
from tinhso.kernel.clock import VIETNAM, local
from tinhso.people.types import Actor

MOST = 500


def take_silences(*, actor: Actor, at: datetime) -> int:
    """
    Close every overdue question whose silence is consent by a sector's law; return how many.

    Each dossier in a transaction of its own: one that fails does not undo another.
    """
    return _each(actor=actor, at=at, of=_overdue(at), do=_take_silence)


def chase_opinions(*, actor: Actor, at: datetime) -> int:
    """
    Remind who owes an opinion, once a working day, where silence is not consent; return how many.

    Decree 61/2018/NĐ-CP Article 19 (118/2025): an agency that does not answer in time is urged.
    """
    if not calendar().is_working_day(local(at).date()):
        return 0
    today = datetime.combine(local(at).date(), time.min, tzinfo=VIETNAM)
    owed = _overdue(at).filter(Q(reminded_at__isnull=True) | Q(reminded_at__lt=today))
    return _each(actor=actor, at=at, of=owed, do=_chase)


def _overdue(at: datetime) -> QuerySet[Consultation]:
    return Consultation.objects.filter(
        answered_at__isnull=True, due_at__lt=at, step_run__closed_at__isnull=True
    )


def _each(*, actor: Actor, at: datetime, of: QuerySet[Consultation], do: Callable[..., int]) -> int:
    ids = of.order_by("due_at").values_list("dossier_id", flat=True)[:MOST]
    return sum(do(actor=actor, at=at, dossier_id=dossier_id) for dossier_id in dict.fromkeys(ids))


@transaction.atomic
def _take_silence(*, actor: Actor, at: datetime, dossier_id: UUID) -> int:
    in_hand = case.lock(actor=actor, dossier_id=dossier_id)
    if in_hand.run is None:
        return 0

    closed = opinions.close_silent(run=in_hand.run, step=in_hand.step, at=at)

    if closed:
        in_hand.save()
    for asked in closed:
        announce.tell_asker(in_hand=in_hand, asked=asked, at=at)
    return len(closed)


@transaction.atomic
def _chase(*, actor: Actor, at: datetime, dossier_id: UUID) -> int:
    in_hand = case.lock(actor=actor, dossier_id=dossier_id)
    if in_hand.run is None:
        return 0

    silent = opinions.consenting(in_hand.step)
    owed = _owed(in_hand.run, at).exclude(consultation__in=silent)

    return sum(_remind(actor=actor, at=at, in_hand=in_hand, asked=asked) for asked in owed)


def _owed(run: StepRun, at: datetime) -> QuerySet[Consultation]:
    return run.consultations.filter(answered_at__isnull=True, due_at__lt=at).select_related("agency")


def _remind(*, actor: Actor, at: datetime, in_hand: case.Case, asked: Consultation) -> bool:
    if asked.reminded_at is not None and local(asked.reminded_at).date() == local(at).date():
        return False
    asked.reminded_at = at
    asked.save(update_fields=["reminded_at"])
    announce.tell_asked(in_hand=in_hand, asked=asked, at=at, template="officer_opinion_overdue")
    ledger.record(
        actor=actor, at=at, event=OpinionChased(dossier_id=asked.dossier_id, consultation_id=asked.id)
    )
    return True
