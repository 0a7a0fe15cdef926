"""``/verify``: is this document valid; open to everybody."""

from datetime import date, datetime
from hashlib import sha256
from typing import Annotated

from django.http import HttpRequest
from ninja import Field, File, Router, Schema
from ninja.files import UploadedFile

from tinhso.api.v1.asking import by
from tinhso.api.v1.documents.routes import SignerOut
from tinhso.api.v1.trying import LIMITED, require_within
from tinhso.api.v1.wording import language_of
from tinhso.bookkeeping import queries as receipts
from tinhso.bookkeeping.types import FeeReceiptView
from tinhso.edge.limits import VERIFY
from tinhso.papers import queries as papers
from tinhso.papers.types import SignatureReport, Verification
from tinhso.papers.verifying import verify_pdf
from tinhso.papers.xml_checking import verify_xml

router = Router(tags=["verify"])


class VerificationOut(Schema):
    """What anybody holding the paper may know."""

    validity: str = Field(description="`valid`, `expired`, `superseded`, `revoked` or `unknown`.")
    title: str
    number: str
    agency: str
    holder: str = Field(description="Masked: «N. T. B.»")
    issued_at: datetime | None
    valid_until: date | None
    sha256: str
    reason: str = Field(description="Why it was revoked.")
    changed_at: datetime | None
    replaced_by: str = Field(description="Token of the document that took its place.")
    signatures: list[SignerOut]

    @classmethod
    def told(cls, found: Verification) -> "VerificationOut":
        return cls(
            validity=found.validity.value,
            title=found.title,
            number=found.number,
            agency=found.agency,
            holder=found.holder,
            issued_at=found.issued_at,
            valid_until=found.valid_until,
            sha256=found.sha256,
            reason=found.reason,
            changed_at=found.changed_at,
            replaced_by=found.replaced_by,
            signatures=[SignerOut.told(signed) for signed in found.signatures],
        )


class VerifyReportOut(Schema):
    """What is found about one signature of a file."""

    field: str
    kind: str = Field(description="`signature` or `time_stamp`.")
    signer_name: str
    signer_organisation: str
    signed_at: datetime | None = Field(description="As the signer claims.")
    timestamp_at: datetime | None = Field(description="As a trusted authority attests.")
    intact: bool
    trusted: bool
    valid: bool
    covers_whole_file: bool
    is_test: bool
    reason: str

    @classmethod
    def told(cls, found: SignatureReport, language: str) -> "VerifyReportOut":
        return cls(
            field=found.field,
            kind=found.kind,
            signer_name=found.signer_name,
            signer_organisation=found.signer_org,
            signed_at=found.signed_at,
            timestamp_at=found.timestamp_at,
            intact=found.intact,
            trusted=found.trusted,
            valid=found.valid,
            covers_whole_file=found.covers_whole_file,
            is_test=found.is_test,
            reason=found.reason_en if language == "en" else found.reason_vi,
        )


class FileOut(Schema):
    """A file, signature by signature, and what our record says of exactly these bytes."""

    record: VerificationOut
    signatures: list[VerifyReportOut]


class ReceiptIssuedOut(Schema):
    """An electronic receipt of ours, as anybody holding its file may know it."""

    number: str = Field(description="Form, symbol and number.")
    kind: str = Field(description="`original`, `replacement` or `adjustment`.")
    total: int = Field(description="đồng; negative for an adjustment.")
    issued_at: datetime

    @classmethod
    def told(cls, found: FeeReceiptView) -> "ReceiptIssuedOut":
        return cls(number=found.title, kind=found.kind.value, total=found.total, issued_at=found.issued_at)


class ReceiptCheckOut(Schema):
    """What is found about the XML of a receipt, and what our record says of exactly these bytes."""

    intact: bool = Field(description="The signature is of this certificate over these bytes.")
    fault: str = Field(
        description="Why not: `too_big`, `no_xml`, `has_dtd`, `no_signature` or `altered`; empty when it is."
    )
    trusted: bool = Field(description="The certificate leads to a root we trust, now.")
    signer: str
    signed_at: datetime | None = Field(description="As the signer claims; the signature covers it.")
    is_test: bool
    receipt: ReceiptIssuedOut | None = Field(description="Null when it is none of ours.")
    later: list[ReceiptIssuedOut] = Field(description="What was issued about it since: it is worth less.")


@router.post("/receipts", response=ReceiptCheckOut, summary="Verify a receipt's XML", openapi_extra=LIMITED)
def verify_receipt(request: HttpRequest, file: Annotated[UploadedFile, File(...)]) -> ReceiptCheckOut:
    """Check the XML of an electronic receipt. Nothing is kept, no entity expanded, nothing fetched."""
    require_within(request, VERIFY)
    content = file.read()
    found = verify_xml(content)
    ours = receipts.match_xml(sha256(content).hexdigest()) if found.intact else None
    return ReceiptCheckOut(
        intact=found.intact,
        fault=found.fault.value if found.fault else "",
        trusted=found.trusted,
        signer=found.signer,
        signed_at=found.signed_at,
        is_test=found.is_test,
        receipt=ReceiptIssuedOut.told(ours) if ours else None,
        later=[ReceiptIssuedOut.told(one) for one in receipts.followers_of(ours.id)] if ours else [],
    )


@router.get("/{token}", response=VerificationOut, summary="Verify by token")
def verify_by_token(request: HttpRequest, token: str) -> VerificationOut:
    """The public record behind a QR code; `unknown` for a token that was never given out."""
    return VerificationOut.told(papers.verify_token(token, at=by(request)["at"]))


@router.post("", response=FileOut, summary="Verify a file", openapi_extra=LIMITED)
def verify_file(request: HttpRequest, file: Annotated[UploadedFile, File(...)]) -> FileOut:
    """Check a PDF signature by signature. Nothing is kept, and nothing is fetched from addresses it names."""
    require_within(request, VERIFY)
    content = file.read()
    reports = verify_pdf(content)
    return FileOut(
        record=VerificationOut.told(papers.match_file(content, at=by(request)["at"])),
        signatures=[VerifyReportOut.told(report, language_of(request)) for report in reports],
    )
