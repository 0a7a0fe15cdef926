"""Look at the automatic lines of a return again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.kernel import ledger
from tinhso.people.types import Actor
from tinhso.reports import policies
from tinhso.reports.actions.submit_return import refill
from tinhso.reports.aggregating import differences
from tinhso.reports.events import ReturnSaved
from tinhso.reports.models import State
from tinhso.reports.rounds import about, lock_return, require_state, saved
from tinhso.reports.values import read


@transaction.atomic
def fill_again(*, actor: Actor, at: datetime, return_id: UUID, revision: int) -> frozenset[str]:
    """
    Fill the automatic lines as facts are now. Return the lines that are still being computed.

    :raises ReportMissing, ReturnChanged, NotNow: see :func:`rounds.lock_return`
    :raises NotYourReport: the actor does not fill this agency's returns
    """
    row = lock_return(actor=actor, return_id=return_id, revision=revision)

    actor = policies.require_unit(actor=actor, deed="fill", agency_id=row.agency_id)

    require_state(row, State.OPEN)
    before = read(row.values)
    pending = refill(row, at=at)

    saved(row, actor=actor, at=at, what="filled")

    event = ReturnSaved(**about(row), lines=differences(before, read(row.values)))
    ledger.record(actor=actor, at=at, event=event)
    return pending
