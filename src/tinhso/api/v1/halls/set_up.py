"""The set-up of a hall, for its head."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from tinhso.api.v1.asking import SIGNED_IN, by
from tinhso.api.v1.halls.set_up_shapes import (
    ClosureIn,
    CounterIn,
    CounterOut,
    DisplacedOut,
    HallIn,
    HallKeptOut,
    QueueServiceIn,
    ReopenIn,
)
from tinhso.appointments.actions.offer import save_counter, save_service
from tinhso.appointments.actions.set_up import change_hall, close_day, open_hall, renew_keys, reopen_day
from tinhso.appointments.turns import queue_of

router = Router(tags=["one-stops"], auth=SIGNED_IN)
HALL = "/one-stops/{uuid:agency_id}"


@router.post(f"{HALL}/open", response=HallKeptOut, summary="Give an agency a one-stop")
def post_one_stop_open(request: HttpRequest, agency_id: UUID) -> HallKeptOut:
    """With the defaults of the packs; twice is once."""
    return HallKeptOut(id=open_hall(**by(request), agency_id=agency_id))


@router.post(f"{HALL}/rules", response=DisplacedOut, summary="Change rules and hours")
def post_one_stop_rules(request: HttpRequest, agency_id: UUID, body: HallIn) -> DisplacedOut:
    """Whose booking no longer fits is asked to choose another time."""
    moved = change_hall(**by(request), agency_id=agency_id, said=body.read(), revision=body.revision)
    return DisplacedOut(displaced=moved)


@router.post(f"{HALL}/services", response={201: HallKeptOut}, summary="Add a service")
def create_queue_service(request: HttpRequest, agency_id: UUID, body: QueueServiceIn) -> HallKeptOut:
    """A group of matters with one queue."""
    return HallKeptOut(id=save_service(**by(request), agency_id=agency_id, said=body.read()))


@router.post(f"{HALL}/services/{{uuid:service_id}}", response=HallKeptOut, summary="Change a service")
def post_queue_service(
    request: HttpRequest, agency_id: UUID, service_id: UUID, body: QueueServiceIn
) -> HallKeptOut:
    """Bookings of one that closes must choose again."""
    said = body.read()
    return HallKeptOut(id=save_service(**by(request), agency_id=agency_id, said=said, service_id=service_id))


@router.get(f"{HALL}/counters", response=list[CounterOut], summary="List the counters")
def list_counters(request: HttpRequest, agency_id: UUID) -> list[CounterOut]:
    """For the officers who serve at them."""
    return [CounterOut.told(one) for one in queue_of(**by(request), agency_id=agency_id).counters]


@router.post(f"{HALL}/counters", response={201: HallKeptOut}, summary="Add a counter")
def create_counter(request: HttpRequest, agency_id: UUID, body: CounterIn) -> HallKeptOut:
    """With the services it serves."""
    return HallKeptOut(id=save_counter(**by(request), agency_id=agency_id, **body.model_dump()))


@router.post(f"{HALL}/counters/{{uuid:counter_id}}", response=HallKeptOut, summary="Change a counter")
def post_counter(request: HttpRequest, agency_id: UUID, counter_id: UUID, body: CounterIn) -> HallKeptOut:
    """Who sits at one that closes is sent away from it."""
    kept = save_counter(**by(request), agency_id=agency_id, counter_id=counter_id, **body.model_dump())
    return HallKeptOut(id=kept)


@router.post(f"{HALL}/closures", response=DisplacedOut, summary="Close a day")
def post_closure(request: HttpRequest, agency_id: UUID, body: ClosureIn) -> DisplacedOut:
    """Whose booking falls on it is asked to choose another time; twice is once."""
    moved = close_day(**by(request), agency_id=agency_id, on=body.on, reason=body.reason)
    return DisplacedOut(displaced=moved)


@router.post(f"{HALL}/closures/reopen", response={204: None}, summary="Open a day again")
def post_reopen(request: HttpRequest, agency_id: UUID, body: ReopenIn) -> None:
    """Twice is once."""
    reopen_day(**by(request), agency_id=agency_id, on=body.on)


@router.post(f"{HALL}/keys", response={204: None}, summary="Renew the keys of board and kiosk")
def post_keys(request: HttpRequest, agency_id: UUID) -> None:
    """Boards and kiosks with the old addresses stop."""
    renew_keys(**by(request), agency_id=agency_id)
