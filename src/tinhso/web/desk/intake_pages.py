"""The counter: find the person or write them down, choose the procedure, go on to its form."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhso.forms.types import FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotFound, Refusal
from tinhso.people import actions as people_actions
from tinhso.people import queries as people
from tinhso.people.actions.assist import PersonalIdMalformed
from tinhso.web.desk import boxes, postal
from tinhso.web.desk import intake as counter
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.looking import note_counter
from tinhso.web.refusing import status_of

BOX_OF = {
    "personal-id-malformed": counter.NUMBER,
    "name-mismatch": counter.NAME,
    "presence-not-confirmed": counter.PRESENT,
    "choose-procedure": counter.PROCEDURE,
    "agency-missing": counter.UNIT,
    "choose-organisation": counter.ORGANISATION,
    "mandate-missing": counter.ORGANISATION,
    "audience-too-narrow": counter.PROCEDURE,
    "channel-closed": counter.PROCEDURE,
    **postal.BOX_OF,
}


@require_safe
@officers_only
def intake(request: HttpRequest) -> HttpResponse:
    """Ask for the number; a known person leads on, an unknown one is written down."""
    actor = actor_of(request)
    counter.counter_of(actor)
    number = counter.digits_of(request.GET.get(counter.NUMBER, ""))
    if not number:
        return _ask_number(request)
    if not counter.is_personal_id(number):
        sentence = PersonalIdMalformed().sentence()
        return _ask_number(request, (FieldError(counter.NUMBER, counter.NUMBER, sentence),), status=422)
    if (person := people.person_by_personal_id(actor=actor, personal_id=number)) is not None:
        return redirect("desk:choose", person.id)
    data = QueryDict(mutable=True)
    data[counter.NUMBER] = number
    return draw(request, "desk/register.html", fields=counter.person_fields(data))


@require_POST
@officers_only
def register(request: HttpRequest) -> HttpResponse:
    """Write down who stands at the counter."""
    actor, at = actor_of(request), clock.now()
    post = counter.counter_of(actor)
    seen, errors = counter.read_person(request.POST, at=at)
    if seen is None:
        return _register_again(request, errors, status=422)
    try:
        person_id = people_actions.register_person_at_counter(
            actor=actor, at=at, agency_id=post.agency_id, seen=seen, reason=_("Nộp hồ sơ tại quầy")
        )
    except Refusal as refusal:
        box = BOX_OF.get(refusal.code, "")
        return _register_again(
            request, (FieldError(box, box, refusal.sentence()),), status=422 if box else status_of(refusal)
        )
    return redirect("desk:choose", person_id)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def choose(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Choose the procedure and the place, and go on to the form."""
    actor, at = actor_of(request), clock.now()
    if request.method != "POST":
        return _choose(request, person_id, request.GET)
    try:
        started = counter.begin(
            actor=actor,
            at=at,
            person_id=person_id,
            procedure=request.POST.get(counter.PROCEDURE, ""),
            unit=request.POST.get(counter.UNIT, ""),
            is_present=bool(request.POST.get(counter.PRESENT)),
            organisation=request.POST.get(counter.ORGANISATION, ""),
            arrived=postal.arrived_of(request.POST, at=at),
            send_to=postal.send_to_of(request.POST),
        )
    except Refusal as refusal:
        box = BOX_OF.get(refusal.code, "")
        if isinstance(refusal, NotFound) and not box:
            raise
        errors = (FieldError(box, box, refusal.sentence()),)
        return _choose(
            request, person_id, request.POST, errors=errors, status=422 if box else status_of(refusal)
        )
    return redirect(f"/to-khai/{started.draft_id}/{started.first_page}/")


def _ask_number(
    request: HttpRequest, errors: tuple[FieldError, ...] = (), *, status: int = 200
) -> HttpResponse:
    number = boxes.field(
        counter.NUMBER,
        "personal_id",
        _("Số định danh cá nhân"),
        request.GET,
        hint=_("12 chữ số trên thẻ căn cước. Ví dụ: 022 191 004 512"),
        errors=errors,
        inputmode="numeric",
        max_length=20,
    )
    return draw(request, "desk/intake.html", status=status, number=number, errors=errors)


def _register_again(request: HttpRequest, errors: tuple[FieldError, ...], *, status: int) -> HttpResponse:
    fields = counter.person_fields(request.POST, errors)
    return draw(request, "desk/register.html", status=status, fields=fields, errors=errors)


def _choose(
    request: HttpRequest,
    person_id: UUID,
    data: QueryDict,
    *,
    errors: tuple[FieldError, ...] = (),
    status: int = 200,
) -> HttpResponse:
    actor, at = actor_of(request), clock.now()
    post = counter.counter_of(actor)
    person = people.access_person(actor=actor, person_id=person_id)
    note_counter(actor=actor, at=at, person_id=person_id, agency_id=post.agency_id)
    words = data.get("q", "").strip()[:100]
    organisation = data.get(counter.ORGANISATION, "")
    chosen_unit = data.get(counter.UNIT) or person.residence_commune or post.unit_code
    return draw(
        request,
        "desk/choose.html",
        status=status,
        person=person,
        words=words,
        parties=counter.parties(actor=actor, at=at, person=person, chosen=organisation),
        kept={"name": counter.ORGANISATION, "value": organisation},
        services=counter.services(
            words, data.get(counter.PROCEDURE, ""), at=at, for_organisation=bool(organisation)
        ),
        units=counter.units(at=at, chosen=chosen_unit),
        is_present=bool(data.get(counter.PRESENT)),
        postal=postal.postal_form(data, person, errors),
        errors=errors,
    )
