"""Receipts that are owed: written down in the transaction that books the money, from its own events."""

from datetime import datetime
from uuid import UUID

from tinhso.bookkeeping.models import FeeReceipt, ReceiptDuty
from tinhso.bookkeeping.rules import receipt_rules
from tinhso.bookkeeping.types import DutyState, ReceiptKind
from tinhso.payments.models import Bill, CounterStorno
from tinhso.payments.states import RefundReason

# What goes back of these was never on a receipt: too much, too late, or for a bill that was closed unpaid.
COUNTED = frozenset({RefundReason.DECIDED, RefundReason.RELIEF})


def owe_for_payment(*, bill_id: UUID, at: datetime) -> ReceiptDuty | None:
    """Owe the receipt of a bill that was paid just now; None for one that gets none of ours."""
    bill = Bill.objects.get(pk=bill_id)
    if bill.purpose_key.partition(".")[0] in receipt_rules().not_for:
        return None
    times = CounterStorno.objects.filter(bill_id=bill_id).count()
    return _owe(f"paid:{bill_id}:{times}", bill_id, ReceiptKind.ORIGINAL, bill.total, at=at)


def owe_for_storno(*, bill_id: UUID, at: datetime) -> ReceiptDuty | None:
    """Take the receipt back whole whose payment the counter took back; one that is owed yet falls away."""
    times = CounterStorno.objects.filter(bill_id=bill_id).count()
    if _drop(bill_id) or (net := net_of(bill_id)) <= 0:
        return None
    note = "Hủy phiếu thu ghi nhầm tại quầy"
    return _owe(f"storno:{bill_id}:{times}", bill_id, ReceiptKind.ADJUSTMENT, -net, at=at, note=note)


def owe_for_refund(
    *, bill_id: UUID, refund_id: UUID, amount: int, reason: str, at: datetime
) -> ReceiptDuty | None:
    """Take what went back off the receipt; where that is all of one not made yet, it is not made at all."""
    if reason not in COUNTED:
        return None
    waiting = _waiting(bill_id)
    if waiting is None and net_of(bill_id) < amount:
        return None
    if waiting is not None and waiting.amount == amount and _drop(bill_id):
        return None
    note = "Hoàn trả tiền đã thu"
    return _owe(f"refund:{refund_id}", bill_id, ReceiptKind.ADJUSTMENT, -amount, at=at, note=note)


def net_of(bill_id: UUID) -> int:
    """Return what the bill's receipts say altogether, in đồng; those that were replaced left out."""
    valid = FeeReceipt.objects.filter(bill_id=bill_id).exclude(followers__kind=ReceiptKind.REPLACEMENT)
    return sum(receipt.total for receipt in valid)


def _owe(
    occasion: str, bill_id: UUID, kind: ReceiptKind, amount: int, *, at: datetime, note: str = ""
) -> ReceiptDuty | None:
    duty, is_new = ReceiptDuty.objects.get_or_create(
        occasion=occasion,
        defaults={"bill_id": bill_id, "kind": kind, "amount": amount, "note": note, "owed_at": at},
    )
    return duty if is_new else None


def _waiting(bill_id: UUID) -> ReceiptDuty | None:
    owed = ReceiptDuty.objects.filter(bill_id=bill_id, state=DutyState.OWED, kind=ReceiptKind.ORIGINAL)
    return owed.select_for_update().first()


def _drop(bill_id: UUID) -> bool:
    waiting = _waiting(bill_id)
    if waiting is None:
        return False
    waiting.state = DutyState.DROPPED
    waiting.save(update_fields=["state"])
    return True
