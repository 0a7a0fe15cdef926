"""Checking a signed XML file that anybody may hand in: hardened reading, then signature, then certificate."""

import asyncio
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from asn1crypto import x509
from cryptography import x509 as plain
from cryptography.hazmat.primitives import serialization
from lxml import etree
from pyhanko_certvalidator import CertificateValidator
from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError
from signxml.exceptions import SignXMLException
from signxml.verifier import SignatureConfiguration
from signxml.xades.xades import XAdESVerifier

from tinhso.kernel.refusals import Refusal
from tinhso.papers import trust
from tinhso.papers.keys import holder_name, holder_organisation, holder_unit
from tinhso.papers.signing import KEY_USAGE
from tinhso.papers.verifying import TEST_MARK
from tinhso.papers.xml_signing import DS, ETSI

MAX_BYTES = 1_000_000
MOST_ISSUERS = 5
# Data, the signed properties and the certificate: what our own signatures cover.
PARTS = 3
DTD = (
    b"<!DOCTYPE",
    *("<!DOCTYPE".encode(code) for code in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")),
)


class Fault(StrEnum):
    """Why a file is no signed document one can rely on."""

    TOO_BIG = "too_big"
    NO_XML = "no_xml"
    HAS_DTD = "has_dtd"
    NO_SIGNATURE = "no_signature"
    ALTERED = "altered"


@dataclass(frozen=True, slots=True)
class XmlVerdict:
    """
    What is found about a signed XML document.

    :param intact: the signature is of this certificate over these very bytes
    :param fault: why not; None when it is
    :param trusted: the certificate leads to a root we trust, at the moment of checking
    :param signed_at: as the signer says; the signature covers it
    :param reference: id of the part that is signed
    """

    intact: bool
    fault: Fault | None = None
    trusted: bool = False
    signer: str = ""
    organisation: str = ""
    signed_at: datetime | None = None
    is_test: bool = False
    reference: str = ""


def verify_xml(content: bytes) -> XmlVerdict:
    """
    Check a signed document of strangers: nothing it names is fetched, no entity is expanded.

    Whether it is the one we issued, ``sha256`` of its bytes tells; see the room that issued it.
    """
    found = parse(content)
    if isinstance(found, Fault):
        return XmlVerdict(intact=False, fault=found)
    embedded = found.findtext(f".//{{{DS}}}X509Certificate")
    if not embedded or found.find(f".//{{{DS}}}SignatureValue") is None:
        return XmlVerdict(intact=False, fault=Fault.NO_SIGNATURE)
    pem = f"-----BEGIN CERTIFICATE-----\n{embedded.strip()}\n-----END CERTIFICATE-----\n"
    try:
        certificate = plain.load_pem_x509_certificate(pem.encode())
        results = XAdESVerifier().verify(
            found,
            x509_cert=certificate,
            expect_references=PARTS,
            expect_config=SignatureConfiguration(location=".//"),
            id_attribute="Id",
        )
    except (SignXMLException, ValueError, etree.LxmlError):
        return XmlVerdict(intact=False, fault=Fault.ALTERED)
    held = x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
    return XmlVerdict(
        intact=True,
        trusted=_is_trusted(held, _others_in(found)),
        signer=holder_name(held),
        organisation=holder_organisation(held),
        signed_at=_signed_at(results),
        is_test=TEST_MARK in holder_unit(held),
        reference=_signed_id(results),
    )


def parse(content: bytes) -> etree._Element | Fault:
    """Return the root of a stranger's XML, or why it is not read: a DTD is where entities hide."""
    if len(content) > MAX_BYTES:
        return Fault.TOO_BIG
    if any(mark in content for mark in DTD):
        return Fault.HAS_DTD
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return Fault.NO_XML
    return Fault.HAS_DTD if root.getroottree().docinfo.internalDTD is not None else root


def _others_in(found: etree._Element) -> list[x509.Certificate]:
    """Return what else the document brings; only a path to our roots makes anything of it."""
    texts = [one.text or "" for one in found.iterfind(f".//{{{DS}}}X509Certificate")][1:MOST_ISSUERS]
    try:
        return [x509.Certificate.load(b64decode(text)) for text in texts]
    except ValueError:
        return []


def _is_trusted(certificate: x509.Certificate, others: list[x509.Certificate]) -> bool:
    validator = CertificateValidator(
        certificate, intermediate_certs=others, validation_context=trust.context()
    )
    try:
        asyncio.run(validator.async_validate_usage(KEY_USAGE))
    except (PathBuildingError, PathValidationError, ValueError, Refusal):
        return False
    return True


def _signed_id(results: Sequence[Any]) -> str:
    ids = (one.signed_xml.get("Id") for one in results if one.signed_xml is not None)
    return next((str(name) for name in ids if name), "")


def _signed_at(results: Sequence[Any]) -> datetime | None:
    """Return the moment from what the signature covers, never from elsewhere in the file."""
    parts = (one.signed_xml for one in results if one.signed_xml is not None)
    said = next((text for part in parts if (text := part.findtext(f".//{{{ETSI}}}SigningTime"))), "")
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
