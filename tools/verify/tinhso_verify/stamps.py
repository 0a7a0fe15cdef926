"""
Time stamps of RFC 3161, read and judged with little: DER, RFC 5652, RFC 3161.

Not checked: whether a certificate was revoked. Certificates are judged at the moment of the stamp.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tinhso_verify.der import Item, read, read_all
from tinhso_verify.words import Unreadable, Wrong

SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
TST_INFO = bytes.fromhex("2a864886f70d0109100104")
MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")
RSA_PSS = bytes.fromhex("2a864886f70d01010a")
DIGESTS: dict[bytes, type[hashes.SHA256] | type[hashes.SHA384] | type[hashes.SHA512]] = {
    bytes.fromhex("608648016503040201"): hashes.SHA256,
    bytes.fromhex("608648016503040202"): hashes.SHA384,
    bytes.fromhex("608648016503040203"): hashes.SHA512,
}
SEQUENCE, SET, OCTETS, ZERO, ONE = 0x30, 0x31, 0x04, 0xA0, 0xA1


@dataclass(frozen=True)
class Stamp:
    """A token taken apart."""

    info: bytes
    at: datetime
    imprint: tuple[str, bytes]
    certificates: tuple[x509.Certificate, ...]
    signer: Item


@dataclass(frozen=True)
class Stamped:
    """:param who: the authority by its certificate; ``is_judged`` tells whether it leads to a trusted root"""

    at: datetime
    who: str
    is_judged: bool


def read_roots(path: str) -> list[x509.Certificate]:
    """Read trusted certificates from a PEM file. :raises Unreadable: there are none"""
    try:
        return x509.load_pem_x509_certificates(Path(path).read_bytes())
    except (OSError, ValueError) as problem:
        raise Unreadable("not-reachable", file=path, why=problem) from None


def judge(token: bytes, content: bytes, roots: Sequence[x509.Certificate]) -> Stamped:
    """
    Judge the stamp over the content; without roots the authority is not judged.

    :raises Wrong: it is of other content, forged, or of nobody trusted
    :raises Unreadable: it is no time stamp
    """
    stamp = _parse(token)
    name, imprint = stamp.imprint
    if hashlib.new(name, content).digest() != imprint:
        raise Wrong("stamp-of-other")
    signer = _require_signature(stamp)
    who = _name(signer)
    if roots and not _leads_to_root(signer, stamp, roots):
        raise Wrong("stamp-untrusted", who=who)
    return Stamped(stamp.at, who, bool(roots))


def _parse(token: bytes) -> Stamp:
    try:
        outer = read(token, SEQUENCE).children()
        if outer[0].content != SIGNED_DATA:
            raise ValueError
        signed = read(outer[1].content, SEQUENCE).children()
        kind, wrapped = signed[2].children()
        if kind.content != TST_INFO:
            raise ValueError
        info = read(wrapped.content, OCTETS).content
        told = read(info, SEQUENCE).children()
        algorithm, imprint = told[2].children()
        certificates = next((item for item in signed[3:] if item.tag == ZERO), None)
        (signer,) = next(item for item in signed[3:] if item.tag == SET).children()
        return Stamp(
            info=info,
            at=_time(told[4].content.decode("ascii")),
            imprint=(DIGESTS[algorithm.children()[0].content].name, imprint.content),
            certificates=tuple(
                x509.load_der_x509_certificate(item.whole)
                for item in (certificates.children() if certificates else ())
            ),
            signer=signer,
        )
    except (ValueError, IndexError, KeyError, StopIteration):
        raise Unreadable("stamp-unreadable") from None


def _time(text: str) -> datetime:
    """Read a GeneralizedTime: 20260701023000Z, perhaps with a fraction."""
    whole, _dot, fraction = text.removesuffix("Z").partition(".")
    at = datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return at.replace(microsecond=int((fraction + "000000")[:6]))


def _require_signature(stamp: Stamp) -> x509.Certificate:
    """Return the certificate of the signer. :raises Wrong: the signature does not hold"""
    try:
        fields = stamp.signer.children()
        certificate = _certificate_of(fields[1], stamp.certificates)
        digest = DIGESTS[fields[2].children()[0].content]
        attributes = next(item for item in fields[3:] if item.tag == ZERO)
        algorithm, signature = [item for item in fields[3:] if item.tag in (SEQUENCE, OCTETS)][:2]
        told = _attribute(attributes, MESSAGE_DIGEST)
        if told != hashlib.new(digest.name, stamp.info).digest():
            raise InvalidSignature
        # Signed is the SET itself, not the tag it travels under.
        signed = bytes([SET]) + attributes.whole[1:]
        _verify(certificate, signature.content, signed, digest(), algorithm.children()[0].content)
    except (InvalidSignature, ValueError, IndexError, KeyError, StopIteration, TypeError):
        raise Wrong("stamp-forged") from None
    return certificate


def _verify(
    certificate: x509.Certificate, signature: bytes, data: bytes, digest: hashes.HashAlgorithm, kind: bytes
) -> None:
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        pss = padding.PSS(padding.MGF1(digest), padding.PSS.AUTO)
        key.verify(signature, data, pss if kind == RSA_PSS else padding.PKCS1v15(), digest)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, data, ec.ECDSA(digest))
    else:
        raise InvalidSignature


def _certificate_of(sid: Item, certificates: Sequence[x509.Certificate]) -> x509.Certificate:
    if sid.tag != SEQUENCE:
        raise ValueError
    issuer, serial = sid.children()
    number = int.from_bytes(serial.content, "big")
    return next(
        one
        for one in certificates
        if one.serial_number == number and one.issuer.public_bytes() == issuer.whole
    )


def _attribute(attributes: Item, wanted: bytes) -> bytes:
    for attribute in attributes.children():
        kind, values = attribute.children()
        if kind.content == wanted:
            return read_all(values.content)[0].content
    raise ValueError


def _leads_to_root(signer: x509.Certificate, stamp: Stamp, roots: Sequence[x509.Certificate]) -> bool:
    """Tell whether the signer may stamp, and was issued below a trusted root, all valid at the moment."""
    usage = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    if ExtendedKeyUsageOID.TIME_STAMPING not in usage:
        return False
    current = signer
    for _step in range(8):
        if not current.not_valid_before_utc <= stamp.at <= current.not_valid_after_utc:
            return False
        if current in roots:
            return True
        issuer = next((one for one in (*roots, *stamp.certificates) if _issued(one, current)), None)
        if issuer is None or issuer == current:
            return False
        current = issuer
    return False


def _issued(issuer: x509.Certificate, issued: x509.Certificate) -> bool:
    try:
        issuer_may = issuer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        issued.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    return issuer_may


def _name(certificate: x509.Certificate) -> str:
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(names[0].value) if names else certificate.subject.rfc4514_string()
