"""Signing XML: XAdES over one part of a document, by the keys that sign PDF files, and checking it again."""

import asyncio
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from asn1crypto import x509
from cryptography import x509 as plain
from cryptography.hazmat.primitives import serialization
from lxml import etree
from pyhanko.sign import Signer
from pyhanko_certvalidator import CertificateValidator
from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError
from signxml.algorithms import CanonicalizationMethod, SignatureMethod
from signxml.exceptions import SignXMLException
from signxml.verifier import SignatureConfiguration
from signxml.xades.xades import XAdESSigner, XAdESVerifier

from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Refusal
from tinhso.papers import trust
from tinhso.papers.keys import KeyBackend, holder_name, to_pem
from tinhso.papers.signing import DIGEST, KEY_USAGE, check_period, require_good_status

DS = "http://www.w3.org/2000/09/xmldsig#"
ETSI = "http://uri.etsi.org/01903/v1.3.2#"
MAX_BYTES = 1_000_000
MOST_ISSUERS = 5


@dataclass(frozen=True, slots=True)
class XmlVerdict:
    """
    What is found about a signed XML document.

    :param intact: the signature is of this certificate over these very bytes
    :param trusted: the certificate leads to a root we trust, at the moment of checking
    :param reference: id of the part that is signed
    """

    intact: bool
    trusted: bool = False
    signer: str = ""
    reference: str = ""


class _AtSigner(XAdESSigner):
    """Writes the moment it is given, and not that of the machine."""

    def __init__(self, at: datetime, **settings: Any) -> None:
        super().__init__(**settings)
        self._at = at

    def add_signing_time(
        self, signed_signature_properties: Any, sig_root: Any, signing_settings: Any
    ) -> None:
        del sig_root, signing_settings
        moment = etree.SubElement(signed_signature_properties, f"{{{ETSI}}}SigningTime")
        moment.text = local(self._at).isoformat(timespec="seconds")


class _Key:
    """A key of ours in the shape that the XML library signs with; it may lie in a token."""

    def __init__(self, signer: Signer, certificate: plain.Certificate) -> None:
        self._signer = signer
        self.key_size = getattr(certificate.public_key(), "key_size", 0)

    def sign(self, data: bytes, *_how: object, **_settings: object) -> bytes:
        made: bytes = asyncio.run(self._signer.async_sign_raw(data, DIGEST))
        return made


def sign_xml(root: etree._Element, *, reference_id: str, key: KeyBackend, at: datetime) -> bytes:
    """
    Return the document with a XAdES signature over the part with the ``Id``, put where its placeholder is.

    :param root: holds ``<ds:Signature Id="placeholder"/>``
    :raises CertificateExpired: or another refusal of :func:`tinhso.papers.signing.sign`
    :raises KeyUnavailable: the key does not open
    """
    check_period(key.certificate, at=at)
    certificate = plain.load_der_x509_certificate(key.certificate.dump())
    is_rsa = key.certificate.public_key.algorithm == "rsa"
    signer = _AtSigner(
        at,
        signature_algorithm=SignatureMethod.RSA_SHA256 if is_rsa else SignatureMethod.ECDSA_SHA256,
        c14n_algorithm=CanonicalizationMethod.CANONICAL_XML_1_0,
    )
    with key.opened() as opened:
        require_good_status(key.certificate, opened)
        signed = signer.sign(
            root,
            key=cast(Any, _Key(opened, certificate)),
            cert=[to_pem(key.certificate), *_issuers(opened, key.certificate)],
            reference_uri=reference_id,
            id_attribute="Id",
            always_add_key_value=False,
        )
    written: bytes = etree.tostring(signed, xml_declaration=True, encoding="UTF-8")
    return written


def _issuers(signer: Signer, certificate: x509.Certificate) -> list[str]:
    """Return the certificates between the holder's and the root, so that who checks needs only the root."""
    others = (one for one in signer.cert_registry if one.dump() != certificate.dump())
    return [to_pem(one) for one in others if one.self_signed == "no"]


def verify_xml(content: bytes) -> XmlVerdict:
    """
    Check a signed document of strangers: nothing it names is fetched, no entity is expanded.

    Whether it is the one we issued, :func:`sha256` of its bytes tells; see the room that issued it.
    """
    found = parse(content)
    embedded = found.findtext(f".//{{{DS}}}X509Certificate") if found is not None else None
    if found is None or not embedded:
        return XmlVerdict(intact=False)
    pem = f"-----BEGIN CERTIFICATE-----\n{embedded.strip()}\n-----END CERTIFICATE-----\n"
    try:
        certificate = plain.load_pem_x509_certificate(pem.encode())
        results = XAdESVerifier().verify(
            found,
            x509_cert=certificate,
            expect_references=3,
            expect_config=SignatureConfiguration(location=".//"),
            id_attribute="Id",
        )
    except (SignXMLException, ValueError, etree.LxmlError):
        return XmlVerdict(intact=False)
    held = x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
    trusted = _is_trusted(held, _others_in(found))
    return XmlVerdict(intact=True, trusted=trusted, signer=holder_name(held), reference=_signed_id(results))


def parse(content: bytes) -> etree._Element | None:
    """Return the root of a stranger's XML; None for what is none, too large, or has a DTD."""
    if len(content) > MAX_BYTES or b"<!DOCTYPE" in content:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return None


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
