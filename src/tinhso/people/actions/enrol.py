"""Officers' accounts: made by an operator, never by themselves."""

import base64
import binascii
import re
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import ledger, locks
from tinhso.kernel.refusals import Conflict, Invalid, NotFound
from tinhso.kernel.text import normalise
from tinhso.people import policies
from tinhso.people.actions.update_contact import checked_email
from tinhso.people.events import AccountClosed, OfficerEnrolled, SecondFactorReset
from tinhso.people.models import Account, AccountKind
from tinhso.people.types import Actor

USERNAME = re.compile(r"^[a-z][a-z0-9._-]{2,79}$")
SECRET_BYTES = 16


class UsernameTaken(Conflict):
    code = "username-taken"
    message = _("Tên đăng nhập «%(username)s» đã có người dùng. Hãy chọn tên khác.")


class UsernameMalformed(Invalid):
    code = "username-malformed"
    message = _(
        "Tên đăng nhập phải bắt đầu bằng chữ cái thường không dấu, dài từ 3 ký tự, "
        "chỉ gồm chữ thường, số, dấu chấm, gạch ngang."
    )


class PasswordTooWeak(Invalid):
    code = "password-too-weak"
    message = _("Mật khẩu chưa đủ mạnh: %(reasons)s Hãy đặt mật khẩu khác.")


class SecretMalformed(Invalid):
    code = "second-factor-secret-malformed"
    message = _("Khóa của mã xác thực phải là chuỗi Base32 dài ít nhất 26 ký tự. Hãy tạo khóa mới.")


@transaction.atomic
def enrol_officer(
    *,
    actor: Actor,
    at: datetime,
    username: str,
    password: str,
    full_name: str,
    totp_secret: str | None = None,
    language: str = "vi",
    person_id: UUID | None = None,
    email: str = "",
) -> UUID:
    """
    Make an officer's account and return its id. Roles come later, by :func:`appoint`.

    :param totp_secret: Base32; without one the officer sets it up at the first sign-in
    :raises NotAllowed: the actor is neither the system nor a system operator
    :raises UsernameTaken: somebody has the name
    :raises UsernameMalformed, PasswordTooWeak, SecretMalformed, EmailMalformed: as they say
    """
    locks.hold(f"people.username:{username}")

    policies.require_operator(actor)

    if not USERNAME.match(username):
        raise UsernameMalformed
    if Account.objects.filter(username=username).exists():
        raise UsernameTaken(username=username)
    account = Account(
        username=username,
        kind=AccountKind.OFFICER,
        full_name=normalise(full_name),
        language=language,
        person_id=person_id,
        email=checked_email(email),
        made_at=at,
    )
    _check_password(password, account)
    secret = _check_secret(totp_secret) if totp_secret else None

    account.set_password(password)
    account.save()
    if secret:
        TOTP.activate(account, secret)

    ledger.record(actor=actor, at=at, event=OfficerEnrolled(account_id=account.pk))
    return account.pk


@transaction.atomic
def reset_second_factor(*, actor: Actor, at: datetime, account_id: UUID) -> None:
    """
    Take an officer's one-time codes away; the next sign-in with the password sets up new ones.

    :raises NotAllowed: the actor is neither the system nor a system operator
    :raises NotFound: there is no such officer
    """
    account = _lock_officer(account_id)

    policies.require_operator(actor)

    Authenticator.objects.filter(user=account).delete()

    ledger.record(actor=actor, at=at, event=SecondFactorReset(account_id=account.pk))


@transaction.atomic
def close_account(*, actor: Actor, at: datetime, account_id: UUID) -> None:
    """
    Let nobody sign in with the account any more; what it did stays under its name.

    :raises NotAllowed: the actor is neither the system nor a system operator
    :raises NotFound: there is no such officer
    """
    account = _lock_officer(account_id)

    policies.require_operator(actor)

    account.is_active = False
    account.save(update_fields=["is_active"])

    ledger.record(actor=actor, at=at, event=AccountClosed(account_id=account.pk))


def _lock_officer(account_id: UUID) -> Account:
    account = Account.objects.select_for_update().filter(pk=account_id, kind=AccountKind.OFFICER).first()
    if account is None:
        raise NotFound
    return account


def _check_password(password: str, account: Account) -> None:
    try:
        validate_password(password, user=account)
    except ValidationError as problem:
        raise PasswordTooWeak(reasons=" ".join(problem.messages)) from None


def _check_secret(secret: str) -> str:
    compact = secret.replace(" ", "").upper()
    try:
        decoded = base64.b32decode(compact + "=" * (-len(compact) % 8))
    except binascii.Error:
        raise SecretMalformed from None
    if len(decoded) < SECRET_BYTES:
        raise SecretMalformed
    return base64.b32encode(decoded).decode()
