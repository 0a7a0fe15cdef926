"""``/reconciliations``: the daily comparison of the books with what others say."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Form, Query, Router, Schema
from ninja.files import UploadedFile
from pydantic import ConfigDict

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.api.v1.paging import NEXT, NEXT_CURSOR, Cursor, Limit, Order, link_next, page_of_rows
from tinhso.bookkeeping import policies, reports
from tinhso.bookkeeping.actions.compare_day import compare_day
from tinhso.bookkeeping.actions.handle_difference import assign_difference, close_difference
from tinhso.bookkeeping.actions.take_statement import take_card_list
from tinhso.bookkeeping.types import DayReportView, DifferenceView

router = Router(tags=["reconciliation"], auth=SIGNED_IN)
BY_ID = Order("id", newest_first=False)
Day = Annotated[date, Query(..., description="A day in Vietnam.")]
Agency = Annotated[UUID, Query(..., description="Whose money.")]


class BookDifferenceOut(Schema):
    """One difference. `state` is `open`, `explained` by what is known, or `closed` with a note."""

    id: UUID
    kind: str
    amount: int = Field(description="Đồng: booked less told.")
    sentence: str
    state: str
    assigned_account_id: UUID | None
    note: str

    @classmethod
    def told(cls, one: DifferenceView) -> "BookDifferenceOut":
        return cls(
            id=one.id,
            kind=one.kind.value,
            amount=one.amount,
            sentence=one.sentence,
            state=one.state.value,
            assigned_account_id=one.assigned_account_id,
            note=one.note,
        )


class DifferencePage(Schema):
    items: list[BookDifferenceOut]
    next_cursor: str | None = NEXT_CURSOR
    next: str | None = NEXT


class DayReportOut(Schema):
    """One channel of the day: `bank`, `platform`, `card`, `cash` or `receipt`."""

    channel: str
    booked_count: int
    booked_sum: int
    told_count: int
    told_sum: int
    is_told: bool = Field(description="Whether the other side has said anything of the day yet.")
    computed_at: datetime
    differences: list[BookDifferenceOut]

    @classmethod
    def told(cls, report: DayReportView) -> "DayReportOut":
        return cls(
            channel=report.channel.value,
            booked_count=report.booked_count,
            booked_sum=report.booked_sum,
            told_count=report.told_count,
            told_sum=report.told_sum,
            is_told=report.is_told,
            computed_at=report.computed_at,
            differences=[BookDifferenceOut.told(one) for one in report.differences],
        )


class ComparedDayOut(Schema):
    agency_id: UUID
    day: date
    channels: list[DayReportOut] = Field(description="Empty while the day has not been compared.")


class CompareIn(Schema):
    """Whose money, and which day in Vietnam."""

    model_config = ConfigDict(extra="forbid")

    agency_id: UUID
    day: date


class AssignIn(Schema):
    model_config = ConfigDict(extra="forbid")

    to_account_id: UUID


class CloseDifferenceIn(Schema):
    model_config = ConfigDict(extra="forbid")

    note: str = Field(max_length=2000, description="How it was cleared up.")


class CardListOut(Schema):
    """How many lines were new."""

    new: int


@router.get("/reconciliations", response=ComparedDayOut, summary="Read a day's comparison")
def read_day(request: HttpRequest, agency_id: Agency, day: Day) -> ComparedDayOut:
    """As it was computed last; for who answers for the agency's money."""
    actor = actor_of(request)
    policies.require_overseer(actor=actor, agency_id=agency_id)
    found = reports.reports_of(actor=actor, agency_id=agency_id, day=day)
    return ComparedDayOut(agency_id=agency_id, day=day, channels=[DayReportOut.told(one) for one in found])


@router.post("/reconciliations", response=ComparedDayOut, summary="Compare a day again")
def post_day(request: HttpRequest, body: CompareIn) -> ComparedDayOut:
    """Over the same facts the result is the same; what people wrote stays."""
    found = compare_day(**by(request), agency_id=body.agency_id, day=body.day)
    channels = [DayReportOut.told(one) for one in found]
    return ComparedDayOut(agency_id=body.agency_id, day=body.day, channels=channels)


@router.get("/reconciliations/open", response=DifferencePage, summary="List what is not cleared up")
def list_open(request: HttpRequest, response: HttpResponse, limit: Limit, cursor: Cursor) -> DifferencePage:
    """Open differences of all agencies for whose money who asks answers."""
    rows = reports.open_rows(actor=actor_of(request)).order_by()
    items, after = page_of_rows(rows, order=BY_ID, cursor=cursor, limit=limit)
    return DifferencePage(
        items=[BookDifferenceOut.told(reports.difference_view(row)) for row in items],
        next_cursor=after,
        next=link_next(request, response, after),
    )


@router.post("/reconciliations/card-lists", response=CardListOut, summary="Take in a card settlement list")
def post_card_list(
    request: HttpRequest, agency_id: Annotated[UUID, Form(...)], file: Annotated[UploadedFile, File(...)]
) -> CardListOut:
    """CSV in UTF-8: `terminal`, `approval_code`, `amount`, `day`; the same file twice changes nothing."""
    return CardListOut(new=take_card_list(**by(request), agency_id=agency_id, content=file.read()))


@router.post(
    "/reconciliations/differences/{uuid:difference_id}/assign",
    response=BookDifferenceOut,
    summary="Put a difference to somebody",
)
def post_difference_assigned(request: HttpRequest, difference_id: UUID, body: AssignIn) -> BookDifferenceOut:
    """To an officer of the same agency."""
    done = assign_difference(**by(request), difference_id=difference_id, to_account_id=body.to_account_id)
    return BookDifferenceOut.told(done)


@router.post(
    "/reconciliations/differences/{uuid:difference_id}/close",
    response=BookDifferenceOut,
    summary="Close a difference",
)
def post_difference_closed(
    request: HttpRequest, difference_id: UUID, body: CloseDifferenceIn
) -> BookDifferenceOut:
    """With what was found out; it opens again when the sum changes."""
    done = close_difference(**by(request), difference_id=difference_id, note=body.note)
    return BookDifferenceOut.told(done)
