"""What may be done to a signed result: correct it, issue it anew, revoke it. The old one is kept, always."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.dossiers import announce, case, corrections, policies, refusals
from tinhso.dossiers.events import ResultCorrected, ResultReissued, ResultRevoked
from tinhso.dossiers.models import Result, ResultChange
from tinhso.dossiers.paperwork import issue_in_place_of, issue_revocation
from tinhso.dossiers.reasons import require_reason
from tinhso.kernel import ledger
from tinhso.papers.actions.revoke_document import revoke_document
from tinhso.papers.types import DocumentState, IssuedView
from tinhso.people.types import Actor

Kind = ResultChange.Kind


@dataclass(frozen=True, slots=True)
class Amended:
    """:param document_id: the new result, or the decision that revokes it; ``number`` is that document's"""

    document_id: UUID
    number: str


@transaction.atomic
def correct_result(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: UUID,
    given: Mapping[str, object],
    reason: str,
    revision: int | None = None,
) -> Amended:
    """
    Issue the result anew with what was wrong put right; the wrong one is superseded and stays readable.

    No fee: the agency at fault pays (Decree 61/2018/NĐ-CP Article 21).

    :param given: question id → the right value, of the form or of a step
    :raises NotFound, NotAllowed, MoveNotPossible: not the leader who signs for the agency
    :raises ResultNotInForce, ReasonMissing: revoked before, or no reason
    :raises NothingCorrected, FormIncomplete: no value differs, or one is not what its question asks for
    """
    in_hand, result, actor = _take(actor=actor, dossier_id=dossier_id, revision=revision, name="correct")

    reason = require_reason(reason)
    replaced = corrections.apply(in_hand=in_hand, given=given, at=at)

    words = f"Đính chính và thay thế văn bản số {result.document.number_text}"
    document = issue_in_place_of(actor=actor, at=at, in_hand=in_hand, old=result.document, words=words)
    old_id = _keep(
        actor, at, in_hand, result, kind=Kind.CORRECTED, new=document, reason=reason, replaced=replaced
    )

    event = ResultCorrected(dossier_id=dossier_id, document_id=document.id, old_document_id=old_id)
    ledger.record(actor=actor, at=at, event=event)
    _tell(in_hand, at, "result_corrected", document, reason)
    return Amended(document.id, document.number)


@transaction.atomic
def reissue_result(
    *, actor: Actor, at: datetime, dossier_id: UUID, reason: str, revision: int | None = None
) -> Amended:
    """
    Issue the same content again under a new number, as when the paper was lost; the old one is superseded.

    :raises Refusal: see :func:`correct_result`
    """
    in_hand, result, actor = _take(actor=actor, dossier_id=dossier_id, revision=revision, name="reissue")

    reason = require_reason(reason)

    words = f"Cấp lại, thay thế văn bản số {result.document.number_text}"
    document = issue_in_place_of(actor=actor, at=at, in_hand=in_hand, old=result.document, words=words)
    old_id = _keep(actor, at, in_hand, result, kind=Kind.REISSUED, new=document, reason=reason)

    event = ResultReissued(dossier_id=dossier_id, document_id=document.id, old_document_id=old_id)
    ledger.record(actor=actor, at=at, event=event)
    _tell(in_hand, at, "result_reissued", document, reason)
    return Amended(document.id, document.number)


@transaction.atomic
def revoke_result(
    *, actor: Actor, at: datetime, dossier_id: UUID, reason: str, revision: int | None = None
) -> Amended:
    """
    Take the result out of force by a signed decision that says why; anybody who verifies it reads the reason.

    :raises Refusal: see :func:`correct_result`
    """
    in_hand, result, actor = _take(actor=actor, dossier_id=dossier_id, revision=revision, name="revoke")

    reason = require_reason(reason)

    decision = issue_revocation(actor=actor, at=at, in_hand=in_hand, old=result.document, reason=reason)
    revoke_document(actor=actor, at=at, document_id=result.document_id, reason=reason)
    old_id = _keep(actor, at, in_hand, result, kind=Kind.REVOKED, decision=decision, reason=reason)

    event = ResultRevoked(dossier_id=dossier_id, document_id=old_id, decision_id=decision.id)
    ledger.record(actor=actor, at=at, event=event)
    _tell(in_hand, at, "result_revoked", decision, reason)
    return Amended(decision.id, decision.number)


def _take(
    *, actor: Actor, dossier_id: UUID, revision: int | None, name: str
) -> tuple[case.Case, Result, Actor]:
    """Lock the case and return its result, with the actor as acting from the signing post."""
    in_hand = case.lock(actor=actor, dossier_id=dossier_id, revision=revision)

    policies.require_move(actor=actor, dossier=in_hand.dossier, name=name)
    result = Result.objects.select_related("document").get(dossier=in_hand.dossier)
    post = policies.require_signer(
        actor=actor, dossier=in_hand.dossier, procedure=in_hand.procedure, result=result
    )
    if not result.granted or result.document.state != DocumentState.VALID:
        raise refusals.ResultNotInForce
    return in_hand, result, actor.acting_from(post)


def _keep(
    actor: Actor,
    at: datetime,
    in_hand: case.Case,
    result: Result,
    *,
    kind: ResultChange.Kind,
    reason: str,
    new: IssuedView | None = None,
    decision: IssuedView | None = None,
    replaced: Mapping[str, object] | None = None,
) -> UUID:
    """Write the change down and return the id of the old document."""
    old_id = result.document_id
    ResultChange.objects.create(
        result=result,
        kind=kind,
        old_document_id=old_id,
        new_document_id=new.id if new else None,
        decision_id=decision.id if decision else None,
        reason=reason,
        replaced=dict(replaced or {}),
        changed_by_id=actor.signed_in_as,
        changed_at=at,
    )
    if new is not None:
        result.document_id = new.id
        result.save(update_fields=["document"])
    in_hand.save()
    return old_id


def _tell(in_hand: case.Case, at: datetime, template: str, document: IssuedView, reason: str) -> None:
    announce.tell_applicant(
        dossier=in_hand.dossier,
        procedure=in_hand.procedure,
        at=at,
        template=template,
        occasion=str(document.id),
        number=document.number,
        reason=reason,
    )
