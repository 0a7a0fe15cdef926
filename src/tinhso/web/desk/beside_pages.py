"""What stands beside a dossier and is taken back: one's own question, one's own note."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tinhso.dossiers.actions.ask_opinion import withdraw_question
from tinhso.dossiers.actions.notes import strike_note
from tinhso.kernel import clock
from tinhso.kernel.refusals import Conflict
from tinhso.web.desk.guard import actor_of, officers_only


@require_POST
@officers_only
def withdraw(request: HttpRequest, dossier_id: UUID, consultation_id: UUID) -> HttpResponse:
    """Take a question back."""
    actor, at = actor_of(request), clock.now()
    try:
        withdraw_question(actor=actor, at=at, dossier_id=dossier_id, consultation_id=consultation_id)
    except Conflict as refusal:
        messages.error(request, refusal.sentence())
    else:
        messages.success(request, _("Đã rút câu hỏi; hồ sơ không chờ câu trả lời này nữa."))
    return redirect("desk:dossier", dossier_id)


@require_POST
@officers_only
def strike(request: HttpRequest, dossier_id: UUID, note_id: UUID) -> HttpResponse:
    """Strike out a note."""
    actor, at = actor_of(request), clock.now()
    try:
        strike_note(actor=actor, at=at, dossier_id=dossier_id, note_id=note_id)
    except Conflict as refusal:
        messages.error(request, refusal.sentence())
    else:
        messages.success(request, _("Đã gạch ghi chú; lời cũ vẫn được giữ."))
    return redirect("desk:dossier", dossier_id)
