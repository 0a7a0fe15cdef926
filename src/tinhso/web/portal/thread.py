"""Write to the agency about a dossier, and read what it wrote."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.dossiers import conversation
from tinhso.dossiers.actions.write_message import read_messages, write_message
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotFound, Refusal
from tinhso.web.portal.gate import actor_of, citizens_only
from tinhso.web.portal.language import language
from tinhso.web.portal.serve import COPIES, send_file
from tinhso.web.refusing import errors_of, status_of
from tinhso.web.thread import FILES, KEY, SENT, TEXT, ThreadPage, enclosed, thread_page


@never_cache
@citizens_only
@require_http_methods(["GET", "HEAD", "POST"])
def thread(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Show the thread, which then counts as read; take a message."""
    if request.method == "POST":
        return _take(request, dossier_id)
    page = _page(request, dossier_id)
    read_messages(actor=actor_of(request), at=clock.now(), dossier_id=dossier_id)
    context = {"page": page, "just_sent": SENT in request.GET}
    return render(request, "portal/thread.html", context)


@citizens_only
@require_safe
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
    text, key = request.POST.get(TEXT, ""), request.POST.get(KEY, "")
    try:
        write_message(
            actor=actor_of(request),
            at=clock.now(),
            dossier_id=dossier_id,
            text=text,
            files=enclosed(request),
            client_key=key,
        )
    except Refusal as refusal:
        box = FILES if request.FILES and refusal.code != "message-too-long" else TEXT
        context = {
            "page": _page(request, dossier_id, key=key),
            "errors": errors_of(refusal, field_name=box),
            "text": text,
            "had_files": bool(request.FILES),
        }
        return render(request, "portal/thread.html", context, status=status_of(refusal))
    messages.success(request, _("Đã gửi. Bạn được báo khi cơ quan trả lời."))
    return redirect(f"{reverse('portal:thread', args=(dossier_id,))}?{SENT}")


def _page(request: HttpRequest, dossier_id: UUID, *, key: str = "") -> ThreadPage:
    found = conversation.thread_of(actor=actor_of(request), at=clock.now(), dossier_id=dossier_id)
    return thread_page(
        found,
        language=language(),
        own=_("Bạn"),
        other=found.dossier.agency.name,
        file_url=lambda paper_id: reverse("portal:thread-file", args=(dossier_id, paper_id)),
        key=key,
    )
