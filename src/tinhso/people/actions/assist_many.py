"""At the counter with a list: many persons are written down and acted for at once, as one by one."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.kernel import ledger, locks
from tinhso.kernel.clock import local
from tinhso.kernel.text import normalise
from tinhso.people import facts, policies
from tinhso.people.actions.assist import CounterPerson, NameMismatch, end_of_day, fresh, require_sound
from tinhso.people.actions.mandates import require_known
from tinhso.people.actions.note_access import note_accesses
from tinhso.people.events import MandateGiven, PersonMetAgency, PersonRegistered
from tinhso.people.models import Agency, AgencyContact, Mandate, MandateKind, MandateWay, Person
from tinhso.people.names import same_name
from tinhso.people.types import AccessPurpose, Actor


@transaction.atomic
def register_many_at_counter(
    *, actor: Actor, at: datetime, agency_id: UUID, seen: Sequence[CounterPerson], reason: str
) -> dict[str, UUID]:
    """
    Do for each what ``register_person_at_counter`` does, with a few statements for all; nothing on refusal.

    :param actor: a one-stop officer whose only post is at the agency
    :param seen: each personal id once
    :return: personal id → the person's id
    :raises NotAllowed: the actor is no one-stop officer of the agency
    :raises PersonalIdMalformed, NameIncomplete, BirthImpossible, CommuneUnknown, NameMismatch: of any of them
    """
    locks.hold_all(f"people.personal_id:{one.personal_id}" for one in seen)

    policies.require_counter(actor, agency_id=agency_id)

    for one in seen:
        require_sound(one, today=local(at).date())
    numbers = [one.personal_id for one in seen]
    known = {
        row.personal_id: row for row in Person.objects.select_for_update().filter(personal_id__in=numbers)
    }
    for one in seen:
        if (row := known.get(one.personal_id)) and not same_name(row.full_name, one.full_name):
            raise NameMismatch

    agency = Agency.objects.get(pk=agency_id)
    rows = [known.get(one.personal_id) or Person(made_at=at) for one in seen]
    for row, one in zip(rows, seen, strict=True):
        written = fresh(row, one)
        facts.write(row, written, source=f"counter:{agency.code}", at=at)
        if written and one.personal_id in known:
            row.save()
    new = [row for row, one in zip(rows, seen, strict=True) if one.personal_id not in known]
    for row in new:
        row.fold_name()
    Person.objects.bulk_create(new)
    _introduce(agency, rows, at=at)
    note_accesses(
        actor=actor, at=at, purpose=AccessPurpose.COUNTER, looks=[(row.pk, None, reason) for row in rows]
    )

    events = [
        PersonRegistered(person_id=row.pk, agency_id=agency_id, is_new=one.personal_id not in known)
        for row, one in zip(rows, seen, strict=True)
    ]
    ledger.record_all(actor=actor, at=at, events=events)
    return {one.personal_id: row.pk for row, one in zip(rows, seen, strict=True)}


@transaction.atomic
def assist_many_at_counter(
    *, actor: Actor, at: datetime, agency_id: UUID, evidence: Mapping[UUID, str], scope: tuple[str, ...]
) -> dict[UUID, UUID]:
    """
    Let the officer act, till the day ends, for each of these; return the mandates by person.

    :param evidence: person → how they agreed; the caller wrote them down at this counter a moment ago
    :raises NotAllowed: the actor is no one-stop officer of the agency
    :raises ScopeUnknown: the scope names what is no procedure on offer
    """
    policies.require_counter(actor, agency_id=agency_id)

    require_known(scope)

    rows = [
        Mandate(
            principal_id=person_id,
            agent_account_id=actor.account_id,
            agency_id=agency_id,
            way=MandateWay.PRESENCE,
            kind=MandateKind.ASSISTED,
            scope=sorted(set(scope)),
            from_at=at,
            until_at=end_of_day(at),
            evidence=normalise(words)[:400],
            given_at=at,
        )
        for person_id, words in evidence.items()
    ]
    Mandate.objects.bulk_create(rows)

    events = [
        MandateGiven(
            mandate_id=row.pk,
            mandate_kind="assisted",
            principal_person_id=row.principal_id,
            way=MandateWay.PRESENCE,
        )
        for row in rows
    ]
    ledger.record_all(actor=actor, at=at, events=events)
    return {row.principal_id: row.pk for row in rows if row.principal_id}


def _introduce(agency: Agency, rows: Sequence[Person], *, at: datetime) -> None:
    contacts = [AgencyContact(person=row, agency=agency, since=at) for row in rows]
    AgencyContact.objects.bulk_create(contacts, ignore_conflicts=True)


@transaction.atomic
def introduce_many(*, actor: Actor, at: datetime, person_ids: Collection[UUID], agency_id: UUID) -> None:
    """
    Note that these persons have dealings with the agency, as ``introduce`` does for one.

    :raises NotAllowed: the actor is not the system
    """
    policies.require_system(actor)

    met = AgencyContact.objects.filter(agency_id=agency_id, person_id__in=person_ids)
    new = sorted(set(person_ids) - set(met.values_list("person_id", flat=True)))
    contacts = [AgencyContact(person_id=one, agency_id=agency_id, since=at) for one in new]
    AgencyContact.objects.bulk_create(contacts, ignore_conflicts=True)

    events = [PersonMetAgency(person_id=one, agency_id=agency_id) for one in new]
    ledger.record_all(actor=actor, at=at, events=events)
