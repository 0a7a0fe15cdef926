"""What this room does when money moves. Wired in ``wiring/listeners.py``."""

from datetime import datetime

from tinhso.bookkeeping import jobs, owing
from tinhso.bookkeeping.models import ReceiptDuty
from tinhso.kernel.jobs import defer
from tinhso.payments.events import BillPaid, BillReopened, RefundMade


def on_bill_paid(*, event: BillPaid, at: datetime) -> None:
    """Owe the payer a receipt, and make it once the money is booked for good."""
    _make(owing.owe_for_payment(bill_id=event.bill_id, at=at))


def on_bill_reopened(*, event: BillReopened, at: datetime) -> None:
    """The counter's own receipt was a mistake: so is the electronic one."""
    _make(owing.owe_for_storno(bill_id=event.bill_id, at=at))


def on_refund_made(*, event: RefundMade, at: datetime) -> None:
    """What went back is taken off the receipt."""
    duty = owing.owe_for_refund(
        bill_id=event.bill_id, refund_id=event.refund_id, amount=event.amount, reason=event.reason, at=at
    )
    _make(duty)


def _make(duty: ReceiptDuty | None) -> None:
    if duty is not None:
        defer(jobs.issue, duty_id=str(duty.pk))
