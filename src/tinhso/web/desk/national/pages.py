"""«Hồ sơ từ Cổng Quốc gia»: what arrived, what waits for a human, and what could not be sent."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tinhso.exchange import policies
from tinhso.exchange.actions.ask_again import ask_again
from tinhso.exchange.actions.resend_dispatch import resend_dispatch
from tinhso.exchange.actions.settle_envelope import mark_seen, refuse_envelope, settle_envelope
from tinhso.forms.types import FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotAllowed, NotFound, Refusal
from tinhso.web.desk import boxes
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.national.lists import ALL, BEFORE, arrivals_page
from tinhso.web.desk.national.one import PROCEDURE, choices_of, envelope_page
from tinhso.web.refusing import status_of

BOX_OF = {"reason-missing": boxes.REASON, "choice-missing": "", "procedure-missing": PROCEDURE}
UNPROCESSABLE = 422


@require_safe
@officers_only
def arrivals(request: HttpRequest) -> HttpResponse:
    """List what arrived; ``?xem=tat-ca`` shows what is settled, too."""
    page = arrivals_page(
        actor=actor_of(request),
        everything=request.GET.get("xem") == ALL,
        before=request.GET.get(BEFORE, ""),
    )
    return draw(request, "desk/national/list.html", page=page)


@require_safe
@officers_only
def envelope(request: HttpRequest, envelope_id: UUID) -> HttpResponse:
    """Show one; ``?q=`` searches the procedure it may be."""
    policies.require_reader(actor_of(request))
    return _show(request, envelope_id, request.GET)


@require_POST
@officers_only
def settle(request: HttpRequest, envelope_id: UUID) -> HttpResponse:
    """Answer what is in the way, and have a dossier made of it."""

    def do() -> str:
        settle_envelope(
            actor=actor_of(request), at=clock.now(), envelope_id=envelope_id, choices=choices_of(request.POST)
        )
        return _("Đã ghi lựa chọn. Hồ sơ đang được lập; kết quả hiện ở trang này sau ít giây.")

    return _done(request, envelope_id, do)


@require_POST
@officers_only
def refuse(request: HttpRequest, envelope_id: UUID) -> HttpResponse:
    """Not accept it; the applicant reads the reason on the portal."""

    def do() -> str:
        reason = boxes.reason_of(request.POST)
        refuse_envelope(actor=actor_of(request), at=clock.now(), envelope_id=envelope_id, reason=reason)
        return _("Đã từ chối. Cổng quốc gia được báo kèm lý do.")

    return _done(request, envelope_id, do)


@require_POST
@officers_only
def ask(request: HttpRequest, envelope_id: UUID) -> HttpResponse:
    """Ask the portal for the dossier as it has it now."""

    def do() -> str:
        found = ask_again(actor=actor_of(request), at=clock.now(), envelope_id=envelope_id)
        if found.pk == envelope_id:
            return _("Cổng quốc gia vẫn có đúng dữ liệu này, không có gì mới.")
        return _("Cổng quốc gia đã gửi bản mới. Bản mới đang được mở.")

    return _done(request, envelope_id, do)


@require_POST
@officers_only
def seen(request: HttpRequest, envelope_id: UUID) -> HttpResponse:
    """Say that a change was looked at."""

    def do() -> str:
        mark_seen(actor=actor_of(request), at=clock.now(), envelope_id=envelope_id)
        return _("Đã ghi là đã xem. Việc tiếp theo làm trong hồ sơ.")

    return _done(request, envelope_id, do)


@require_POST
@officers_only
def resend(request: HttpRequest, number: int) -> HttpResponse:
    """Have something sent again."""
    resend_dispatch(actor=actor_of(request), at=clock.now(), number=number)
    messages.success(request, _("Đã xếp hàng gửi lại. Các bản tin sau của hồ sơ đi theo thứ tự."))
    return redirect("desk:national")


def _done(request: HttpRequest, envelope_id: UUID, do: Callable[[], str]) -> HttpResponse:
    """Do it and go back to the envelope; a refusal shows the page with everything typed."""
    try:
        told = do()
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        box = BOX_OF.get(refusal.code, "")
        status = UNPROCESSABLE if refusal.code in BOX_OF else status_of(refusal)
        errors = (FieldError(box, box, refusal.sentence()),)
        return _show(request, envelope_id, request.POST, errors=errors, status=status)
    messages.success(request, told)
    return redirect("desk:national-envelope", envelope_id)


def _show(
    request: HttpRequest,
    envelope_id: UUID,
    data: QueryDict,
    *,
    errors: tuple[FieldError, ...] = (),
    status: int = 200,
) -> HttpResponse:
    page = envelope_page(
        actor=actor_of(request),
        envelope_id=envelope_id,
        data=data,
        words=data.get("q", "").strip()[:100],
        errors=errors,
    )
    return draw(request, "desk/national/envelope.html", status=status, page=page, errors=errors)
