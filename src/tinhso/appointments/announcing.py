"""What people are told of their bookings."""

from datetime import datetime

from tinhso.appointments.codes import grouped_code
from tinhso.appointments.models import Booking
from tinhso.kernel.clock import local
from tinhso.notices.actions import notify
from tinhso.notices.templates import Value

PAGE = "/lich-hen/{id}/"


def tell(booking: Booking, occasion: str, *, at: datetime, nth: str = "") -> None:
    """
    Put the message about a booking into its person's inbox; slot, service, hall and agency are at hand.

    :param nth: what makes a second message of the same occasion another one, such as the new slot
    """
    service = booking.slot.service
    agency = service.hall.agency
    data: dict[str, Value] = {
        "service": {"vi": service.name, "en": service.name_en},
        "agency": {"vi": agency.name, "en": agency.name_en or agency.name},
        "when": when(booking.slot.starts_at),
        "code": grouped_code(booking.code),
    }
    if occasion == "appointment_displaced":
        data["reason"] = booking.reason
    notify(
        at=at,
        person_id=booking.person_id,
        template=occasion,
        data=data,
        dedupe_key=f"{occasion}:{booking.pk}:{nth}",
        link=PAGE.format(id=booking.pk),
    )


def when(moment: datetime) -> dict[str, str]:
    """Return a slot's start as it is said in both languages."""
    there = local(moment)
    return {"vi": f"{there:%H:%M} ngày {there:%d/%m/%Y}", "en": f"{there:%H:%M} on {there:%d/%m/%Y}"}
