"""A provider proved who somebody is: find or make their person and account."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import ledger, locks
from tinhso.kernel.refusals import NotAllowed
from tinhso.people import facts, policies
from tinhso.people.claims import ProvedIdentity
from tinhso.people.events import IdentityReceived
from tinhso.people.models import Account, AccountKind, Person
from tinhso.people.names import same_name
from tinhso.people.types import Actor

# Only a level-2 account unlocks what the state holds (Decree 69/2024); level 1 says who it is, no more.
LEVEL_1_COLUMNS = frozenset({"personal_id", "full_name", "born_on", "born_precision", "sex"})
# People choose how to be reached: a provider fills these in once and never again.
CONTACT_COLUMNS = frozenset({"phone", "email"})


class IdentityContradicts(NotAllowed):
    """The provider's name or number is not the one we know. Nothing is changed and nothing is told."""

    code = "identity-contradicts"
    message = _(
        "Thông tin định danh vừa nhận không khớp với thông tin đã có của số định danh này. "
        "Chưa có gì bị thay đổi. "
        "Hãy mang thẻ căn cước đến bộ phận một cửa của xã, phường, đặc khu, hoặc gọi 1022."
    )


class AccountClosedAlready(NotAllowed):
    code = "account-closed"
    message = _("Tài khoản này đã bị khóa. Hãy gọi 1022 hoặc đến bộ phận một cửa để được giúp.")


@dataclass(frozen=True, slots=True)
class Received:
    account_id: UUID
    person_id: UUID
    assurance: int
    is_new: bool


@transaction.atomic
def receive_identity(*, actor: Actor, at: datetime, identity: ProvedIdentity) -> Received:
    """
    Find the person of the personal id, or write them down, with an account the provider signs in.

    :raises NotAllowed: anybody but the system asks
    :raises IdentityContradicts: the number has another name here, or the provider's account another number
    :raises AccountClosedAlready: as it says
    """
    locks.hold(f"people.personal_id:{identity.personal_id}")

    policies.require_system(actor)

    person = Person.objects.select_for_update().filter(personal_id=identity.personal_id).first()
    _check_same(person, identity)
    account = Account.objects.filter(person=person, kind=AccountKind.CITIZEN).first() if person else None
    if account and not account.is_active:
        raise AccountClosedAlready

    is_new = person is None
    person = person or Person(made_at=at)
    facts.write(person, _columns(person, identity), source=identity.provider, at=at)
    person.save()
    account = account or _make_account(person, at)
    # The link alone: what the provider said lives in the person, once.
    SocialAccount.objects.get_or_create(
        provider=identity.provider, uid=identity.subject, defaults={"user": account, "extra_data": {}}
    )

    event = IdentityReceived(
        person_id=person.pk, provider=identity.provider, assurance=identity.assurance, is_new=is_new
    )
    ledger.record(actor=actor, at=at, event=event)
    return Received(account.pk, person.pk, identity.assurance, is_new)


def _check_same(person: Person | None, identity: ProvedIdentity) -> None:
    if person is not None and not same_name(person.full_name, identity.full_name):
        raise IdentityContradicts
    link = SocialAccount.objects.filter(provider=identity.provider, uid=identity.subject).first()
    if link is not None and (person is None or link.user.person_id != person.pk):
        raise IdentityContradicts


def _columns(person: Person, identity: ProvedIdentity) -> dict[str, object]:
    """Return what this sign-in may write: at level 2 all it says, at level 1 who it is, if unknown."""
    said: dict[str, object] = {"personal_id": identity.personal_id, "full_name": identity.full_name}
    for column in ("sex", "nationality", "ethnicity", "phone", "email"):
        said[column] = getattr(identity, column)
    if identity.born_on:
        said |= {"born_on": identity.born_on, "born_precision": identity.born_precision}
    if identity.residence_commune or identity.residence_detail:
        said |= {column: getattr(identity, column) for column in facts.RESIDENCE}
    return {column: value for column, value in said.items() if value and _may_write(person, column, identity)}


def _may_write(person: Person, column: str, identity: ProvedIdentity) -> bool:
    if column in CONTACT_COLUMNS:
        return not facts.source_of(person, column)
    if identity.assurance == 2:
        return True
    return column in LEVEL_1_COLUMNS and not facts.source_of(person, column.replace("precision", "on"))


def _make_account(person: Person, at: datetime) -> Account:
    account = Account(
        username=f"person:{person.pk}",
        kind=AccountKind.CITIZEN,
        full_name=person.full_name,
        person=person,
        made_at=at,
    )
    account.set_unusable_password()
    account.save()
    return account
