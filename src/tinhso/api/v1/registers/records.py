"""``/records``: one record by its id, its history, what points at it, and everything that changes it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.api.v1.registers import bodies
from tinhso.api.v1.registers.routes import KnownAt, Valid, moment_of
from tinhso.api.v1.registers.shapes import (
    HistoryOut,
    HistoryPage,
    RecordOut,
    RecordPage,
    RelatedOut,
    RelatedPage,
)
from tinhso.api.v1.registers.showing import is_inside, show, show_again
from tinhso.api.v1.versions import expected_revision
from tinhso.definitions.registers.reading import register
from tinhso.registers import queries
from tinhso.registers.actions.cancel_record import cancel_record
from tinhso.registers.actions.confirm_record import confirm_record
from tinhso.registers.actions.correct_past import correct_past
from tinhso.registers.actions.correct_record import correct_record
from tinhso.registers.actions.merge_records import merge_records
from tinhso.registers.actions.restore_record import restore_record
from tinhso.registers.actions.split_record import split_record

router = Router(tags=["registers"])
ONE = "records/{uuid:record_id}"
CHANGE: dict[str, Any] = {
    "auth": SIGNED_IN,
    "response": RecordOut,
    "openapi_extra": {"x-moves-dossier": True},
}


@router.get(ONE, response=RecordOut, summary="Read a record")
def read_record(
    request: HttpRequest, response: HttpResponse, record_id: UUID, valid: Valid, known: KnownAt
) -> RecordOut:
    """As of a day, whatever became of it; its last days where it had ended before."""
    moment = moment_of(request, valid, known)
    view = queries.access_record(actor=actor_of(request), record_id=record_id, moment=moment)
    return show(request, response, view)


@router.get(f"{ONE}/history", response=HistoryPage, summary="Read a record's history")
def read_record_history(request: HttpRequest, record_id: UUID) -> HistoryPage:
    """Every version who asks sees, newest first. What was put right is not shown to the public."""
    actor = actor_of(request)
    found = queries.history_of(actor=actor, record_id=record_id)
    inside = is_inside(actor, register(found[0].version.register))
    return HistoryPage(items=[HistoryOut.told(one, inside=inside) for one in found])


@router.get(f"{ONE}/related", response=RelatedPage, summary="List what points at a record")
def list_related_records(request: HttpRequest, record_id: UUID, valid: Valid, known: KnownAt) -> RelatedPage:
    """Records in force, of any register who asks may go through, also of what was merged into it."""
    actor = actor_of(request)
    moment = moment_of(request, valid, known)
    found = queries.related_records(actor=actor, record_id=record_id, moment=moment)
    return RelatedPage(
        items=[
            RelatedOut(
                field=name, record=RecordOut.told(one, inside=is_inside(actor, register(one.register)))
            )
            for name, one in found
        ]
    )


@router.post(f"{ONE}/correct", summary="Write down a change", **CHANGE)
def post_record_correction(
    request: HttpRequest, response: HttpResponse, record_id: UUID, body: bodies.RecordCorrectionIn
) -> RecordOut:
    """Something is different from a day on; what was true before stays as it was."""
    correct_record(**_aim(request, record_id), **body.model_dump())
    return show_again(request, response, record_id)


@router.post(f"{ONE}/correct-past", summary="Put the past right", **CHANGE)
def post_past_correction(
    request: HttpRequest, response: HttpResponse, record_id: UUID, body: bodies.PastCorrectionIn
) -> RecordOut:
    """The register was wrong about some days; what it said stays in its history."""
    correct_past(**_aim(request, record_id), **body.model_dump())
    return show_again(request, response, record_id)


@router.post(f"{ONE}/cancel", summary="Cancel a record", **CHANGE)
def post_record_cancellation(
    request: HttpRequest, response: HttpResponse, record_id: UUID, body: bodies.RecordCancelIn
) -> RecordOut:
    """It stays in the register with its history; its key is free."""
    cancel_record(**_aim(request, record_id), **body.model_dump())
    return show_again(request, response, record_id)


@router.post(f"{ONE}/restore", summary="Restore a record", **CHANGE)
def post_record_restoration(
    request: HttpRequest, response: HttpResponse, record_id: UUID, body: bodies.RecordRestoreIn
) -> RecordOut:
    """A cancelled record is in force again, with the values it had."""
    restore_record(**_aim(request, record_id), **body.model_dump())
    return show_again(request, response, record_id)


@router.post(f"{ONE}/confirm", summary="Confirm a record", **CHANGE)
def post_record_confirmation(request: HttpRequest, response: HttpResponse, record_id: UUID) -> RecordOut:
    """It is still true as it stands; no version is written."""
    confirm_record(**_aim(request, record_id))
    return show_again(request, response, record_id)


@router.post(f"{ONE}/merge", summary="Merge another record into this one", **CHANGE)
def post_record_merger(
    request: HttpRequest, response: HttpResponse, record_id: UUID, body: bodies.RecordMergeIn
) -> RecordOut:
    """Both keep their histories; who points at the other is led here."""
    aim = _aim(request, record_id)
    winner_id = aim.pop("record_id")
    merge_records(**aim, winner_id=winner_id, **body.model_dump())
    return show_again(request, response, record_id)


@router.post(
    f"{ONE}/split",
    auth=SIGNED_IN,
    response=RecordPage,
    openapi_extra={"x-moves-dossier": True},
    summary="Split a record",
)
def post_record_split(request: HttpRequest, record_id: UUID, body: bodies.RecordSplitIn) -> RecordPage:
    """It is in force no more from the day on; the answer are its parts, in their order."""
    parts = split_record(**_aim(request, record_id), **body.model_dump())
    found = [show_again(request, HttpResponse(), one.record_id) for one in parts]
    return RecordPage(items=found, count=len(found), next_cursor=None, next=None)


def _aim(request: HttpRequest, record_id: UUID) -> dict[str, Any]:
    return {**by(request), "record_id": record_id, "number": expected_revision(request)}
