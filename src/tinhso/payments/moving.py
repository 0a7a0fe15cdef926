"""The one place where a bill or a refund changes its state: the row, its history and the ledger together."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from tinhso.kernel import ledger
from tinhso.payments.events import RefundEvent
from tinhso.payments.models import BankTransaction, Bill, CounterReceipt, PaymentEvent, Refund
from tinhso.payments.states import BillState, Move, RefundReason, RefundState, bill_move, refund_move
from tinhso.people.types import Actor


@dataclass(frozen=True, slots=True)
class Source:
    """What the money came with; both are None where no money came."""

    credit: BankTransaction | None = None
    receipt: CounterReceipt | None = None


def move_bill(
    *, actor: Actor, at: datetime, bill: Bill, name: str, amount: int, source: Source | None = None
) -> None:
    """
    Move a locked bill along the arrow, write the move down and announce it.

    :param amount: đồng that the move is about
    :raises NoSuchMove: its state has no such arrow
    """
    move = bill_move(name, bill.state)
    bill.state = BillState(move.to)
    bill.save()
    _write_event(actor=actor, at=at, bill=bill, move=move, amount=amount, source=source or Source())
    ledger.record(
        actor=actor,
        at=at,
        event=move.event(
            bill_id=bill.id,
            for_subject_id=bill.subject_id,
            purpose_key=bill.purpose_key,
            reference=bill.reference,
            amount=amount,
        ),
    )


def announce_issue(*, actor: Actor, at: datetime, bill: Bill) -> None:
    """Write down and announce the birth of a bill that was just inserted."""
    move = bill_move("issue", "")
    _write_event(actor=actor, at=at, bill=bill, move=move, amount=bill.total, source=Source())
    ledger.record(
        actor=actor,
        at=at,
        event=move.event(
            bill_id=bill.id,
            for_subject_id=bill.subject_id,
            purpose_key=bill.purpose_key,
            reference=bill.reference,
            amount=bill.total,
        ),
    )


def open_refund(
    *,
    actor: Actor,
    at: datetime,
    bill: Bill,
    source: Source,
    amount: int,
    reason: RefundReason,
    note: str = "",
) -> Refund:
    """Let a sum of one source fall due back to its payer."""
    refund = Refund.objects.create(
        bill=bill,
        credit=source.credit,
        counter=source.receipt,
        amount=amount,
        reason=reason,
        due_at=at,
        note=note,
    )
    _announce_refund(actor=actor, at=at, refund=refund, move=refund_move("fall_due", ""))
    return refund


def move_refund(*, actor: Actor, at: datetime, refund: Refund, name: str) -> None:
    """Move a locked refund along the arrow. :raises NoSuchMove: its state has no such arrow"""
    move = refund_move(name, refund.state)
    refund.state = RefundState(move.to)
    refund.save()
    _announce_refund(actor=actor, at=at, refund=refund, move=move)


def complete_refund(*, actor: Actor, at: datetime, refund: Refund, name: str) -> None:
    """Move a locked refund to its end, and its bill too when that was the last sum of a refund of all."""
    refund.made_at = at
    move_refund(actor=actor, at=at, refund=refund, name=name)
    bill: Bill = refund.bill
    still_open = bill.refunds.exclude(state=RefundState.MADE).exists()
    if bill.state == BillState.REFUND_PENDING and not still_open:
        move_bill(actor=actor, at=at, bill=bill, name="close_refund", amount=bill.total)


def open_refunds_of_all(
    *, actor: Actor, at: datetime, bill: Bill, reason: RefundReason, note: str = ""
) -> int:
    """Let everything the bill still holds fall due back, source by source; return the sum."""
    returned = 0
    for source, left in _what_is_left(bill):
        open_refund(actor=actor, at=at, bill=bill, source=source, amount=left, reason=reason, note=note)
        returned += left
    return returned


def open_refunds_of_some(
    *, actor: Actor, at: datetime, bill: Bill, amount: int, reason: RefundReason, note: str = ""
) -> int:
    """Let a part of what the bill still holds fall due back, the newest money first; return the sum."""
    returned = 0
    for source, left in reversed(_what_is_left(bill)):
        part = min(left, amount - returned)
        if part:
            open_refund(actor=actor, at=at, bill=bill, source=source, amount=part, reason=reason, note=note)
        returned += part
    return returned


def _what_is_left(bill: Bill) -> list[tuple[Source, int]]:
    sources: list[tuple[Source, int]] = [
        (Source(credit=credit), credit.amount - sum(r.amount for r in credit.refunds.all()))
        for credit in bill.credits.order_by("booked_at", "id").prefetch_related("refunds")
    ]
    kept = CounterReceipt.objects.filter(bill=bill, storno__isnull=True).order_by("taken_at", "id")
    sources += [
        (Source(receipt=receipt), receipt.amount - sum(r.amount for r in receipt.refunds.all()))
        for receipt in kept.prefetch_related("refunds")
    ]
    return [(source, left) for source, left in sources if left > 0]


def _announce_refund(*, actor: Actor, at: datetime, refund: Refund, move: Move) -> None:
    bill = refund.bill
    source = Source(credit=refund.credit, receipt=refund.counter)
    _write_event(actor=actor, at=at, bill=bill, move=move, amount=refund.amount, source=source, refund=refund)
    ledger.record(
        actor=actor,
        at=at,
        event=cast(type[RefundEvent], move.event)(
            bill_id=bill.id,
            for_subject_id=bill.subject_id,
            purpose_key=bill.purpose_key,
            reference=bill.reference,
            amount=refund.amount,
            refund_id=refund.id,
            reason=str(refund.reason),
        ),
    )


def _write_event(
    *,
    actor: Actor,
    at: datetime,
    bill: Bill,
    move: Move,
    amount: int,
    source: Source,
    refund: Refund | None = None,
) -> None:
    ref = actor.ref
    PaymentEvent.objects.create(
        bill=bill,
        refund=refund,
        credit=source.credit,
        receipt=source.receipt,
        at=at,
        move=move.name,
        came_from=move.came_from,
        to=move.to,
        amount=amount,
        actor_kind=ref.kind,
        actor_id=ref.id,
        post_id=ref.post_id,
    )
