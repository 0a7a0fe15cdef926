"""A hall with two services and three counters, on a Tuesday morning; everything through the doors."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from tests import people_kit as kit
from tests.people_kit import AT
from tinhso.appointments.actions.offer import ServiceIn, save_counter, save_service
from tinhso.appointments.actions.set_up import HallRulesIn, change_hall, open_hall
from tinhso.appointments.models import Hall
from tinhso.people.models import Agency
from tinhso.people.types import Actor

RULES = HallRulesIn(
    is_open=True,
    slot_minutes=30,
    walk_in_percent=50,
    horizon_days=14,
    lead_minutes=60,
    most_bookings=2,
    grace_minutes=15,
    weekly={},
    languages=("vi", "en"),
)
CIVIL = ServiceIn(
    letter="A",
    name="Hộ tịch, chứng thực",
    name_en="Civil status and certification",
    codes=("1.001193",),
    fields=("Chứng thực",),
    places=4,
    minutes=15,
    is_open=True,
)
LAND = replace(
    CIVIL, letter="B", name="Đất đai, xây dựng", name_en="Land and construction", codes=(), fields=()
)


@dataclass
class Place:
    """
    :param head: lays the hall out; :param counters: ids of counters 1 (A), 2 (A and B) and 3 (B)
    """

    agency_id: UUID
    head: Actor
    a: UUID
    b: UUID
    counters: tuple[UUID, ...]

    @property
    def hall(self) -> Hall:
        return Hall.objects.select_related("agency").get(agency_id=self.agency_id)

    def officer(self, name: str) -> Actor:
        """Return a new one-stop officer of the agency."""
        return kit.actor(kit.officer(name, agency_id=self.agency_id))

    def set(self, *, at: datetime = AT, **changes: object) -> int:
        """Change the hall's rules; return how many bookings were displaced."""
        said = replace(RULES, **changes)  # type: ignore[arg-type]
        return change_hall(actor=self.head, at=at, agency_id=self.agency_id, said=said)


def place(agency_id: UUID | None = None, *, head: Actor | None = None, at: datetime = AT) -> Place:
    """Lay out the hall of an agency."""
    own = agency_id or kit.agency()
    head = head or kit.actor(kit.officer("lanhdao", role="chairperson", agency_id=own))
    open_hall(actor=head, at=at, agency_id=own)
    change_hall(actor=head, at=at, agency_id=own, said=RULES)
    a = save_service(actor=head, at=at, agency_id=own, said=CIVIL)
    b = save_service(actor=head, at=at, agency_id=own, said=LAND)
    counters = tuple(
        save_counter(actor=head, at=at, agency_id=own, number=number, service_ids=services)
        for number, services in enumerate(((a,), (a, b), (b,)), start=1)
    )
    return Place(agency_id=Agency.objects.get(pk=own).pk, head=head, a=a, b=b, counters=counters)


def slot(hour: int, minute: int = 0, *, days: int = 1) -> datetime:
    """Return that time in Vietnam, so many days after the Tuesday of the tests."""
    start = AT.replace(hour=0, minute=0)  # 7:00 in Vietnam
    return start + timedelta(days=days, hours=hour - 7, minutes=minute)


def citizens(count: int) -> list[Actor]:
    """Return so many citizens."""
    return [kit.citizen(f"0001910{number:05}", full_name=f"Người Thứ {number}") for number in range(count)]
