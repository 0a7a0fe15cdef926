"""
Questions to the database that are put together once and then asked with other values.

Django puts a query together anew each time it is asked, which takes Python longer than PostgreSQL takes to
answer it. A :class:`Prepared` does so once, with marks where the values stand, keeps the finished SQL for the
life of the process and sends it as a prepared statement. Its rows are those the query set would have given,
and rules (``visible_to``, ``in_force``) stay written once, in the query sets. See docs/adr/0015.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import lru_cache
from hashlib import sha256
from types import SimpleNamespace
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Field, Lookup, Model, QuerySet, prefetch_related_objects
from psycopg import sql

from tinhso.kernel.clock import local
from tinhso.kernel.reading import reader_of

Row = TypeVar("Row")
Values = Mapping[Hashable, Any]

MOST_SHAPES = 200
# No text that people type holds this sign, and nothing here happened so long ago.
MARK = "\ufdd0"
LONG_AGO = datetime(1203, 1, 1, tzinfo=UTC)
NOT_SO_LONG_AGO = 1800


class HalfMarkedError(TypeError):
    """A query works a value over before it reaches the database, which a kept query cannot repeat."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """
    Something that decides how a query is built and also holds values: somebody who asks, say.

    :param shape: the same thing with a mark for each of its values; equal shapes build equal queries
    :param values: what stands behind the marks
    """

    shape: Hashable
    values: Values


@Field.register_lookup
class AnyOf(Lookup):
    """``pk__any_of=ids``: as ``in``, but one value however many ids there are."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        left, params = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s)", (*params, list(self.rhs))


class Prepared(Generic[Row]):
    """
    One question.

    ``build`` is called with keywords, once for each shape of them. Ids, moments, texts and tuples of ids are
    values: it gets marks instead and hands them on to the query as they are. None, True, numbers, members of
    enumerations and the shape of a :class:`StandIn` come as they are, and it may decide by them. Of a moment
    the query may also use the day in Vietnam.

    :param keeps_plan: False lets PostgreSQL plan anew each time, because the best plan depends on the values
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]], *, keeps_plan: bool = True) -> None:
        self._build = build
        self._keeps_plan = keeps_plan
        self._held: dict[Hashable, _Held[Row] | None] = {}
        _all.append(self)

    def forget(self) -> None:
        """Put the question together anew when it is asked next."""
        self._held.clear()

    def __call__(self, **given: Any) -> list[Row]:
        """Return the rows. :raises HalfMarkedError: the query works a value over"""
        held, values = self._of(given)
        return held.rows(values) if held else []

    def first(self, **given: Any) -> Row | None:
        """Return the first row, if there is one."""
        return next(iter(self(**given)), None)

    def count(self, **given: Any) -> int:
        """Return how many rows there are."""
        held, values = self._of(given)
        return held.count(values) if held else 0

    def _of(self, given: Mapping[str, Any]) -> tuple["_Held[Row] | None", Values]:
        stand_ins = {name: _stand_in(name, value) for name, value in given.items()}
        values = {mark: value for one in stand_ins.values() for mark, value in one.values.items()}
        shape = tuple((name, one.shape) for name, one in stand_ins.items())
        if shape not in self._held:
            self._held[shape] = self._prepare({name: one.shape for name, one in stand_ins.items()}, values)
            while len(self._held) > MOST_SHAPES:
                self._held.pop(next(iter(self._held)), None)
        return self._held[shape], values

    def _prepare(self, shapes: Mapping[str, Hashable], values: Values) -> "_Held[Row] | None":
        found = self._build(**shapes)
        compiler = found.query.get_compiler(found.db)
        try:
            text, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        places = [_place_of(param, values) for param in params]
        parts = tuple(
            _literal(param, found.db) if place is None else "%s"
            for param, place in zip(params, places, strict=True)
        )
        text = text.replace("%%", "%%%%") % parts
        marks = tuple(place for place in places if place is not None)
        return _Held(found, reader_of(found, compiler), text, marks, self._keeps_plan)


@dataclass(frozen=True, slots=True)
class _Held(Generic[Row]):
    """
    A question whose SQL is finished.

    :param read: makes what the query set would give of what the database answers
    :param places: the marks whose values the text asks for, in its order
    """

    found: QuerySet[Any, Row]
    read: Callable[[list[tuple[Any, ...]]], list[Row]]
    text: str
    places: tuple[Hashable, ...]
    keeps_plan: bool

    def rows(self, values: Values) -> list[Row]:
        rows = self.read(self._ask(self.text, values))
        found: Any = self.found
        if found._prefetch_related_lookups:
            prefetch_related_objects(cast("list[Any]", rows), *found._prefetch_related_lookups)
        return rows

    def count(self, values: Values) -> int:
        counted = f"SELECT COUNT(*) FROM ({self.text}) AS counted"  # noqa: S608  (our own SQL)
        return int(self._ask(counted, values)[0][0])

    def _ask(self, text: str, values: Values) -> list[tuple[Any, ...]]:
        connection = connections[self.found.db]
        told = [values[place] for place in self.places]
        if connection.queries_logged or connection.execute_wrappers:
            with connection.cursor() as cursor:
                cursor.cursor = _Statement(connection.connection)
                cursor.cursor.is_kept = self.keeps_plan
                cursor.execute(text, told)
                return cast("list[tuple[Any, ...]]", cursor.fetchall())
        # What Django does around a question, without making two cursors for it; nobody listens.
        connection.close_if_health_check_failed()
        connection.ensure_connection()
        connection.validate_thread_sharing()
        connection.validate_no_broken_transaction()
        with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as plain:
            return plain.execute(text, told, prepare=self.keeps_plan).fetchall()


_all: list[Prepared[Any]] = []


def forget() -> None:
    """Put every question together anew; for tests that change a rule while they run."""
    for one in _all:
        one.forget()


def keep_related(row: Model, name: str, related: list[Any]) -> None:
    """Let ``row.<name>.all()`` return these rows without asking, as ``prefetch_related`` does."""
    manager = getattr(row, name)
    found = manager.get_queryset()
    found._result_cache, found._prefetch_done = related, True
    vars(row).setdefault("_prefetched_objects_cache", {})[name] = found
    for one in related:
        setattr(one, manager.field.name, row)


class _Statement(psycopg.Cursor[Any]):
    """Sends values apart from the text, and keeps what the server made of the text."""

    is_kept = True

    def execute(self, query: Any, params: Any = None, **_options: Any) -> Any:
        done = super().execute(query, params, prepare=self.is_kept)
        self._query: Any = SimpleNamespace(query=query.encode())  # where Django's log of queries looks for it
        return done


def _stand_in(name: str, value: Any) -> StandIn:
    match value:
        case StandIn():
            return value
        case Enum():
            return StandIn(value, {})
        case UUID():
            mark = uuid_mark(name)
            return StandIn(mark, {mark: value})
        case datetime():
            moment = moment_mark(name)
            return StandIn(moment, {moment: value, local(moment).date(): local(value).date()})
        case str():
            text = text_mark(name)
            return StandIn(text, {text: value})
        case tuple():
            marks = (uuid_mark(name),)
            return StandIn(marks, {marks: list(value)})
    return StandIn(value, {})


_UUID_BEGINS = b"\xfd\xd0\xfd\xd0"


@lru_cache(maxsize=1024)
def uuid_mark(name: str) -> UUID:
    """Return the id that stands for an id of this name."""
    return UUID(bytes=_UUID_BEGINS + sha256(name.encode()).digest()[:12])


def text_mark(name: str) -> str:
    """Return the text that stands for a text of this name."""
    return f"{MARK}{name}"


@lru_cache(maxsize=1024)
def moment_mark(name: str) -> datetime:
    """Return the moment that stands for a moment of this name."""
    return LONG_AGO + timedelta(days=int.from_bytes(sha256(name.encode()).digest()[:2]))


def _place_of(param: Any, values: Values) -> Hashable | None:
    """Return the mark that the parameter is, None for a constant. :raises HalfMarkedError: it is neither"""
    mark = tuple(param) if isinstance(param, list) else param
    if isinstance(mark, Hashable) and mark in values:
        return mark
    if _is_touched(param):
        raise HalfMarkedError(
            f"{param!r} is a mark worked over. Hand values of a prepared query on as they are."
        )
    return None


def _is_touched(param: Any) -> bool:
    match param:
        case UUID():
            return param.bytes.startswith(_UUID_BEGINS)
        case date():  # a moment too
            return param.year < NOT_SO_LONG_AGO
        case str():
            return MARK in param or _UUID_BEGINS.hex() in param
        case list() | tuple():
            return any(map(_is_touched, param))
    return False


def _literal(value: Any, using: str) -> str:
    """Return a value that is always the same as a part of the text, so that the planner knows it."""
    connection = connections[using]
    connection.ensure_connection()
    return sql.Literal(value).as_string(connection.connection).replace("%", "%%")
