"""What an address asks of a collection, as the engine of registers takes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from tinhso.api.ogc.edge import ParameterUnreadable, known_only
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.edge.boxes import read_box
from tinhso.edge.open_data.features import askable
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.people.types import ANONYMOUS
from tinhso.registers.columns import Box
from tinhso.registers.types import Moment

LIMIT, BBOX, DATETIME, CURSOR = "limit", "bbox", "datetime", "cursor"
PARAMETERS = (LIMIT, BBOX, DATETIME, CURSOR)
USUAL, MOST = 500, 500
OPEN = ("", "..")


@dataclass(frozen=True, slots=True)
class Asked:
    """
    :param moment: the day, or the last day of an interval
    :param since: the first day of an interval
    :param filters: public field → value
    """

    moment: Moment
    since: date | None
    box: Box | None
    filters: Mapping[str, str]
    limit: int
    after: UUID | None

    def question(self, definition: RegisterDefinition) -> dict[str, Any]:
        """Return what ``find_records`` and ``count_records`` are asked, as anybody."""
        return {
            "actor": ANONYMOUS,
            "register_id": definition.id,
            "moment": self.moment,
            "since": self.since,
            "filters": self.filters,
            "box": self.box,
        }

    @property
    def is_of_everything(self) -> bool:
        """Tell whether the whole collection of the day is asked for."""
        return self.since is None and self.box is None and not self.filters


def read(request: HttpRequest, definition: RegisterDefinition) -> Asked:
    """Return what is asked. :raises ParameterUnknown, ParameterUnreadable, BoxUnreadable: as they say"""
    fields = [one.id for one in askable(definition)]
    known_only(request, (*PARAMETERS, *fields))
    given = request.GET
    today = local(clock.now()).date()
    since, day = _days(given[DATETIME], today) if DATETIME in given else (None, today)
    return Asked(
        moment=Moment(day),
        since=since,
        box=read_box(given[BBOX]) if BBOX in given else None,
        filters={name: given[name] for name in fields if name in given},
        limit=_limit(given[LIMIT]) if LIMIT in given else USUAL,
        after=_cursor(given[CURSOR]) if CURSOR in given else None,
    )


def _limit(written: str) -> int:
    """Return how many; more than we give at once is no mistake, it is given in pages."""
    if not (written.isascii() and written.isdigit() and len(written) < 10 and int(written) > 0):
        raise ParameterUnreadable(name=LIMIT, example=f"{LIMIT}={USUAL}")
    return min(int(written), MOST)


def _cursor(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        raise ParameterUnreadable(name=CURSOR, example="rel=next") from None


def _days(written: str, today: date) -> tuple[date | None, date]:
    """Return the first day of an interval and its last; of a single day only that."""
    first, slash, last = written.partition("/")
    if not slash:
        return None, _day(first)
    since = date.min if first in OPEN else _day(first)
    until = max(today, date.max) if last in OPEN else _day(last)
    if since > until:
        raise ParameterUnreadable(name=DATETIME, example="datetime=2026-01-01/2026-12-31")
    return since, until


def _day(written: str) -> date:
    """Return the day in Vietnam. :raises ParameterUnreadable: no day and no moment of RFC 3339"""
    try:
        if len(written) == len("2026-01-01"):
            return date.fromisoformat(written)
        # A «+» that was not escaped arrives as a space.
        moment = datetime.fromisoformat(written.replace(" ", "+").upper().replace("Z", "+00:00"))
        if moment.tzinfo is not None:
            return local(moment).date()
    except (ValueError, OverflowError):
        pass
    raise ParameterUnreadable(name=DATETIME, example="datetime=2026-01-01T00:00:00Z")
