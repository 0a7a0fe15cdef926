"""A citizen's word: asked, given by code or on paper, used to begin a form, taken back."""

from datetime import datetime
from typing import BinaryIO, TypedDict, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tinhso.dossiers.actions.assist import ask_by_phone, confirm_by_phone, record_signed_paper
from tinhso.dossiers.actions.start_draft import start_draft
from tinhso.forms.types import FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import Invalid, NotAllowed, NotFound, Refusal
from tinhso.people import queries as people
from tinhso.people.actions import revoke_mandate
from tinhso.people.types import Actor, MandateView
from tinhso.web.assist import guard
from tinhso.web.assist.page import form_address, procedure_of, services, words_of
from tinhso.web.desk import intake
from tinhso.web.portal.gate import actor_of, sent_from
from tinhso.web.refusing import status_of

WAY, DAYS, PROOF, CODE = "cach", "so-ngay", "giay", "ma"
SMS, PAPER = "sms", "giay"
BOX_OF = {
    "scope-unknown": intake.PROCEDURE,
    "mandate-malformed": intake.PROCEDURE,
    "choose-way": WAY,
    "too-many-codes": WAY,
    "phone-missing": WAY,
    "phone-of-helper": WAY,
    "proof-missing": PROOF,
    "code-wrong": CODE,
    "code-over": CODE,
    "agency-missing": intake.UNIT,
}


class About(TypedDict):
    """What both ways of giving one's word ask for."""

    actor: Actor
    at: datetime
    agency_id: UUID
    person_id: UUID
    procedure_code: str
    days: int


class ChooseWay(Invalid):
    code = "choose-way"
    message = gettext_lazy("Hãy chọn cách người dân đồng ý: đọc mã tin nhắn, hoặc ký giấy.")


@guard.helpers_only
@require_http_methods(["GET", "HEAD", "POST"])
def word(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Choose the one procedure and how the citizen gives their word. :raises NotFound: they have not met"""
    name = guard.name_of(request, person_id)
    if request.method != "POST":
        return _ask(request, person_id, name)
    actor, data = actor_of(request), request.POST
    about = About(
        actor=actor,
        at=clock.now(),
        agency_id=guard.post_of(request).agency_id,
        person_id=person_id,
        procedure_code=data.get(intake.PROCEDURE, ""),
        days=_days(data.get(DAYS, "")),
    )
    try:
        if data.get(WAY) == SMS:
            return redirect("assist:code", ask_by_phone(**about))
        if data.get(WAY) != PAPER:
            raise ChooseWay
        file = request.FILES.get(PROOF)
        mandate_id = record_signed_paper(
            **about, file_name=file.name or "" if file else "", content=cast(BinaryIO, file) if file else None
        )
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        box = BOX_OF.get(refusal.code, PROOF)
        return _ask(request, person_id, name, (FieldError(box, box, refusal.sentence()),), status=422)
    return redirect("assist:begin", mandate_id)


@guard.helpers_only
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Take the code the citizen reads out."""
    if request.method != "POST":
        return render(request, "assist/code.html", {"request_id": request_id})
    try:
        mandate_id = confirm_by_phone(
            actor=actor_of(request),
            at=clock.now(),
            request_id=request_id,
            code=request.POST.get(CODE, ""),
        )
    except (NotFound, NotAllowed):
        raise
    except Refusal as refusal:
        errors = (FieldError(CODE, CODE, refusal.sentence()),)
        context = {"request_id": request_id, "errors": errors, "is_over": refusal.code == "code-over"}
        return render(request, "assist/code.html", context, status=status_of(refusal))
    return redirect("assist:begin", mandate_id)


@guard.helpers_only
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """Choose where it is decided, and begin the form. :raises NotFound: no such mandate in force"""
    mandate = _mandate(request, mandate_id)
    if request.method != "POST":
        return _where(request, mandate)
    try:
        started = start_draft(
            actor=actor_of(request),
            at=clock.now(),
            procedure_code=mandate.scope[0],
            unit_code=request.POST.get(intake.UNIT, ""),
            applicant_id=mandate.principal_person_id,
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        errors = (FieldError(intake.UNIT, intake.UNIT, refusal.sentence()),)
        return _where(request, mandate, errors, status=422)
    return redirect(form_address(started.draft_id))


@guard.helpers_only
@sent_from("assist:home")
def end(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """Give the word back: from here on nothing of it is shown. :raises NotFound: no such mandate in force"""
    mandate = _mandate(request, mandate_id)
    revoke_mandate(actor=actor_of(request), at=clock.now(), mandate_id=mandate_id)
    said = _("Bạn không còn nộp hộ %(name)s. Hồ sơ đã nộp vẫn được giải quyết.")
    messages.success(request, said % {"name": mandate.principal_name})
    return redirect("assist:home")


def _mandate(request: HttpRequest, mandate_id: UUID) -> MandateView:
    found = next((one for one in words_of(actor_of(request)) if one.id == mandate_id), None)
    if found is None:
        raise NotFound
    return found


def _days(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 4 else 0


def _ask(
    request: HttpRequest,
    person_id: UUID,
    name: str,
    errors: tuple[FieldError, ...] = (),
    *,
    status: int = 200,
) -> HttpResponse:
    data = request.POST if request.method == "POST" else request.GET
    words = data.get("q", "").strip()[:100]
    chosen = data.get(DAYS, "")
    context = {
        "person_id": person_id,
        "name": name,
        "words": words,
        "services": services(words, data.get(intake.PROCEDURE, ""), at=clock.now()),
        "days": [(days, str(days) == chosen) for days in people.helping_rules().days],
        "way": data.get(WAY, ""),
        "errors": errors,
    }
    return render(request, "assist/word.html", context, status=status)


def _where(
    request: HttpRequest, mandate: MandateView, errors: tuple[FieldError, ...] = (), *, status: int = 200
) -> HttpResponse:
    chosen = request.POST.get(intake.UNIT) or guard.post_of(request).unit_code
    context = {
        "mandate": mandate,
        "procedure": procedure_of(mandate),
        "units": intake.units(at=clock.now(), chosen=chosen),
        "errors": errors,
    }
    return render(request, "assist/begin.html", context, status=status)
