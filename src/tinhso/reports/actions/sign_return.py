"""Approve a return: the agency's leader signs it, and it goes to the province."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.kernel import ledger
from tinhso.people.types import Actor
from tinhso.reports import issuing, policies, sheets
from tinhso.reports.events import ReturnSigned
from tinhso.reports.models import ReturnAct, ReturnVersion, State, UnitReturn
from tinhso.reports.rounds import about, is_late, latest, lock_return, require_state, saved


@transaction.atomic
def sign_return(*, actor: Actor, at: datetime, return_id: UUID, revision: int) -> UUID:
    """
    Number, typeset and sign the return as its next version. Return the document's id.

    :raises ReportMissing, ReturnChanged, NotNow: see :func:`rounds.lock_return`
    :raises NotYourReport: the actor does not sign this agency's returns
    :raises Refusal: see :func:`tinhso.papers.actions.issue_document.issue_document`
    """
    row = lock_return(actor=actor, return_id=return_id, revision=revision)

    actor = policies.require_unit(actor=actor, deed="approve", agency_id=row.agency_id)

    require_state(row, State.SUBMITTED)
    last = latest(row)
    issued = issuing.issue(
        actor=actor,
        at=at,
        sheet=sheets.of_return(row),
        agency_id=row.agency_id,
        subject_id=row.pk,
        supersedes=last.document_id if last else None,
    )

    number = last.number + 1 if last else 1
    ReturnVersion.objects.create(
        of=row,
        number=number,
        values=row.values,
        reason=_why(row, last),
        document_id=issued.id,
        signed_by_id=actor.account_id,
        signed_at=at,
    )
    row.state = State.SIGNED
    row.signed_at = row.signed_at or at
    saved(row, actor=actor, at=at, what="signed")

    event = ReturnSigned(**about(row), version=number, document_id=issued.id, is_late=is_late(row, at=at))
    ledger.record(actor=actor, at=at, event=event)
    return issued.id


def _why(row: UnitReturn, last: ReturnVersion | None) -> str:
    """Return why there is a further version: the first reason given since the last."""
    if last is None:
        return ""
    since = ReturnAct.objects.filter(of=row, at__gte=last.signed_at).exclude(reason="")
    return since.order_by("at", "id").values_list("reason", flat=True).first() or ""
