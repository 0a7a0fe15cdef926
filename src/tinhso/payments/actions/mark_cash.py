"""Take cash at the counter."""

from datetime import datetime
from uuid import UUID

from tinhso.payments.actions.take_at_counter import take_at_counter
from tinhso.payments.states import Means
from tinhso.payments.types import BillView
from tinhso.people.types import Actor


def mark_cash(*, actor: Actor, at: datetime, bill_id: UUID) -> BillView:
    """Write down that what is missing on the bill was paid in cash; see :func:`take_at_counter`."""
    return take_at_counter(actor=actor, at=at, bill_id=bill_id, means=Means.CASH)
