"""Persons: by who asks, or for a room that has already checked the right."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from tinhso.kernel.prepared import Prepared
from tinhso.kernel.refusals import NotFound
from tinhso.people.models import BirthPrecision, Organisation, Person
from tinhso.people.types import Actor, FactSource, PersonView

SEARCH_LIMIT = 20
# The registers speak of a residence, the forms of an address.
_NAMES = {"residence": "address"}


def access_person(*, actor: Actor, person_id: UUID) -> PersonView:
    """Return the person, if the actor may see them. :raises NotFound: absent, or not visible to the actor"""
    return _view(Person.objects.visible_to(actor).filter(pk=person_id).first())


def person(person_id: UUID) -> PersonView:
    """Return the person; the caller has checked that its actor may see them. :raises NotFound: absent"""
    return _view(Person.objects.filter(pk=person_id).first())


def persons(person_ids: Collection[UUID]) -> dict[UUID, PersonView]:
    """Return the persons by id, but absent ones; the caller has checked that its actor may see them."""
    return {row.pk: _view(row) for row in Person.objects.filter(pk__in=person_ids)}


def person_by_personal_id(*, actor: Actor, personal_id: str) -> PersonView | None:
    """Return the visible person with the number; None for «absent» and «not yours» alike."""
    row = Person.objects.visible_to(actor).filter(personal_id=personal_id).first()
    return _view(row) if row else None


def persons_numbered(numbers: Iterable[str]) -> dict[str, UUID]:
    """Return the persons with these personal ids; the caller has checked that its actor may know of them."""
    rows = Person.objects.filter(personal_id__in=set(numbers))
    return {number: pk for number, pk in rows.values_list("personal_id", "pk") if number}


def search_persons(*, actor: Actor, words: str, limit: int = SEARCH_LIMIT) -> tuple[PersonView, ...]:
    """Return the visible persons whose name has every word, marks or not, or whose whole number it is."""
    visible = Person.objects.visible_to(actor)
    digits = words.replace(" ", "").replace(".", "")
    if digits.isascii() and digits.isdigit():
        found = visible.filter(personal_id=digits)
    else:
        found = visible.named(words)
    return tuple(_view(row) for row in found.in_name_order()[: min(limit, SEARCH_LIMIT)])


def proved_facts(person_id: UUID, *, organisation_id: UUID | None = None) -> dict[str, object]:
    """
    Return what is known of the person, ready as answers; a fact that is not known is left out.

    Keys: ``applicant.full_name``, ``.personal_id``, ``.born_on`` (``YYYY-MM-DD``, only when the day is
    proved), ``.sex`` (``male`` or ``female``), ``.nationality``, ``.ethnicity``, ``.phone``, ``.email`` and
    ``.address`` (``{"commune": code, "detail": str}``), and for the representative of one organisation
    ``.organisation_name`` and ``.tax_code``; ``.for_organisation`` (true) when they act for it now.
    See :func:`fact_sources` for where each comes from.

    :param organisation_id: the one they act for, when that was said

    :raises NotFound: absent
    """
    return facts_of_row(_row(person_id), organisation_id=organisation_id)


def facts_of_row(row: Person, *, organisation_id: UUID | None = None) -> dict[str, object]:
    """Return what :func:`proved_facts` does, of a person whom the caller has read already."""
    represented = _REPRESENTED(person_id=row.pk, organisation_id=organisation_id)
    return _facts(row, represented, is_for_one=organisation_id is not None)


def facts_of_many(person_ids: Collection[UUID]) -> dict[UUID, dict[str, object]]:
    """Return what :func:`proved_facts` does of each of them, in two queries; who is absent is left out."""
    represented: dict[UUID | None, list[Organisation]] = {}
    for one in Organisation.objects.filter(representative_id__in=person_ids):
        represented.setdefault(one.representative_id, []).append(one)
    rows = Person.objects.filter(pk__in=person_ids)
    return {row.pk: _facts(row, represented.get(row.pk, []), is_for_one=False) for row in rows}


def _facts(row: Person, represented: Sequence[Organisation], *, is_for_one: bool) -> dict[str, object]:
    facts: dict[str, object] = {
        "applicant.full_name": row.full_name,
        "applicant.personal_id": row.personal_id,
        "applicant.born_on": row.born_on.isoformat()
        if row.born_on and row.born_precision == BirthPrecision.DAY
        else None,
        "applicant.sex": row.sex,
        "applicant.nationality": row.nationality,
        "applicant.ethnicity": row.ethnicity,
        "applicant.phone": row.phone,
        "applicant.email": row.email,
        "applicant.address": {"commune": row.residence_commune, "detail": row.residence_detail}
        if row.residence_commune
        else None,
    }
    facts |= _organisation_facts(represented, is_for_one=is_for_one)
    return {key: value for key, value in facts.items() if value}


def fact_sources(person_id: UUID) -> dict[str, FactSource]:
    """Return where each fact of :func:`proved_facts` comes from, by its key. :raises NotFound: absent"""
    return sources_of_row(_row(person_id))


def sources_of_row(row: Person) -> dict[str, FactSource]:
    """Return what :func:`fact_sources` does, of a person whom the caller has read already."""
    return {
        f"applicant.{_NAMES.get(name, name)}": FactSource(
            entry["source"], datetime.fromisoformat(entry["checked_at"])
        )
        for name, entry in row.sources.items()
    }


def _represented(person_id: UUID, organisation_id: UUID | None) -> QuerySet[Organisation]:
    meant = Q(representative_id=person_id) if organisation_id is None else Q(pk=organisation_id)
    return Organisation.objects.filter(meant)[:2]


_REPRESENTED = Prepared(_represented)


def _organisation_facts(represented: Sequence[Organisation], *, is_for_one: bool) -> dict[str, object]:
    """Return the organisation meant, else the only one represented; of several nobody can say which."""
    if len(represented) != 1:
        return {}
    return {
        "applicant.for_organisation": is_for_one,
        "applicant.organisation_name": represented[0].name,
        "applicant.tax_code": represented[0].tax_code,
    }


def _row(person_id: UUID) -> Person:
    row = Person.objects.filter(pk=person_id).first()
    if row is None:
        raise NotFound
    return row


def _view(row: Person | None) -> PersonView:
    if row is None:
        raise NotFound
    return PersonView(
        id=row.pk,
        personal_id=row.personal_id or "",
        full_name=row.full_name,
        born_on=row.born_on,
        born_precision=row.born_precision,
        sex=row.sex,
        nationality=row.nationality,
        ethnicity=row.ethnicity,
        phone=row.phone,
        email=row.email,
        residence_commune=row.residence_commune,
        residence_detail=row.residence_detail,
    )
