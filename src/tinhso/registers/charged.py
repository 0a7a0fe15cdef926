"""Who is charged with requests to put records right, and what waits for them; for rooms above, which tell."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Min, QuerySet
from django.db.models.functions import TruncDate

from tinhso.definitions.registers.reading import registers
from tinhso.kernel.clock import VIETNAM
from tinhso.people import queries as people
from tinhso.registers import sight
from tinhso.registers.models import Correction

_BY = ("register", "unit_key", "on")


@dataclass(frozen=True, slots=True)
class Waiting:
    """
    Requests of one register and unit.

    :param name: of the register
    :param on: of new ones, the day they were opened; of others, the day by which they are due
    :param due_at: when the first of them is due
    """

    register: str
    name: dict[str, str]
    unit_key: str
    on: date
    count: int
    due_at: datetime


def charged_with(*, register_id: str, unit_key: str, at: datetime) -> frozenset[UUID]:
    """Return the accounts of officers who may decide requests about records of the unit."""
    definition = registers().get(register_id)
    if definition is None or definition.truth == "outside":
        return frozenset()
    return frozenset(
        officer.account_id
        for grant in definition.access.write
        for officer in people.officers_in(roles=grant.roles, agency_kinds=grant.agencies, at=at)
        for reached in [sight.units_of(officer.post, grant)]
        if reached is None or unit_key in reached
    )


def opened_by_officers(*, since: datetime) -> tuple[Waiting, ...]:
    """Return open requests that officers opened since then, day by day: they come by the hundred."""
    rows = Correction.objects.open().filter(by_officer=True, opened_at__gte=since)
    return _waiting(rows.annotate(on=TruncDate("opened_at", tzinfo=VIETNAM)))


def coming_due(*, at: datetime, until: datetime) -> tuple[Waiting, ...]:
    """Return open requests whose five days end between the two moments, day by day."""
    rows = Correction.objects.open().filter(due_at__gte=at, due_at__lte=until)
    return _waiting(rows.annotate(on=TruncDate("due_at", tzinfo=VIETNAM)))


def _waiting(rows: QuerySet[Correction]) -> tuple[Waiting, ...]:
    grouped = rows.values_list(*_BY).annotate(count=Count("pk"), first=Min("due_at")).order_by(*_BY)
    known = registers()
    return tuple(
        Waiting(register_id, known[register_id].name.model_dump(), unit_key, on, count, due_at)
        for register_id, unit_key, on, count, due_at in grouped
        if register_id in known
    )
