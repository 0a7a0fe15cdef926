"""``/bills``: what is owed, and how it is paid."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from tinhso.api.v1.asking import SIGNED_IN, by
from tinhso.api.v1.dossiers.showing import access
from tinhso.dossiers.actions.pay_at_platform import pay_at_platform
from tinhso.dossiers.actions.renew_bill import renew_bill
from tinhso.dossiers.party import into, into_bill
from tinhso.edge.paying import return_address
from tinhso.payments import queries as payments
from tinhso.payments.actions.mark_cash import mark_cash
from tinhso.payments.pictures import as_svg
from tinhso.payments.types import BillLine, BillView

router = Router(tags=["bills"], auth=SIGNED_IN)


class BillLineOut(Schema):
    code: str
    name: str
    amount: int = Field(description="Whole đồng; 0 for one that is waived.")
    law: str
    kind: str = Field(description="`fee` (phí) or `charge` (lệ phí).")
    full: int | None = Field(description="Đồng before a relief; null where there is none.")
    relief: str = Field(description="Why less or nothing is asked; empty where there is none.")
    relief_law: str

    @classmethod
    def told(cls, line: BillLine) -> "BillLineOut":
        return cls(**asdict(line))


class AccountOut(Schema):
    bin: str
    number: str
    name: str


class BillOut(Schema):
    """A bill. The transfer must carry `reference` as its purpose."""

    id: UUID
    reference: str
    dossier_id: UUID
    purpose: str = Field(description="`on_filing`, `on_accept`, `on_step.…`, `on_return`, `duty.…`.")
    account: AccountOut
    bank_name: str
    lines: list[BillLineOut]
    total: int
    received: int
    missing: int = Field(description="Đồng still to pay; 0 unless the bill is open.")
    state: str
    issued_at: datetime
    expires_at: datetime
    paid_at: datetime | None
    receipt_number: str

    @classmethod
    def told(cls, bill: BillView) -> "BillOut":
        account = bill.account
        return cls(
            id=bill.id,
            reference=bill.reference,
            dossier_id=bill.subject_id,
            purpose=bill.purpose_key,
            account=AccountOut(bin=account.bin, number=account.number, name=account.name),
            bank_name=bill.bank_name,
            lines=[BillLineOut.told(line) for line in bill.lines],
            total=bill.total,
            received=bill.received,
            missing=bill.missing,
            state=bill.state.value,
            issued_at=bill.issued_at,
            expires_at=bill.expires_at,
            paid_at=bill.paid_at,
            receipt_number=bill.receipt_number,
        )


class BillsOut(Schema):
    items: list[BillOut]


class PayAtOut(Schema):
    """Where the payer goes."""

    payment_url: str


class QrOut(Schema):
    """VietQR for what is missing."""

    payload: str = Field(description="EMV text; what a banking app reads from the picture.")
    svg: str = Field(description="The same as an SVG element; empty when nothing is missing.")


@router.get("/dossiers/{uuid:dossier_id}/bills", response=BillsOut, summary="List a dossier's bills")
def list_bills(request: HttpRequest, dossier_id: UUID) -> BillsOut:
    """Oldest first, closed ones included."""
    party = into(by(request)["actor"], access(request, dossier_id))
    bills = payments.bills_of_subject(actor=party, subject_id=dossier_id)
    return BillsOut(items=[BillOut.told(bill) for bill in bills])


@router.post("/dossiers/{uuid:dossier_id}/renew-bill", response=BillOut, summary="Renew a lapsed bill")
def post_renewal(request: HttpRequest, dossier_id: UUID) -> BillOut:
    """Ask again for money whose bill expired unpaid; asked twice, the answer is the same bill."""
    who = by(request)
    bill_id = renew_bill(**who, dossier_id=dossier_id)
    return BillOut.told(payments.access_bill(actor=into_bill(who["actor"], bill_id), bill_id=bill_id))


@router.post(
    "/dossiers/{uuid:dossier_id}/pay-at-portal", response=PayAtOut, summary="Pay at the national portal"
)
def post_pay_at_portal(request: HttpRequest, dossier_id: UUID) -> PayAtOut:
    """Begin to pay the open bill at the portal's platform; asked again soon, the answer is the same page."""
    address = pay_at_platform(**by(request), dossier_id=dossier_id, return_url=return_address(dossier_id))
    return PayAtOut(payment_url=address)


@router.get("/bills/{uuid:bill_id}", response=BillOut, summary="Read a bill")
def read_bill(request: HttpRequest, bill_id: UUID) -> BillOut:
    """What is owed, to whom, and what came."""
    return BillOut.told(payments.access_bill(actor=into_bill(by(request)["actor"], bill_id), bill_id=bill_id))


@router.get("/bills/{uuid:bill_id}/qr", response=QrOut, summary="Read the VietQR of a bill")
def read_qr(request: HttpRequest, bill_id: UUID) -> QrOut:
    """For exactly what is missing on the bill now."""
    bill = payments.access_bill(actor=into_bill(by(request)["actor"], bill_id), bill_id=bill_id)
    if not bill.is_open:
        return QrOut(payload="", svg="")
    return QrOut(payload=bill.payload, svg=as_svg(bill.payload, title=bill.reference))


@router.post("/bills/{uuid:bill_id}/cash", response=BillOut, summary="Take cash")
def post_cash(request: HttpRequest, bill_id: UUID) -> BillOut:
    """The counter writes down that what is missing was paid in cash; the receipt gets its number."""
    return BillOut.told(mark_cash(**by(request), bill_id=bill_id))
