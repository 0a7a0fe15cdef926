"""``/counters``, ``/turns`` and the figures: the hall for its officers."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.api.v1.halls.shapes import BookingOut, TransferIn, TurnOut, WaitFigureOut
from tinhso.api.v1.wording import language_of
from tinhso.appointments import figures, queries
from tinhso.appointments.actions.call import (
    bring_back,
    call_again,
    call_next,
    finish,
    mark_absent,
    start,
    transfer,
)
from tinhso.appointments.actions.sit import leave_counter, take_counter
from tinhso.appointments.turns import queue_of

router = Router(tags=["counters"], auth=SIGNED_IN)


@router.get("/one-stops/{uuid:agency_id}/queue", response=list[TurnOut], summary="List who waits")
def list_queue(request: HttpRequest, agency_id: UUID) -> list[TurnOut]:
    """In the order of calling: whom one's counter serves, everybody before one took a counter."""
    queue = queue_of(**by(request), agency_id=agency_id)
    return [TurnOut.told(one, language_of(request)) for one in queue.waiting]


@router.get("/one-stops/{uuid:agency_id}/bookings", response=list[BookingOut], summary="List a day's booked")
def list_bookings_of_day(request: HttpRequest, agency_id: UUID, on: date) -> list[BookingOut]:
    """Those at the counters one works at, by slot."""
    found = queries.bookings_on(actor=actor_of(request), agency_id=agency_id, on=on)
    return [BookingOut.told(one, language_of(request)) for one in found]


@router.post("/counters/{uuid:counter_id}/take", response={204: None}, summary="Sit down at a counter")
def post_counter_take(request: HttpRequest, counter_id: UUID) -> None:
    """The one taken before is left; twice is once."""
    take_counter(**by(request), counter_id=counter_id)


@router.post("/counters/{uuid:counter_id}/leave", response={204: None}, summary="Leave a counter")
def post_counter_leave(request: HttpRequest, counter_id: UUID) -> None:
    """One's own; who lays out the hall may free any. Twice is once."""
    leave_counter(**by(request), counter_id=counter_id)


@router.post("/counters/call-next", response=TurnOut, summary="Call the next number")
def post_call_next(request: HttpRequest) -> TurnOut:
    """Priority groups, booked slots that began, first come; two officers never get the same one."""
    return TurnOut.told(call_next(**by(request)), language_of(request))


@router.post("/turns/{uuid:turn_id}/call-again", response=TurnOut, summary="Call once more")
def post_turn_call_again(request: HttpRequest, turn_id: UUID) -> TurnOut:
    """The number in one's hands."""
    return TurnOut.told(call_again(**by(request), turn_id=turn_id), language_of(request))


@router.post("/turns/{uuid:turn_id}/absent", response=TurnOut, summary="Say that nobody came")
def post_turn_absent(request: HttpRequest, turn_id: UUID) -> TurnOut:
    """It may be brought back the same day."""
    return TurnOut.told(mark_absent(**by(request), turn_id=turn_id), language_of(request))


@router.post("/turns/{uuid:turn_id}/start", response=TurnOut, summary="Begin to serve")
def post_turn_start(request: HttpRequest, turn_id: UUID) -> TurnOut:
    """They sat down."""
    return TurnOut.told(start(**by(request), turn_id=turn_id), language_of(request))


@router.post("/turns/{uuid:turn_id}/finish", response=TurnOut, summary="Finish serving")
def post_turn_finish(request: HttpRequest, turn_id: UUID) -> TurnOut:
    """They are served."""
    return TurnOut.told(finish(**by(request), turn_id=turn_id), language_of(request))


@router.post("/turns/{uuid:turn_id}/transfer", response=TurnOut, summary="Send on to another service")
def post_turn_transfer(request: HttpRequest, turn_id: UUID, body: TransferIn) -> TurnOut:
    """Its place there counts from when it was drawn."""
    moved = transfer(**by(request), turn_id=turn_id, service_id=body.service_id)
    return TurnOut.told(moved, language_of(request))


@router.post("/turns/{uuid:turn_id}/bring-back", response=TurnOut, summary="Put back who was absent")
def post_turn_bring_back(request: HttpRequest, turn_id: UUID) -> TurnOut:
    """At the end of its queue, the same day."""
    return TurnOut.told(bring_back(**by(request), turn_id=turn_id), language_of(request))


@router.get("/one-stops/{uuid:agency_id}/figures", response=list[WaitFigureOut], summary="Read the figures")
def list_figures(
    request: HttpRequest, agency_id: UUID, since: date, until: date, by_hour: bool = False
) -> list[WaitFigureOut]:
    """Waiting and serving by service, or by service and hour; both days included."""
    rows = figures.figures_of(
        actor=actor_of(request), agency_id=agency_id, since=since, until=until, by_hour=by_hour
    )
    return [WaitFigureOut.told(one, language_of(request)) for one in rows]


@router.get(
    "/one-stops/{uuid:agency_id}/turns", response=list[TurnOut], summary="List the turns behind a figure"
)
def list_turns(
    request: HttpRequest,
    agency_id: UUID,
    since: date,
    until: date,
    service_id: UUID | None = None,
    hour: int | None = None,
    page: int = 1,
) -> list[TurnOut]:
    """Newest first, a hundred of them; numbers, not people."""
    found = figures.turns_of(
        actor=actor_of(request),
        agency_id=agency_id,
        since=since,
        until=until,
        service_id=service_id,
        hour=hour,
        page=page,
    )
    return [TurnOut.told(one, language_of(request)) for one in found]
