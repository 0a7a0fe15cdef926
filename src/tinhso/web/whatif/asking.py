"""What the form asks: which office, how many more dossiers, who is away."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from tinhso.forms.types import Problem
from tinhso.people.types import Actor
from tinhso.web.desk.filters import as_uuid
from tinhso.whatif.types import Change, Past, Station

OFFICE, MORE, AWAY = "co-quan", "them", "vang"
LEAST, MOST = -90, 300


@dataclass(frozen=True, slots=True)
class Office:
    id: UUID
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """
    :param typed: what stands in each box, by its name
    :param is_change: anything differs from today
    """

    change: Change
    typed: dict[str, str]
    errors: tuple[Problem, ...]

    @property
    def is_change(self) -> bool:
        return self.change.arrivals != 1 or any(self.change.away.values())


def offices(actor: Actor, told: QueryDict) -> tuple[Office, ...]:
    """Return the agencies the officer works in; the first, or the one that is named, is chosen."""
    names = {post.agency_id: post.agency_name for post in actor.posts}
    named = as_uuid(told.get(OFFICE, ""))
    chosen = named if named in names else next(iter(names))
    return tuple(Office(pk, name, pk == chosen) for pk, name in names.items())


def box_of(station: Station) -> str:
    """Return the name of the box for officers who are away."""
    return f"{AWAY}-{station.role}-{station.agency_id.hex}"


def read(told: QueryDict, past: Past) -> Asked:
    """Return the change, with what is wrong at its box; a wrong box counts as today."""
    errors: list[Problem] = []
    more = _number(told, MORE, LEAST, MOST, errors)
    away = {
        station: _number(told, box_of(station), 0, many - 1, errors)
        for station, many in past.officers.items()
    }
    names: Sequence[str] = (MORE, *(box_of(station) for station in past.officers))
    return Asked(
        change=Change(arrivals=1 + more / 100, away=away),
        typed={name: told.get(name, "0") for name in names},
        errors=tuple(errors),
    )


def _number(told: QueryDict, name: str, least: int, most: int, errors: list[Problem]) -> int:
    written = told.get(name, "").strip() or "0"
    try:
        number = int(written)
    except ValueError:
        number = most + 1
    if least <= number <= most:
        return number
    words = _("Hãy ghi một số nguyên từ %(least)s đến %(most)s.") % {"least": least, "most": most}
    errors.append(Problem(name, words))
    return 0
