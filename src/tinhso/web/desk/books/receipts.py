"""An electronic receipt at the desk: to print, and to replace when the payer is written wrongly."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.bookkeeping import policies, queries
from tinhso.bookkeeping.actions.replace_receipt import replace_receipt
from tinhso.forms.types import Field, FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotAllowed, NotFound, Refusal
from tinhso.payments import queries as payments
from tinhso.web.desk import boxes
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.refusing import status_of

NAME, ADDRESS, WHY = "nguoi-nop", "dia-chi", "vi-sao"


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def receipt(request: HttpRequest, receipt_id: UUID) -> HttpResponse:
    """Show a receipt, or replace it. :raises NotFound: absent, or of an agency that is not theirs"""
    actor = actor_of(request)
    row = queries.access_row(actor=actor, receipt_id=receipt_id)
    errors: tuple[FieldError, ...] = ()
    status = 200
    if request.method == "POST":
        try:
            made = replace_receipt(
                actor=actor,
                at=clock.now(),
                receipt_id=receipt_id,
                payer_name=request.POST.get(NAME, ""),
                payer_address=request.POST.get(ADDRESS, ""),
                reason=request.POST.get(WHY, ""),
            )
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            errors, status = (FieldError(NAME, NAME, refusal.sentence()),), status_of(refusal)
        else:
            messages.success(request, _("Đã lập biên lai thay thế số %(number)s.") % {"number": made.number})
            return redirect("desk:books-receipt", made.id)
    view = queries.receipt_view(row)
    of_same = queries.receipts_of_bills(actor=actor, bill_ids=[view.bill_id])
    may_replace = view.state == "valid" and row.about is None and _may(request, row.bill)
    return draw(
        request,
        "desk/books_receipt.html",
        status,
        receipt=view,
        content=row.content,
        others=[one for one in of_same if one.id != receipt_id],
        fields=_fields(request, row.content["payer"], errors) if may_replace else (),
        errors=errors,
    )


@require_safe
@officers_only
def of_bill(request: HttpRequest, bill_id: UUID) -> HttpResponse:
    """Go to the newest receipt of a bill, or back to its dossier while there is none."""
    actor = actor_of(request)
    bill = payments.access_bill(actor=actor, bill_id=bill_id)
    found = queries.receipts_of_bills(actor=actor, bill_ids=[bill_id])
    if not found:
        messages.info(request, _("Biên lai điện tử của khoản này chưa lập xong. Hãy xem lại sau ít phút."))
        return redirect("desk:dossier", bill.subject_id)
    return redirect("desk:books-receipt", found[-1].id)


def _may(request: HttpRequest, bill: object) -> bool:
    try:
        policies.require_receipt_officer(actor=actor_of(request), bill=bill)  # type: ignore[arg-type]
    except NotAllowed:
        return False
    return True


def _fields(request: HttpRequest, payer: dict[str, str], errors: tuple[FieldError, ...]) -> tuple[Field, ...]:
    data = request.POST
    hint = _("In trên biên lai mới. Ví dụ: ghi sai tên người nộp.")
    return (
        boxes.field(NAME, "text", _("Người nộp"), data, default=payer["name"], errors=errors, max_length=120),
        boxes.field(
            ADDRESS, "text", _("Địa chỉ"), data, default=payer["address"], required=False, max_length=200
        ),
        boxes.field(WHY, "long_text", _("Vì sao thay"), data, hint=hint, errors=errors, max_length=500),
    )
