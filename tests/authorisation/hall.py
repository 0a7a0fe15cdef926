"""A hall with a booking of the owner's and a number that waits, on the next day that is worked."""

from uuid import UUID

from tests import halls_kit
from tests.dossiers_kit import Province
from tinhso.appointments import queries
from tinhso.appointments.actions.book import book_appointment
from tinhso.appointments.actions.draw import draw_number
from tinhso.appointments.models import Turn
from tinhso.people.types import ANONYMOUS, Actor


def built(province: Province, owner: Actor) -> dict[str, str]:
    """Return what there is of the hall."""
    head = province.officer("chairperson")
    agency_id: UUID = head.posts[0].agency_id
    place = halls_kit.place(agency_id, head=head, at=province.at)
    day = [one for one in queries.days_of(service_id=place.a, at=province.at) if one.free][-1]
    first, last = (queries.slots_of(service_id=place.a, on=day.on, at=province.at)[n] for n in (0, -1))
    booking = book_appointment(
        actor=owner,
        at=province.at,
        person_id=owner.person_id,  # type: ignore[arg-type]
        service_id=place.a,
        starts_at=first.starts_at,
    )
    hall = place.hall
    number = draw_number(actor=ANONYMOUS, at=first.starts_at, service_id=place.a, kiosk_key=hall.kiosk_key)
    return {
        "agency_id": str(agency_id),
        "service_id": str(place.a),
        "other_service_id": str(place.b),
        "counter_id": str(place.counters[0]),
        "booking_id": str(booking.id),
        "booking_code": booking.code,
        "slot": last.starts_at.isoformat(),
        "token": number.token,
        "turn_id": str(Turn.objects.get(ticket__token=number.token).pk),
        "kiosk_key": hall.kiosk_key,
        "board_key": hall.board_key,
        "act": "bat-dau",
    }
