"""Where does it stand? For whoever knows the code, without a name or a paper."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tinhso.definitions import catalogue
from tinhso.dossiers import queries
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.statuses import FINAL, WAITING, Status
from tinhso.edge.limits import TRACK, within
from tinhso.kernel.refusals import NotFound
from tinhso.people.types import Actor
from tinhso.web.errors import too_many
from tinhso.web.parts import LinkedError
from tinhso.web.portal.dossier_page import Office, Progress, office, progress
from tinhso.web.portal.gate import actor_of, is_citizen
from tinhso.web.portal.language import language
from tinhso.web.portal.words import LOOKS, Standing

LONGEST = 60
BOX = "ma"
UNKNOWN = _("Không có hồ sơ nào mang mã này. Hãy xem lại mã trên giấy tiếp nhận hoặc tin nhắn.")
NO_CODE = _("Hãy nhập mã hồ sơ, ví dụ 000.00.44.H49-261121-0003.")


@dataclass(frozen=True, slots=True)
class TrackPage:
    """What anybody may know: Circular 01/2018/TT-VPCP Article 16."""

    code: str
    standing: Standing
    progress: Progress | None
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
    typed = request.GET[BOX][: 2 * LONGEST]
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


def normalised(typed: str) -> str:
    """
    Return the code as it is kept, however it was typed or read from paper.

    >>> normalised(" 000.00.44.h49 – 261121 -0003 ")
    '000.00.44.H49-261121-0003'
    """
    return re.sub(r"\s+", "", re.sub(r"[\u2010-\u2015\u2212]", "-", typed)).upper()[:LONGEST]


def track_page(dossier: Dossier, language: str) -> TrackPage:
    """Return the public view of a dossier; of a result nobody is told whether it was granted."""
    procedure = catalogue.of_version(dossier.version_id).procedure
    tone, icon = LOOKS[dossier.state]
    is_over = dossier.state in FINAL
    return TrackPage(
        code=dossier.code,
        standing=Standing(str(dossier.state.label), tone, icon, ""),
        progress=None if is_over else progress(dossier, procedure, language),
        office=office(dossier.agency, language),
        filed_at=dossier.filed_at,
        due_at=None if dossier.state in FINAL | WAITING | {Status.DECIDED} else dossier.due_at,
        finished_at=dossier.finished_at,
    )


def _own(actor: Actor, code: str) -> Dossier | None:
    """Return the citizen's own dossier; a code of somebody else's is no fault."""
    if not is_citizen(actor):
        return None
    try:
        return queries.dossier_by_code(actor=actor, code=code)
    except NotFound:
        return None
