"""Records whose time of keeping is over: the list by the day it ended, and the decision on one."""

from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.forms.types import FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotAllowed, NotFound, Refusal
from tinhso.people.types import Actor
from tinhso.registers import keeping
from tinhso.registers.actions.review_retention import decide_retention
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.kept import typed
from tinhso.web.refusing import status_of
from tinhso.web.registers import forms
from tinhso.web.registers.forms import REASON, UNTIL, Errors
from tinhso.web.registers.keeping_page import (
    AFTER,
    ERASE,
    FOR_GOOD,
    MOST,
    READ,
    REGISTER,
    TILL,
    WHAT,
    decide_page,
    keeping_page,
)
from tinhso.web.registers.pages import UNPROCESSABLE


@require_safe
@officers_only
def waiting(request: HttpRequest) -> HttpResponse:
    """List what waits for the officer's decision, of all registers or of one."""
    actor, chosen = actor_of(request), request.GET.get(REGISTER, "")
    keeping.require_keeper(actor=actor, register_id=chosen)
    after = request.GET.get(AFTER, "")
    reviews = keeping.open_reviews(actor=actor, register_id=chosen, after=after, limit=MOST)
    page = keeping_page(reviews, keeping.waiting(actor=actor), chosen, after)
    return draw(request, "registers/keeping.html", page=page)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def decide(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Show what goes and what stays behind; keep the record, or empty it."""
    actor, data = actor_of(request), typed(request)
    review = keeping.access_review(actor=actor, review_id=review_id)
    errors: Errors = ()
    status = 200
    if request.method == "POST":
        until, errors = _asked(data)
        status = UNPROCESSABLE
        if not errors:
            try:
                _decide(actor, clock.now(), review_id, data, until)
            except (NotFound, NotAllowed):
                raise
            except Refusal as refusal:
                errors, status = forms.errors_of(refusal), status_of(refusal)
                review = keeping.access_review(actor=actor, review_id=review_id)
            else:
                messages.success(request, _told(data))
                return redirect("registers:keeping")
    page = decide_page(review, data, errors)
    return draw(request, "registers/keep.html", status, page=page, errors=errors)


def _asked(data: QueryDict) -> tuple[date | None, Errors]:
    """Return the day until which it stays, and what the form does not say."""
    what = data.get(WHAT, "")
    if what not in (FOR_GOOD, TILL, ERASE):
        return None, (FieldError(WHAT, WHAT, _("Hãy chọn giữ lại hay xóa bản ghi này.")),)
    if what == ERASE and not data.get(READ):
        sentence = _("Hãy đánh dấu rằng bạn hiểu nội dung đã xóa không lấy lại được.")
        return None, (FieldError(READ, READ, sentence),)
    if what != TILL:
        return None, ()
    (until,), errors = forms.days_of(data, UNTIL)
    box = f"{UNTIL}-day"
    if until is None and not errors:
        errors = (FieldError(box, box, _("Hãy ghi ngày mà bản ghi được hỏi lại.")),)
    return until, errors


def _decide(actor: Actor, at: datetime, review_id: UUID, data: QueryDict, until: date | None) -> None:
    decide_retention(
        actor=actor,
        at=at,
        review_id=review_id,
        erase=data[WHAT] == ERASE,
        reason=data.get(REASON, ""),
        kept_until=until,
    )


def _told(data: QueryDict) -> str:
    if data[WHAT] == ERASE:
        return _("Đã xóa nội dung của bản ghi. Mã băm của từng phiên bản, lý do và dòng nhật ký còn lại.")
    if data[WHAT] == TILL:
        return _("Bản ghi được giữ nguyên và sẽ hiện lại ở đây khi đến ngày bạn ghi.")
    return _("Bản ghi được giữ nguyên và không bị hỏi lại.")
