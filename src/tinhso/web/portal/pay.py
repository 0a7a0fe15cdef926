"""Pay by QR code: the page, the picture to save, the question whether the money came, a new bill."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.dossiers.actions.pay_at_platform import pay_at_platform
from tinhso.dossiers.actions.renew_bill import renew_bill
from tinhso.edge.paying import CAME_BACK, return_address
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotFound, Refusal
from tinhso.payments import pictures
from tinhso.web.portal.dossier import JUST_FILED
from tinhso.web.portal.gate import actor_of, citizens_only, sent_from
from tinhso.web.portal.language import language
from tinhso.web.portal.pay_page import PayPage, pay_page
from tinhso.web.refusing import errors_of, status_of

NOTHING_NEW = 204


@citizens_only
@require_safe
def show(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Show the bill. Asked by the page itself (``?da-thay=``), answer only when something changed."""
    page = _page(request, dossier_id)
    if request.headers.get("HX-Request") == "true":
        if request.GET.get("da-thay") == page.seen:
            return HttpResponse(status=NOTHING_NEW)
        return render(request, "portal/_bill.html", {"page": page})
    told = {"just_filed": JUST_FILED in request.GET, "came_back": CAME_BACK in request.GET}
    return render(request, "portal/pay.html", {"page": page, **told})


@citizens_only
@require_safe
def picture(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Return the QR code as a picture: a phone cannot scan its own screen, its banking app opens the file."""
    bill = _page(request, dossier_id).bill
    if bill is None or not bill.is_open:
        raise NotFound
    headers = {"Content-Disposition": f'attachment; filename="{bill.reference}.png"'}
    return HttpResponse(pictures.as_png(bill.payload), content_type="image/png", headers=headers)


@citizens_only
@sent_from("portal:pay", "dossier_id")
def by_platform(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Go and pay at the national portal's platform."""
    actor, at = actor_of(request), clock.now()
    try:
        address = pay_at_platform(
            actor=actor, at=at, dossier_id=dossier_id, return_url=return_address(dossier_id)
        )
    except NotFound:
        raise
    except Refusal as refusal:
        return _refused(request, dossier_id, refusal, _("Chưa mở được trang thanh toán của Cổng"))
    return redirect(address)


@citizens_only
@sent_from("portal:pay", "dossier_id")
def renew(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Replace a bill that lapsed."""
    try:
        renew_bill(actor=actor_of(request), at=clock.now(), dossier_id=dossier_id)
    except Refusal as refusal:
        return _refused(request, dossier_id, refusal, _("Chưa lập được phiếu mới"))
    return redirect("portal:pay", dossier_id)


def _refused(request: HttpRequest, dossier_id: UUID, refusal: Refusal, title: str) -> HttpResponse:
    context = {"errors": errors_of(refusal), "wrong": title, "page": _page(request, dossier_id)}
    return render(request, "portal/pay.html", context, status=status_of(refusal))


def _page(request: HttpRequest, dossier_id: UUID) -> PayPage:
    return pay_page(actor=actor_of(request), at=clock.now(), dossier_id=dossier_id, language=language())
