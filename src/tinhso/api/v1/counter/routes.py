"""``/counter``: who stands at the one-stop counter, and whom they may act for."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from tinhso.api.v1.asking import SIGNED_IN, By, by
from tinhso.api.v1.counter import shapes
from tinhso.people import policies
from tinhso.people import queries as people
from tinhso.people.actions import (
    assist_at_counter,
    introduce,
    note_access,
    record_mandate,
    record_organisation,
    register_person_at_counter,
)
from tinhso.people.types import AccessPurpose

router = Router(tags=["counter"], auth=SIGNED_IN)
PERSON = "/persons/{uuid:person_id}"

Agency = Annotated[UUID, Query(..., description="The agency at whose counter it happens.")]
Reason = Annotated[
    str, Query(..., min_length=3, max_length=240, description="Why; the person reads it in their access log.")
]


@router.post("/search", response=shapes.FoundListOut, summary="Search persons")
def search_persons(request: HttpRequest, body: shapes.SearchIn) -> shapes.FoundListOut:
    """
    Persons the counter may see, by words of the name or the whole number; each look is noted with its reason.

    A POST, so that numbers stay out of addresses and logs.
    """
    who = _counter(request, body.agency_id)
    found = people.search_persons(actor=who["actor"], words=body.words)
    for person in found:
        _note(who, person.id, AccessPurpose.SEARCH, body.agency_id, body.reason)
    return shapes.FoundListOut(items=[shapes.FoundOut.told(person) for person in found])


@router.post("/persons", response={201: shapes.PersonOut}, summary="Write a person down")
def register_person(
    request: HttpRequest, response: HttpResponse, body: shapes.RegisterIn
) -> shapes.PersonOut:
    """Find the person by number or write them down. What was proved of a known one stays as it is."""
    who = by(request)
    person_id = register_person_at_counter(
        **who, agency_id=body.agency_id, seen=body.person.seen(), reason=body.reason
    )
    response["Location"] = f"{request.path}/{person_id}"
    return shapes.PersonOut.told(people.access_person(actor=who["actor"], person_id=person_id))


@router.get(PERSON, response=shapes.PersonOut, summary="Read a person")
def read_person(request: HttpRequest, person_id: UUID, agency_id: Agency, reason: Reason) -> shapes.PersonOut:
    """One whom the counter may see; the look is noted with its reason."""
    who = _counter(request, agency_id)
    person = people.access_person(actor=who["actor"], person_id=person_id)
    _note(who, person_id, AccessPurpose.COUNTER, agency_id, reason)
    return shapes.PersonOut.told(person)


@router.post(f"{PERSON}/assist", response={201: shapes.RecordedOut}, summary="Act for who is present")
def assist(request: HttpRequest, person_id: UUID, body: shapes.AssistIn) -> shapes.RecordedOut:
    """The officer may act for the person till the day ends; then begin a draft with `applicant_id`."""
    who = by(request)
    made = assist_at_counter(
        **who,
        agency_id=body.agency_id,
        person_id=person_id,
        evidence=body.evidence,
        scope=tuple(body.scope),
    )
    held = people.actor_of(who["actor"].signed_in_as, at=who["at"]).mandates
    until = next((one.until_at for one in held if one.id == made), None)
    return shapes.RecordedOut(mandate_id=made, until_at=until)


@router.post(f"{PERSON}/introduce", response={204: None}, summary="Note that the agency knows a person")
def introduce_person(request: HttpRequest, person_id: UUID, body: shapes.AgencyIn) -> None:
    """The counter notes that one whom it may see has dealings with its own agency; twice changes nothing."""
    introduce(**_counter(request, body.agency_id), person_id=person_id, agency_id=body.agency_id)


@router.get(f"{PERSON}/organisations", response=shapes.OrganisationsOut, summary="List whom one represents")
def list_represented(
    request: HttpRequest, person_id: UUID, agency_id: Agency, reason: Reason
) -> shapes.OrganisationsOut:
    """Organisations that a person the counter may see represents now."""
    who = _counter(request, agency_id)
    mandates = people.organisations_of(actor=who["actor"], person_id=person_id, at=who["at"])
    _note(who, person_id, AccessPurpose.COUNTER, agency_id, reason)
    ids = {one.principal_organisation_id for one in mandates}
    found = people.organisations_by_id(actor=who["actor"], ids={one for one in ids if one})
    return shapes.OrganisationsOut(items=[shapes.OrganisationOut.told(one) for one in found])


@router.post("/mandates", response={201: shapes.RecordedOut}, summary="Record a mandate")
def post_proved_mandate(request: HttpRequest, body: shapes.ProvedMandateIn) -> shapes.RecordedOut:
    """What papers prove: a parent, a guardian, the representative of a person or an organisation."""
    given = body.model_dump() | {"scope": tuple(body.scope)}
    return shapes.RecordedOut(mandate_id=record_mandate(**by(request), **given), until_at=body.until_at)


@router.post("/organisations", response={201: shapes.CounterWrittenOut}, summary="Record an organisation")
def post_organisation(request: HttpRequest, body: shapes.OrganisationIn) -> shapes.CounterWrittenOut:
    """Write an organisation down as its papers show it, or bring what is known in step with them."""
    return shapes.CounterWrittenOut(organisation_id=record_organisation(**by(request), **body.model_dump()))


@router.post("/organisations/search", response=shapes.OrganisationsOut, summary="Find an organisation")
def search_organisations(request: HttpRequest, body: shapes.TaxCodeIn) -> shapes.OrganisationsOut:
    """By its whole tax code, where the counter knows somebody who represents it; else nothing is found."""
    who = _counter(request, body.agency_id)
    found = people.organisation_by_tax_code(actor=who["actor"], tax_code=body.tax_code.strip())
    return shapes.OrganisationsOut(items=[shapes.OrganisationOut.told(found)] if found else [])


def _counter(request: HttpRequest, agency_id: UUID) -> By:
    """Return who asks. :raises NotAllowed: they have no post at the counter of the agency"""
    who = by(request)
    policies.require_counter(who["actor"], agency_id=agency_id)
    return who


def _note(who: By, person_id: UUID, purpose: AccessPurpose, agency_id: UUID, reason: str) -> None:
    note_access(**who, person_id=person_id, purpose=purpose, agency_id=agency_id, reason=reason)
