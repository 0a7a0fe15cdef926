"""Write to the applicant about a dossier, and read what they wrote."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.dossiers import conversation
from tinhso.dossiers.actions.write_message import read_messages, write_message
from tinhso.dossiers.conversation import Thread
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotFound, Refusal
from tinhso.web.desk import boxes
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.looking import note_look
from tinhso.web.desk.reasons import reasons
from tinhso.web.portal.language import language
from tinhso.web.portal.serve import COPIES, send_file
from tinhso.web.refusing import errors_of, status_of
from tinhso.web.thread import FILES, KEY, SENT, TEXT, ThreadPage, enclosed, thread_page


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def thread(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Show the thread, read from then on by the office's side; take an answer."""
    if request.method == "POST":
        return _take(request, dossier_id)
    actor, at = actor_of(request), clock.now()
    found = conversation.thread_of(actor=actor, at=at, dossier_id=dossier_id)
    note_look(actor=actor, at=at, dossier=found.dossier)
    read_messages(actor=actor, at=at, dossier_id=dossier_id)
    return _draw(request, found, just_sent=SENT in request.GET)


@require_safe
@officers_only
def file(request: HttpRequest, dossier_id: UUID, paper_id: UUID) -> FileResponse:
    """Send a file that came with a message. :raises NotFound: not of this thread, or not visible"""
    copy = COPIES.get(request.GET.get("ban", "goc"))
    if copy is None:
        raise NotFound
    view, content = conversation.open_enclosed(
        actor=actor_of(request), dossier_id=dossier_id, paper_id=paper_id, copy=copy
    )
    return send_file(content, view=view, copy=copy)


def _take(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    actor, at, key = actor_of(request), clock.now(), request.POST.get(KEY, "")
    typed, ready = request.POST.get(TEXT, ""), request.POST.get(boxes.READY, "")
    try:
        write_message(
            actor=actor,
            at=at,
            dossier_id=dossier_id,
            text="\n\n".join(filter(None, (ready, typed.strip()))),
            files=enclosed(request),
            client_key=key,
        )
    except Refusal as refusal:
        box = FILES if request.FILES and refusal.code != "message-too-long" else TEXT
        errors = errors_of(refusal, field_name=box)
        found = conversation.thread_of(actor=actor, at=at, dossier_id=dossier_id)
        shown = {"errors": errors, "text": typed, "had_files": bool(request.FILES)}
        return _draw(request, found, status=status_of(refusal), key=key, chosen=ready, **shown)
    messages.success(request, _("Đã gửi; người nộp được báo."))
    return redirect(f"{reverse('desk:thread', args=(dossier_id,))}?{SENT}")


def _draw(
    request: HttpRequest,
    found: Thread,
    *,
    status: int = 200,
    key: str = "",
    chosen: str = "",
    **shown: object,
) -> HttpResponse:
    ready = tuple(
        (one.vi, one.into(language()), one.vi == chosen) for one in reasons().message if found.may_write
    )
    context = {"page": _page(found, key=key), "ready": ready, **shown}
    return draw(request, "desk/thread.html", status, **context)


def _page(found: Thread, *, key: str) -> ThreadPage:
    dossier_id = found.dossier.pk
    return thread_page(
        found,
        language=language(),
        own="",
        other=found.dossier.applicant.full_name,
        file_url=lambda paper_id: reverse("desk:thread-file", args=(dossier_id, paper_id)),
        key=key,
    )
