"""Tills: whose is open, what should lie in it, and how it is shown."""

from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from tinhso.kernel import ledger, locks
from tinhso.kernel.refusals import NotFound
from tinhso.payments.events import ShiftOpened
from tinhso.payments.models import Bill, CashShift, CounterReceipt
from tinhso.payments.states import Means
from tinhso.payments.types import ReceiptView, ShiftView
from tinhso.people.types import Actor

PAGE = 60


def open_shift_of(
    *, actor: Actor, at: datetime, agency_id: UUID, post_id: UUID, opening: int = 0
) -> CashShift:
    """Return the officer's open till, locked; open one where there is none. Needs a transaction around it."""
    account_id = actor.signed_in_as
    locks.hold(f"shift:{account_id}:{agency_id}")
    mine = CashShift.objects.select_for_update().filter(account_id=account_id, agency_id=agency_id)
    shift = mine.filter(closed_at__isnull=True).first()
    if shift is None:
        shift = CashShift.objects.create(
            agency_id=agency_id, account_id=account_id, post_id=post_id, opened_at=at, opening=opening
        )
        event = ShiftOpened(shift_id=shift.id, agency_id=agency_id, amount=opening)
        ledger.record(actor=actor, at=at, event=event)
    return shift


def current_shift(*, actor: Actor, agency_id: UUID) -> ShiftView | None:
    """Return the officer's own open till in the agency."""
    if actor.account_id is None:
        return None
    mine = CashShift.objects.filter(account_id=actor.account_id, agency_id=agency_id)
    row = mine.filter(closed_at__isnull=True).first()
    return shift_view(row) if row else None


def access_shift(*, actor: Actor, shift_id: UUID) -> ShiftView:
    """Return the till. :raises NotFound: absent, or not visible to the actor"""
    row = CashShift.objects.visible_to(actor).filter(pk=shift_id).first()
    if row is None:
        raise NotFound
    return shift_view(row)


def past_shifts(*, actor: Actor, limit: int = PAGE) -> tuple[CashShift, ...]:
    """Return the visible closed tills, newest first, as rows without their receipts."""
    closed = CashShift.objects.visible_to(actor).filter(closed_at__isnull=False)
    return tuple(closed.order_by("-closed_at")[:limit])


def shift_view(row: CashShift) -> ShiftView:
    """Return the view; the caller has checked the right."""
    receipts = tuple(receipt_view(one) for one in _receipts(row))
    cash = sum(one.amount for one in receipts if one.means is Means.CASH)
    back = sum(one.amount for one in receipts if one.means is Means.CASH and one.taken_back)
    paid_out = row.refunds.aggregate(sum=Sum("amount"))["sum"] or 0
    return ShiftView(
        id=row.id,
        agency_id=row.agency_id,
        account_id=row.account_id,
        opened_at=row.opened_at,
        opening=row.opening,
        cash=cash,
        card=sum(one.amount for one in receipts if one.means is Means.CARD and not one.taken_back),
        taken_back=back,
        paid_out=paid_out,
        expected=row.opening + cash - back - paid_out,
        closed_at=row.closed_at,
        counted=row.counted or 0,
        handed_over=row.handed_over or 0,
        slip=row.slip,
        note=row.note,
        receipts=receipts,
    )


def receipt_view(row: CounterReceipt) -> ReceiptView:
    """Return the view; the caller has checked the right."""
    storno = getattr(row, "storno", None)
    return ReceiptView(
        id=row.id,
        number=row.number,
        bill_id=row.bill_id,
        bill_reference=row.bill.reference,
        subject_id=row.bill.subject_id,
        amount=row.amount,
        means=Means(row.means),
        terminal=row.terminal,
        approval_code=row.approval_code,
        taken_at=row.taken_at,
        taken_back=storno.reason if storno else "",
    )


def _receipts(row: CashShift) -> list[CounterReceipt]:
    return list(row.receipts.select_related("bill", "storno").order_by("taken_at", "id"))


def access_receipt(*, actor: Actor, receipt_id: UUID) -> ReceiptView:
    """Return a receipt of a bill the actor may see. :raises NotFound: absent, or its bill is not"""
    row = CounterReceipt.objects.select_related("bill", "storno").filter(pk=receipt_id).first()
    if row is None or not Bill.objects.visible_to(actor).filter(pk=row.bill_id).exists():
        raise NotFound
    return receipt_view(row)
