"""What a hall offers and where: its services and its counters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.appointments import policies
from tinhso.appointments.actions.sit import NumberInHand
from tinhso.appointments.displacing import displace
from tinhso.appointments.laying_out import locked_hall, note, require_within, resize
from tinhso.appointments.models import Counter, Hall, Service, Turn
from tinhso.appointments.states import AT_COUNTER
from tinhso.kernel.refusals import Conflict, Invalid, NotFound
from tinhso.kernel.text import normalise
from tinhso.people.types import Actor

NAME, MOST_COUNTERS = 120, 99


class LetterTaken(Conflict):
    code = "service-letter-taken"
    message = _("Chữ «%(letter)s» đã dùng cho nhóm việc khác. Hãy chọn một chữ cái A–Z chưa dùng.")


class ServiceUnnamed(Invalid):
    code = "service-unnamed"
    message = _("Hãy ghi tên nhóm việc bằng tiếng Việt và tiếng Anh, mỗi tên tối đa 120 ký tự.")


class CounterNumberTaken(Conflict):
    code = "counter-number-taken"
    message = _("Đã có quầy số %(number)s. Hãy chọn số khác từ 1 đến 99.")


class CounterServesNothing(Invalid):
    code = "counter-serves-nothing"
    message = _("Hãy chọn ít nhất một nhóm việc cho quầy.")


@dataclass(frozen=True, slots=True)
class ServiceIn:
    """What a service is; see :class:`models.Service`."""

    letter: str
    name: str
    name_en: str
    codes: Sequence[str]
    fields: Sequence[str]
    places: int
    minutes: int
    is_open: bool


@transaction.atomic
def save_service(
    *, actor: Actor, at: datetime, agency_id: UUID, said: ServiceIn, service_id: UUID | None = None
) -> UUID:
    """
    Add a service, or change one; return its id. Bookings of one that closes must choose again.

    :raises NotFound: no such hall or service; NotAllowed: the actor does not lay it out
    :raises ServiceUnnamed, HallNumbersOutside, LetterTaken: as their sentences say
    """
    hall = locked_hall(agency_id)

    policies.require_set_up(actor=actor, agency_id=agency_id)

    row = _service(hall, service_id)
    letter, name, name_en = said.letter.strip().upper(), normalise(said.name), normalise(said.name_en)
    if not name or not name_en or max(len(name), len(name_en)) > NAME:
        raise ServiceUnnamed
    require_within("places", said.places)
    require_within("minutes", said.minutes)
    taken = hall.services.filter(letter=letter).exclude(pk=row.pk).exists()
    if taken or len(letter) != 1 or not ("A" <= letter <= "Z"):
        raise LetterTaken(letter=letter[:8])

    row.letter, row.name, row.name_en = letter, name, name_en
    row.codes, row.fields = _listed(said.codes), _listed(said.fields)
    row.places, row.minutes, row.is_open = said.places, said.minutes, said.is_open
    row.save()
    resize(row, at=at)

    note(hall, f"service {letter}", actor=actor, at=at)
    displace(hall, actor=actor, at=at)
    return row.pk


@transaction.atomic
def save_counter(
    *,
    actor: Actor,
    at: datetime,
    agency_id: UUID,
    number: int,
    service_ids: Sequence[UUID],
    name: str = "",
    is_open: bool = True,
    counter_id: UUID | None = None,
) -> UUID:
    """
    Add a counter, or change one; return its id. Who sits at one that closes is sent away from it.

    :raises NotFound: no such hall or counter; NotAllowed: the actor does not lay it out
    :raises CounterNumberTaken, CounterServesNothing, NumberInHand: as their sentences say
    """
    hall = locked_hall(agency_id)

    policies.require_set_up(actor=actor, agency_id=agency_id)

    row = _counter(hall, counter_id)
    others = hall.counters.exclude(pk=row.pk)
    if not 1 <= number <= MOST_COUNTERS or others.filter(number=number).exists():
        raise CounterNumberTaken(number=number)
    services = list(hall.services.filter(pk__in=service_ids))
    if not services:
        raise CounterServesNothing
    if not is_open:
        _require_idle(row)
        row.account_id = row.post_id = row.since = None

    row.number, row.name, row.is_open = number, normalise(name)[:NAME], is_open
    row.save()
    row.services.set(services)

    note(hall, f"counter {number}", actor=actor, at=at)
    return row.pk


def _service(hall: Hall, service_id: UUID | None) -> Service:
    if service_id is None:
        return Service(hall=hall)
    row = hall.services.filter(pk=service_id).first()
    if row is None:
        raise NotFound
    row.hall = hall
    return row


def _counter(hall: Hall, counter_id: UUID | None) -> Counter:
    if counter_id is None:
        return Counter(hall=hall)
    row = hall.counters.select_for_update().filter(pk=counter_id).first()
    if row is None:
        raise NotFound
    return row


def _require_idle(counter: Counter) -> None:
    turn = Turn.objects.filter(counter=counter.pk, state__in=AT_COUNTER).select_related("ticket").first()
    if turn is not None:
        raise NumberInHand(label=turn.ticket.label)


def _listed(codes: Sequence[str]) -> list[str]:
    return sorted({said for code in codes if (said := normalise(code)[:60])})
