"""What every change of a hall's set-up begins and ends with."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from tinhso.appointments.events import HallSetUp
from tinhso.appointments.models import Hall, Service, Slot
from tinhso.appointments.timetable import bookable_places
from tinhso.kernel import ledger
from tinhso.kernel.refusals import Invalid, NotFound
from tinhso.people.types import Actor


class HallNumbersOutside(Invalid):
    code = "hall-numbers-outside"
    message = _("«%(what)s» phải từ %(least)s đến %(most)s. Hãy sửa lại số này.")


LIMITS: Mapping[str, tuple[object, int, int]] = {
    "slot_minutes": (_("Độ dài một lượt hẹn (phút)"), 5, 240),
    "walk_in_percent": (_("Phần trăm dành cho người không hẹn"), 0, 100),
    "horizon_days": (_("Đặt trước nhiều nhất (ngày)"), 1, 90),
    "lead_minutes": (_("Đặt trước ít nhất (phút)"), 0, 2880),
    "most_bookings": (_("Số lịch hẹn một người được giữ"), 1, 20),
    "grace_minutes": (_("Đến muộn vẫn giữ lượt (phút)"), 0, 120),
    "places": (_("Số người trong một lượt hẹn"), 1, 200),
    "minutes": (_("Thời gian dự kiến cho một người (phút)"), 1, 240),
}


def locked_hall(agency_id: UUID) -> Hall:
    """
    Return the hall with all its services locked: no booking is made while its rules change.

    :raises NotFound: the agency has none
    """
    rows = Hall.objects.select_for_update(of=("self",), no_key=True).select_related("agency")
    hall = rows.filter(agency_id=agency_id).first()
    if hall is None:
        raise NotFound
    list(Service.objects.select_for_update(no_key=True).filter(hall=hall).order_by("pk").values_list("pk"))
    return hall


def require_within(name: str, value: int) -> None:
    """:raises HallNumbersOutside: the setting has other limits"""
    what, least, most = LIMITS[name]
    if not least <= value <= most:
        raise HallNumbersOutside(what=what, least=least, most=most)


def resize(service: Service, *, at: datetime) -> None:
    """Give slots to come the new number of places; whoever has one keeps it."""
    Slot.objects.filter(service=service, starts_at__gt=at).update(
        places=Greatest(F("taken"), bookable_places(service))
    )


def note(hall: Hall, what: str, *, actor: Actor, at: datetime) -> None:
    """Count the change and write it down."""
    Hall.objects.filter(pk=hall.pk).update(revision=F("revision") + 1)
    event = HallSetUp(hall_id=hall.pk, agency_id=hall.agency_id, what=what)
    ledger.record(actor=actor, at=at, event=event)
