"""The control sheet of a dossier and the register book of an agency, as PDF."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.dossiers.control_sheet import control_sheet
from tinhso.dossiers.register_book import (
    VOLUME,
    Book,
    Period,
    PeriodWrong,
    book_of,
    readable_agencies,
    volume_of,
)
from tinhso.forms.types import Field, FieldError
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import NotAllowed
from tinhso.web.desk import boxes
from tinhso.web.desk.filters import as_uuid
from tinhso.web.desk.guard import actor_of, draw, officers_only

PDF = "application/pdf"
AGENCY, FIRST, LAST = "co-quan", "tu-ngay", "den-ngay"
UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Volume:
    """:param holds: which dossiers of the book it has, e.g. «1–500»"""

    number: int
    holds: str
    url: str


@require_safe
@officers_only
def sheet(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Show the control sheet (Mẫu 06)."""
    pdf = control_sheet(actor=actor_of(request), at=clock.now(), dossier_id=dossier_id)
    return _inline(pdf, "mau-06-phieu-kiem-soat.pdf")


@require_safe
@officers_only
def book(request: HttpRequest) -> HttpResponse:
    """Choose agency and period, and open the volumes of the book (Mẫu 07)."""
    wanted, found = _wanted(request), None
    errors: tuple[FieldError, ...] = ()
    try:
        found = book_of(actor=actor_of(request), agency_id=_agency(request), period=wanted)
    except PeriodWrong as refusal:
        errors = (FieldError(FIRST, f"{FIRST}-day", refusal.sentence()),)
    return draw(
        request,
        "desk/book.html",
        status=UNPROCESSABLE if errors else 200,
        fields=_fields(request, wanted, errors),
        errors=errors,
        book=found,
        volumes=_volumes(found) if found else (),
    )


@require_safe
@officers_only
def volume(request: HttpRequest, number: int) -> HttpResponse:
    """Show one volume."""
    pdf = volume_of(
        actor=actor_of(request),
        at=clock.now(),
        agency_id=_agency(request),
        period=_wanted(request),
        number=number,
    )
    return _inline(pdf, f"mau-07-so-theo-doi-tap-{number}.pdf")


def _wanted(request: HttpRequest) -> Period:
    """Return the days asked for; this month so far when none, or no days at all, were given."""
    today = local(clock.now()).date()
    first = boxes.day_of(request.GET, FIRST) or today.replace(day=1)
    return Period(first, boxes.day_of(request.GET, LAST) or max(today, first))


def _agency(request: HttpRequest) -> UUID:
    given = as_uuid(request.GET.get(AGENCY, ""))
    if given is not None:
        return given
    own = readable_agencies(actor_of(request))
    if not own:
        raise NotAllowed
    return own[0].agency_id


def _fields(request: HttpRequest, period: Period, errors: tuple[FieldError, ...]) -> tuple[Field, ...]:
    shown = request.GET.copy()
    for name, on in ((FIRST, period.first), (LAST, period.last)):
        for part, value in (("day", on.day), ("month", on.month), ("year", on.year)):
            shown.setdefault(f"{name}-{part}", str(value))
    posts = readable_agencies(actor_of(request))
    agencies = [(str(post.agency_id), post.agency_name) for post in posts]
    chosen = str(_agency(request))
    days = (
        boxes.field(FIRST, "date", _("Từ ngày"), shown, errors=errors),
        boxes.field(LAST, "date", _("Đến ngày"), shown, errors=errors),
    )
    if len(agencies) < 2:
        return days
    return (boxes.field(AGENCY, "one_of", _("Cơ quan"), shown, options=agencies, default=chosen), *days)


def _volumes(found: Book) -> tuple[Volume, ...]:
    asked = {AGENCY: str(found.agency_id)} | _days(FIRST, found.period.first) | _days(LAST, found.period.last)
    return tuple(
        Volume(
            number=number,
            holds=f"{(number - 1) * VOLUME + 1}–{min(number * VOLUME, found.count)}",
            url=f"{reverse('desk:volume', args=[number])}?{urlencode(asked)}",
        )
        for number in range(1, found.volumes + 1)
        if found.count
    )


def _days(name: str, on: date) -> dict[str, str]:
    return {f"{name}-day": str(on.day), f"{name}-month": str(on.month), f"{name}-year": str(on.year)}


def _inline(pdf: bytes, name: str) -> HttpResponse:
    response = HttpResponse(pdf, content_type=PDF)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
