"""``/one-stops``, ``/bookings``, ``/numbers``, ``/boards``: for citizens and kiosks."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from tinhso.api.v1.asking import SIGNED_IN, actor_of, by
from tinhso.api.v1.halls.shapes import (
    ArriveIn,
    BoardOut,
    BookableDayOut,
    BookIn,
    BookingOut,
    DrawIn,
    HallOut,
    MoveIn,
    NumberOut,
    SlotOut,
    WaitOut,
)
from tinhso.api.v1.wording import language_of
from tinhso.appointments import following, queries
from tinhso.appointments.actions.book import book_appointment, cancel_appointment, move_appointment
from tinhso.appointments.actions.draw import check_in, draw_number
from tinhso.appointments.actions.leave_queue import leave_queue
from tinhso.kernel.refusals import NotFound

router = Router(tags=["one-stops"])


@router.get("/one-stops", response=list[HallOut], summary="List the one-stops that take bookings")
def list_one_stops(request: HttpRequest) -> list[HallOut]:
    """Open to everybody."""
    return [HallOut.told(one, language_of(request)) for one in queries.halls()]


@router.get("/one-stops/{uuid:agency_id}", response=HallOut, summary="Read a one-stop")
def read_one_stop(request: HttpRequest, agency_id: UUID) -> HallOut:
    """Its services; open to everybody."""
    return HallOut.told(queries.hall_of(agency_id), language_of(request))


@router.get("/one-stops/{uuid:agency_id}/waits", response=list[WaitOut], summary="Read the waiting times")
def list_waits(request: HttpRequest, agency_id: UUID) -> list[WaitOut]:
    """How it stands now and how long one usually waited, by service; open to everybody."""
    found = following.waits_of(queries.hall_row(agency_id), at=by(request)["at"])
    return [WaitOut.told(one, language_of(request)) for one in found]


@router.get(
    "/queue-services/{uuid:service_id}/days", response=list[BookableDayOut], summary="List the days to book"
)
def list_days(request: HttpRequest, service_id: UUID) -> list[BookableDayOut]:
    """Every day of the horizon, with why nobody is received on the others."""
    found = queries.days_of(service_id=service_id, at=by(request)["at"])
    return [BookableDayOut.told(one, language_of(request)) for one in found]


@router.get("/queue-services/{uuid:service_id}/slots", response=list[SlotOut], summary="List a day's slots")
def list_slots(request: HttpRequest, service_id: UUID, on: date) -> list[SlotOut]:
    """Those still to come, full ones with nothing free."""
    return [SlotOut.told(one) for one in queries.slots_of(service_id=service_id, on=on, at=by(request)["at"])]


@router.get("/bookings", response=list[BookingOut], auth=SIGNED_IN, summary="List one's bookings")
def list_bookings(request: HttpRequest, person_id: UUID | None = None) -> list[BookingOut]:
    """One's own, or those of a person one may see; those to come first."""
    actor = actor_of(request)
    whose = person_id or actor.for_person_id or actor.person_id
    found = queries.bookings_of(actor=actor, person_id=whose) if whose else ()
    return [BookingOut.told(one, language_of(request)) for one in found]


@router.post("/bookings", response={201: BookingOut}, auth=SIGNED_IN, summary="Book a slot")
def create_booking(request: HttpRequest, body: BookIn) -> BookingOut:
    """By the person, who acts for them, or the counter. The same person and slot twice is one booking."""
    who = by(request)
    actor = who["actor"]
    whose = body.person_id or actor.for_person_id or actor.person_id
    if whose is None:
        raise NotFound
    booking = book_appointment(
        **who,
        person_id=whose,
        service_id=body.service_id,
        starts_at=body.starts_at,
        procedure_code=body.procedure_code,
        by_phone=body.by_phone,
    )
    return BookingOut.told(booking, language_of(request))


@router.get("/bookings/{uuid:booking_id}", response=BookingOut, auth=SIGNED_IN, summary="Read a booking")
def read_booking(request: HttpRequest, booking_id: UUID) -> BookingOut:
    """One's own, and those at the counter one works at."""
    booking = queries.access_booking(actor=actor_of(request), booking_id=booking_id)
    return BookingOut.told(booking, language_of(request))


@router.post(
    "/bookings/{uuid:booking_id}/move", response=BookingOut, auth=SIGNED_IN, summary="Move a booking"
)
def post_booking_move(request: HttpRequest, booking_id: UUID, body: MoveIn) -> BookingOut:
    """Another slot; the former place is free at once, the code stays."""
    booking = move_appointment(
        **by(request), booking_id=booking_id, starts_at=body.starts_at, service_id=body.service_id
    )
    return BookingOut.told(booking, language_of(request))


@router.post(
    "/bookings/{uuid:booking_id}/cancel", response=BookingOut, auth=SIGNED_IN, summary="Cancel a booking"
)
def post_booking_cancel(request: HttpRequest, booking_id: UUID) -> BookingOut:
    """Twice is once; the place is free at once."""
    return BookingOut.told(cancel_appointment(**by(request), booking_id=booking_id), language_of(request))


@router.post("/numbers", response={201: NumberOut}, summary="Draw a number")
def create_number(request: HttpRequest, body: DrawIn) -> NumberOut:
    """By the kiosk with its key, or by an officer of the counters. No datum of a person is asked for."""
    return NumberOut.told(draw_number(**by(request), **body.model_dump()), language_of(request))


@router.post("/one-stops/{uuid:agency_id}/arrivals", response={201: NumberOut}, summary="Check a booking in")
def create_arrival(request: HttpRequest, agency_id: UUID, body: ArriveIn) -> NumberOut:
    """By the kiosk with its key, or by an officer of the counters. Scanned twice it is the same number."""
    number = check_in(**by(request), agency_id=agency_id, **body.model_dump())
    return NumberOut.told(number, language_of(request))


@router.get("/numbers/{str:token}", response=NumberOut, summary="Follow a number")
def read_number(request: HttpRequest, token: str) -> NumberOut:
    """Open to whoever has its token."""
    return NumberOut.told(following.ticket_by_token(token=token, at=by(request)["at"]), language_of(request))


@router.post("/numbers/{str:token}/leave", response=NumberOut, summary="Give a number up")
def post_number_leave(request: HttpRequest, token: str) -> NumberOut:
    """Open to whoever has its token; twice is once."""
    return NumberOut.told(leave_queue(**by(request), token=token), language_of(request))


@router.get("/boards/{str:board_key}", response=BoardOut, summary="Read a board")
def read_board(request: HttpRequest, board_key: str) -> BoardOut:
    """Open to whoever has its key."""
    board = following.board_of(queries.hall_by_board(board_key), at=by(request)["at"])
    return BoardOut.told(board, language_of(request))
