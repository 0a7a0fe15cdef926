"""
From the database's answer to what a query set gives, worked out once for each query and not for each answer.

Django finds out each time which columns make which model, which was settled when the SQL was put together.
Models, related rows, annotations and converted values are made by Django's own code and come out as from it.
"""

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from types import SimpleNamespace
from typing import Any

from django.db import connections
from django.db.models import QuerySet, query
from django.db.models.query import FlatValuesListIterable, ModelIterable

Answer = list[tuple[Any, ...]]
Read = Callable[[Answer], list[Any]]


def reader_of(found: QuerySet[Any, Any], compiler: Any) -> Read:
    """
    Return what makes the rows of the query set.

    :param compiler: the query set's own, after its SQL was put together
    """
    converters = compiler.get_converters([column for column, *_rest in compiler.select])
    converted = _converting(converters, found.db)
    iterable: Any = found._iterable_class
    if iterable is ModelIterable:
        return _models(compiler, found.db, converted)
    if iterable is FlatValuesListIterable:
        return lambda answer: [row[0] for row in converted(answer)]
    return _by_django(found, compiler, converters)


def _models(compiler: Any, db: str, converted: Callable[[Answer], Iterable[Any]]) -> Read:
    told, select = compiler.klass_info, compiler.select
    model, first, end = told["model"], told["select_fields"][0], told["select_fields"][-1] + 1
    names = [column[0].target.attname for column in select[first:end]]
    populators: Any = query.get_related_populators
    related = populators(told, select, db)
    annotations = tuple((compiler.annotation_col_map or {}).items())

    def make(row: Any) -> Any:
        one = model.from_db(db, names, row[first:end])
        for populator in related:
            populator.populate(row, one)
        for name, place in annotations:
            setattr(one, name, row[place])
        return one

    return lambda answer: [make(row) for row in converted(answer)]


def _converting(converters: Any, db: str) -> Callable[[Answer], Iterable[Any]]:
    """Return what turns columns into Python's values where the driver does not."""
    if not converters:
        return lambda answer: answer
    steps = tuple((place, *told) for place, told in converters.items())

    def converted(answer: Answer) -> Iterator[list[Any]]:
        connection = connections[db]  # that of this thread
        for row in map(list, answer):
            for place, functions, expression in steps:
                value = row[place]
                for function in functions:
                    value = function(value, expression, connection)
                row[place] = value
            yield row

    return converted


def _by_django(found: Any, compiler: Any, converters: Any) -> Read:
    """Return Django's own reading of tuples and the like, made to read a finished answer."""

    def read(answer: Answer) -> list[Any]:
        reader = copy(compiler)
        reader.connection = connections[found.db]  # that of this thread
        reader.get_converters = lambda _columns: converters
        reader.execute_sql = lambda *_args, **_options: [answer]
        asked = SimpleNamespace(
            query=_Asked(found.query, reader),
            db=found.db,
            model=found.model,
            _fields=found._fields,
            _known_related_objects={},
        )
        return list(found._iterable_class(asked))

    return read


class _Asked:
    """Stands where Django looks for the query whose rows it reads."""

    def __init__(self, query: Any, reader: Any) -> None:
        self._query = query
        self._reader = reader

    def get_compiler(self, using: str) -> Any:  # noqa: ARG002  (asked by the name of the database)
        return self._reader

    def __getattr__(self, name: str) -> Any:
        return getattr(self._query, name)
