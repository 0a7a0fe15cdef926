"""``/drafts``: from the first answer to the filing."""

from typing import Annotated, BinaryIO, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router
from ninja.files import UploadedFile

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.api.v1.drafts.shapes import (
    AnswersIn,
    AttachedOut,
    CheckOut,
    DraftFiledOut,
    DraftIn,
    DraftOut,
    DraftPage,
    DraftRow,
    FeeLineOut,
)
from tinhso.api.v1.paging import Cursor, Limit, Order, link_next, page_of_rows
from tinhso.api.v1.problems import FieldProblem
from tinhso.definitions import catalogue
from tinhso.dossiers import queries
from tinhso.dossiers.actions.attach_paper import attach_paper, detach_paper
from tinhso.dossiers.actions.discard_draft import discard_draft
from tinhso.dossiers.actions.file_dossier import file_dossier
from tinhso.dossiers.actions.save_answers import save_answers
from tinhso.dossiers.actions.start_draft import start_draft
from tinhso.dossiers.facts import facts_of
from tinhso.dossiers.paperwork import page_counts
from tinhso.dossiers.places import commune_lookup
from tinhso.forms import engine

router = Router(tags=["drafts"], auth=SIGNED_IN)
ORDER = Order("saved_at", newest_first=True)
Part = Annotated[
    str,
    Form(
        ...,
        max_length=170,
        description="Id of a paper or of a file question; inside a group with the `entry` of its entry: "
        "`children[2].birth_proof`.",
    ),
]


@router.get("", response=DraftPage, summary="List one's drafts")
def list_drafts(request: HttpRequest, response: HttpResponse, limit: Limit, cursor: Cursor) -> DraftPage:
    """What was begun and not filed, newest first."""
    rows = queries.unfiled_drafts(actor_of(request))
    items, after = page_of_rows(rows, order=ORDER, cursor=cursor, limit=limit)
    return DraftPage(
        items=[DraftRow.told(draft) for draft in items],
        next_cursor=after,
        next=link_next(request, response, after),
    )


@router.post("", response={201: DraftOut}, summary="Begin a form")
def create_draft(request: HttpRequest, response: HttpResponse, body: DraftIn) -> DraftOut:
    """Begin a form, prefilled with what the applicant's account proves."""
    started = start_draft(**by(request), **body.told())
    response["Location"] = f"{request.path}/{started.draft_id}"
    return _draft(request, started.draft_id)


@router.get("/{uuid:draft_id}", response=DraftOut, summary="Read a draft")
def read_draft(request: HttpRequest, draft_id: UUID) -> DraftOut:
    """A draft not filed yet, or one that a supplement opened again."""
    return _draft(request, draft_id)


@router.delete("/{uuid:draft_id}", response={204: None}, summary="Discard a draft")
def delete_draft(request: HttpRequest, draft_id: UUID) -> None:
    """Throw the form away; its papers stay with their owner."""
    discard_draft(**by(request), draft_id=draft_id)


@router.patch("/{uuid:draft_id}/answers", response=DraftOut, summary="Give answers")
def patch_answers(request: HttpRequest, draft_id: UUID, body: AnswersIn) -> DraftOut:
    """Merge answers into the draft. One of the wrong kind keeps none; rules are judged by the check."""
    save_answers(**by(request), draft_id=draft_id, given=body.answers)
    return _draft(request, draft_id)


@router.get("/{uuid:draft_id}/check", response=CheckOut, summary="Check a draft")
def check_draft(request: HttpRequest, draft_id: UUID) -> CheckOut:
    """Everything that stands in the way of filing, field by field, and the fees these answers lead to."""
    who = by(request)
    draft = queries.access_draft(actor=who["actor"], draft_id=draft_id)
    procedure = catalogue.of_version(draft.version_id).procedure
    facts = facts_of(dossier=draft, at=who["at"])
    answers = engine.counted_answers(procedure, draft.answers, facts)
    papers = page_counts(draft.papers)
    errors = engine.check_all(procedure, answers, papers=papers, facts=facts, communes=commune_lookup)
    return CheckOut(
        is_complete=not errors,
        errors=[FieldProblem(field=error.question_id, sentence=error.sentence) for error in errors],
        pages=[page.id for page in engine.visible_pages(procedure, answers, facts)],
        required_papers=[paper.id for paper in engine.required_papers(procedure, answers, facts)],
        fees=[
            FeeLineOut(
                code=line.code,
                name=line.name,
                amount=line.amount,
                pay=line.pay,
                law=line.law,
                full=line.full,
                relief=line.relief_name,
                relief_law=line.relief_law,
                proof=line.proof,
            )
            for line in engine.fees(procedure, answers, facts)
        ],
    )


@router.post("/{uuid:draft_id}/papers", response={201: AttachedOut}, summary="Attach a paper")
def post_paper(
    request: HttpRequest, draft_id: UUID, requirement: Part, file: Annotated[UploadedFile, File(...)]
) -> AttachedOut:
    """Receive a picture or a PDF for one part of the dossier; its kind is found by its content."""
    paper = attach_paper(
        **by(request),
        draft_id=draft_id,
        requirement=requirement,
        file_name=file.name or "",
        content=cast(BinaryIO, file),
    )
    return AttachedOut.told(paper)


@router.delete(
    "/{uuid:draft_id}/papers/{requirement}/{uuid:paper_id}", response={204: None}, summary="Take a paper out"
)
def delete_paper(request: HttpRequest, draft_id: UUID, requirement: str, paper_id: UUID) -> None:
    """Take a paper out of the draft; it stays in its owner's keeping."""
    detach_paper(**by(request), draft_id=draft_id, requirement=requirement, paper_id=paper_id)


@router.post("/{uuid:draft_id}/file", response={201: DraftFiledOut}, summary="File the dossier")
def post_filing(request: HttpRequest, draft_id: UUID) -> DraftFiledOut:
    """Turn the draft into a dossier. Done twice, the answer is the first one's dossier."""
    filed = file_dossier(**by(request), draft_id=draft_id)
    return DraftFiledOut(dossier_id=filed.dossier_id, code=filed.code, bill_id=filed.bill_id)


def _draft(request: HttpRequest, draft_id: UUID) -> DraftOut:
    return DraftOut.told(queries.access_draft(actor=actor_of(request), draft_id=draft_id))
