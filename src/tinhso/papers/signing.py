"""Signing: PAdES B-LTA, several signatures in one file, refused before the first when one cannot be made."""

import asyncio
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from asn1crypto import x509
from django.utils.translation import gettext_lazy as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, PdfTimeStamper, Signer
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    SigDSSPlacementPreference,
    TimestampDSSContentSettings,
)
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    InsufficientRevinfoError,
    InvalidCertificateError,
    PathBuildingError,
    PathValidationError,
    RevokedError,
)

from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Refusal
from tinhso.papers import trust
from tinhso.papers.appearances import Stamp, style
from tinhso.papers.keys import KeyBackend, holder_name

DIGEST = "sha256"
KEY_USAGE = {"non_repudiation"}
TIME_STAMP_FIELD = "DocumentTimestamp"
# Room for one signature with its chain and time stamp (about 10 kB); an estimate would cost a dry run.
RESERVED_HEX_DIGITS = 32_768


class CertificateExpired(Refusal):
    """The certificate's time is over."""

    code = "certificate-expired"
    message = _(
        "Chứng thư số của «%(holder)s» đã hết hạn ngày %(on)s. Hãy gia hạn hoặc thay chứng thư rồi ký lại; "
        "chưa có văn bản nào được ban hành."
    )


class CertificateNotYetValid(Refusal):
    """The certificate's time has not begun."""

    code = "certificate-not-yet-valid"
    message = _(
        "Chứng thư số của «%(holder)s» chỉ có hiệu lực từ ngày %(on)s. Hãy dùng chứng thư khác hoặc chờ đến "
        "ngày đó; chưa có văn bản nào được ban hành."
    )


class CertificateRevoked(Refusal):
    """Its authority has withdrawn the certificate."""

    code = "certificate-revoked"
    message = _(
        "Chứng thư số của «%(holder)s» đã bị thu hồi. Hãy liên hệ nơi cấp chứng thư để được cấp mới rồi ký "
        "lại; chưa có văn bản nào được ban hành."
    )


class CertificateNotTrusted(Refusal):
    """No path leads from the certificate to a root we trust, or it may not be used for signing."""

    code = "certificate-not-trusted"
    message = _(
        "Chứng thư số của «%(holder)s» không do tổ chức được tin cậy cấp hoặc không dùng để ký được. Hãy "
        "dùng chứng thư khác; chưa có văn bản nào được ban hành."
    )


class CertificateStatusUnavailable(Refusal):
    """Its authority does not say whether the certificate is good."""

    code = "certificate-status-unavailable"
    message = _(
        "Chưa kiểm tra được trạng thái chứng thư số của «%(holder)s» vì dịch vụ chứng thực không trả lời. "
        "Hãy thử lại sau ít phút; chưa có văn bản nào được ban hành."
    )


class TimeStampUnavailable(Refusal):
    """The time-stamping authority does not answer, or its answer cannot be used."""

    code = "time-stamp-unavailable"
    message = _(
        "Dịch vụ cấp dấu thời gian không trả lời nên chưa ký được. Hãy thử lại sau ít phút; chưa có văn bản "
        "nào được ban hành."
    )


@dataclass(frozen=True)
class Signature:
    """
    One signature to be made.

    :param field: name of the field in the file, e.g. ``Signer``, ``Agency``
    :param stamp: what it looks like and where; None for an invisible one
    """

    field: str
    key: KeyBackend
    reason: str
    stamp: Stamp | None = None
    location: str = ""


def sign(pdf: bytes, *, signatures: Sequence[Signature], at: datetime) -> bytes:
    """
    Return the file with the signatures, in the given order, and a document time stamp over all of it.

    Every certificate is checked before the first signature is made; the file is either complete or not made.

    :raises CertificateExpired: also CertificateNotYetValid, CertificateRevoked, CertificateNotTrusted,
        CertificateStatusUnavailable
    :raises TimeStampUnavailable: the time-stamping authority is down
    :raises KeyUnavailable: a key does not open
    """
    for signature in signatures:
        check_period(signature.key.certificate, at=at)
    with ExitStack() as opened:
        signers = [opened.enter_context(signature.key.opened()) for signature in signatures]
        return asyncio.run(_sign(pdf, signatures, signers))


def check_period(certificate: x509.Certificate, *, at: datetime) -> None:
    """
    Check that the certificate is in force at the moment.

    :raises CertificateExpired: or CertificateNotYetValid
    """
    holder = holder_name(certificate)
    if at > certificate.not_valid_after:
        raise CertificateExpired(holder=holder, on=f"{local(certificate.not_valid_after):%d/%m/%Y}")
    if at < certificate.not_valid_before:
        raise CertificateNotYetValid(holder=holder, on=f"{local(certificate.not_valid_before):%d/%m/%Y}")


def require_good_status(certificate: x509.Certificate, signer: Signer) -> None:
    """
    Make sure that its authority calls the certificate good.

    :raises CertificateRevoked: also CertificateNotTrusted, CertificateStatusUnavailable
    """
    asyncio.run(_check_status(certificate, signer, trust.context()))


async def _sign(pdf: bytes, signatures: Sequence[Signature], signers: Sequence[Signer]) -> bytes:
    context = trust.context()
    for signature, signer in zip(signatures, signers, strict=True):
        await _check_status(signature.key.certificate, signer, context)
    output = BytesIO(pdf)
    try:
        for signature, signer in zip(signatures, signers, strict=True):
            await _add(output, signature, signer, context)
        await _stamp_document(output, context)
    except TimestampRequestError as problem:
        raise TimeStampUnavailable from problem
    except (SigningError, PathBuildingError, PathValidationError) as problem:
        holder = holder_name(signatures[-1].key.certificate)
        raise _refusal_of(problem.__cause__ or problem, holder) from problem
    return output.getvalue()


async def _check_status(certificate: x509.Certificate, signer: Signer, context: ValidationContext) -> None:
    validator = CertificateValidator(
        certificate, intermediate_certs=signer.cert_registry, validation_context=context
    )
    try:
        await validator.async_validate_usage(KEY_USAGE)
    except (PathBuildingError, PathValidationError, InvalidCertificateError) as problem:
        raise _refusal_of(problem, holder_name(certificate)) from problem


def _refusal_of(problem: BaseException, holder: str) -> Refusal:
    if isinstance(problem, RevokedError):
        return CertificateRevoked(holder=holder)
    if isinstance(problem, InsufficientRevinfoError):
        return CertificateStatusUnavailable(holder=holder)
    return CertificateNotTrusted(holder=holder)


async def _add(output: BytesIO, signature: Signature, signer: Signer, context: ValidationContext) -> None:
    """Append one signature with its time stamp and the status of both certificates: PAdES B-LT."""
    metadata = PdfSignatureMetadata(
        field_name=signature.field,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        reason=signature.reason,
        location=signature.location or None,
        name=holder_name(signature.key.certificate),
        embed_validation_info=True,
        validation_context=context,
        dss_settings=DSSContentSettings(
            include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
        ),
    )
    pdf_signer = PdfSigner(
        metadata,
        signer,
        timestamper=trust.time_stamper(),
        stamp_style=style(signature.stamp) if signature.stamp else None,
        new_field_spec=_field(signature),
    )
    await pdf_signer.async_sign_pdf(
        IncrementalPdfFileWriter(output), in_place=True, bytes_reserved=RESERVED_HEX_DIGITS
    )


async def _stamp_document(output: BytesIO, context: ValidationContext) -> None:
    """Append a time stamp over all of it, after which nothing follows: PAdES B-LTA."""
    stamper = PdfTimeStamper(trust.time_stamper(), field_name=TIME_STAMP_FIELD)
    await stamper.async_timestamp_pdf(
        IncrementalPdfFileWriter(output),
        DIGEST,
        context,
        in_place=True,
        dss_settings=TimestampDSSContentSettings(include_vri=False, update_before_ts=True),
    )


def _field(signature: Signature) -> SigFieldSpec:
    if signature.stamp is None:
        return SigFieldSpec(signature.field)
    place = signature.stamp.place
    left, bottom, right, top = (round(edge) for edge in place.box)
    return SigFieldSpec(signature.field, on_page=place.page - 1, box=(left, bottom, right, top))
