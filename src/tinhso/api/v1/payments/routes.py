"""``/payments``: who reconciles with the bank and gives money back, as ``packs`` says."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Body, File, Form, Query, Router
from ninja.files import UploadedFile

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.api.v1.bills.routes import BillOut
from tinhso.api.v1.paging import Cursor, Limit, Order, link_next, page_of_rows
from tinhso.api.v1.payments.shapes import (
    CallbacksOut,
    CreditOut,
    CreditPage,
    MatchIn,
    PayOutIn,
    RefundIn,
    RefundOut,
    RefundPage,
    RefundsOut,
    StatementOut,
)
from tinhso.bookkeeping.actions.take_statement import take_statement
from tinhso.dossiers.party import into_bill
from tinhso.payments import queries as payments
from tinhso.payments.actions.match_credit import match_credit
from tinhso.payments.actions.pay_out_refund import pay_out_refund
from tinhso.payments.actions.refund_bill import refund_bill
from tinhso.payments.actions.request_refund import request_refund

router = Router(tags=["payments"], auth=SIGNED_IN)
BY_BOOKED = Order("booked_at", newest_first=False)
BY_DUE = Order("due_at", newest_first=False)

Bank = Annotated[str, Form(..., pattern="^[0-9]{6}$", description="BIN of the bank, six digits.")]
PayOut = Annotated[PayOutIn | None, Body()]
Day = Annotated[date, Query(..., description="A day in Vietnam.")]


@router.get("/payments/credits", response=CreditPage, summary="List money without a bill")
def list_credits(request: HttpRequest, response: HttpResponse, limit: Limit, cursor: Cursor) -> CreditPage:
    """Credits that match no bill yet, the longest waiting first; for who reconciles."""
    rows = payments.unmatched_credit_rows(actor=actor_of(request))
    items, after = page_of_rows(rows, order=BY_BOOKED, cursor=cursor, limit=limit)
    return CreditPage(
        items=[CreditOut.told(payments.credit_view(row)) for row in items],
        next_cursor=after,
        next=link_next(request, response, after),
    )


@router.post("/payments/statements", response=StatementOut, summary="Import a bank statement")
def post_statement(
    request: HttpRequest, bank: Bank, file: Annotated[UploadedFile, File(...)]
) -> StatementOut:
    """
    Book what is not known yet of a CSV file in UTF-8; the same file twice changes nothing.

    Columns, in any order: `transaction_id`, `received_at`, `account`, `amount`, `purpose`; at most 5 MB.
    """
    return StatementOut.told(take_statement(**by(request), bank=bank, content=file.read()))


@router.post("/payments/credits/{uuid:credit_id}/match", response=BillOut, summary="Give money its bill")
def post_match(request: HttpRequest, credit_id: UUID, body: MatchIn) -> BillOut:
    """Let the credit count for the bill with the reference, by the same rule as any other; once."""
    return BillOut.told(match_credit(**by(request), credit_id=credit_id, reference=body.reference))


@router.get("/payments/callbacks", response=CallbacksOut, summary="Count the bank's messages")
def count_callbacks(request: HttpRequest, day: Day) -> CallbacksOut:
    """How many messages of the day ended how; for who reconciles."""
    return CallbacksOut(counts=payments.callback_counts(actor=actor_of(request), day=day))


@router.get("/payments/refunds", response=RefundPage, summary="List sums due back")
def list_refunds(request: HttpRequest, response: HttpResponse, limit: Limit, cursor: Cursor) -> RefundPage:
    """Refunds not made yet of bills that who asks may see, the longest waiting first."""
    rows = payments.open_refund_rows(actor=actor_of(request))
    items, after = page_of_rows(rows, order=BY_DUE, cursor=cursor, limit=limit)
    return RefundPage(
        items=[RefundOut.told(payments.refund_view(row)) for row in items],
        next_cursor=after,
        next=link_next(request, response, after),
    )


@router.post("/payments/refunds/{uuid:refund_id}/request", response=RefundOut, summary="Ask the bank")
def post_refund_request(request: HttpRequest, refund_id: UUID) -> RefundOut:
    """Ask the bank to send a due sum back, or ask again after a failure."""
    return RefundOut.told(request_refund(**by(request), refund_id=refund_id))


@router.post("/payments/refunds/{uuid:refund_id}/pay-out", response=RefundOut, summary="Pay out in cash")
def post_refund_payout(request: HttpRequest, refund_id: UUID, body: PayOut = None) -> RefundOut:
    """Write down that money went back that no bank is asked for: cash, or by slip or transfer order."""
    proof = body.proof if body else ""
    return RefundOut.told(pay_out_refund(**by(request), refund_id=refund_id, proof=proof))


@router.get("/bills/{uuid:bill_id}/refunds", response=RefundsOut, summary="List a bill's refunds")
def list_bill_refunds(request: HttpRequest, bill_id: UUID) -> RefundsOut:
    """Oldest first, those that were made included."""
    party = into_bill(actor_of(request), bill_id)
    payments.access_bill(actor=party, bill_id=bill_id)
    refunds = payments.refunds_of_bill(actor=party, bill_id=bill_id)
    return RefundsOut(items=[RefundOut.told(refund) for refund in refunds])


@router.post("/bills/{uuid:bill_id}/refund", response=BillOut, summary="Order a refund")
def post_refund(request: HttpRequest, bill_id: UUID, body: RefundIn) -> BillOut:
    """All a paid bill still holds goes back; each sum then waits under `/payments/refunds`."""
    return BillOut.told(refund_bill(**by(request), bill_id=bill_id, note=body.note))
