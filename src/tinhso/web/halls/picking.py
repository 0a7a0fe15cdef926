"""Choosing a day and a slot: the same for a new booking, a change, and at the desk."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict

from tinhso.appointments import queries
from tinhso.web.halls.words import Picker, day_choice, day_of, halves

DAY, SLOT, PROCEDURE = "ngay", "gio", "thu-tuc"


def picker(*, service_id: UUID, at: datetime, asked: QueryDict, chosen: str = "", keep: str = "") -> Picker:
    """
    Return the days of the horizon and the slots of the one asked for, else of the first with a place.

    :param chosen: the slot that stands in the form
    :param keep: the procedure code that stays in the addresses
    :raises NotFound, HallClosed: as ``queries.days_of``
    """
    days = queries.days_of(service_id=service_id, at=at)
    open_ones = [one.on for one in days if one.free]
    wanted = day_of(asked.get(DAY, ""))
    known = {one.on for one in days}
    on = wanted if wanted in known else next(iter(open_ones), None)
    slots = queries.slots_of(service_id=service_id, on=on, at=at) if on else ()
    return Picker(
        days=tuple(
            day_choice(one, url=_url(one.on.isoformat(), keep, asked), chosen=one.on == on) for one in days
        ),
        on=on,
        halves=halves(slots, chosen=chosen),
    )


def _url(on: str, keep: str, asked: QueryDict) -> str:
    said = {DAY: on, PROCEDURE: keep, "viec": asked.get("viec", "")}
    return "?" + urlencode({name: value for name, value in said.items() if value})
