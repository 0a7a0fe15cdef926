"""What people may change about themselves."""

import re
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import ledger
from tinhso.kernel.refusals import Invalid, NotAllowed, NotFound
from tinhso.people import facts, policies
from tinhso.people.events import ContactUpdated, LanguageChosen, WorkEmailSet
from tinhso.people.models import Account, Person
from tinhso.people.types import Actor

PHONE = re.compile(r"^0[0-9]{9,10}$", re.ASCII)
NOBODY = UUID(int=0)


class PhoneMalformed(Invalid):
    code = "phone-malformed"
    message = _(
        "Số điện thoại phải có 10 hoặc 11 chữ số và bắt đầu bằng 0, ví dụ 0912 345 678. Hãy nhập lại."
    )


class EmailMalformed(Invalid):
    code = "email-malformed"
    message = _("Địa chỉ thư điện tử chưa đúng, ví dụ ten@example.vn. Hãy nhập lại.")


@transaction.atomic
def update_contact(
    *, actor: Actor, at: datetime, person_id: UUID, phone: str | None = None, email: str | None = None
) -> None:
    """
    Change one's own phone or e-mail; None leaves it, empty removes it. No provider overwrites it afterwards.

    :raises NotFound: absent
    :raises NotAllowed: the actor is not that citizen in their own name
    :raises PhoneMalformed, EmailMalformed: as they say
    """
    row = Person.objects.select_for_update().filter(pk=person_id).first()
    if row is None:
        raise NotFound

    policies.require_self(actor, person_id=person_id)

    values: dict[str, object] = {}
    if phone is not None:
        values["phone"] = _phone(phone)
    if email is not None:
        values["email"] = checked_email(email)

    changed = facts.write(row, values, source=facts.SELF, at=at)
    row.save()

    if changed:
        ledger.record(actor=actor, at=at, event=ContactUpdated(person_id=row.pk, fields=changed))


@transaction.atomic
def choose_language(*, actor: Actor, at: datetime, language: str) -> None:
    """
    Remember the language in which the account is written to, ``vi`` or ``en``.

    :raises NotFound: the actor has no account
    """
    account = Account.objects.select_for_update().filter(pk=actor.account_id or NOBODY).first()
    if account is None:
        raise NotFound

    if language not in {"vi", "en"}:
        raise Invalid

    account.language = language
    account.save(update_fields=["language"])

    ledger.record(actor=actor, at=at, event=LanguageChosen(account_id=account.pk, language=language))


@transaction.atomic
def set_work_email(*, actor: Actor, at: datetime, email: str) -> None:
    """
    Set where an officer is told of work besides the desk; empty removes it.

    :raises NotAllowed: the actor is no officer
    :raises EmailMalformed: it is no address
    """
    account = Account.objects.select_for_update().filter(pk=actor.account_id or NOBODY).first()

    if account is None or not actor.is_officer:
        raise NotAllowed

    account.email = checked_email(email)
    account.save(update_fields=["email"])

    ledger.record(actor=actor, at=at, event=WorkEmailSet(account_id=account.pk))


def _phone(text: str) -> str:
    digits = "".join(mark for mark in text if mark not in " .-()")
    if digits.startswith("+84"):
        digits = "0" + digits[3:]
    if digits and not PHONE.match(digits):
        raise PhoneMalformed
    return digits


def checked_email(text: str) -> str:
    """Return the address without blanks around it. :raises EmailMalformed: it is none"""
    address = text.strip()
    if address:
        try:
            validate_email(address)
        except ValidationError:
            raise EmailMalformed from None
    return address
