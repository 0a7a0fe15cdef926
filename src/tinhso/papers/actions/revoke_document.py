"""Take a document out of force."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import ledger
from tinhso.kernel.refusals import Invalid
from tinhso.kernel.text import normalise
from tinhso.papers import policies
from tinhso.papers.actions.issue_document import NotInForce
from tinhso.papers.events import DocumentRevoked, DocumentSuperseded
from tinhso.papers.types import DocumentState, IssuedView
from tinhso.papers.views import issued_view
from tinhso.people.types import Actor

LONGEST_REASON = 500


class ReasonNeeded(Invalid):
    """A revocation without a reason is none."""

    code = "revocation-reason-needed"
    message = _(
        "Hãy ghi lý do thu hồi, không quá %(longest)s ký tự; lý do được công khai khi tra cứu văn bản."
    )


@transaction.atomic
def revoke_document(*, actor: Actor, at: datetime, document_id: UUID, reason: str) -> IssuedView:
    """
    Say publicly that the document does not hold any more, and why.

    :raises NotFound: absent, or not visible to the actor
    :raises NotAllowed: the actor holds no post in the agency that issued it
    :raises ReasonNeeded: no reason, or too long a one
    :raises NotInForce: replaced or revoked before
    """
    row = policies.lock_document(actor=actor, document_id=document_id)

    policies.require_agency(actor=actor, agency_id=row.agency_id)

    reason = normalise(reason)
    if not 0 < len(reason) <= LONGEST_REASON:
        raise ReasonNeeded(longest=LONGEST_REASON)
    if row.state != DocumentState.VALID:
        raise NotInForce(number=row.number_text)

    row.state, row.state_reason = DocumentState.REVOKED, reason
    row.state_by_id, row.state_at = actor.account_id, at
    row.save(update_fields=["state", "state_reason", "state_by", "state_at"])

    ledger.record(actor=actor, at=at, event=DocumentRevoked(document_id=row.pk))
    return issued_view(row)


@transaction.atomic
def supersede_document(*, actor: Actor, at: datetime, document_id: UUID, by_document_id: UUID) -> IssuedView:
    """
    Say publicly that another document of the same agency, issued before, takes this one's place.

    :raises NotFound: one is absent, or not visible to the actor
    :raises NotAllowed: the actor holds no post in the agency that issued it
    :raises NotInForce: one of the two is not in force, or they are of two agencies or the same
    """
    row = policies.lock_document(actor=actor, document_id=document_id)
    successor = policies.lock_document(actor=actor, document_id=by_document_id)

    policies.require_agency(actor=actor, agency_id=row.agency_id)

    for document in (row, successor):
        if document.state != DocumentState.VALID or document.agency_id != row.agency_id or row == successor:
            raise NotInForce(number=document.number_text)

    row.state, row.superseded_by = DocumentState.SUPERSEDED, successor
    row.state_by_id, row.state_at = actor.account_id, at
    row.save(update_fields=["state", "superseded_by", "state_by", "state_at"])

    ledger.record(
        actor=actor, at=at, event=DocumentSuperseded(document_id=row.pk, by_document_id=successor.pk)
    )
    return issued_view(row)
