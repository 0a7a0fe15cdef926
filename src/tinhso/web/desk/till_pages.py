"""The till of the counter: open it, see what came, correct a mistake, count it and hand the money over."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhso.forms.types import FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotAllowed, NotFound, Refusal
from tinhso.payments import shifts
from tinhso.payments.actions.keep_till import close_till, open_till
from tinhso.payments.actions.take_back_receipt import take_back_receipt
from tinhso.web.desk import boxes
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.till_page import (
    COUNTED,
    HANDED,
    NOTE,
    OPENING,
    SLIP,
    officer_name,
    required_post,
    sum_of,
    till_page,
)
from tinhso.web.refusing import status_of

REASON = "ly-do"
BOX_OF = {
    "handed-over-without-slip": SLIP,
    "till-difference-unexplained": NOTE,
    "storno-without-reason": REASON,
}


@require_safe
@officers_only
def till(request: HttpRequest) -> HttpResponse:
    """Show the officer's till and the closed ones they may see."""
    return _till(request, QueryDict())


@require_POST
@officers_only
def opening(request: HttpRequest) -> HttpResponse:
    """Open the till."""
    actor = actor_of(request)
    post = required_post(actor)
    opened = sum_of(request.POST, OPENING)
    try:
        open_till(actor=actor, at=clock.now(), agency_id=post.agency_id, opening=opened)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return _till(request, request.POST, refusal, box=OPENING)
    messages.success(request, _("Đã mở ca thu."))
    return redirect("desk:till")


@require_POST
@officers_only
def closing(request: HttpRequest) -> HttpResponse:
    """Close the till."""
    actor, data = actor_of(request), request.POST
    post = required_post(actor)
    try:
        shift = close_till(
            actor=actor,
            at=clock.now(),
            agency_id=post.agency_id,
            counted=sum_of(data, COUNTED),
            handed_over=sum_of(data, HANDED),
            slip=data.get(SLIP, ""),
            note=data.get(NOTE, ""),
        )
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return _till(request, data, refusal, box=COUNTED)
    messages.success(request, _("Đã chốt ca thu. Hãy in bảng kê để nộp kèm."))
    return redirect("desk:till-shift", shift.id)


@require_safe
@officers_only
def shift(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """Show one till as the report that goes with its money. :raises NotFound: absent, or not to be seen"""
    found = shifts.access_shift(actor=actor_of(request), shift_id=shift_id)
    who = officer_name(found.account_id)
    return draw(request, "desk/till_shift.html", shift=found, who=who)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def storno(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    """Ask why a receipt is wrong, or take it back."""
    actor = actor_of(request)
    required_post(actor)
    receipt = shifts.access_receipt(actor=actor, receipt_id=receipt_id)
    errors: tuple[FieldError, ...] = ()
    status = 200
    if request.method == "POST":
        try:
            why = request.POST.get(REASON, "")
            take_back_receipt(actor=actor, at=clock.now(), receipt_id=receipt_id, reason=why)
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            errors, status = _wrong(refusal, ""), status_of(refusal)
        else:
            messages.success(request, _("Đã hủy phiếu thu %(number)s.") % {"number": receipt.number})
            return redirect("desk:till")
    field = boxes.field(
        REASON, "long_text", _("Vì sao phiếu này sai"), request.POST, errors=errors, max_length=500
    )
    return draw(request, "desk/till_storno.html", status, receipt=receipt, field=field, errors=errors)


def _till(
    request: HttpRequest, data: QueryDict, refusal: Refusal | None = None, *, box: str = ""
) -> HttpResponse:
    errors = _wrong(refusal, box) if refusal else ()
    page = till_page(actor=actor_of(request), data=data, errors=errors)
    status = status_of(refusal) if refusal else 200
    return draw(request, "desk/till.html", status, page=page, errors=errors)


def _wrong(refusal: Refusal, box: str) -> tuple[FieldError, ...]:
    name = BOX_OF.get(refusal.code, box)
    return (FieldError(name, name, refusal.sentence()),)
