"""Begin to correct a return that was signed: the next version says what changed and why."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.kernel import ledger
from tinhso.kernel.text import normalise
from tinhso.people.types import Actor
from tinhso.reports import policies
from tinhso.reports.events import ReturnCorrectionBegun
from tinhso.reports.models import State
from tinhso.reports.refusals import ReasonNeeded
from tinhso.reports.rounds import about, lock_return, require_state, saved


@transaction.atomic
def correct_return(*, actor: Actor, at: datetime, return_id: UUID, revision: int, reason: str) -> int:
    """
    Open the return again; the version the province received counts until it receives the next.

    Return the new revision.

    :raises ReportMissing, ReturnChanged, NotNow: see :func:`rounds.lock_return`
    :raises NotYourReport: the actor does not fill this agency's returns
    :raises ReasonNeeded: whoever compares the versions reads it
    """
    row = lock_return(actor=actor, return_id=return_id, revision=revision)

    actor = policies.require_unit(actor=actor, deed="fill", agency_id=row.agency_id)

    require_state(row, State.SIGNED, State.RECEIVED)
    words = normalise(reason)
    if not words:
        raise ReasonNeeded

    row.state, row.note = State.OPEN, words
    saved(row, actor=actor, at=at, what="correcting", reason=words)

    ledger.record(actor=actor, at=at, event=ReturnCorrectionBegun(**about(row)))
    return row.revision
