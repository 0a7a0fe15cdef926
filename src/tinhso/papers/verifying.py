"""Checking a signed PDF that anybody may hand in: signature by signature, offline, by roots we trust."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from asn1crypto import cms, tsp, x509
from django.utils.translation import gettext_lazy as _
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import (
    DocumentSecurityStore,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.errors import NoDSSFoundError, SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import (
    DocumentTimestampStatus,
    PdfSignatureStatus,
    SignatureCoverageLevel,
)
from pyhanko_certvalidator import ValidationContext

from tinhso.kernel.refusals import Refusal
from tinhso.papers import trust, verdicts
from tinhso.papers.keys import holder_name, holder_organisation, holder_unit
from tinhso.papers.types import SignatureReport
from tinhso.papers.verdicts import Verdict

# A stranger's bad file is an answer, not an error of the program.
for chatty in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(chatty).setLevel(logging.CRITICAL)

MAX_BYTES = 50 * 1024 * 1024
MAX_SIGNATURES = 50
TEST_MARK = "TEST"
# Whatever else a parser of strangers' files may raise; each means «cannot be read».
UNREADABLE = (
    PdfError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    RecursionError,
    AssertionError,
)


class NotReadable(Refusal):
    """No PDF, or one that does not hold together."""

    code = "not-readable"
    message = _(
        "Tệp này không phải PDF hoặc đã bị hỏng nên không kiểm tra được. Hãy chọn đúng tệp PDF đã nhận."
    )


class UnderPassword(Refusal):
    """A PDF that only opens with a password."""

    code = "under-password"
    message = _("Tệp PDF này có mật khẩu nên không kiểm tra được. Hãy dùng bản PDF gốc đã nhận.")


class TooBigToVerify(Refusal):
    """More bytes than we check."""

    code = "too-big-to-verify"
    message = _(
        "Tệp lớn hơn %(limit)s MB nên không kiểm tra ở đây được. Hãy dùng lệnh «tinhso verify» trên máy."
    )


def verify_pdf(content: bytes, *, limit: int = MAX_BYTES) -> tuple[SignatureReport, ...]:
    """
    Return what is found about every signature and document time stamp, in the order they were made.

    Nothing is fetched from addresses the file names: the status of certificates comes from the file itself.
    A file without signatures gives an empty tuple.

    :param limit: in bytes
    :raises NotReadable: also UnderPassword, TooBigToVerify
    """
    if len(content) > limit:
        raise TooBigToVerify(limit=limit // (1024 * 1024))
    if b"%PDF-" not in content[:1024]:
        raise NotReadable
    try:
        reader = PdfFileReader(BytesIO(content), strict=False)
        if reader.encrypted:
            raise UnderPassword
        found = reader.embedded_signatures[:MAX_SIGNATURES]
        store = _status_in(reader)
    except UNREADABLE as problem:
        raise NotReadable from problem
    # A signature's byte range is never compressed: one that is there and was not found has been spoilt.
    lost = min(content.count(b"/ByteRange"), MAX_SIGNATURES) - len(found)
    return asyncio.run(_reports(found, store)) + (_UNREADABLE,) * max(lost, 0)


def _status_in(reader: PdfFileReader) -> DocumentSecurityStore | None:
    try:
        return DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return None


async def _reports(
    found: Sequence[EmbeddedPdfSignature], store: DocumentSecurityStore | None
) -> tuple[SignatureReport, ...]:
    return tuple([await _report(signature, store) for signature in found])


async def _report(signature: EmbeddedPdfSignature, store: DocumentSecurityStore | None) -> SignatureReport:
    try:
        certificate: x509.Certificate = signature.signer_cert
        if signature.sig_object.get("/Type") == "/DocTimeStamp":
            return await _time_stamp(signature, certificate, store)
        return await _signature(signature, certificate, store)
    except (SignatureValidationError, *UNREADABLE):
        return replace(_UNREADABLE, field=signature.field_name or "")


async def _signature(
    signature: EmbeddedPdfSignature, certificate: x509.Certificate, store: DocumentSecurityStore | None
) -> SignatureReport:
    stamped_at = _stamp_time(_token_of(signature))
    signed_at = signature.self_reported_timestamp
    status = await async_validate_pdf_signature(
        signature,
        signer_validation_context=_context(store, stamped_at),
        ts_validation_context=_context(store, stamped_at),
    )
    stamp = status.timestamp_validity
    stamp_is_good = stamp is not None and stamp.valid and stamp.intact and stamp.trusted
    verdict = verdicts.of_signature(status, stamp_is_good=stamp_is_good)
    return _view(
        signature,
        certificate,
        status,
        verdict,
        kind="signature",
        signed_at=signed_at,
        timestamp_at=stamped_at if stamp_is_good else None,
    )


async def _time_stamp(
    signature: EmbeddedPdfSignature, certificate: x509.Certificate, store: DocumentSecurityStore | None
) -> SignatureReport:
    stamped_at = _stamp_time(signature.signed_data)
    status = await async_validate_pdf_timestamp(signature, _context(store, stamped_at))
    verdict = verdicts.of_time_stamp(status)
    return _view(
        signature, certificate, status, verdict, kind="time_stamp", signed_at=None, timestamp_at=stamped_at
    )


def _view(
    signature: EmbeddedPdfSignature,
    certificate: x509.Certificate,
    status: PdfSignatureStatus | DocumentTimestampStatus,
    verdict: Verdict,
    *,
    kind: str,
    signed_at: datetime | None,
    timestamp_at: datetime | None,
) -> SignatureReport:
    return SignatureReport(
        field=signature.field_name,
        kind=kind,
        signer_name=holder_name(certificate),
        signer_org=holder_organisation(certificate),
        signed_at=signed_at,
        timestamp_at=timestamp_at,
        intact=status.intact and status.valid,
        trusted=status.trusted,
        valid=verdict.is_good,
        covers_whole_file=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
        is_test=TEST_MARK in holder_unit(certificate),
        reason_vi=verdict.vi,
        reason_en=verdict.en,
    )


_UNREADABLE = SignatureReport(
    field="",
    kind="signature",
    signer_name="",
    signer_org="",
    signed_at=None,
    timestamp_at=None,
    intact=False,
    trusted=False,
    valid=False,
    covers_whole_file=False,
    is_test=False,
    reason_vi=verdicts.UNREADABLE.vi,
    reason_en=verdicts.UNREADABLE.en,
)


def _token_of(signature: EmbeddedPdfSignature) -> cms.SignedData | None:
    """Return the time stamp over the signature (RFC 3161, Appendix A), if it carries one."""
    attributes = signature.signer_info["unsigned_attrs"]
    for attribute in attributes if attributes.native else ():
        if attribute["type"].native == "signature_time_stamp_token":
            token: cms.SignedData = attribute["values"][0]["content"]
            return token
    return None


def _stamp_time(signed_data: cms.SignedData | None) -> datetime | None:
    if signed_data is None:
        return None
    info: tsp.TSTInfo = signed_data["encap_content_info"]["content"].parsed
    moment: datetime = info["gen_time"].native
    return moment


def _context(store: DocumentSecurityStore | None, moment: datetime | None) -> ValidationContext:
    """Judge certificates as of the time stamp, with the status the file brings along."""
    arguments: dict[str, Any] = {
        "trust_roots": list(trust.roots()),
        "allow_fetching": False,
        "moment": moment or datetime.now(tz=UTC),
        "retroactive_revinfo": True,
        "revocation_mode": "hard-fail" if store else "soft-fail",
    }
    return store.as_validation_context(arguments) if store else ValidationContext(**arguments)
