"""Apologise and name a later date: once, and before the old one has passed (Mẫu 04)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers import announce, case, policies
from tinhso.dossiers.deadline import latest_extension
from tinhso.dossiers.events import DeadlineExtended
from tinhso.dossiers.models import Dossier, DossierDocument, Extension
from tinhso.dossiers.paperwork import write_document
from tinhso.dossiers.reasons import require_reason
from tinhso.dossiers.statuses import Status
from tinhso.kernel import ledger
from tinhso.kernel.refusals import Conflict, Refusal
from tinhso.people.types import Actor


class ExtendedAlready(Conflict):
    code = "extended-already"
    message = _("Hồ sơ này đã hẹn lại một lần; luật không cho hẹn lại lần thứ hai.")


class TooLateToExtend(Conflict):
    code = "too-late-to-extend"
    message = _(
        "Chỉ được hẹn lại chậm nhất một ngày trước khi hết hạn. Hãy xử lý ngay và giải thích với người nộp."
    )


class NotLater(Refusal):
    code = "not-later"
    message = _("Ngày hẹn mới phải sau ngày hẹn cũ. Hãy chọn ngày khác.")


@transaction.atomic
def extend_deadline(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: UUID,
    new_due_at: datetime,
    reason: str,
    revision: int | None = None,
) -> None:
    """
    Move the due date once, with an apology that says why.

    :raises ExtendedAlready, TooLateToExtend, NotLater, ReasonMissing: the law's conditions are not met
    """
    in_hand = case.lock(actor=actor, dossier_id=dossier_id, revision=revision)
    dossier, procedure = in_hand.dossier, in_hand.procedure

    move, actor = policies.require_step_move(actor=actor, in_hand=in_hand, name="extend")

    reason = require_reason(reason)
    old_due_at = _require_extendable(dossier=dossier, new_due_at=new_due_at, at=at)

    Extension.objects.create(
        dossier=dossier, extended_at=at, old_due_at=old_due_at, new_due_at=new_due_at, reason=reason
    )
    in_hand.make(move, target=Status.IN_PROGRESS)
    dossier.due_at = new_due_at
    in_hand.save()
    write_document(actor=actor, at=at, in_hand=in_hand, kind=DossierDocument.Kind.APOLOGY, reason=reason)

    event = DeadlineExtended(dossier_id=dossier.id, old_due_at=old_due_at, new_due_at=new_due_at)
    ledger.record(actor=actor, at=at, event=event)
    announce.tell_applicant(
        dossier=dossier,
        procedure=procedure,
        at=at,
        template="deadline_extended",
        due=announce.day(new_due_at),
        reason=reason,
    )


def _require_extendable(*, dossier: Dossier, new_due_at: datetime, at: datetime) -> datetime:
    """Return the old due moment."""
    if Extension.objects.filter(dossier=dossier).exists():
        raise ExtendedAlready
    if dossier.due_at is None or at > latest_extension(dossier.due_at):
        raise TooLateToExtend
    if new_due_at <= dossier.due_at:
        raise NotLater
    return dossier.due_at
