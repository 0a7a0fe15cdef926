"""``/corrections``: say that a record is wrong, and what becomes of it within five and five working days."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from tinhso.api.v1.asking import SIGNED_IN, by
from tinhso.api.v1.corrections.shapes import (
    CorrectionIn,
    CorrectionOpenedOut,
    CorrectionOut,
    CorrectionPage,
    CorrectionRevisionIn,
    CorrectionsIn,
    TextIn,
    WrongRow,
)
from tinhso.api.v1.paging import Cursor, Limit, after_text, link_next, pack
from tinhso.registers import corrections
from tinhso.registers.actions.open_correction import open_correction, open_corrections
from tinhso.registers.actions.work_correction import (
    ask_proof,
    give_proof,
    refuse_correction,
    settle_correction,
    verify_correction,
)

router = Router(tags=["corrections"], auth=SIGNED_IN)
RegisterId = Annotated[str, Query("", max_length=60, description="Of one register; empty for all.")]
State = Annotated[str, Query("", max_length=10, description="A state, or `open`; empty for all.")]
Overdue = Annotated[bool, Query(False, description="Only those whose day is gone.")]
RecordId = Annotated[UUID | None, Query(None, description="Of one record.")]


@router.get("/corrections", response=CorrectionPage, summary="List requests for correction")
def list_corrections(
    request: HttpRequest,
    response: HttpResponse,
    limit: Limit,
    cursor: Cursor,
    register_id: RegisterId,
    state: State,
    overdue: Overdue,
    record_id: RecordId,
) -> CorrectionPage:
    """One's own and those about oneself; to officers those of records they read. Due first."""
    page = corrections.find_corrections(
        **by(request),
        register_id=register_id,
        state=state,
        overdue=overdue,
        record_id=record_id,
        after=after_text(cursor),
        limit=limit,
    )
    after = pack(page.next) if page.next else None
    items = [CorrectionOut.told(one) for one in page.items]
    return CorrectionPage(items=items, next_cursor=after, next=link_next(request, response, after))


@router.post("/corrections", response={201: CorrectionOut}, summary="Ask for a correction")
def post_correction(request: HttpRequest, body: CorrectionIn) -> CorrectionOut:
    """The register stays as it is until somebody has verified it."""
    return _told(request, open_correction(**by(request), asked=body.asked()))


@router.post("/corrections/batches", response={201: CorrectionOpenedOut}, summary="Ask for many corrections")
def post_corrections(request: HttpRequest, body: CorrectionsIn) -> CorrectionOpenedOut:
    """Wrong rows are named and left out; the others are requests."""
    opened = open_corrections(**by(request), several=[one.asked() for one in body.items])
    wrong = [WrongRow(row=one.row, sentence=one.sentence) for one in opened.wrong]
    return CorrectionOpenedOut(correction_ids=list(opened.correction_ids), wrong=wrong)


@router.get("/corrections/{uuid:correction_id}", response=CorrectionOut, summary="Read a request")
def read_correction(request: HttpRequest, correction_id: UUID) -> CorrectionOut:
    """Where it stands, and until when."""
    return _told(request, correction_id)


@router.post(
    "/corrections/{uuid:correction_id}/question", response=CorrectionOut, summary="Ask for more proof"
)
def post_question(request: HttpRequest, correction_id: UUID, body: TextIn) -> CorrectionOut:
    """By who may write the record; the clock runs on."""
    ask_proof(**by(request), correction_id=correction_id, question=body.text, revision=body.revision)
    return _told(request, correction_id)


@router.post(
    "/corrections/{uuid:correction_id}/answer", response=CorrectionOut, summary="Answer what was asked"
)
def post_answer(request: HttpRequest, correction_id: UUID, body: TextIn) -> CorrectionOut:
    """By whom it is about, or who asked for it."""
    give_proof(**by(request), correction_id=correction_id, answer=body.text, revision=body.revision)
    return _told(request, correction_id)


@router.post(
    "/corrections/{uuid:correction_id}/verify", response=CorrectionOut, summary="Say that it is right"
)
def post_verification(request: HttpRequest, correction_id: UUID, body: CorrectionRevisionIn) -> CorrectionOut:
    """By who may write the record; the second five days begin."""
    verify_correction(**by(request), correction_id=correction_id, revision=body.revision)
    return _told(request, correction_id)


@router.post(
    "/corrections/{uuid:correction_id}/settle", response=CorrectionOut, summary="Put the record right"
)
def post_settlement(request: HttpRequest, correction_id: UUID, body: CorrectionRevisionIn) -> CorrectionOut:
    """The record's new version has the request as its source."""
    settle_correction(**by(request), correction_id=correction_id, revision=body.revision)
    return _told(request, correction_id)


@router.post(
    "/corrections/{uuid:correction_id}/refuse", response=CorrectionOut, summary="Refuse a correction"
)
def post_refusal(request: HttpRequest, correction_id: UUID, body: TextIn) -> CorrectionOut:
    """With the reason the person reads; the record stays as it is."""
    refuse_correction(**by(request), correction_id=correction_id, reason=body.text, revision=body.revision)
    return _told(request, correction_id)


def _told(request: HttpRequest, correction_id: UUID) -> CorrectionOut:
    return CorrectionOut.told(corrections.access_correction(**by(request), correction_id=correction_id))
