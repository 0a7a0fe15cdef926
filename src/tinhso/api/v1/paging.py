"""
Pages by cursor: the next page begins behind the last row that was shown, whatever came in meanwhile.

A cursor is the sort key of that row, packed; it gives no right, every page is asked for anew.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Annotated, Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Field, Query

from tinhso.api.v1 import refusals

Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")

Limit = Annotated[int, Query(20, ge=1, le=100, description="How many, at most 100.")]
Cursor = Annotated[
    str | None, Query(None, max_length=300, description="Where to go on: the last answer's `next_cursor`.")
]
NEXT_CURSOR = Field(description="Give it as `cursor` to go on; null at the end.")
NEXT = Field(description="The whole address of the next page; also in the header `Link`.")


@dataclass(frozen=True, slots=True)
class Order:
    """
    A total order over rows.

    :param field: an aware moment of the row, which may be the same for several
    :param newest_first: else what comes first is the earliest
    """

    field: str
    newest_first: bool

    def after(self, cursor: str) -> Q:
        """Keep the rows behind the cursor's. :raises CursorUnknown: it was not written by us"""
        at, pk = _moment_and_id(cursor)
        beyond = "lt" if self.newest_first else "gt"
        return Q(**{f"{self.field}__{beyond}": at}) | Q(**{self.field: at, f"pk__{beyond}": pk})

    def by(self) -> tuple[str, str]:
        sign = "-" if self.newest_first else ""
        return f"{sign}{self.field}", f"{sign}pk"

    def cursor_of(self, row: Model) -> str:
        return pack(getattr(row, self.field).isoformat(), str(row.pk))


def page_of_rows(
    rows: QuerySet[Row], *, order: Order, cursor: str | None, limit: int
) -> tuple[list[Row], str | None]:
    """Return one page and the cursor of the next; None at the end."""
    behind = rows.filter(order.after(cursor)) if cursor else rows
    found = list(behind.order_by(*order.by())[: limit + 1])
    return found[:limit], order.cursor_of(found[limit - 1]) if len(found) > limit else None


def after_id(cursor: str | None) -> UUID | None:
    """Return the id of the row behind which the page begins. :raises CursorUnknown: it is none of ours"""
    if not cursor:
        return None
    try:
        return UUID(_only_text(cursor))
    except ValueError:
        raise refusals.CursorUnknown from None


def after_text(cursor: str | None) -> str:
    """Return the key behind which the page begins, empty for the first. :raises CursorUnknown: not ours"""
    return _only_text(cursor) if cursor else ""


def page_of_items(
    items: Iterable[Item], *, key: Callable[[Item], str], cursor: str | None, limit: int
) -> tuple[list[Item], str | None]:
    """Return one page of a list that is in memory, sorted by a unique key."""
    last = _only_text(cursor) if cursor else ""
    found = list(islice((item for item in sorted(items, key=key) if key(item) > last), limit + 1))
    return found[:limit], pack(key(found[limit - 1])) if len(found) > limit else None


def page_from(
    items: Sequence[Item], *, cursor: str | None, limit: int, key: Callable[[Item], str]
) -> tuple[list[Item], str | None]:
    """Return one page of a ranking; behind an item that is no longer in it the ranking begins anew."""
    last = _only_text(cursor) if cursor else None
    start = next((place + 1 for place, item in enumerate(items) if key(item) == last), 0)
    found = list(items[start : start + limit])
    more = len(items) > start + limit
    return found, pack(key(found[-1])) if more else None


def link_next(request: HttpRequest, response: HttpResponse, cursor: str | None) -> str | None:
    """Return the address of the next page and name it in the header ``Link``."""
    if cursor is None:
        return None
    asked = request.GET.copy()
    asked["cursor"] = cursor
    address = request.build_absolute_uri(f"{request.path}?{asked.urlencode()}")
    response["Link"] = f'<{address}>; rel="next"'
    return address


def pack(*parts: str) -> str:
    """Return the key as one opaque word."""
    return urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def _unpack(cursor: str) -> list[Any]:
    try:
        parts = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        raise refusals.CursorUnknown from None
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        raise refusals.CursorUnknown
    return parts


def _only_text(cursor: str) -> str:
    parts = _unpack(cursor)
    if len(parts) != 1:
        raise refusals.CursorUnknown
    return str(parts[0])


def _moment_and_id(cursor: str) -> tuple[datetime, UUID]:
    try:
        moment, row = _unpack(cursor)
        at, pk = datetime.fromisoformat(moment), UUID(row)
    except ValueError:
        raise refusals.CursorUnknown from None
    if at.tzinfo is None:
        raise refusals.CursorUnknown
    return at, pk
