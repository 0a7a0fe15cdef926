"""The one way in to read bills and money."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, QuerySet

from tinhso.kernel.prepared import Prepared
from tinhso.kernel.refusals import NotFound
from tinhso.payments import policies
from tinhso.payments.banks import bank_name
from tinhso.payments.booking import PLATFORM_SETTLEMENT
from tinhso.payments.models import BankTransaction, Bill, CallbackCount, CounterReceipt, Refund
from tinhso.payments.states import BillState, Means, Outcome, RefundReason, RefundState
from tinhso.payments.types import BillLine, BillView, CollectingAccount, CreditView, RefundView
from tinhso.payments.vietqr import Transfer, build
from tinhso.people.shapes import shape_of
from tinhso.people.types import Actor

PAGE = 100
KEPT = Prefetch(
    "counter",
    queryset=CounterReceipt.objects.filter(storno__isnull=True).order_by("-taken_at"),
    to_attr="kept_receipts",
)


def access_bill(*, actor: Actor, bill_id: UUID) -> BillView:
    """Return the bill. :raises NotFound: absent, or not visible to the actor"""
    return view_of(_one(Bill.objects.visible_to(actor).filter(pk=bill_id).first()))


def access_bill_by_reference(*, actor: Actor, reference: str) -> BillView:
    """Return the bill with the payment reference. :raises NotFound: absent, or not visible to the actor"""
    return view_of(_one(Bill.objects.visible_to(actor).filter(reference=reference.upper()).first()))


def bills_of_subject(*, actor: Actor, subject_id: UUID) -> tuple[BillView, ...]:
    """Return the visible bills of the subject, oldest first, closed ones included."""
    return tuple(map(view_of, _BILLS(who=shape_of(actor), subject_id=subject_id)))


def _bills(who: Actor, subject_id: UUID) -> QuerySet[Bill]:
    rows = Bill.objects.visible_to(who).filter(subject_id=subject_id).order_by("issued_at", "id")
    return rows.prefetch_related(KEPT)


_BILLS = Prepared(_bills)


def bills_of_subjects(*, actor: Actor, subject_ids: Collection[UUID]) -> dict[UUID, tuple[BillView, ...]]:
    """Return the visible bills of several subjects in one query, each subject's oldest first."""
    rows = Bill.objects.visible_to(actor).filter(subject_id__in=subject_ids).order_by("issued_at", "id")
    found: dict[UUID, tuple[BillView, ...]] = {}
    for row in rows.prefetch_related(KEPT):
        found[row.subject_id] = (*found.get(row.subject_id, ()), view_of(row))
    return found


def unpaid_total(*, subject_id: UUID) -> int:
    """Return the đồng still missing on the subject's open bills; the caller has checked its actor's right."""
    rows = Bill.objects.filter(subject_id=subject_id, state__in=[BillState.ISSUED, BillState.PART_PAID])
    return sum(row.total - row.received for row in rows)


def refunds_of_bill(*, actor: Actor, bill_id: UUID) -> tuple[RefundView, ...]:
    """Return the bill's refunds, oldest first; none where the bill is not visible to the actor."""
    rows = (
        Refund.objects.visible_to(actor).filter(bill_id=bill_id).select_related("bill", "counter", "credit")
    )
    return tuple(refund_view(row) for row in rows.order_by("due_at", "id"))


def open_refunds(*, actor: Actor, limit: int = PAGE) -> tuple[RefundView, ...]:
    """Return the visible refunds that have not been made, the longest waiting first."""
    return tuple(refund_view(row) for row in open_refund_rows(actor=actor)[: min(limit, PAGE)])


def open_refund_rows(*, actor: Actor) -> QuerySet[Refund]:
    """Return the rows of :func:`open_refunds`, for whoever pages through them."""
    rows = (
        Refund.objects.visible_to(actor)
        .exclude(state=RefundState.MADE)
        .select_related("bill", "counter", "credit")
    )
    return rows.order_by("due_at", "id")


def unmatched_credits(*, actor: Actor, limit: int = PAGE) -> tuple[CreditView, ...]:
    """
    Return the credits that belong to no bill yet, the longest waiting first.

    :raises RoleMissing: the actor does not reconcile
    """
    return tuple(credit_view(row) for row in unmatched_credit_rows(actor=actor)[: min(limit, PAGE)])


def unmatched_credit_rows(*, actor: Actor) -> QuerySet[BankTransaction]:
    """Return the rows of :func:`unmatched_credits`. :raises RoleMissing: the actor does not reconcile"""
    policies.require_reconciler(actor=actor)
    nameless = BankTransaction.objects.filter(bill__isnull=True).exclude(reason=PLATFORM_SETTLEMENT)
    return nameless.order_by("booked_at", "id")


def callback_counts(*, actor: Actor, day: date) -> dict[str, int]:
    """Return how many bank messages of the day ended how. :raises RoleMissing: no right to reconcile"""
    policies.require_reconciler(actor=actor)
    return dict(CallbackCount.objects.filter(day=day).values_list("outcome", "count"))


def lock_bill(*, actor: Actor, bill_id: UUID) -> Bill:
    """Lock the bill for an action. :raises NotFound: absent, or not visible to the actor"""
    return _one(Bill.objects.visible_to(actor).select_for_update().filter(pk=bill_id).first())


def lock_refund(*, actor: Actor, refund_id: UUID) -> Refund:
    """Lock the refund and, before it, its bill. :raises NotFound: absent, or not visible to the actor"""
    found = Refund.objects.visible_to(actor).filter(pk=refund_id).first()
    if found is None:
        raise NotFound
    # Everybody locks the bill first, or two officers could wait for each other for ever.
    bill = Bill.objects.select_for_update().get(pk=found.bill_id)
    refund = (
        Refund.objects.select_for_update(of=("self",)).select_related("credit", "counter").get(pk=refund_id)
    )
    refund.bill = bill
    return refund


def view_of(row: Bill) -> BillView:
    """Return the view; the caller has checked the right."""
    state = BillState(row.state)
    missing = row.total - row.received if state.is_open else 0
    receipt = receipt_of(row)
    return BillView(
        id=row.id,
        reference=row.reference,
        subject_id=row.subject_id,
        purpose_key=row.purpose_key,
        payer_person_id=row.payer_person_id,
        agency_id=row.agency_id,
        account=CollectingAccount(row.account_bin, row.account_number, row.account_name),
        bank_name=bank_name(settings.TINHSO.packs, row.account_bin),
        lines=tuple(BillLine(**line) for line in row.lines),
        total=row.total,
        received=row.received,
        missing=missing,
        state=state,
        payload=_payload_for(row, missing),
        issued_at=row.issued_at,
        expires_at=row.expires_at,
        paid_at=row.paid_at,
        receipt_number=receipt.number if receipt else "",
    )


def receipt_of(row: Bill) -> CounterReceipt | None:
    """Return the counter's last receipt for the bill that was not taken back."""
    known: list[CounterReceipt] | None = getattr(row, "kept_receipts", None)
    if known is None:
        return row.counter.filter(storno__isnull=True).order_by("-taken_at").first()
    return known[0] if known else None


def is_by_hand(row: Refund) -> bool:
    """Say whether no bank can be asked: the money came by card, or by the portal's platform."""
    by_card = row.counter is not None and row.counter.means == Means.CARD
    return by_card or (row.credit is not None and row.credit.source == "platform")


def refund_view(row: Refund) -> RefundView:
    """Return the view; the caller has checked the right."""
    return RefundView(
        id=row.id,
        bill_id=row.bill_id,
        bill_reference=row.bill.reference,
        amount=row.amount,
        reason=RefundReason(row.reason),
        state=RefundState(row.state),
        by_cash=row.counter is not None and row.counter.means == Means.CASH,
        by_hand=is_by_hand(row),
        due_at=row.due_at,
        made_at=row.made_at,
        bank_refund_id=row.bank_refund_id,
        note=row.note,
        last_error=row.last_error,
    )


def _payload_for(row: Bill, missing: int) -> str:
    if missing in (0, row.total):
        return row.payload
    return build(
        Transfer(row.account_bin, row.account_number, missing, row.reference),
        purpose_limit=policies.rules().purpose_limit,
    )


def credit_view(row: BankTransaction) -> CreditView:
    """Return the view; the caller has checked the right."""
    return CreditView(
        id=row.id,
        bank=row.bank,
        bank_transaction_id=row.bank_transaction_id,
        account_number=row.account_number,
        amount=row.amount,
        purpose=row.purpose,
        received_at=row.received_at,
        outcome=Outcome(row.outcome),
        reason=row.reason,
        bill_id=row.bill_id,
    )


def _one(row: Bill | None) -> Bill:
    if row is None:
        raise NotFound
    return row
