"""The counter, for an organisation: find it by tax code, write down who speaks for it and by what."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from tinhso.forms.types import FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotAllowed, NotFound, Refusal
from tinhso.people import queries as people
from tinhso.people.actions.record_organisation import TaxCodeMalformed, is_tax_code
from tinhso.people.types import OrganisationView
from tinhso.web import scoping
from tinhso.web.desk import intake as counter
from tinhso.web.desk import intake_organisation as organisations
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.looking import note_counter, note_organisation
from tinhso.web.refusing import status_of


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def organisation(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Ask for the tax code; who speaks for it already goes on, else the papers are written down."""
    actor = actor_of(request)
    counter.counter_of(actor)
    people.access_person(actor=actor, person_id=person_id)
    data = request.POST if request.method == "POST" else request.GET
    code = organisations.code_of(data.get(organisations.TAX_CODE, ""))
    if not code:
        return _ask_code(request, person_id)
    if not is_tax_code(code):
        sentence = TaxCodeMalformed().sentence()
        wrong = FieldError(organisations.TAX_CODE, organisations.TAX_CODE, sentence)
        return _ask_code(request, person_id, (wrong,), status=422)
    known = people.organisation_by_tax_code(actor=actor, tax_code=code)
    if request.method == "POST" and not scoping.is_search(data):
        return _record(request, person_id, code, known)
    if request.method != "POST" and known is not None and (going_on := _already(request, person_id, known)):
        return going_on
    return _ask_papers(request, person_id, code, known, data)


def _already(request: HttpRequest, person_id: UUID, known: OrganisationView) -> HttpResponse | None:
    speaks = organisations.speaking_for(
        actor=actor_of(request), at=clock.now(), person_id=person_id, organisation_id=known.id
    )
    return _go_on(person_id, known.id) if speaks else None


def _record(request: HttpRequest, person_id: UUID, code: str, known: OrganisationView | None) -> HttpResponse:
    actor, at, data = actor_of(request), clock.now(), request.POST
    try:
        speaks = organisations.read(data, at=at, scope=scoping.scope_of(data))
        found = organisations.represent(
            actor=actor,
            at=at,
            person_id=person_id,
            tax_code=code,
            name=data.get(organisations.NAME, ""),
            speaks=speaks,
        )
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        box = organisations.BOX_OF.get(refusal.code, "")
        errors = (FieldError(box, box, refusal.sentence()),)
        status = 422 if box else status_of(refusal)
        return _ask_papers(request, person_id, code, known, data, errors=errors, status=status)
    return _go_on(person_id, found)


def _go_on(person_id: UUID, organisation_id: UUID) -> HttpResponse:
    address = reverse("desk:choose", args=[person_id])
    return redirect(f"{address}?{urlencode({counter.ORGANISATION: str(organisation_id)})}")


def _ask_code(
    request: HttpRequest, person_id: UUID, errors: tuple[FieldError, ...] = (), *, status: int = 200
) -> HttpResponse:
    person = people.access_person(actor=actor_of(request), person_id=person_id)
    field = organisations.code_field(request.GET, errors)
    return draw(request, "desk/organisation.html", status, person=person, code=field, errors=errors)


def _ask_papers(
    request: HttpRequest,
    person_id: UUID,
    code: str,
    known: OrganisationView | None,
    data: QueryDict,
    *,
    errors: tuple[FieldError, ...] = (),
    status: int = 200,
) -> HttpResponse:
    actor, at = actor_of(request), clock.now()
    agency_id = counter.counter_of(actor).agency_id
    note_counter(actor=actor, at=at, person_id=person_id, agency_id=agency_id)
    if known is not None:
        note_organisation(actor=actor, at=at, organisation=known, agency_id=agency_id)
    return draw(
        request,
        "desk/represents.html",
        status,
        person=people.access_person(actor=actor, person_id=person_id),
        tax_code=code,
        known=known,
        fields=organisations.fields_of(data, known, errors),
        scope=scoping.scope_choice(data, organisations.offered()),
        errors=errors,
    )
