"""My number on my telephone: how many are before me, where I am called."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tinhso.appointments import following
from tinhso.appointments.actions.leave_queue import leave_queue
from tinhso.appointments.states import TurnState
from tinhso.appointments.types import TicketView
from tinhso.kernel import clock
from tinhso.kernel.refusals import Refusal
from tinhso.web.halls.words import minutes, said
from tinhso.web.portal.gate import actor_of
from tinhso.web.refusing import errors_of, status_of


@dataclass(frozen=True, slots=True)
class NumberPage:
    """
    A number in words.

    :param now: one sentence: how it stands; :param then: what to do
    :param waits: it may still be given up, and the page looks again by itself
    :param alarm: it is called at this moment
    """

    label: str
    token: str
    service: str
    office: str
    now: str
    then: str
    waits: bool
    alarm: bool
    live: bool
    counter: int | None


def number_page(one: TicketView) -> NumberPage:
    """Put a number into words."""
    now, then = _sentences(one)
    return NumberPage(
        label=one.label,
        token=one.token,
        service=said(one.service_name),
        office=said(one.agency_name),
        now=now,
        then=then,
        waits=one.state is TurnState.WAITING,
        alarm=one.state is TurnState.CALLED,
        live=one.state.is_open,
        counter=one.counter,
    )


@never_cache
@require_safe
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Show how the number stands; scripts ask for the part alone. :raises NotFound: no such number"""
    page = number_page(following.ticket_by_token(token=token, at=clock.now()))
    part = "X-Part" in request.headers
    return render(request, "halls/_number.html" if part else "halls/number.html", {"page": page})


@require_POST
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Give the number up. :raises NotFound: no such number"""
    try:
        leave_queue(actor=actor_of(request), at=clock.now(), token=token)
    except Refusal as refusal:
        errors = errors_of(refusal)
        page = number_page(following.ticket_by_token(token=token, at=clock.now()))
        context = {"page": page, "errors": errors}
        return render(request, "halls/number.html", context, status=status_of(refusal))
    return redirect("halls:number", token)


def _sentences(one: TicketView) -> tuple[str, str]:
    counter = {"counter": one.counter}
    if one.state is TurnState.WAITING:
        return _waiting(one)
    return {
        TurnState.CALLED: (_("Mời bạn đến quầy %(counter)s.") % counter, _("Quầy đang chờ bạn.")),
        TurnState.SERVING: (_("Bạn đang được phục vụ ở quầy %(counter)s.") % counter, ""),
        TurnState.DONE: (_("Đã xong."), _("Cảm ơn bạn đã đến.")),
        TurnState.ABSENT: (
            _("Số của bạn đã được gọi đến quầy %(counter)s mà chưa thấy bạn.") % counter,
            _("Hãy báo ngay cán bộ ở quầy đó để được gọi lại hôm nay."),
        ),
        TurnState.TRANSFERRED: (_("Số của bạn đang được chuyển sang quầy khác."), ""),
        TurnState.LEFT: (_("Bạn đã bỏ số này."), _("Nếu vẫn cần, hãy lấy số mới.")),
        TurnState.EXPIRED: (_("Số này đã hết giờ."), _("Hãy lấy số mới hoặc đặt lịch cho ngày khác.")),
    }[one.state]


def _waiting(one: TicketView) -> tuple[str, str]:
    if one.before is None:
        return _("Số này đã hết giờ."), _("Hãy lấy số mới hoặc đặt lịch cho ngày khác.")
    if one.before == 0:
        return _("Bạn là người kế tiếp."), _("Hãy ở gần quầy và nhìn bảng gọi số.")
    before = ngettext("Còn %(count)s người trước bạn", "Còn %(count)s người trước bạn", one.before) % {
        "count": one.before
    }
    wait = minutes(one.wait_minutes)
    return f"{before}, {wait}.", _("Thời gian là ước tính từ những người vừa được phục vụ.")
