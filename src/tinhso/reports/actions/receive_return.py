"""The province takes a signed return in: from now on it counts."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.kernel import ledger
from tinhso.people.types import Actor
from tinhso.reports import policies
from tinhso.reports.events import ReturnReceived
from tinhso.reports.models import State
from tinhso.reports.rounds import about, latest, lock_return, require_state, saved


@transaction.atomic
def receive_return(*, actor: Actor, at: datetime, return_id: UUID, revision: int) -> int:
    """
    Count the version that was signed last. Return the new revision.

    :raises ReportMissing, ReturnChanged, NotNow: see :func:`rounds.lock_return`
    :raises NotYourReport: the actor does not run reports
    """
    row = lock_return(actor=actor, return_id=return_id, revision=revision)

    actor = policies.require_province(actor=actor, deed="run")

    require_state(row, State.SIGNED)
    last = latest(row)
    assert last is not None, "what is signed has a version"

    row.state, row.received = State.RECEIVED, last.number
    saved(row, actor=actor, at=at, what="received")

    event = ReturnReceived(**about(row), version=last.number)
    ledger.record(actor=actor, at=at, event=event)
    return row.revision
