"""The bills of a dossier as its applicant meets them: what is owed now, what was paid."""

from collections.abc import Iterable

from tinhso.payments.states import BillState
from tinhso.payments.types import BillView


def newest_by_purpose(bills: Iterable[BillView]) -> tuple[BillView, ...]:
    """Return the bill that counts for each purpose: a later one takes the place of one that lapsed."""
    return tuple({bill.purpose_key: bill for bill in bills}.values())


def owed(bills: Iterable[BillView]) -> BillView | None:
    """Return what must be paid first; a bill that expired unpaid is owed all the same."""
    waiting = (bill for bill in newest_by_purpose(bills) if bill.is_open or bill.state is BillState.EXPIRED)
    return next(waiting, None)
