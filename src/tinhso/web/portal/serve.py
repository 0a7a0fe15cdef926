"""Files of people and agencies, decrypted for who may see them; nothing of them stays in a cache."""

from collections.abc import Callable
from functools import wraps
from typing import BinaryIO, get_args
from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from tinhso.dossiers.party import into_document, into_paper
from tinhso.dossiers.queries import is_held_back
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotFound
from tinhso.papers import queries as papers
from tinhso.papers.queries import Copy
from tinhso.papers.types import PaperView
from tinhso.people.actions.note_access import note_access
from tinhso.people.types import AccessPurpose, Actor
from tinhso.web.portal.gate import actor_of, sign_in_address

COPIES: dict[str, Copy] = dict(zip(("goc", "hien-thi", "nho"), get_args(Copy), strict=True))


def signed_in(view: Callable[[HttpRequest, UUID], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let citizens and officers in; the queries say which files they may see."""

    @wraps(view)
    def guarded(request: HttpRequest, file_id: UUID) -> HttpResponseBase:
        if actor_of(request).account_id is None:
            return redirect(sign_in_address(request))
        return view(request, file_id)

    return guarded


@signed_in
@require_safe
def paper(request: HttpRequest, file_id: UUID) -> FileResponse:
    """
    Send an uploaded paper: the original to be saved, ``?ban=hien-thi`` or ``?ban=nho`` a picture to look at.

    :raises NotFound: absent, not visible, or there is no such copy
    """
    actor = actor_of(request)
    copy = COPIES.get(request.GET.get("ban", "goc"))
    if copy is None:
        raise NotFound
    party = into_paper(actor, file_id)
    row = papers.access_paper(actor=party, paper_id=file_id)
    if copy != "preview":
        _note(actor, person_id=row.owner_person_id, subject_id=file_id, purpose=AccessPurpose.PAPER)
    content = papers.open_paper(actor=party, paper_id=file_id, copy=copy)
    return send_file(content, view=row, copy=copy)


@signed_in
@require_safe
def document(request: HttpRequest, file_id: UUID) -> FileResponse:
    """
    Send an issued document.

    :raises NotFound: absent, not visible, or a result whose fee is still owed
    """
    actor = actor_of(request)
    party = into_document(actor, file_id)
    row = papers.access_document(actor=party, document_id=file_id)
    if not actor.is_officer and is_held_back(file_id):
        raise NotFound
    if row.holder_person_id is not None:
        _note(actor, person_id=row.holder_person_id, subject_id=file_id, purpose=AccessPurpose.RESULT)
    content = papers.open_document(actor=party, document_id=file_id)
    return _send(content, media_type="application/pdf", name=f"{row.number.replace('/', '-')}.pdf", save=True)


def send_file(content: BinaryIO, *, view: PaperView, copy: Copy) -> FileResponse:
    """Send a paper or a picture of it, to whom the caller has found the right."""
    if copy == "original":
        return _send(content, media_type=view.media_type, name=view.file_name, save=True)
    return _send(content, media_type="image/jpeg", name=f"{view.id}.jpg", save=False)


def _note(actor: Actor, *, person_id: UUID, subject_id: UUID, purpose: AccessPurpose) -> None:
    note_access(actor=actor, at=clock.now(), person_id=person_id, purpose=purpose, subject_id=subject_id)


def send_kept(content: BinaryIO, *, media_type: str, name: str) -> FileResponse:
    """Send a file of ours to be saved, to whom the caller has found the right."""
    return _send(content, media_type=media_type, name=name, save=True)


def _send(content: BinaryIO, *, media_type: str, name: str, save: bool) -> FileResponse:
    response = FileResponse(content, as_attachment=save, filename=name, content_type=media_type)
    response.headers["Cache-Control"] = "no-store, private"
    # A stranger's file is never a page of ours: no script, no form, no origin.
    response.csp = {"sandbox": ""}  # type: ignore[attr-defined]
    return response
