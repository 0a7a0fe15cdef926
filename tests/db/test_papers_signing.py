"""Signatures as outside judges see them (pdfsig, qpdf, openssl), and what is refused before signing."""

from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import DocumentSecurityStore
from pytest_django import Settings
from sandbox.trust import pki

from tests import judges
from tests.fixtures_trust import PASSPHRASE, Trust, trust
from tests.papers_samples import pdf, signed_sample
from tinhso.papers import signing
from tinhso.papers.keys import KeyUnavailable, Pkcs12Key
from tinhso.papers.verifying import NotReadable, TooBigToVerify, UnderPassword, verify_pdf

__all__ = ["trust"]


@pytest.fixture
def signed(trust: Trust) -> bytes:
    return signed_sample(trust, at=trust.now)


@pytest.fixture
def nss(trust: Trust, tmp_path: Path) -> str:
    """A certificate database that trusts the demonstration root."""
    return judges.nss_trusting(trust.root, tmp_path / "nss")


def _serials_with_status(content: bytes) -> set[int]:
    """Return the serial numbers whose OCSP answers the file carries."""
    store = DocumentSecurityStore.read_dss(PdfFileReader(BytesIO(content)))
    answers = store.as_validation_context({"trust_roots": []}).ocsps
    singles = [single for answer in answers for single in answer.response_data["responses"]]
    return {single["cert_id"]["serial_number"].native for single in singles}


@judges.needs_pdfsig
def test_pdfsig_finds_both_signatures_valid_and_the_last_time_stamp_over_the_whole_file(
    signed: bytes, nss: str, tmp_path: Path
) -> None:
    file = tmp_path / "signed.pdf"
    file.write_bytes(signed)

    person, agency, time_stamp = judges.pdfsig(file, nss)

    assert "Signature is Valid." in person
    assert "Hoàng Văn Thắng" in person
    assert "Signature is Valid." in agency
    assert "Total document signed" in time_stamp
    assert "issuer isn't Trusted" not in person + agency


@judges.needs_pdfsig
@pytest.mark.parametrize("share", [0.1, 0.3, 0.5])
def test_one_flipped_byte_is_reported_by_pdfsig_and_by_us(
    signed: bytes, nss: str, tmp_path: Path, share: float
) -> None:
    spoilt = judges.flipped(signed, share=share)
    file = tmp_path / "spoilt.pdf"
    file.write_bytes(spoilt)

    assert not any("Signature is Valid." in found for found in judges.pdfsig(file, nss))
    assert not any(report.valid for report in verify_pdf(spoilt))


@judges.needs_qpdf
def test_qpdf_finds_nothing_to_complain_of(signed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "signed.pdf"
    file.write_bytes(signed)

    assert judges.qpdf_complaints(file) == ""


@judges.needs_openssl
def test_openssl_accepts_the_document_time_stamp(signed: bytes, trust: Trust, tmp_path: Path) -> None:
    said = judges.openssl_on_time_stamp(signed, root=trust.root, folder=tmp_path)

    assert "Verification: OK" in said


def test_we_find_what_was_signed_by_whom_and_when(signed: bytes, trust: Trust) -> None:
    person, agency, time_stamp = verify_pdf(signed)

    assert (person.field, person.signer_name, person.valid) == ("Signer", "Hoàng Văn Thắng", True)
    assert person.signer_org == agency.signer_name == "Ủy ban nhân dân xã Bình Liêu"
    assert person.timestamp_at is not None
    assert abs((person.timestamp_at - trust.now).total_seconds()) < 3600
    assert agency.valid
    assert agency.is_test
    assert not agency.covers_whole_file
    assert (time_stamp.kind, time_stamp.valid, time_stamp.covers_whole_file) == ("time_stamp", True, True)


def test_each_signer_s_status_is_embedded_and_nobody_else_s(signed: bytes, trust: Trust) -> None:
    other = Pkcs12Key(trust.signer("hoa", "Nông Thị Hoa").pkcs12, PASSPHRASE)
    again = signed_sample(trust, at=trust.now, signer=other)

    thang = Pkcs12Key(trust.signer("thang").pkcs12, PASSPHRASE).certificate

    assert thang.serial_number in _serials_with_status(signed)
    assert thang.serial_number not in _serials_with_status(again)
    assert other.certificate.serial_number in _serials_with_status(again)


@pytest.mark.parametrize(
    ("kind", "refusal"),
    [
        ("expired", signing.CertificateExpired),
        ("not_yet", signing.CertificateNotYetValid),
        ("revoked", signing.CertificateRevoked),
    ],
)
def test_a_certificate_that_does_not_hold_is_refused(
    trust: Trust, kind: str, refusal: type[Exception]
) -> None:
    issued: pki.Issued = getattr(trust, kind)()

    with pytest.raises(refusal) as refused:
        signed_sample(trust, at=trust.now, signer=Pkcs12Key(issued.pkcs12, PASSPHRASE))

    assert "chưa có văn bản nào được ban hành" in str(refused.value)


@pytest.mark.parametrize("trouble", ["down", "garbage"])
def test_without_a_time_stamp_nothing_is_signed(trust: Trust, trouble: str) -> None:
    trust.fail(tsa=trouble)

    with pytest.raises(signing.TimeStampUnavailable):
        signed_sample(trust, at=trust.now)


def test_without_an_answer_on_the_certificate_nothing_is_signed(trust: Trust) -> None:
    trust.fail(ocsp="down", crl="down")

    with pytest.raises(signing.CertificateStatusUnavailable):
        signed_sample(trust, at=trust.now)


def test_a_certificate_of_another_authority_is_refused(trust: Trust, tmp_path: Path) -> None:
    pki.set_up(tmp_path, at=trust.now, url=trust.url)
    stranger = pki.issue(tmp_path, pki.Subject("x", "Người Lạ"), at=trust.now, passphrase=PASSPHRASE)

    with pytest.raises(signing.CertificateNotTrusted):
        signed_sample(trust, at=trust.now, signer=Pkcs12Key(stranger.pkcs12, PASSPHRASE))


def test_a_wrong_passphrase_is_refused(trust: Trust) -> None:
    with pytest.raises(KeyUnavailable):
        signed_sample(trust, at=trust.now, signer=Pkcs12Key(trust.signer("thang").pkcs12, "sai"))


def test_a_signature_of_an_unknown_authority_is_intact_and_not_trusted(
    signed: bytes, trust: Trust, settings: Settings, tmp_path: Path
) -> None:
    settings.TINHSO = settings.TINHSO.model_copy(update={"var": tmp_path})

    person, agency, _stamp = verify_pdf(signed)

    assert person.intact
    assert not person.trusted
    assert not agency.valid


def test_a_spoilt_time_stamp_dictionary_does_not_hide(signed: bytes) -> None:
    spoilt = signed[::-1].replace(b"/ETSI.RFC3161"[::-1], b"/ETSI.RFC*161"[::-1], 1)[::-1]

    assert not all(report.valid for report in verify_pdf(spoilt))


def test_a_file_without_signatures_has_no_reports() -> None:
    assert verify_pdf(pdf()) == ()


@pytest.mark.parametrize("content", [b"", b"Xin chao", b"%PDF-1.7\n%broken", b"%PDF-1.7" + b"\0" * 5000])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(NotReadable):
        verify_pdf(content)


def test_a_pdf_under_a_password_is_refused() -> None:
    with pytest.raises(UnderPassword):
        verify_pdf(pdf(password="bi mat"))


def test_a_file_over_the_limit_is_not_even_read() -> None:
    with pytest.raises(TooBigToVerify):
        verify_pdf(b"%PDF-" + b"0" * 2000, limit=1000)
