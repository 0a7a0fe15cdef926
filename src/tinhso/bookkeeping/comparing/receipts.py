"""Electronic receipts against the bills that were paid on the day."""

from collections.abc import Iterator

from django.db.models import Prefetch

from tinhso.bookkeeping.comparing.day import Day, compared, found
from tinhso.bookkeeping.models import FeeReceipt
from tinhso.bookkeeping.rules import receipt_rules
from tinhso.bookkeeping.types import Compared, DifferenceKind, Found, ReceiptKind
from tinhso.payments.models import Bill, Refund
from tinhso.payments.states import RefundReason, RefundState

K = DifferenceKind
COUNTED = (RefundReason.DECIDED, RefundReason.RELIEF)


def compare(day: Day) -> Compared:
    """Compare what the bills of the day keep with what their receipts say."""
    bills = list(_bills(day))
    booked = {bill.pk: _kept(bill) for bill in bills}
    told = {bill.pk: _on_receipts(bill) for bill in bills if bill.fee_receipts.all()}
    differences = [one for bill in bills for one in _of(bill)]
    return compared(booked.values(), told.values(), differences, is_told=True)


def _bills(day: Day) -> Iterator[Bill]:
    rows = Bill.objects.filter(agency_id=day.agency.id, paid_at__gte=day.begins, paid_at__lt=day.ends)
    fetched = rows.prefetch_related(
        Prefetch("fee_receipts", FeeReceipt.objects.prefetch_related("followers")),
        "receipt_duties",
        Prefetch("refunds", Refund.objects.filter(reason__in=COUNTED, state=RefundState.MADE)),
    )
    for bill in fetched.order_by("paid_at", "id"):
        if bill.purpose_key.partition(".")[0] not in receipt_rules().not_for:
            yield bill


def _kept(bill: Bill) -> int:
    return bill.total - sum(refund.amount for refund in bill.refunds.all())


def _on_receipts(bill: Bill) -> int:
    return sum(
        receipt.total
        for receipt in bill.fee_receipts.all()
        if ReceiptKind.REPLACEMENT not in {one.kind for one in receipt.followers.all()}
    )


def _of(bill: Bill) -> Iterator[Found]:
    gap = _kept(bill) - _on_receipts(bill)
    if not gap:
        return
    problem = next((duty.last_error for duty in bill.receipt_duties.all() if duty.last_error), "")
    kind = K.BILL_WITHOUT_RECEIPT if gap > 0 else K.RECEIPT_TOO_MUCH
    yield found(kind, str(bill.pk), gap, bill=bill.reference, problem=problem, sum=abs(gap))
