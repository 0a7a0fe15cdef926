"""Where a person can be reached, in what language, and by what ways they want to be."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from tinhso.notices.models import Preference
from tinhso.people import queries as people
from tinhso.people.models import Account, AccountKind
from tinhso.people.types import PersonView


@dataclass(frozen=True, slots=True)
class Contact:
    """An address is empty where there is none, it makes no sense, or the person wants no such message."""

    email: str
    phone: str
    language: str


def contact_of(person_id: UUID) -> Contact:
    """Return how to reach the person. :raises NotFound: there is no such person"""
    person = people.person(person_id)
    wanted = Preference.objects.filter(person_id=person_id).first() or Preference()
    return _contact(person, wanted, _language(person_id))


def contacts_of(person_ids: Collection[UUID]) -> dict[UUID, Contact]:
    """Return how to reach each of them, in three queries; who is absent is left out."""
    wanted = {row.person_id: row for row in Preference.objects.filter(person_id__in=person_ids)}
    accounts = Account.objects.filter(person_id__in=person_ids, is_active=True).order_by("-kind")
    languages = dict(accounts.values_list("person_id", "language"))
    return {
        person_id: _contact(person, wanted.get(person_id) or Preference(), languages.get(person_id) or "vi")
        for person_id, person in people.persons(person_ids).items()
    }


def contacts_of_officers(account_ids: Collection[UUID]) -> dict[UUID, Contact]:
    """Return how to reach officers, by account; closed accounts and those of citizens are left out."""
    rows = Account.objects.filter(pk__in=account_ids, kind=AccountKind.OFFICER, is_active=True)
    return {row.pk: Contact(email=_email(row.email), phone="", language=row.language) for row in rows}


def _contact(person: PersonView, wanted: Preference, language: str) -> Contact:
    return Contact(
        email=_email(person.email) if wanted.email else "",
        phone=_phone(person.phone) if wanted.sms else "",
        language=language,
    )


def _email(written: str) -> str:
    try:
        validate_email(written)
    except ValidationError:
        return ""
    return written


def _phone(written: str) -> str:
    digits = "".join(sign for sign in written if sign.isascii() and sign.isdigit())
    return digits if 9 <= len(digits) <= 15 else ""


def _language(person_id: UUID) -> str:
    chosen = Account.objects.filter(person_id=person_id, is_active=True).order_by("kind")
    return chosen.values_list("language", flat=True).first() or "vi"
