"""``/fee-receipts``: electronic receipts, signed XML and PDF."""

from datetime import datetime
from uuid import UUID

from django.http import FileResponse, HttpRequest
from ninja import Field, Router, Schema
from pydantic import ConfigDict

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.bookkeeping import queries
from tinhso.bookkeeping.actions.replace_receipt import replace_receipt
from tinhso.bookkeeping.types import FeeReceiptView
from tinhso.dossiers.party import into_bill
from tinhso.edge.receipts import into_receipt
from tinhso.payments import queries as payments

router = Router(tags=["receipts"], auth=SIGNED_IN)
ONE = "/fee-receipts/{uuid:receipt_id}"


class FeeReceiptOut(Schema):
    """An electronic receipt. `state` is `valid`, `replaced` or `adjusted`."""

    id: UUID
    kind: str = Field(description="`original`, `replacement` or `adjustment`.")
    form: str
    symbol: str
    number: str
    bill_id: UUID
    dossier_id: UUID
    total: int = Field(description="Whole đồng; negative for an adjustment.")
    payer: str
    issued_at: datetime
    note: str
    about_number: str = Field(description="Of the receipt that this one replaces or adjusts.")
    state: str
    verify_url: str
    xml_sha256: str

    @classmethod
    def told(cls, receipt: FeeReceiptView) -> "FeeReceiptOut":
        return cls(
            id=receipt.id,
            kind=receipt.kind.value,
            form=receipt.form,
            symbol=receipt.symbol,
            number=receipt.number,
            bill_id=receipt.bill_id,
            dossier_id=receipt.subject_id,
            total=receipt.total,
            payer=receipt.payer,
            issued_at=receipt.issued_at,
            note=receipt.note,
            about_number=receipt.about_number,
            state=receipt.state,
            verify_url=receipt.verify_url,
            xml_sha256=receipt.xml_sha256,
        )


class FeeReceiptsOut(Schema):
    items: list[FeeReceiptOut]


class ReplacementIn(Schema):
    """The payer as they should have been written."""

    model_config = ConfigDict(extra="forbid")

    payer_name: str = Field(max_length=200)
    payer_address: str = Field(default="", max_length=300)
    reason: str = Field(max_length=1000, description="Printed on the new receipt.")


@router.get("/bills/{uuid:bill_id}/fee-receipts", response=FeeReceiptsOut, summary="List a bill's receipts")
def list_receipts(request: HttpRequest, bill_id: UUID) -> FeeReceiptsOut:
    """Oldest first; made some seconds after the money was booked."""
    party = into_bill(actor_of(request), bill_id)
    payments.access_bill(actor=party, bill_id=bill_id)
    found = queries.receipts_of_bills(actor=party, bill_ids=[bill_id])
    return FeeReceiptsOut(items=[FeeReceiptOut.told(one) for one in found])


@router.get(ONE, response=FeeReceiptOut, summary="Read a receipt")
def read_receipt(request: HttpRequest, receipt_id: UUID) -> FeeReceiptOut:
    """What it says, and where anybody checks it."""
    party = into_receipt(actor_of(request), receipt_id)
    return FeeReceiptOut.told(queries.access_receipt(actor=party, receipt_id=receipt_id))


@router.get(f"{ONE}/xml", summary="Download the signed XML", response={200: bytes})
def read_xml(request: HttpRequest, receipt_id: UUID) -> FileResponse:
    """XAdES over the part with the id `data`, by the collecting body."""
    party = into_receipt(actor_of(request), receipt_id)
    return _file(queries.open_xml(actor=party, receipt_id=receipt_id), "application/xml", f"{receipt_id}.xml")


@router.get(f"{ONE}/pdf", summary="Download the signed PDF", response={200: bytes})
def read_pdf(request: HttpRequest, receipt_id: UUID) -> FileResponse:
    """PAdES, with the code that leads to the public record."""
    party = into_receipt(actor_of(request), receipt_id)
    return _file(queries.open_pdf(actor=party, receipt_id=receipt_id), "application/pdf", f"{receipt_id}.pdf")


@router.post(f"{ONE}/replacement", response=FeeReceiptOut, summary="Replace a receipt")
def post_replacement(request: HttpRequest, receipt_id: UUID, body: ReplacementIn) -> FeeReceiptOut:
    """Issue it again with another payer; the old one stays readable and leads to the new."""
    made = replace_receipt(
        **by(request),
        receipt_id=receipt_id,
        payer_name=body.payer_name,
        payer_address=body.payer_address,
        reason=body.reason,
    )
    return FeeReceiptOut.told(made)


def _file(content: object, media_type: str, name: str) -> FileResponse:
    response = FileResponse(content, as_attachment=True, filename=name, content_type=media_type)
    response.headers["Cache-Control"] = "no-store, private"
    return response
