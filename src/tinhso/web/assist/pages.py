"""Where a helper begins: whom they help and how it stands; then who stands before them."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.edge.limits import AGENT, within
from tinhso.forms.types import FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotAllowed, NotFound, Refusal
from tinhso.people.actions import register_person_at_counter
from tinhso.web.assist import guard
from tinhso.web.assist.page import home_page
from tinhso.web.desk import intake
from tinhso.web.errors import too_many
from tinhso.web.portal.gate import actor_of
from tinhso.web.refusing import status_of

BOX_OF = {"personal-id-malformed": intake.NUMBER, "name-mismatch": intake.NAME}
WHY = "Tổ công nghệ số cộng đồng giúp nộp hồ sơ"


@guard.helpers_only
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the mandates in force, forms not filed yet, and how filed ones stand."""
    page = home_page(actor_of(request), guard.post_of(request).agency_name)
    return render(request, "assist/home.html", {"page": page})


@guard.helpers_only
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest) -> HttpResponse:
    """Find who stands there by number and name, or write them down. Nothing known of them is shown."""
    if request.method != "POST":
        return _ask(request, QueryDict())
    if not within(request, AGENT):
        return too_many(request)
    actor, at = actor_of(request), clock.now()
    seen, errors = intake.read_person(request.POST, at=at)
    if seen is None:
        return _ask(request, request.POST, errors, status=422)
    try:
        person_id = register_person_at_counter(
            actor=actor, at=at, agency_id=guard.post_of(request).agency_id, seen=seen, reason=WHY
        )
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        box = BOX_OF.get(refusal.code, "")
        wrong = (FieldError(box, box, refusal.sentence()),)
        return _ask(request, request.POST, wrong, status=422 if box else status_of(refusal))
    guard.remember(request, person_id, seen.full_name)
    return redirect("assist:word", person_id)


def _ask(
    request: HttpRequest, data: QueryDict, errors: tuple[FieldError, ...] = (), *, status: int = 200
) -> HttpResponse:
    context = {"fields": intake.person_fields(data, errors), "errors": errors}
    return render(request, "assist/person.html", context, status=status)
