"""``/registers``: what registers there are, and their records, found as pages find them."""

from datetime import UTC, date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import AwareDatetime

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.api.v1.paging import Cursor, Limit, after_id, link_next, pack, page_of_items
from tinhso.api.v1.registers import bodies
from tinhso.api.v1.registers.shapes import (
    FieldOut,
    RecordOut,
    RecordPage,
    RegisterOut,
    RegisterPage,
    RegisterRow,
    UnitCount,
    UnitCountPage,
)
from tinhso.api.v1.registers.showing import is_inside, show, show_again
from tinhso.api.v1.trying import LIMITED, require_within
from tinhso.api.v1.wording import language_of
from tinhso.definitions.registers.reading import RegisterMissing
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.edge.boxes import read_box
from tinhso.edge.limits import RECORD
from tinhso.edge.spans import read_span
from tinhso.kernel.clock import local
from tinhso.people.types import Actor
from tinhso.registers import policies, queries
from tinhso.registers.actions.enter_record import enter_record
from tinhso.registers.ranges import Range
from tinhso.registers.refusals import FieldNotAskable
from tinhso.registers.types import Moment

router = Router(tags=["registers"])
# Nobody kept registers here before the one day, nor after the other.
FIRST, LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)

Words = Annotated[str, Query("", max_length=200, description="Words in any order, marks or not.")]
Filters = Annotated[
    list[str],
    Query(
        [],
        alias="filter",
        max_length=20,
        description="`field:value`, of fields that are filters; several must all hold.",
        examples=[["level:primary"]],
    ),
]
Spans = Annotated[
    list[str],
    Query(
        [],
        alias="span",
        max_length=20,
        description="`field:lowest..highest`, both included, either left open; of numbers, money and days "
        "that are filters.",
        examples=[["pupils:100..500"]],
    ),
]
UnitCode = Annotated[
    str, Query("", max_length=10, description="Only of this unit and of what it grew out of.")
]
BoxText = Annotated[str, Query("", max_length=120, description="`west,south,east,north` in degrees, WGS 84.")]
Valid = Annotated[date | None, Query(None, description="True on this day; today by default.")]
KnownAt = Annotated[
    AwareDatetime | None,
    Query(None, description="As we knew it at this moment; now by default. For who reads it by a post."),
]
Counted = Annotated[bool, Query(False, description="Also tell how many there are.")]
KeyText = Annotated[str, Query(..., min_length=1, max_length=160, description="The whole key, as written.")]


@router.get("", response=RegisterPage, summary="List registers")
def list_registers(
    request: HttpRequest, response: HttpResponse, limit: Limit, cursor: Cursor
) -> RegisterPage:
    """Those of which who asks sees something, by id; the public sees what is published or may be asked."""
    actor, language = actor_of(request), language_of(request)
    found, after = page_of_items(
        queries.open_registers(actor), key=lambda one: one.id, cursor=cursor, limit=limit
    )
    return RegisterPage(
        items=[RegisterRow(**_row(one, actor, language)) for one in found],
        next_cursor=after,
        next=link_next(request, response, after),
    )


@router.get("/{register_id}", response=RegisterOut, summary="Read a register's definition")
def read_register_definition(request: HttpRequest, register_id: str) -> RegisterOut:
    """With the fields that who asks may see."""
    actor, language = actor_of(request), language_of(request)
    one = seen_register(actor, register_id)
    shown = policies.fields_shown(actor=actor, definition=one)
    return RegisterOut(
        **_row(one, actor, language),
        key_pattern=one.key.pattern,
        title=[name for name in one.title if name in shown],
        unit=one.unit if one.unit in shown else None,
        parent=one.parent if one.parent in shown else None,
        geometry=one.geometry if one.geometry in shown else None,
        fields=[FieldOut.told(field, one, language) for field in one.fields if field.id in shown],
        confirmed_every_months=one.alive.months if one.alive else None,
        kept_years=one.retention.years,
    )


@router.get("/{register_id}/records", response=RecordPage, summary="Find records")
def list_records(
    request: HttpRequest,
    response: HttpResponse,
    register_id: str,
    q: Words,
    chosen: Filters,
    spans: Spans,
    unit: UnitCode,
    bbox: BoxText,
    valid: Valid,
    known: KnownAt,
    count: Counted,
    limit: Limit,
    cursor: Cursor,
) -> RecordPage:
    """Records in force on the day, each once, whatever comes in meanwhile; of what who asks may list."""
    actor = actor_of(request)
    definition = seen_register(actor, register_id)
    asked = {
        "actor": actor,
        "register_id": register_id,
        "moment": moment_of(request, valid, known),
        "text": q,
        "filters": dict(one.partition(":")[::2] for one in chosen),
        "ranges": _ranges(definition, spans),
        "unit_code": unit,
        "box": read_box(bbox) if bbox else None,
    }
    page = queries.find_records(**asked, after=after_id(cursor), limit=limit)  # type: ignore[arg-type]
    following = pack(str(page.next)) if page.next else None
    inside = is_inside(actor, definition)
    return RecordPage(
        items=[RecordOut.told(one, inside=inside) for one in page.records],
        count=queries.count_records(**asked) if count else None,  # type: ignore[arg-type]
        next_cursor=following,
        next=link_next(request, response, following),
    )


@router.post("/{register_id}/records", response={201: RecordOut}, auth=SIGNED_IN, summary="Enter a record")
def create_record(
    request: HttpRequest, response: HttpResponse, register_id: str, body: bodies.RecordIn
) -> RecordOut:
    """By who keeps the register there; every wrong field is named."""
    seen_register(actor_of(request), register_id)
    written = enter_record(**by(request), register_id=register_id, **body.model_dump())
    return show_again(request, response, written.record_id)


@router.get("/{register_id}/units", response=UnitCountPage, summary="Count records by unit")
def count_records_by_unit(
    request: HttpRequest, register_id: str, valid: Valid, known: KnownAt
) -> UnitCountPage:
    """How many records in force belong to each unit, of those who asks may list."""
    actor = actor_of(request)
    seen_register(actor, register_id)
    moment = moment_of(request, valid, known)
    found = queries.count_by_unit(actor=actor, register_id=register_id, moment=moment)
    return UnitCountPage(items=[UnitCount(unit_code=code, records=found[code]) for code in sorted(found)])


@router.get(
    "/{register_id}/record", response=RecordOut, summary="Read a record by its key", openapi_extra=LIMITED
)
def read_record_by_key(
    request: HttpRequest, response: HttpResponse, register_id: str, key: KeyText, valid: Valid, known: KnownAt
) -> RecordOut:
    """
    Of a key that was merged away, the record that took its place.

    Whoever may not list the register is counted: keys follow one another.
    """
    actor = actor_of(request)
    moment = moment_of(request, valid, known)
    definition = seen_register(actor, register_id)
    is_open = bool(definition.public and definition.public.open_data)
    if not is_open and not is_inside(actor, definition):
        require_within(request, RECORD)
    view = queries.record_by_key(actor=actor, register_id=register_id, key=key, moment=moment)
    return show(request, response, view)


def moment_of(request: HttpRequest, valid: date | None, known: AwareDatetime | None) -> Moment:
    """Return the day of the world and what we knew; PostgreSQL takes no offset that nobody has."""
    held = min(max(known, FIRST), LAST).astimezone(UTC) if known else None
    return Moment(valid or local(by(request)["at"]).date(), held)


def seen_register(actor: Actor, register_id: str) -> RegisterDefinition:
    """:raises RegisterMissing: there is none, or who asks sees nothing of it; the two are never told apart"""
    found = next((one for one in queries.open_registers(actor) if one.id == register_id), None)
    if found is None:
        raise RegisterMissing(register=register_id)
    return found


def _ranges(definition: RegisterDefinition, spans: list[str]) -> dict[str, Range]:
    """:raises FieldNotAskable, SpanUnreadable: as they say"""
    found = {}
    for name, written in (one.partition(":")[::2] for one in spans):
        field = definition.by_id.get(name)
        if field is None:
            raise FieldNotAskable(field=name)
        found[name] = read_span(written, field.type)
    return found


def _row(one: RegisterDefinition, actor: Actor, language: str) -> dict[str, Any]:
    return RegisterRow.row(one, language, may_enter=policies.may_enter(actor=actor, definition=one))
