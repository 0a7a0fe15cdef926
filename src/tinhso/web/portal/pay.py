"""Pay by QR code: the page, the picture to save, the question whether the money came, a new bill."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from tinhso.dossiers.actions.renew_bill import renew_bill
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
    return render(request, "portal/pay.html", {"page": page, "just_filed": JUST_FILED in request.GET})


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
def renew(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Replace a bill that lapsed."""
    try:
        renew_bill(actor=actor_of(request), at=clock.now(), dossier_id=dossier_id)
    except Refusal as refusal:
        context = {"errors": errors_of(refusal), "page": _page(request, dossier_id)}
        return render(request, "portal/pay.html", context, status=status_of(refusal))
    return redirect("portal:pay", dossier_id)


def _page(request: HttpRequest, dossier_id: UUID) -> PayPage:
    return pay_page(actor=actor_of(request), dossier_id=dossier_id, language=language())
