"""
The demonstration certificate authority of one installation, kept in ``var/trust``.

Keys are made here and never leave the machine. Every name carries «Môi trường thử / TEST».
"""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from asn1crypto import pem
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, PKIArchitecture
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from sandbox.trust.layout import configuration

MARK = "Môi trường thử / TEST"
ARCH = ArchLabel("trust")
STATE = "state.json"
CONFIGURATION = "certomancer.json"
FIRST_SERIAL = 0x10000
AUTHORITIES = ("root", "issuing", "tsa", "ocsp-issuing")


@dataclass(frozen=True, slots=True)
class Subject:
    """
    Whom a certificate names.

    :param label: ASCII, unique in the installation: the file name of the key and certificate
    :param common_name: a person's full name, or an agency's name
    :param organisation: the agency; empty for an agency's own certificate
    :param title: the person's post
    """

    label: str
    common_name: str
    organisation: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """
    A certificate with its private key.

    :param pkcs12: the key, the certificate and its chain up to the root, under the passphrase
    :param chain_pem: the certificate, then its issuers, without the root
    """

    pkcs12: bytes
    certificate_pem: str
    chain_pem: tuple[str, ...]


def set_up(folder: Path, *, at: datetime, url: str) -> None:
    """Make the authority's keys and certificates, unless they are there; put the root in ``folder/roots``."""
    with _state(folder) as state:
        if state.get("url") == url and "since" in state:
            return
        state.setdefault("since", _midnight(at - timedelta(days=1)).isoformat())
        state.setdefault("subjects", {})
        state["url"] = url
        for label in AUTHORITIES:
            # P-256: the services read and sign with it a hundred times faster than with RSA.
            _make_key(folder, label, ec.generate_private_key(ec.SECP256R1()))
    roots = folder / "roots"
    roots.mkdir(exist_ok=True)
    (roots / "root.pem").write_text(_pem(_architecture(folder), "root"), encoding="ascii")


def issue(
    folder: Path,
    subject: Subject,
    *,
    at: datetime,
    passphrase: str,
    valid_from: datetime | None = None,
    valid_to: datetime | None = None,
) -> Issued:
    """
    Issue a signing certificate; asked again for the same label, hand out the same one.

    :param valid_from: default one day before ``at``
    :param valid_to: default three years after ``at``; in the past for a certificate that has expired
    """
    with _state(folder) as state:
        if subject.label not in state["subjects"]:
            # RSA: what signing tokens in the country hold.
            _make_key(folder, subject.label, rsa.generate_private_key(public_exponent=65537, key_size=2048))
            state["subjects"][subject.label] = {
                "serial": FIRST_SERIAL + len(state["subjects"]),
                "common_name": subject.common_name,
                "organisation": subject.organisation,
                "title": subject.title,
                "valid_from": (valid_from or at - timedelta(days=1)).replace(microsecond=0).isoformat(),
                "valid_to": (valid_to or at + timedelta(days=3 * 365)).replace(microsecond=0).isoformat(),
            }
    return _issued(_architecture(folder), subject.label, passphrase)


def revoke(folder: Path, label: str, *, at: datetime) -> None:
    """Revoke the certificate of that label from this moment; OCSP and the next CRL say so at once."""
    with _state(folder) as state:
        state["subjects"][label]["revoked_at"] = at.replace(microsecond=0).isoformat()


def _issued(architecture: PKIArchitecture, label: str, passphrase: str) -> Issued:
    package = architecture.package_pkcs12(
        CertLabel(label),
        certs_to_embed=[CertLabel("issuing"), CertLabel("root")],
        password=passphrase.encode(),
    )
    return Issued(
        pkcs12=package,
        certificate_pem=_pem(architecture, label),
        chain_pem=(_pem(architecture, label), _pem(architecture, "issuing")),
    )


def load(folder: Path) -> CertomancerConfig:
    """Return the authority as it is configured now."""
    settings = json.loads((folder / CONFIGURATION).read_text(encoding="utf-8"))
    return CertomancerConfig(settings, key_search_dir=str(folder), lazy_load_keys=True)


def _architecture(folder: Path) -> PKIArchitecture:
    return load(folder).get_pki_arch(ARCH)


def _pem(architecture: PKIArchitecture, label: str) -> str:
    certificate = architecture.get_cert(CertLabel(label))
    text: bytes = pem.armor("CERTIFICATE", certificate.dump())
    return text.decode("ascii")


@contextmanager
def _state(folder: Path) -> Iterator[dict[str, Any]]:
    """Hold the authority for oneself; what was changed is written, with a new configuration."""
    (folder / "keys").mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        path = folder / STATE
        state: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        before = json.dumps(state)
        yield state
        if json.dumps(state) != before:
            _replace(path, json.dumps(state, ensure_ascii=False, indent=1))
            _replace(folder / CONFIGURATION, json.dumps(configuration(state, mark=MARK), ensure_ascii=False))


def _replace(path: Path, text: str) -> None:
    fresh = path.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def _make_key(folder: Path, label: str, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> None:
    path = folder / "keys" / f"{label}.pem"
    if path.exists():
        return
    content = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.touch(mode=0o600)
    path.write_bytes(content)


def _midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)
