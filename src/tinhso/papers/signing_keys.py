"""From a row to a key that signs."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import files
from tinhso.kernel.refusals import Refusal
from tinhso.papers.keys import KeyBackend, Pkcs11Key, Pkcs12Key
from tinhso.papers.models import SigningKey


class NoSigningKey(Refusal):
    """Nobody registered a key for this officer or agency."""

    code = "no-signing-key"
    message = _(
        "«%(holder)s» chưa có chữ ký số trong hệ thống. "
        "Hãy đăng ký chữ ký số với quản trị hệ thống rồi ký lại."
    )


def key_of_account(account_id: UUID | None, *, key_id: UUID | None, holder: str) -> SigningKey:
    """Return the account's active key, or the named one of it. :raises NoSigningKey: there is none"""
    rows = SigningKey.objects.filter(account_id=account_id) if account_id else SigningKey.objects.none()
    return _pick(rows, key_id, holder)


def key_of_agency(agency_id: UUID, *, key_id: UUID | None, holder: str) -> SigningKey:
    """Return the agency's active key, or the named one of it. :raises NoSigningKey: there is none"""
    return _pick(SigningKey.objects.filter(agency_id=agency_id), key_id, holder)


def backend_of(row: SigningKey) -> KeyBackend:
    """Return the key, ready to be opened; the caller has checked that the actor may use it."""
    secret = read(row.secret_id).decode()
    if row.kind == SigningKey.Kind.PKCS12:
        assert row.container_id is not None
        return Pkcs12Key(content=read(row.container_id), passphrase=secret)
    return Pkcs11Key(
        module=row.module, token=row.token, key=row.label, pin=secret, chain_pem=tuple(row.chain)
    )


def picture_of(row: SigningKey) -> bytes | None:
    """Return the hand-written signature or the seal, if one was given."""
    return read(row.picture_id) if row.picture_id else None


def read(file_id: UUID) -> bytes:
    """Return a small sealed file whole."""
    with files.open_file(file_id) as stream:
        return stream.read()


def _pick(rows: QuerySet[SigningKey], key_id: UUID | None, holder: str) -> SigningKey:
    wanted = rows.filter(pk=key_id) if key_id else rows.filter(is_active=True)
    row = wanted.first()
    if row is None:
        raise NoSigningKey(holder=holder)
    return row
