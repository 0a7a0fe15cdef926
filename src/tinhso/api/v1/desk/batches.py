"""``/desk/batches``: one act on many dossiers, done by a job, each dossier on its own."""

from datetime import datetime
from typing import Literal, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema
from pydantic import ConfigDict

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by, require_person
from tinhso.api.v1.paging import NEXT, NEXT_CURSOR, Cursor, Limit, Order, link_next, page_of_rows
from tinhso.dossiers import batches
from tinhso.dossiers.actions.ask_batch import MOST, ask_batch, cancel_batch
from tinhso.dossiers.batches import Told
from tinhso.dossiers.models import Batch
from tinhso.kernel.refusals import NotAllowed

router = Router(tags=["desk"], auth=SIGNED_IN)
BY_MOMENT = Order("asked_at", newest_first=True)
Act = Literal["claim", "hand_over", "sign", "step_back"]
Outcome = Literal["waiting", "done", "refused", "cancelled"]


class BatchIn(Schema):
    """What is to be done to which dossiers."""

    model_config = ConfigDict(extra="forbid")

    act: Act
    dossier_ids: list[UUID] = Field(max_length=MOST, description=f"At most {MOST}; each is checked again.")
    to_account_id: UUID | None = Field(None, description="Who gets the steps; of `hand_over` alone.")
    reason: str = Field("", max_length=4000, description="Why they go back; of `step_back` alone.")


class BatchOut(Schema):
    """How far a batch is."""

    id: UUID
    act: Act
    asked_at: datetime
    finished_at: datetime | None
    cancelled_at: datetime | None
    total: int
    waiting: int
    done: int
    refused: int
    cancelled: int

    @classmethod
    def told(cls, batch: Batch) -> "BatchOut":
        counts = batches.progress(batch)
        return cls(
            id=batch.pk,
            act=cast(Act, batch.kind),
            asked_at=batch.asked_at,
            finished_at=batch.finished_at,
            cancelled_at=batch.cancelled_at,
            total=counts.total,
            waiting=counts.waiting,
            done=counts.done,
            refused=counts.refused,
            cancelled=counts.cancelled,
        )


class BatchItemOut(Schema):
    """What became of one dossier."""

    dossier_id: UUID | None = Field(description="Null where it is not visible any more.")
    dossier_code: str
    outcome: Outcome
    number: str = Field(description="Of the document that was signed.")
    problem: str = Field(description="Code of the refusal.")
    detail: str

    @classmethod
    def told(cls, told: Told, *, language: str) -> "BatchItemOut":
        return cls(
            dossier_id=told.dossier.pk if told.dossier else None,
            dossier_code=told.dossier.code if told.dossier else "",
            outcome=cast(Outcome, told.item.outcome),
            number=told.item.number,
            problem=told.item.problem,
            detail=told.item.detail.get(language, ""),
        )


class BatchWhole(BatchOut):
    items: list[BatchItemOut]


class BatchPage(Schema):
    items: list[BatchOut]
    next_cursor: str | None = NEXT_CURSOR
    next: str | None = NEXT


@router.get("", response=BatchPage, summary="List one's batches")
def list_batches(request: HttpRequest, response: HttpResponse, limit: Limit, cursor: Cursor) -> BatchPage:
    """What one asked for, newest first."""
    actor = actor_of(request)
    if not actor.is_officer:
        raise NotAllowed
    items, after = page_of_rows(batches.batches_of(actor), order=BY_MOMENT, cursor=cursor, limit=limit)
    return BatchPage(
        items=[BatchOut.told(batch) for batch in items],
        next_cursor=after,
        next=link_next(request, response, after),
    )


@router.post("", response={202: BatchOut}, summary="Do one thing to many dossiers")
def create_batch(request: HttpRequest, response: HttpResponse, body: BatchIn) -> BatchOut:
    """
    Claim, hand over, sign or send back a step. A job does it, every right asked again at each dossier.

    One that fails does not undo another. Signing: a person only, never a token.
    """
    if body.act == "sign":
        require_person(request)
    who = by(request)
    batch_id = ask_batch(
        **who,
        kind=Batch.Kind(body.act),
        dossier_ids=body.dossier_ids,
        to_account_id=body.to_account_id,
        reason=body.reason,
    )
    response["Location"] = f"{request.path}/{batch_id}"
    return BatchOut.told(batches.access_batch(actor=who["actor"], batch_id=batch_id))


@router.get("/{uuid:batch_id}", response=BatchWhole, summary="Read a batch")
def read_batch(request: HttpRequest, batch_id: UUID) -> BatchWhole:
    """How far it is, and what became of each dossier."""
    actor = actor_of(request)
    batch = batches.access_batch(actor=actor, batch_id=batch_id)
    told = batches.items_of(actor=actor, batch=batch)
    items = [BatchItemOut.told(one, language=actor.language) for one in told]
    return BatchWhole(**BatchOut.told(batch).model_dump(), items=items)


@router.post("/{uuid:batch_id}/cancel", response=BatchOut, summary="Stop what has not begun")
def stop_batch(request: HttpRequest, batch_id: UUID) -> BatchOut:
    """What is being done at the moment is done to its end; the others stay as they are."""
    who = by(request)
    cancel_batch(**who, batch_id=batch_id)
    return BatchOut.told(batches.access_batch(actor=who["actor"], batch_id=batch_id))
