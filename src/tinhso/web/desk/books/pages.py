"""The payments office: days, one day's comparison, what somebody must look at, statements taken in."""

from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tinhso.bookkeeping import printing, reports
from tinhso.bookkeeping.actions.compare_day import compare_day
from tinhso.bookkeeping.actions.handle_difference import assign_difference, close_difference
from tinhso.bookkeeping.actions.take_statement import take_card_list, take_statement
from tinhso.bookkeeping.types import Channel
from tinhso.forms.types import FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import Invalid, NotAllowed, NotFound, Refusal
from tinhso.people.types import AgencyView
from tinhso.web.desk.books import page
from tinhso.web.desk.filters import as_uuid
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.refusing import status_of

BIN_LENGTH = 6


class NoFileChosen(Invalid):
    code = "no-file-chosen"
    message = gettext_lazy("Hãy chọn tệp CSV cần nhập; với sao kê, ghi cả mã ngân hàng sáu chữ số.")


@require_safe
@officers_only
def days(request: HttpRequest) -> HttpResponse:
    """Show the last two weeks of an agency, and what is open."""
    return _days(request, QueryDict())


@require_POST
@officers_only
def take_in(request: HttpRequest) -> HttpResponse:
    """Take a bank statement or a settlement list of card terminals in."""
    agency = page.chosen_agency(request, actor_of(request))
    try:
        told = _take_in(request, agency)
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return _days(request, request.POST, refusal)
    messages.success(request, told)
    return redirect(f"{reverse('desk:books')}?{page.AGENCY}={agency.id}")


@require_safe
@officers_only
def day(request: HttpRequest, day: str) -> HttpResponse:
    """Show one day's comparison. :raises NotFound: no such day, or an agency that is not theirs"""
    actor = actor_of(request)
    agency, on = page.chosen_agency(request, actor), page.parse_day(day)
    shown = page.day_page(actor=actor, agency=agency, on=on, at=clock.now())
    return draw(request, "desk/books_day.html", page=shown)


@require_POST
@officers_only
def count(request: HttpRequest, day: str) -> HttpResponse:
    """Compare the day again, now."""
    actor = actor_of(request)
    agency, on = page.chosen_agency(request, actor), page.parse_day(day)
    compare_day(actor=actor, at=clock.now(), agency_id=agency.id, day=on)
    messages.success(request, _("Đã đối soát lại ngày này."))
    return redirect(page.url_of("desk:books-day", agency.id, on))


@require_safe
@officers_only
def as_csv(request: HttpRequest, day: str) -> HttpResponse:
    """Send the day as a table."""
    actor = actor_of(request)
    agency, on = page.chosen_agency(request, actor), page.parse_day(day)
    found = reports.reports_of(actor=actor, agency_id=agency.id, day=on)
    # A byte-order mark, or spreadsheets take the marks of Vietnamese letters for something else.
    response = HttpResponse("\ufeff" + reports.as_csv(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="doi-soat-{on.isoformat()}.csv"'
    return response


@require_safe
@officers_only
def as_pdf(request: HttpRequest, day: str) -> HttpResponse:
    """Send the day as a paper to put to the file."""
    actor = actor_of(request)
    agency, on = page.chosen_agency(request, actor), page.parse_day(day)
    pdf = printing.as_pdf(actor=actor, at=clock.now(), agency_id=agency.id, day=on)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="doi-soat-{on.isoformat()}.pdf"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def difference(request: HttpRequest, difference_id: UUID) -> HttpResponse:
    """Say who looks at a difference, or how it was cleared up."""
    actor, at = actor_of(request), clock.now()
    row = reports.open_rows(actor=actor).filter(pk=difference_id).first()
    if row is None:
        raise NotFound
    errors: tuple[FieldError, ...] = ()
    status = 200
    if request.method == "POST":
        try:
            told = _handle(request, difference_id)
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            errors, status = (FieldError(page.NOTE, page.NOTE, refusal.sentence()),), status_of(refusal)
        else:
            messages.success(request, told)
            return redirect(page.url_of("desk:books-day", row.report.agency_id, row.report.day))
    fields = page.difference_fields(
        agency_id=row.report.agency_id,
        data=request.POST,
        at=at,
        errors=errors,
        assigned=row.assigned_account_id,
    )
    back = page.url_of("desk:books-day", row.report.agency_id, row.report.day)
    return draw(
        request,
        "desk/books_difference.html",
        status,
        difference=reports.difference_view(row),
        day=row.report.day,
        fields=fields,
        errors=errors,
        back=back,
    )


def _handle(request: HttpRequest, difference_id: UUID) -> str:
    actor, at, note = actor_of(request), clock.now(), request.POST.get(page.NOTE, "")
    to_account = as_uuid(request.POST.get(page.WHO, ""))
    if note.strip() or to_account is None:
        close_difference(actor=actor, at=at, difference_id=difference_id, note=note)
        return _("Đã khép chênh lệch cùng ghi chú.")
    assign_difference(actor=actor, at=at, difference_id=difference_id, to_account_id=to_account)
    return _("Đã giao người làm rõ.")


def _days(request: HttpRequest, data: QueryDict, refusal: Refusal | None = None) -> HttpResponse:
    actor, at = actor_of(request), clock.now()
    agency = page.chosen_agency(request, actor)
    errors = (FieldError(page.FILE, page.FILE, refusal.sentence()),) if refusal else ()
    return draw(
        request,
        "desk/books.html",
        status_of(refusal) if refusal else 200,
        agency=agency,
        agencies=page.agencies_of(actor),
        days=page.day_lines(actor=actor, agency=agency, at=at),
        fields=page.take_in_fields(data, errors),
        errors=errors,
    )


def _take_in(request: HttpRequest, agency: AgencyView) -> str:
    """:raises NoFileChosen: nothing to read, or no bank; the rest as the actions say"""
    upload: UploadedFile[bytes] | None = request.FILES.get(page.FILE)
    if upload is None or not upload.size:
        raise NoFileChosen
    actor, at, content = actor_of(request), clock.now(), upload.read()
    if request.POST.get(page.KIND) == Channel.CARD:
        new = take_card_list(actor=actor, at=at, agency_id=agency.id, content=content)
        return ngettext(
            "Đã nhập %(count)s dòng kết toán mới.", "Đã nhập %(count)s dòng kết toán mới.", new
        ) % {"count": new}
    bank = request.POST.get(page.BANK, "").strip()
    if not (bank.isascii() and bank.isdigit() and len(bank) == BIN_LENGTH):
        raise NoFileChosen
    report = take_statement(actor=actor, at=at, bank=bank, content=content)
    return _(
        "Đã nhập %(lines)s dòng: %(new)s dòng khớp phiếu, %(known)s dòng đã biết, %(open)s dòng chưa biết."
    ) % {
        "lines": len(report.lines),
        "new": report.count("matched"),
        "known": report.count("duplicate"),
        "open": report.count("unmatched"),
    }
