"""At the one-stop counter: an officer finds or writes down a person, and acts for them that day."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import ledger, locks
from tinhso.kernel.clock import VIETNAM, local
from tinhso.kernel.refusals import Invalid, NotFound
from tinhso.kernel.text import normalise
from tinhso.people import facts, policies
from tinhso.people.actions.mandates import require_known
from tinhso.people.actions.note_access import note_access
from tinhso.people.events import MandateGiven, PersonMetAgency, PersonRegistered
from tinhso.people.models import Agency, AgencyContact, Mandate, MandateKind, MandateWay, Person
from tinhso.people.names import same_name
from tinhso.people.types import AccessPurpose, Actor, ActorKind
from tinhso.territory import queries as territory
from tinhso.territory.types import Level

PERSONAL_ID_DIGITS = 12
LEAST_NAMES = 2
FIRST_BIRTH_YEAR = 1880


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterPerson:
    """What the officer reads off the person's card; see ``PersonView`` for the shapes."""

    personal_id: str
    full_name: str
    born_on: date | None = None
    born_precision: str = "day"
    sex: str = ""
    nationality: str = ""
    ethnicity: str = ""
    phone: str = ""
    email: str = ""
    residence_commune: str = ""
    residence_detail: str = field(default="")


class PersonalIdMalformed(Invalid):
    code = "personal-id-malformed"
    message = _("Số định danh cá nhân phải có đúng 12 chữ số. Hãy xem lại trên thẻ căn cước.")


class NameIncomplete(Invalid):
    code = "name-incomplete"
    message = _("Hãy ghi đủ họ và tên như trên thẻ căn cước.")


class BirthImpossible(Invalid):
    code = "birth-impossible"
    message = _("Ngày sinh phải từ năm %(first)s đến hôm nay. Hãy xem lại trên thẻ căn cước.")


class CommuneUnknown(Invalid):
    code = "commune-unknown"
    message = _("Hiện không có xã, phường, đặc khu mang mã «%(code)s». Hãy chọn lại nơi cư trú.")


class NameMismatch(Invalid):
    """The number is known under another name. The known name is not told: it is somebody's data."""

    code = "name-mismatch"
    message = _(
        "Số định danh này đã có trong hệ thống với họ tên khác. "
        "Hãy kiểm tra lại số và họ tên trên thẻ căn cước; nếu đã đúng, hãy báo quản trị hệ thống."
    )


@transaction.atomic
def register_person_at_counter(
    *, actor: Actor, at: datetime, agency_id: UUID, seen: CounterPerson, reason: str
) -> UUID:
    """
    Find the person by personal id, else write them down; return their id.

    The look is noted in the person's access log, and the agency knows them from then on. A known person's
    proved facts stay as they are; what was not known is filled in, with the counter as its source.

    A helper of a community team writes people down too; the agency knows them only once something is filed.

    :param reason: what they came for
    :raises NotAllowed: the actor is no one-stop officer and no helper of the agency
    :raises PersonalIdMalformed, NameIncomplete, BirthImpossible, CommuneUnknown, NameMismatch: as they say
    """
    locks.hold(f"people.personal_id:{seen.personal_id}")

    policies.require_meeting(actor, agency_id=agency_id)

    require_sound(seen, today=local(at).date())
    known = Person.objects.select_for_update().filter(personal_id=seen.personal_id).first()
    if known and not same_name(known.full_name, seen.full_name):
        raise NameMismatch

    agency = Agency.objects.get(pk=agency_id)
    person = known or Person(made_at=at)
    met_at = "counter" if agency_id in actor.agency_ids else "helper"
    facts.write(person, fresh(person, seen), source=f"{met_at}:{agency.code}", at=at)
    person.save()
    if met_at == "counter":
        AgencyContact.objects.get_or_create(person=person, agency=agency, defaults={"since": at})
    note_access(
        actor=actor,
        at=at,
        person_id=person.pk,
        purpose=AccessPurpose.COUNTER,
        agency_id=agency_id,
        reason=reason,
    )

    event = PersonRegistered(person_id=person.pk, agency_id=agency_id, is_new=known is None)
    ledger.record(actor=actor, at=at, event=event)
    return person.pk


@transaction.atomic
def assist_at_counter(
    *,
    actor: Actor,
    at: datetime,
    agency_id: UUID,
    person_id: UUID,
    evidence: str,
    scope: tuple[str, ...] = (),
) -> UUID:
    """
    Let the officer act, till the day ends, for the person who stands before them; return the mandate's id.

    :param evidence: how the person agreed, e.g. «Công dân có mặt, đã xuất trình thẻ căn cước»
    :raises NotAllowed: the actor is no one-stop officer of the agency
    :raises NotFound: the agency does not know the person; register them first
    :raises ScopeUnknown: the scope names what is no procedure on offer
    """
    person = Person.objects.visible_to(actor).filter(pk=person_id).first()

    policies.require_counter(actor, agency_id=agency_id)

    if person is None:
        raise NotFound
    require_known(scope)

    row = Mandate.objects.create(
        principal=person,
        agent_account_id=actor.account_id,
        agency_id=agency_id,
        way=MandateWay.PRESENCE,
        kind=MandateKind.ASSISTED,
        scope=sorted(set(scope)),
        from_at=at,
        until_at=end_of_day(at),
        evidence=normalise(evidence)[:400],
        given_at=at,
    )

    event = MandateGiven(
        mandate_id=row.pk, mandate_kind="assisted", principal_person_id=person.pk, way=row.way
    )
    ledger.record(actor=actor, at=at, event=event)
    return row.pk


@transaction.atomic
def introduce(*, actor: Actor, at: datetime, person_id: UUID, agency_id: UUID) -> None:
    """
    Note that the person now has dealings with the agency; doing it twice changes nothing.

    Called by the room in which they deal, with the actor who made it so.

    :raises NotFound: the person is absent, or not visible to the actor
    """
    if actor.kind is not ActorKind.SYSTEM and person_id != actor.person_id:
        if not Person.objects.visible_to(actor).filter(pk=person_id).exists():
            raise NotFound
    elif not Person.objects.filter(pk=person_id).exists():
        raise NotFound

    _row, is_new = AgencyContact.objects.get_or_create(
        person_id=person_id, agency_id=agency_id, defaults={"since": at}
    )

    if is_new:
        event = PersonMetAgency(person_id=person_id, agency_id=agency_id)
        ledger.record(actor=actor, at=at, event=event)


def fresh(person: Person, seen: CounterPerson) -> dict[str, object]:
    """Return what the counter saw and nobody proved before."""
    columns: dict[str, object] = {
        "personal_id": seen.personal_id,
        "full_name": normalise(seen.full_name),
        "sex": seen.sex,
        "nationality": seen.nationality,
        "ethnicity": seen.ethnicity,
        "phone": seen.phone,
        "email": seen.email,
    }
    groups: list[dict[str, object]] = [{name: value} for name, value in columns.items()]
    groups.append({"born_on": seen.born_on, "born_precision": seen.born_precision})
    groups.append(
        {"residence_commune": seen.residence_commune, "residence_detail": normalise(seen.residence_detail)}
    )
    found: dict[str, object] = {}
    for group in groups:
        first = next(iter(group))
        if group[first] and not getattr(person, first):
            found |= group
    return found


def require_sound(seen: CounterPerson, *, today: date) -> None:
    """:raises PersonalIdMalformed, NameIncomplete, BirthImpossible, CommuneUnknown: as they say"""
    if not _is_personal_id(seen.personal_id):
        raise PersonalIdMalformed
    if len(normalise(seen.full_name).split()) < LEAST_NAMES:
        raise NameIncomplete
    if seen.born_on is not None and not date(FIRST_BIRTH_YEAR, 1, 1) <= seen.born_on <= today:
        raise BirthImpossible(first=FIRST_BIRTH_YEAR)
    if seen.residence_commune:
        unit = territory.unit(seen.residence_commune, today)
        if unit is None or unit.level is not Level.COMMUNE:
            raise CommuneUnknown(code=seen.residence_commune)


def _is_personal_id(text: str) -> bool:
    return len(text) == PERSONAL_ID_DIGITS and text.isascii() and text.isdigit()


def end_of_day(at: datetime) -> datetime:
    """Return the midnight that ends the day in Vietnam."""
    tomorrow = local(at).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, tzinfo=VIETNAM)
