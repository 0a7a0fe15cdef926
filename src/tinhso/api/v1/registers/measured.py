"""``/registers/{id}/quality``, ``/twins``: how good a register is, and which records may be one."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.api.v1.paging import Cursor, Limit, after_id, link_next, pack
from tinhso.api.v1.registers import bodies
from tinhso.api.v1.registers.routes import UnitCode, moment_of, seen_register
from tinhso.api.v1.registers.shapes import (
    QualityOut,
    RecordOut,
    RecordPage,
    RegisterDayOut,
    RegisterScoreOut,
    TrendOut,
    TwinOut,
    TwinPage,
)
from tinhso.registers import quality
from tinhso.registers.actions.seek_twins import decide_twins

router = Router(tags=["registers"], auth=SIGNED_IN)
KindWord = Annotated[Literal["correct", "complete", "clean", "alive"], Query(...)]


@router.get("registers/{register_id}/quality", response=QualityOut, summary="Read a register's quality")
def read_register_quality(request: HttpRequest, register_id: str) -> QualityOut:
    """Correct, complete, clean, alive, for who reads the register by a post."""
    who = by(request)
    seen_register(who["actor"], register_id)
    return QualityOut.told(quality.quality_of(**who, register_id=register_id))


@router.get(
    "registers/{register_id}/quality/{rule}/records", response=RecordPage, summary="List what fails a rule"
)
def list_failing_records(
    request: HttpRequest,
    response: HttpResponse,
    register_id: str,
    rule: str,
    unit: UnitCode,
    limit: Limit,
    cursor: Cursor,
) -> RecordPage:
    """The records behind a figure, page by page."""
    who = by(request)
    seen_register(who["actor"], register_id)
    page = quality.failing_records(
        **who, register_id=register_id, rule=rule, unit_code=unit, after=after_id(cursor), limit=limit
    )
    following = pack(str(page.next)) if page.next else None
    return RecordPage(
        items=[RecordOut.told(one, inside=True) for one in page.records],
        count=None,
        next_cursor=following,
        next=link_next(request, response, following),
    )


@router.get(
    "registers/{register_id}/quality-trend",
    response=TrendOut,
    summary="Read how quality went from day to day",
)
def read_quality_trend(request: HttpRequest, register_id: str, kind: KindWord, since: date) -> TrendOut:
    """One score for each day that was measured."""
    actor = actor_of(request)
    seen_register(actor, register_id)
    found = quality.quality_trend(actor=actor, register_id=register_id, kind=kind, since=since)
    return TrendOut(items=[RegisterDayOut(on=on, score=RegisterScoreOut.told(score)) for on, score in found])


@router.get("registers/{register_id}/twins", response=TwinPage, summary="List records that may be one")
def list_likely_twins(request: HttpRequest, register_id: str, limit: Limit) -> TwinPage:
    """Pairs nobody has decided on."""
    actor = actor_of(request)
    seen_register(actor, register_id)
    moment = moment_of(request, None, None)
    found = quality.likely_twins(actor=actor, register_id=register_id, moment=moment, limit=limit)
    return TwinPage(items=[TwinOut.told(one) for one in found])


@router.post("register-twins/{uuid:twin_id}/decide", response={204: None}, summary="Decide on a pair")
def post_twin_decision(request: HttpRequest, twin_id: UUID, body: bodies.TwinDecisionIn) -> None:
    """Are they about one thing? What was decided is not asked again."""
    decide_twins(**by(request), twin_id=twin_id, are_one=body.are_one)
