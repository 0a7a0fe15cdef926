"""Signing XML: XAdES over one part of a document, by the keys that sign PDF files."""

import asyncio
from datetime import datetime
from typing import Any, cast

from asn1crypto import x509
from cryptography import x509 as plain
from lxml import etree
from pyhanko.sign import Signer
from signxml.algorithms import CanonicalizationMethod, SignatureMethod
from signxml.xades.xades import XAdESSigner

from tinhso.kernel.clock import local
from tinhso.papers.keys import KeyBackend, to_pem
from tinhso.papers.signing import DIGEST, check_period, require_good_status

DS = "http://www.w3.org/2000/09/xmldsig#"
ETSI = "http://uri.etsi.org/01903/v1.3.2#"


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
