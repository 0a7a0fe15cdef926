"""One day in Vietnam, and one agency's accounts: what every comparison looks at."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from tinhso.bookkeeping.types import Compared, DifferenceKind, Found
from tinhso.kernel.clock import VIETNAM
from tinhso.people.types import AgencyView

Facts = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Day:
    """
    A day of one agency.

    :param at: the moment of counting; what came later is not looked at
    """

    agency: AgencyView
    on: date
    at: datetime

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.on, time.min, tzinfo=VIETNAM)

    @property
    def ends(self) -> datetime:
        """Return the first moment of the next day."""
        return self.begins + timedelta(days=1)

    @property
    def accounts(self) -> frozenset[str]:
        """Return the numbers of the agency's collecting accounts."""
        return frozenset(account.number for account in self.agency.accounts.values())


def found(
    kind: DifferenceKind,
    about: str,
    amount: int = 0,
    *,
    is_explained: bool = False,
    assigned_account_id: UUID | None = None,
    told: Facts | None = None,
    **facts: str | int,
) -> Found:
    """Return one difference; ``about`` tells it from the others of its kind, ``told`` are further facts."""
    known = {**(told or {}), **facts}
    return Found(f"{kind}:{about}"[:120], kind, amount, is_explained, known, assigned_account_id)


def compared(
    booked: Collection[int], told: Collection[int], differences: list[Found], *, is_told: bool
) -> Compared:
    """Return both sides in sums, with what differs, in a fixed order."""
    return Compared(
        booked_count=len(booked),
        booked_sum=sum(booked),
        told_count=len(told),
        told_sum=sum(told),
        is_told=is_told,
        found=tuple(sorted(differences, key=lambda one: one.key)),
    )
