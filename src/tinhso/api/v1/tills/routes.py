"""``/tills``: the money of the counter, from opening a till to handing its money over."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema
from pydantic import ConfigDict

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.api.v1.bills.routes import BillOut
from tinhso.payments import shifts
from tinhso.payments.actions.keep_till import close_till, open_till
from tinhso.payments.actions.take_at_counter import take_at_counter
from tinhso.payments.actions.take_back_receipt import take_back_receipt
from tinhso.payments.states import Means
from tinhso.payments.types import ReceiptView, ShiftView

router = Router(tags=["tills"], auth=SIGNED_IN)


class SlipIn(Schema):
    """What the terminal's slip says."""

    model_config = ConfigDict(extra="forbid")

    terminal: str = Field(max_length=40)
    approval_code: str = Field(max_length=40)


class StornoIn(Schema):
    """Why a receipt should never have been written."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(max_length=2000)


class TillOpenIn(Schema):
    model_config = ConfigDict(extra="forbid")

    agency_id: UUID
    opening: int = Field(description="Đồng in the till.")


class CloseIn(Schema):
    model_config = ConfigDict(extra="forbid")

    agency_id: UUID
    counted: int
    handed_over: int = Field(description="Đồng that go to the treasury.")
    slip: str = Field(default="", max_length=200, description="The treasury's number for that.")
    note: str = Field(default="", max_length=2000, description="Why it differs from what should be there.")


class ReceiptOut(Schema):
    """Money taken at the counter; `taken_back` says why where a storno took it back."""

    id: UUID
    number: str
    bill_id: UUID
    amount: int
    means: str
    terminal: str
    approval_code: str
    taken_at: datetime
    taken_back: str

    @classmethod
    def told(cls, receipt: ReceiptView) -> "ReceiptOut":
        return cls(
            id=receipt.id,
            number=receipt.number,
            bill_id=receipt.bill_id,
            amount=receipt.amount,
            means=receipt.means.value,
            terminal=receipt.terminal,
            approval_code=receipt.approval_code,
            taken_at=receipt.taken_at,
            taken_back=receipt.taken_back,
        )


class TillOut(Schema):
    """A till with its sums and receipts."""

    id: UUID
    agency_id: UUID
    opened_at: datetime
    closed_at: datetime | None
    opening: int
    cash: int
    card: int
    taken_back: int
    paid_out: int
    expected: int
    counted: int
    difference: int
    handed_over: int
    slip: str
    note: str
    receipts: list[ReceiptOut]

    @classmethod
    def told(cls, till: ShiftView) -> "TillOut":
        return cls(
            id=till.id,
            agency_id=till.agency_id,
            opened_at=till.opened_at,
            closed_at=till.closed_at,
            opening=till.opening,
            cash=till.cash,
            card=till.card,
            taken_back=till.taken_back,
            paid_out=till.paid_out,
            expected=till.expected,
            counted=till.counted,
            difference=till.difference,
            handed_over=till.handed_over,
            slip=till.slip,
            note=till.note,
            receipts=[ReceiptOut.told(receipt) for receipt in till.receipts],
        )


@router.post("/tills/open", response=TillOut, summary="Open a till")
def post_open(request: HttpRequest, body: TillOpenIn) -> TillOut:
    """Say what lies in it. Whoever takes money without opening one gets one with nothing in it."""
    return TillOut.told(open_till(**by(request), agency_id=body.agency_id, opening=body.opening))


@router.post("/tills/close", response=TillOut, summary="Close a till")
def post_close(request: HttpRequest, body: CloseIn) -> TillOut:
    """Say what was counted and handed over; a difference needs its reason."""
    return TillOut.told(
        close_till(
            **by(request),
            agency_id=body.agency_id,
            counted=body.counted,
            handed_over=body.handed_over,
            slip=body.slip,
            note=body.note,
        )
    )


@router.get("/tills/{uuid:shift_id}", response=TillOut, summary="Read a till")
def read_till(request: HttpRequest, shift_id: UUID) -> TillOut:
    """One's own, and those of agencies for whose money one answers."""
    return TillOut.told(shifts.access_shift(actor=actor_of(request), shift_id=shift_id))


@router.post("/bills/{uuid:bill_id}/card", response=BillOut, summary="Take a card")
def post_card(request: HttpRequest, bill_id: UUID, body: SlipIn) -> BillOut:
    """The counter writes down that what is missing was paid by card at a terminal."""
    return BillOut.told(
        take_at_counter(
            **by(request),
            bill_id=bill_id,
            means=Means.CARD,
            terminal=body.terminal,
            approval_code=body.approval_code,
        )
    )


@router.post("/receipts/{uuid:receipt_id}/take-back", response=BillOut, summary="Take a receipt back")
def post_storno(request: HttpRequest, receipt_id: UUID, body: StornoIn) -> BillOut:
    """Correct a mistake while the till is open: the receipt stays, the sum is owed again."""
    return BillOut.told(take_back_receipt(**by(request), receipt_id=receipt_id, reason=body.reason))
