"""Where does it stand? For whoever knows the code, without a name or a paper."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tinhso.dossiers import queries
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.tracking import LONGEST_CODE, Place, normalised, public_view
from tinhso.edge.limits import TRACK, within
from tinhso.kernel.refusals import NotFound
from tinhso.people.types import Actor
from tinhso.web.errors import too_many
from tinhso.web.parts import LinkedError
from tinhso.web.portal.dossier_page import Office, office
from tinhso.web.portal.gate import actor_of, is_citizen
from tinhso.web.portal.language import language
from tinhso.web.portal.words import LOOKS, Standing, agency_name

BOX = "ma"
UNKNOWN = _("Không có hồ sơ nào mang mã này. Hãy xem lại mã trên giấy tiếp nhận hoặc tin nhắn.")
NO_CODE = _("Hãy nhập mã hồ sơ, ví dụ 000.00.44.H49-261121-0003.")


@dataclass(frozen=True, slots=True)
class PublicProgress:
    """How far the case is, and the agency it lies with."""

    current: int
    total: int
    holder: str


@dataclass(frozen=True, slots=True)
class TrackPage:
    """What anybody may know: Circular 01/2018/TT-VPCP Article 16."""

    code: str
    standing: Standing
    progress: PublicProgress | None
    office: Office
    filed_at: datetime
    due_at: datetime | None
    finished_at: datetime | None


@never_cache
@require_safe
def track(request: HttpRequest) -> HttpResponse:
    """Ask for a code and show what is public; lead who is signed in to their own page."""
    if BOX not in request.GET:
        return render(request, "portal/track.html")
    typed = request.GET[BOX][: 2 * LONGEST_CODE]
    if not within(request, TRACK):
        return too_many(request)
    code = normalised(typed)
    try:
        if (own := _own(actor_of(request), code)) is not None:
            return redirect("portal:dossier", own.id)
        page = track_page(queries.public_by_code(code), language())
    except NotFound:
        errors = (LinkedError(BOX, str(UNKNOWN if code else NO_CODE)),)
        return render(request, "portal/track.html", {"errors": errors, "typed": typed}, status=404)
    return render(request, "portal/track.html", {"page": page, "typed": code})


def track_page(dossier: Dossier, language: str) -> TrackPage:
    """Return the public view of a dossier, in words."""
    public = public_view(dossier)
    tone, icon = LOOKS[public.state]
    return TrackPage(
        code=public.code,
        standing=Standing(str(public.state.label), tone, icon, ""),
        progress=_progress(public.place, language),
        office=office(public.agency, language),
        filed_at=public.filed_at,
        due_at=public.due_at,
        finished_at=public.finished_at,
    )


def _progress(place: Place | None, language: str) -> PublicProgress | None:
    if place is None:
        return None
    return PublicProgress(place.current, place.total, agency_name(place.agency, language))


def _own(actor: Actor, code: str) -> Dossier | None:
    """Return the citizen's own dossier; a code of somebody else's is no fault."""
    if not is_citizen(actor):
        return None
    try:
        return queries.dossier_by_code(actor=actor, code=code)
    except NotFound:
        return None
