"""Warnings: what may stay as it is, and should not."""

from collections.abc import Iterator

from tinhso.definitions.checks.case import Case
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.places import Location
from tinhso.definitions.types import Strict, Text


def find(case: Case) -> Iterator[Mistake]:
    """Yield texts without English, and missing law or examples."""
    for at, text in () if case.derived else _texts(case.procedure, ()):
        if text.vi and not text.en:
            yield case.places.mistake(at, "no-english", text=_short(text.vi))
    if not case.procedure.law:
        yield case.places.mistake(("code",), "no-law")
    if not case.procedure.examples:
        yield case.places.mistake(("code",), "no-example")


def _texts(value: object, at: Location) -> Iterator[tuple[Location, Text]]:
    if isinstance(value, Text):
        yield at, value
    elif isinstance(value, Strict):
        for name, field in type(value).model_fields.items():
            yield from _texts(getattr(value, name), (*at, field.alias or name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _texts(item, (*at, index))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
