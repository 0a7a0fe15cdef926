"""Send a return back with a reason: the leader to the officer, the province to the agency."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.kernel import ledger
from tinhso.kernel.text import normalise
from tinhso.people.types import Actor
from tinhso.reports import policies, telling
from tinhso.reports.events import ReturnSentBack
from tinhso.reports.models import State
from tinhso.reports.refusals import ReasonNeeded
from tinhso.reports.rounds import about, lock_return, require_state, saved


@transaction.atomic
def send_back(*, actor: Actor, at: datetime, return_id: UUID, revision: int, reason: str) -> int:
    """
    Open the return again for its officer; what was signed stays readable. Return the new revision.

    :raises ReportMissing, ReturnChanged, NotNow: see :func:`rounds.lock_return`
    :raises NotYourReport: it waits for somebody else
    :raises ReasonNeeded: nobody could mend it without
    """
    row = lock_return(actor=actor, return_id=return_id, revision=revision)

    if row.state != State.SIGNED:
        actor = policies.require_unit(actor=actor, deed="approve", agency_id=row.agency_id)
    else:
        actor = policies.require_province(actor=actor, deed="run")

    require_state(row, State.SUBMITTED, State.SIGNED)
    words = normalise(reason)
    if not words:
        raise ReasonNeeded

    row.state, row.note = State.OPEN, words
    saved(row, actor=actor, at=at, what="sent_back", reason=words)

    ledger.record(actor=actor, at=at, event=ReturnSentBack(**about(row)))
    telling.tell_sent_back(row, at=at, reason=words)
    return row.revision
