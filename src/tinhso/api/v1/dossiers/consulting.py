"""Questions that officers ask each other, and their private notes."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.api.v1.dossiers.bodies import Body
from tinhso.api.v1.dossiers.moves import MOVE, ONE, aim
from tinhso.api.v1.dossiers.shapes import DossierOut
from tinhso.api.v1.dossiers.showing import access, show
from tinhso.dossiers import queries
from tinhso.dossiers.actions.ask_opinion import ask_opinion, withdraw_question
from tinhso.dossiers.actions.notes import strike_note, write_note
from tinhso.kernel.refusals import NotAllowed

router = Router(tags=["moves"])


class QuestionIn(Body):
    """A question to a colleague or to another agency: one of the two."""

    question: str = Field(max_length=2000)
    to_account_id: UUID | None = None
    to_agency_id: UUID | None = None
    hours: int | None = Field(None, description="Working hours for the answer; absent: the rules' own.")
    paper_ids: list[UUID] = Field([], max_length=100, description="What another agency may read.")
    blocks: bool = Field(True, description="The step waits for the answer.")


class DossierNoteIn(Body):
    text: str = Field(max_length=2000)


class NoteOut(Schema):
    """A private note of one's own agency."""

    id: UUID
    author: str
    text: str
    written_at: datetime
    struck_at: datetime | None


class NotesOut(Schema):
    items: list[NoteOut]


@router.post(f"{ONE}/opinions", summary="Ask for an opinion", **MOVE)
def ask_for_opinion(
    request: HttpRequest, response: HttpResponse, dossier_id: UUID, body: QuestionIn
) -> DossierOut:
    """A colleague or another agency, with its own deadline; the applicant is not told."""
    ask_opinion(**aim(request, dossier_id), **body.dict())
    return show(request, response, dossier_id)


@router.post(
    f"{ONE}/opinions/{{uuid:consultation_id}}/withdraw",
    auth=SIGNED_IN,
    response=DossierOut,
    summary="Take a question back",
)
def take_question_back(
    request: HttpRequest, response: HttpResponse, dossier_id: UUID, consultation_id: UUID
) -> DossierOut:
    """One's own, before it is answered; the step waits for it no longer."""
    withdraw_question(**by(request), dossier_id=dossier_id, consultation_id=consultation_id)
    return show(request, response, dossier_id)


@router.get(f"{ONE}/notes", auth=SIGNED_IN, response=NotesOut, summary="Read private notes")
def read_notes(request: HttpRequest, dossier_id: UUID) -> NotesOut:
    """Of one's own agencies; struck ones among them. Applicants and other agencies see none."""
    actor, dossier = actor_of(request), access(request, dossier_id)
    if not actor.is_officer:
        raise NotAllowed
    return NotesOut(
        items=[
            NoteOut(
                id=note.pk,
                author=note.author.get_full_name(),
                text=note.text,
                written_at=note.written_at,
                struck_at=note.struck_at,
            )
            for note in queries.notes_to_read(actor=actor, dossier=dossier)
        ]
    )


@router.post(f"{ONE}/notes", auth=SIGNED_IN, response=NotesOut, summary="Write a private note")
def write_private_note(request: HttpRequest, dossier_id: UUID, body: DossierNoteIn) -> NotesOut:
    """For colleagues of the same agency."""
    write_note(**by(request), dossier_id=dossier_id, text=body.text)
    return read_notes(request, dossier_id)


@router.post(
    f"{ONE}/notes/{{uuid:note_id}}/strike", auth=SIGNED_IN, response=NotesOut, summary="Strike a note out"
)
def strike_private_note(request: HttpRequest, dossier_id: UUID, note_id: UUID) -> NotesOut:
    """One's own, within a time; it is kept, and shown struck."""
    strike_note(**by(request), dossier_id=dossier_id, note_id=note_id)
    return read_notes(request, dossier_id)
