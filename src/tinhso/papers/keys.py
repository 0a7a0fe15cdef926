"""
Where private keys are, and how a signature is asked of them.

Two backends: a PKCS#12 file, and a PKCS#11 token (HSM, USB token). A third, remote signing by the Cloud
Signature Consortium API, needs no change elsewhere: a class with ``certificate`` and ``opened()`` that yields
pyHanko's ``CSCSigner`` (see ``docs/adr/0004-signatures.md``).
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Protocol

import pkcs11
from asn1crypto import pem, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from django.utils.translation import gettext_lazy as _
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1
from pyhanko.sign import Signer
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tinhso.kernel.refusals import Refusal

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class KeyUnavailable(Refusal):
    """The key does not open: wrong passphrase or PIN, no token, no such object."""

    code = "key-unavailable"
    message = _(
        "Không mở được khóa ký của «%(holder)s». Hãy kiểm tra thiết bị hoặc mật khẩu khóa rồi ký lại; "
        "chưa có văn bản nào được ban hành."
    )


class KeyBackend(Protocol):
    """A key that can sign while it is open."""

    @property
    def certificate(self) -> x509.Certificate:
        """The holder's certificate."""

    def opened(self) -> AbstractContextManager[Signer]:
        """
        Open the key for as long as the context lasts.

        :raises KeyUnavailable: it does not open
        """


class LoadedSigner(Signer):
    """Signs with a key in memory. pyHanko's own reads and checks the key anew for every signature (40 ms)."""

    def __init__(
        self, key: PrivateKey, certificate: x509.Certificate, issuers: Sequence[x509.Certificate]
    ) -> None:
        store = SimpleCertificateStore()
        store.register_multiple(issuers)
        super().__init__(signing_cert=certificate, cert_registry=store, embed_roots=False)
        self._key = key
        self.certificate = certificate

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run:
            return bytes(512)
        digest = getattr(hashes, digest_algorithm.upper())()
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), digest)
        return self._key.sign(data, ec.ECDSA(digest))


@dataclass(frozen=True)
class Pkcs12Key:
    """A key in a PKCS#12 file that also holds the certificate and its issuers."""

    content: bytes = field(repr=False)
    passphrase: str = field(repr=False)

    @property
    def certificate(self) -> x509.Certificate:
        return _load_pkcs12(self.content, self.passphrase).certificate

    @property
    def issuers(self) -> tuple[x509.Certificate, ...]:
        """The issuers in the file, without the root."""
        others = _load_pkcs12(self.content, self.passphrase).cert_registry
        return tuple(other for other in others if other.self_signed == "no")

    @contextmanager
    def opened(self) -> Iterator[Signer]:
        yield _load_pkcs12(self.content, self.passphrase)


@lru_cache(maxsize=64)
def _load_pkcs12(content: bytes, passphrase: str) -> LoadedSigner:
    """Return the key; kept by the process, which could open it again at any time anyway."""
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(content, passphrase.encode())
    except ValueError as problem:
        raise KeyUnavailable(holder="PKCS#12") from problem
    if certificate is None or not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise KeyUnavailable(holder="PKCS#12")
    issuers = [translate_pyca_cryptography_cert_to_asn1(other) for other in others]
    return LoadedSigner(key, translate_pyca_cryptography_cert_to_asn1(certificate), issuers)


@dataclass(frozen=True)
class Pkcs11Key:
    """
    A key that never leaves its token.

    :param module: path of the vendor's PKCS#11 library
    :param token: label of the token
    :param key: label of the private key on it
    :param chain_pem: the holder's certificate, then its issuers without the root
    """

    module: str
    token: str
    key: str
    pin: str = field(repr=False)
    chain_pem: tuple[str, ...] = ()

    @cached_property
    def _chain(self) -> tuple[x509.Certificate, ...]:
        return tuple(read_certificate(item) for item in self.chain_pem)

    @property
    def certificate(self) -> x509.Certificate:
        return self._chain[0]

    @contextmanager
    def opened(self) -> Iterator[Signer]:
        try:
            with self._session() as session:
                yield PKCS11Signer(
                    session,
                    signing_cert=self.certificate,
                    ca_chain=list(self._chain[1:]),
                    key_label=self.key,
                )
        # The token may also fail later, when it is asked to sign.
        except pkcs11.PKCS11Error as problem:
            raise KeyUnavailable(holder=holder_name(self.certificate)) from problem

    def _session(self) -> pkcs11.Session:
        try:
            return open_pkcs11_session(
                self.module, token_criteria=TokenCriteria(label=self.token), user_pin=self.pin
            )
        except RuntimeError as problem:  # the library itself does not load
            raise KeyUnavailable(holder=holder_name(self.certificate)) from problem


def read_certificate(text: str) -> x509.Certificate:
    """Return the first certificate of a PEM text."""
    _kind, _headers, der = pem.unarmor(text.encode("ascii"))
    certificate: x509.Certificate = x509.Certificate.load(der)
    return certificate


def to_pem(certificate: x509.Certificate) -> str:
    """Return the certificate as PEM text."""
    armoured: bytes = pem.armor("CERTIFICATE", certificate.dump())
    return armoured.decode("ascii")


def holder_name(certificate: x509.Certificate) -> str:
    """Return the common name."""
    return _name(certificate, "common_name")


def holder_organisation(certificate: x509.Certificate) -> str:
    """Return the organisation."""
    return _name(certificate, "organization_name")


def holder_unit(certificate: x509.Certificate) -> str:
    """Return the organisational unit; a stand-in's certificate says «Môi trường thử / TEST» there."""
    return _name(certificate, "organizational_unit_name")


def _name(certificate: x509.Certificate, part: str) -> str:
    value = certificate.subject.native.get(part, "")
    return value if isinstance(value, str) else ", ".join(value)
