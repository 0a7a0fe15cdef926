"""The page of one act: its form on GET, the act on POST; a refusal shows the form with everything typed."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from tinhso.dossiers.actions.request_supplement import NothingMissing
from tinhso.dossiers.refusals import FormIncomplete, MoveNotPossible
from tinhso.forms.types import FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotFound, Refusal
from tinhso.web.desk import supplement
from tinhso.web.desk.act_forms import BOX_OF, fields_of
from tinhso.web.desk.acts import ACTS
from tinhso.web.desk.case import case_page, situation_of
from tinhso.web.desk.deeds import Act, Deed
from tinhso.web.desk.forms_more import regrouped
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.kept import typed
from tinhso.web.desk.neighbours import BACK, PLACE, beside, filters_of, url_of
from tinhso.web.desk.offers import Situation, slugs_of
from tinhso.web.refusing import status_of

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def act(request: HttpRequest, dossier_id: UUID, slug: str) -> HttpResponse:
    """Ask for what the act needs, or do it."""
    wanted = ACTS.get(slug)
    if wanted is None:
        raise Http404
    at = clock.now()
    case = situation_of(actor=actor_of(request), at=at, dossier_id=dossier_id)
    if request.method != "POST":
        return _show(request, case, wanted, slug, typed(request), at=at)
    if wanted.form == "correct" and (changed := regrouped(case, request.POST)) is not None:
        return _show(request, case, wanted, slug, changed, at=at)
    try:
        told = wanted.do(_deed(request, case, at=at))
    except NotFound:
        raise
    except Refusal as refusal:
        return _refused(request, case.dossier.pk, wanted, slug, refusal, at=at)
    url = _after(request, wanted, dossier_id, at=at)
    if url != case_url(dossier_id, request.POST.get(BACK, "")) and request.POST.get(PLACE):
        told = f"{case.dossier.code}: {told}"
    messages.success(request, told)
    return redirect(url)


def _deed(request: HttpRequest, case: Situation, *, at: datetime) -> Deed:
    revision = request.POST.get("revision", "")
    # A form without its revision is as stale as can be.
    number = int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 10 else 0
    return Deed(actor=case.actor, at=at, case=case, revision=number, data=request.POST)


def _refused(
    request: HttpRequest, dossier_id: UUID, wanted: Act, slug: str, refusal: Refusal, *, at: datetime
) -> HttpResponse:
    case = situation_of(actor=actor_of(request), at=at, dossier_id=dossier_id)
    errors: tuple[FieldError, ...]
    if isinstance(refusal, FormIncomplete):
        errors, status = refusal.errors, UNPROCESSABLE
    else:
        box = BOX_OF.get(refusal.code, "")
        errors = (FieldError(box, box, refusal.sentence()),)
        status = UNPROCESSABLE if box or isinstance(refusal, NothingMissing) else status_of(refusal)
    return _show(request, case, wanted, slug, request.POST, at=at, errors=errors, status=status)


def _show(
    request: HttpRequest,
    case: Situation,
    wanted: Act,
    slug: str,
    data: QueryDict,
    *,
    at: datetime,
    errors: tuple[FieldError, ...] = (),
    status: int = 200,
) -> HttpResponse:
    is_part = getattr(request, "htmx", False) and request.method == "GET"
    back = data.get(BACK) or request.GET.get(BACK, "")
    place = data.get(PLACE) or request.GET.get(PLACE, "")
    page = case_page(case, back=back, place=place)
    if request.method != "POST" and slug not in slugs_of(page.offers):
        raise MoveNotPossible(status=case.dossier.state.label)
    main = page.offers.main
    return draw(
        request,
        "desk/act_form.html" if is_part else "desk/act.html",
        status=status,
        case=page,
        act=wanted,
        slug=slug,
        button=main.label if main and main.slug == slug else wanted.button,
        fields=fields_of(wanted.form, case, data, errors, at=at),
        builder=supplement.builder_of(case, data) if wanted.form == "supplement" else None,
        bill=case.open_bill if wanted.form == "cash" else None,
        errors=errors,
        back_url=case_url(case.dossier.pk, back),
        is_part=is_part,
    )


def _after(request: HttpRequest, done: Act, dossier_id: UUID, *, at: datetime) -> str:
    """
    Return where the officer goes on; ``ve`` can only name a view of ours.

    Who came from a list's panel goes back to the list; who walks through it dossier by dossier, to the next.
    """
    back, place = request.POST.get(BACK, ""), request.POST.get(PLACE, "")
    if not back:
        return case_url(dossier_id, "")
    if not place:
        return f"{reverse('desk:inbox')}?{QueryDict(back).urlencode()}"
    if done.stays:
        return case_url(dossier_id, back)
    actor = actor_of(request)
    following = beside(actor=actor, at=at, back=back, place=place)
    if following is None:
        following = beside(actor=actor, at=at, back=back, place=place, backwards=True)
    filters = filters_of(actor, back)
    return filters.url(chosen="", after="") if following is None else url_of(following, filters)


def case_url(dossier_id: UUID, back: str) -> str:
    """Return the address of a dossier's page, with the way back to the list the officer came from."""
    page = reverse("desk:dossier", args=[dossier_id])
    return f"{page}?{urlencode({BACK: back})}" if back else page
