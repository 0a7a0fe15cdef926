"""Officers of two communes and a department, and records that are right; for tests of registers."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from tests import people_kit
from tinhso.people.models import Account
from tinhso.people.queries import actor_of
from tinhso.people.types import Actor, system
from tinhso.registers.actions.enter_record import enter_record
from tinhso.registers.types import Moment, Written

AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 10)
SYSTEM = system("test")
BINH_LIEU, HONG_GAI = "06838", "06685"
BIRTHS, SCHOOLS, PARCELS = "civil-status.births", "education.schools", "land.parcels"


def later(**by: float) -> datetime:
    return AT + timedelta(**by)


def officer(role: str, *, unit: str = BINH_LIEU, kind: str = "commune_committee") -> Actor:
    """Return an officer of the role in the agency of that kind and unit."""
    agency_id = people_kit.agency(kind, unit, name=f"Cơ quan {kind} {unit}")
    name = f"{role}.{kind}.{unit}".replace("_", "-")
    found = Account.objects.filter(username=name).values_list("pk", flat=True).first()
    account_id = found or people_kit.officer(name, role=role, agency_id=agency_id)
    return actor_of(account_id, at=AT)


def registrar(unit: str = BINH_LIEU) -> Actor:
    return officer("civil_status_officer", unit=unit)


def birth(**changes: object) -> dict[str, object]:
    """Return a birth as it is written into the register."""
    return {
        "certificate.number": "12/KS",
        "registered.unit": BINH_LIEU,
        "registered.on": "2026-03-10",
        "child.full_name": "Nguyễn Thị Mai An",
        "child.personal_id": "022326001234",
        "child.sex": "female",
        "child.born_on": "2026-03-01",
        "child.ethnicity": "01",
        "mother.full_name": "Trần Thị Hòa",
        "mother.personal_id": "022191004512",
        "mother.born_on": "1991",
        **changes,
    }


def enter(
    values: Mapping[str, object], *, actor: Actor | None = None, register: str = BIRTHS, **told: object
) -> Written:
    """Enter a record; without an actor as the system."""
    return enter_record(actor=actor or SYSTEM, at=AT, register_id=register, values=values, **told)  # type: ignore[arg-type]


def school(
    code: str,
    name: str,
    *,
    unit: str = BINH_LIEU,
    since: date | None = None,
    more: Mapping[str, object] | None = None,
) -> UUID:
    """Enter a school and return its record."""
    values: dict[str, object] = {
        "school.code": code,
        "school.name": name,
        "level": "primary",
        "place.unit": unit,
        **(more or {}),
    }
    return enter(values, register=SCHOOLS, since=since).record_id


def now(day: date = TODAY) -> Moment:
    return Moment(day)
