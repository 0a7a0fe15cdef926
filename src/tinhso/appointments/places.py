"""Places of slots: taken and given back, never twice. Needs a transaction around it."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, Sum

from tinhso.appointments.models import Service, Slot
from tinhso.appointments.refusals import HallClosed, ServiceClosed, SlotFull, SlotGone
from tinhso.appointments.timetable import bookable_places, timetable_of
from tinhso.kernel.clock import local


def lock_service(service_id: UUID) -> Service | None:
    """Return the service, locked: bookings of one service come one after another, set-up waits for them."""
    rows = Service.objects.select_for_update(of=("self",), no_key=True).select_related("hall__agency")
    return rows.filter(pk=service_id).first()


def require_offered(service: Service, starts_at: datetime, *, at: datetime) -> tuple[datetime, datetime]:
    """
    Return the slot of the grid that begins then.

    :raises HallClosed, ServiceClosed, SlotGone: as their sentences say
    """
    if not service.hall.is_open or not service.hall.agency.is_open:
        raise HallClosed
    if not service.is_open:
        raise ServiceClosed(name=service.name)
    table = timetable_of(service.hall)
    grid = dict(table.grid(local(starts_at).date()))
    if starts_at not in grid or not table.is_in_time(starts_at, at=at):
        raise SlotGone
    return starts_at, grid[starts_at]


def take_place(service: Service, starts_at: datetime, ends_at: datetime) -> Slot:
    """Return the slot with one place more taken; its service is locked. :raises SlotFull: there was none"""
    places = bookable_places(service)
    overlapping = service.slots.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)
    used = overlapping.exclude(starts_at=starts_at).aggregate(sum=Sum("taken"))["sum"] or 0
    slot, _ = Slot.objects.get_or_create(
        service=service, starts_at=starts_at, defaults={"ends_at": ends_at, "places": places}
    )
    if used + slot.taken >= places:
        raise SlotFull
    if not Slot.objects.filter(pk=slot.pk, taken__lt=F("places")).update(taken=F("taken") + 1):
        raise SlotFull
    return slot


def give_back(slot_id: UUID) -> None:
    """Free one place of the slot."""
    Slot.objects.filter(pk=slot_id, taken__gt=0).update(taken=F("taken") - 1)
