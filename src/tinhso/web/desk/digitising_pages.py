"""The counter's scanner: take the pages, compare them with the paper, sign the copy."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tinhso.dossiers import queries
from tinhso.dossiers.actions.digitise import scan_for_draft, scan_for_person, sign_copy
from tinhso.forms.types import FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotAllowed, NotFound, Refusal
from tinhso.papers.actions.scan_paper import discard_scan
from tinhso.papers.wallet import access_scan
from tinhso.web.desk import digitising
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.intake import counter_of
from tinhso.web.desk.looking import note_counter
from tinhso.web.refusing import status_of

BOX_OF = {"choose-paper-kind": digitising.KIND, "say-whether-it-matches": f"{digitising.MATCHES}-1"}
WORD = {"co": True, "khong": False}


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def for_draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Digitise a paper a form asks for. :raises NotFound: no such draft of theirs, or no such part"""
    actor = actor_of(request)
    post, part = counter_of(actor), request.GET.get(digitising.PART, "")
    draft = queries.access_draft(actor=actor, draft_id=draft_id)
    page = digitising.for_draft(draft, part)
    if request.method != "POST":
        return draw(request, "desk/scan_new.html", page=page)
    try:
        taken = scan_for_draft(
            actor=actor,
            at=clock.now(),
            agency_id=post.agency_id,
            draft_id=draft_id,
            requirement=part,
            content=digitising.files_of(request),
        )
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        return _again(request, page, refusal)
    return redirect("desk:scan", taken.id)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def for_person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Digitise a paper for the keeping of who stands at the counter. :raises NotFound: they are not known"""
    actor, at = actor_of(request), clock.now()
    post, kind = counter_of(actor), request.POST.get(digitising.KIND, "")
    page = digitising.for_person(actor, person_id, kind)
    if request.method != "POST":
        note_counter(actor=actor, at=at, person_id=person_id, agency_id=post.agency_id)
        return draw(request, "desk/scan_new.html", page=page)
    try:
        taken = scan_for_person(
            actor=actor,
            at=at,
            agency_id=post.agency_id,
            person_id=person_id,
            kind=kind,
            content=digitising.files_of(request),
        )
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        return _again(request, page, refusal)
    return redirect("desk:scan", taken.id)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def scan(request: HttpRequest, scan_id: UUID) -> HttpResponse:
    """Show the pages beside the question whether they match; sign, or throw them away."""
    actor, at = actor_of(request), clock.now()
    counter_of(actor)
    if request.method != "POST":
        return _show(request, scan_id)
    try:
        if request.POST.get("do") == "discard":
            again = digitising.scan_page(actor, access_scan(actor=actor, scan_id=scan_id)).again_url
            discard_scan(actor=actor, at=at, scan_id=scan_id)
            messages.success(request, _("Đã bỏ bản chụp. Hãy quét hoặc chụp lại."))
            return redirect(again)
        sign_copy(
            actor=actor,
            at=at,
            scan_id=scan_id,
            matches=WORD.get(request.POST.get(digitising.MATCHES, "")),
        )
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        box = BOX_OF.get(refusal.code, "")
        errors = (FieldError(box, box, refusal.sentence()),)
        return _show(request, scan_id, errors, status=422 if box else status_of(refusal))
    return redirect("desk:scan", scan_id)


def _again(request: HttpRequest, page: digitising.NewScan, refusal: Refusal) -> HttpResponse:
    box = BOX_OF.get(refusal.code, digitising.FILES)
    errors = (FieldError(box, box, refusal.sentence()),)
    return draw(request, "desk/scan_new.html", 422, page=page, errors=errors)


def _show(
    request: HttpRequest, scan_id: UUID, errors: tuple[FieldError, ...] = (), *, status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    page = digitising.scan_page(actor, access_scan(actor=actor, scan_id=scan_id))
    return draw(request, "desk/scan.html", status, page=page, errors=errors)
