"""Lay a hall out: give an agency one, its rules and hours, its days off, its keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.appointments import policies
from tinhso.appointments.displacing import displace
from tinhso.appointments.hours import read_hours
from tinhso.appointments.laying_out import locked_hall, note, require_within, resize
from tinhso.appointments.models import Closure, Hall
from tinhso.appointments.models.halls import new_key
from tinhso.appointments.rules import rules
from tinhso.kernel import locks
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Conflict, Invalid
from tinhso.kernel.text import normalise
from tinhso.people import queries as people
from tinhso.people.types import Actor

LANGUAGES = ("vi", "en")
REASON = 200


class HallChanged(Conflict):
    code = "hall-changed"
    message = _("Thiết lập vừa được người khác thay đổi. Hãy tải lại trang, xem thay đổi rồi sửa lại.")


class ClosureGone(Invalid):
    code = "closure-gone"
    message = _("Ngày nghỉ phải từ hôm nay trở đi và có lý do, tối đa 200 ký tự.")


@dataclass(frozen=True, slots=True)
class HallRulesIn:
    """
    What a hall decides for itself.

    :param weekly: what was typed for each weekday, ``"0"`` Monday; see :func:`hours.read_hours`
    """

    is_open: bool
    slot_minutes: int
    walk_in_percent: int
    horizon_days: int
    lead_minutes: int
    most_bookings: int
    grace_minutes: int
    weekly: Mapping[str, str]
    languages: Sequence[str]


@transaction.atomic
def open_hall(*, actor: Actor, at: datetime, agency_id: UUID) -> UUID:
    """
    Give the agency a hall with the defaults of the packs; twice is once. Return its id.

    :raises NotFound: no such agency
    :raises NotAllowed: the actor does not lay it out
    """
    locks.hold(f"appointments.hall:{agency_id}")

    people.agency(agency_id)
    policies.require_set_up(actor=actor, agency_id=agency_id)

    earlier = Hall.objects.filter(agency_id=agency_id).first()
    if earlier is not None:
        return earlier.pk

    said = rules().defaults
    hall = Hall.objects.create(
        agency_id=agency_id,
        slot_minutes=said.slot_minutes,
        walk_in_percent=said.walk_in_percent,
        horizon_days=said.horizon_days,
        lead_minutes=said.lead_minutes,
        most_bookings=said.most_bookings,
        grace_minutes=said.grace_minutes,
        languages=list(LANGUAGES),
    )

    note(hall, "opened", actor=actor, at=at)
    return hall.pk


@transaction.atomic
def change_hall(
    *, actor: Actor, at: datetime, agency_id: UUID, said: HallRulesIn, revision: int | None = None
) -> int:
    """
    Change what the hall decides for itself; return how many bookings must choose another time.

    :param revision: of the set-up the change was made on, to find out that somebody else changed it since
    :raises NotFound: the agency has no hall; NotAllowed: the actor does not lay it out
    :raises HallNumbersOutside, HoursUnreadable, HallChanged: as their sentences say
    """
    hall = locked_hall(agency_id)

    policies.require_set_up(actor=actor, agency_id=agency_id)

    if revision is not None and revision != hall.revision:
        raise HallChanged
    for name in ("slot_minutes", "walk_in_percent", "horizon_days", "lead_minutes", "most_bookings"):
        require_within(name, getattr(said, name))
    require_within("grace_minutes", said.grace_minutes)
    read = {day: read_hours(typed) for day, typed in said.weekly.items() if day in "0123456"}

    hall.is_open, hall.slot_minutes = said.is_open, said.slot_minutes
    hall.walk_in_percent, hall.horizon_days = said.walk_in_percent, said.horizon_days
    hall.lead_minutes, hall.most_bookings = said.lead_minutes, said.most_bookings
    hall.grace_minutes = said.grace_minutes
    hall.weekly = {day: sessions for day, sessions in read.items() if sessions is not None}
    hall.languages = [one for one in LANGUAGES if one == "vi" or one in said.languages]
    hall.save()
    for service in hall.services.all():
        service.hall = hall
        resize(service, at=at)

    note(hall, "rules", actor=actor, at=at)
    return displace(hall, actor=actor, at=at)


@transaction.atomic
def close_day(*, actor: Actor, at: datetime, agency_id: UUID, on: date, reason: str) -> int:
    """
    Close the hall on a day; return how many bookings must choose again. Twice is once.

    :raises NotFound: the agency has no hall; NotAllowed: the actor does not lay it out
    :raises ClosureGone: the day is over, or no reason is given
    """
    hall = locked_hall(agency_id)

    policies.require_set_up(actor=actor, agency_id=agency_id)

    reason = normalise(reason)
    if on < local(at).date() or not reason or len(reason) > REASON:
        raise ClosureGone

    Closure.objects.update_or_create(hall=hall, on=on, defaults={"reason": reason})

    note(hall, f"closed {on:%Y-%m-%d}", actor=actor, at=at)
    return displace(hall, actor=actor, at=at)


@transaction.atomic
def reopen_day(*, actor: Actor, at: datetime, agency_id: UUID, on: date) -> None:
    """
    Receive on that day after all. Who was displaced has chosen or may choose it again. Twice is once.

    :raises NotFound: the agency has no hall; NotAllowed: the actor does not lay it out
    """
    hall = locked_hall(agency_id)

    policies.require_set_up(actor=actor, agency_id=agency_id)

    hall.closures.filter(on=on).delete()

    note(hall, f"reopened {on:%Y-%m-%d}", actor=actor, at=at)


@transaction.atomic
def renew_keys(*, actor: Actor, at: datetime, agency_id: UUID) -> None:
    """
    Make new keys: boards and kiosks with the old addresses stop.

    :raises NotFound: the agency has no hall; NotAllowed: the actor does not lay it out
    """
    hall = locked_hall(agency_id)

    policies.require_set_up(actor=actor, agency_id=agency_id)

    hall.board_key, hall.kiosk_key = new_key(), new_key()
    hall.save(update_fields=["board_key", "kiosk_key"])

    note(hall, "keys", actor=actor, at=at)
