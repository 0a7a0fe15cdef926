"""Register signing keys, and retire them."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from uuid import UUID

from asn1crypto import x509
from django.db import transaction
from django.db.models import Q

from tinhso.kernel import files, ledger
from tinhso.kernel.models import StoredFile
from tinhso.kernel.refusals import NotFound
from tinhso.papers import policies
from tinhso.papers.events import KeyRegistered, KeyRetired
from tinhso.papers.keys import Pkcs12Key, read_certificate, to_pem
from tinhso.papers.models import SigningKey
from tinhso.people.types import Actor

BINARY = "application/octet-stream"


@transaction.atomic
def register_pkcs12(
    *,
    actor: Actor,
    at: datetime,
    content: bytes,
    passphrase: str,
    account_id: UUID | None = None,
    agency_id: UUID | None = None,
    picture: bytes | None = None,
) -> UUID:
    """
    Keep a PKCS#12 key for an officer or an agency, as the active one; return its id.

    :param picture: PNG of the hand-written signature or the seal
    :raises KeyUnavailable: the passphrase does not open it
    :raises NotAllowed: the actor is no system operator
    """
    policies.require_operator(actor=actor)

    key = Pkcs12Key(content=content, passphrase=passphrase)
    row = SigningKey(
        account_id=account_id,
        agency_id=agency_id,
        kind=SigningKey.Kind.PKCS12,
        chain=[to_pem(key.certificate), *(to_pem(issuer) for issuer in key.issuers)],
        container=_seal(content, "application/x-pkcs12"),
        secret=_seal(passphrase.encode(), BINARY),
    )
    return _register(row, key.certificate, picture, actor=actor, at=at)


@transaction.atomic
def register_pkcs11(
    *,
    actor: Actor,
    at: datetime,
    module: str,
    token: str,
    label: str,
    pin: str,
    chain_pem: Sequence[str],
    account_id: UUID | None = None,
    agency_id: UUID | None = None,
    picture: bytes | None = None,
) -> UUID:
    """
    Name a key on a token for an officer or an agency, as the active one; return its id.

    :param module: path of the PKCS#11 library on the server
    :param chain_pem: the certificate, then its issuers without the root
    :raises NotAllowed: the actor is no system operator
    """
    policies.require_operator(actor=actor)

    row = SigningKey(
        account_id=account_id,
        agency_id=agency_id,
        kind=SigningKey.Kind.PKCS11,
        chain=list(chain_pem),
        secret=_seal(pin.encode(), BINARY),
        module=module,
        token=token,
        label=label,
    )
    return _register(row, read_certificate(chain_pem[0]), picture, actor=actor, at=at)


@transaction.atomic
def retire_key(*, actor: Actor, at: datetime, key_id: UUID) -> None:
    """Stop using a key; papers it signed stay valid. :raises NotFound: absent or retired before"""
    row = SigningKey.objects.select_for_update().filter(pk=key_id, is_active=True).first()

    policies.require_operator(actor=actor)

    if row is None:
        raise NotFound

    row.is_active = False
    row.save(update_fields=["is_active"])

    ledger.record(actor=actor, at=at, event=KeyRetired(key_id=key_id))


def _register(
    row: SigningKey, certificate: x509.Certificate, picture: bytes | None, *, actor: Actor, at: datetime
) -> UUID:
    holder = Q(account=row.account) if row.account else Q(agency=row.agency)
    SigningKey.objects.filter(holder, is_active=True).update(is_active=False)
    row.certificate_sha256 = hashlib.sha256(certificate.dump()).hexdigest()
    row.not_before, row.not_after = certificate.not_valid_before, certificate.not_valid_after
    row.picture = _seal(picture, "image/png") if picture else None
    row.registered_at = at
    row.save(force_insert=True)

    event = KeyRegistered(
        key_id=row.pk,
        account_id=row.account_id,
        agency_id=row.agency_id,
        certificate_sha256=row.certificate_sha256,
    )
    ledger.record(actor=actor, at=at, event=event)
    return row.pk


def _seal(content: bytes, media_type: str) -> StoredFile:
    return files.store(content=BytesIO(content), media_type=media_type)
