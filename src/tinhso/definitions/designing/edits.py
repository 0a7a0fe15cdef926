"""
Changes of a procedure's files, one at a time: each takes files and gives files.

What a change writes may be wrong; the check tells. What cannot be written at all is refused, nothing is lost.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tinhso.definitions.designing.document import Document, PlaceGone
from tinhso.definitions.designing.files import SOURCE, Files, check_template_name
from tinhso.definitions.designing.shapes import NoSuchPart, Shape, list_at, shape_at
from tinhso.definitions.places import Location
from tinhso.kernel.text import fold

_WORD = re.compile(r"[a-z0-9]+")
_LONGEST_ID = 40


@dataclass(frozen=True, slots=True)
class Set:
    """Write fields of the thing; None takes a field away."""

    at: Location
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Add:
    """Put a new thing into a list, at the end or after another."""

    to: Location
    values: Mapping[str, Any]
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    at: Location


@dataclass(frozen=True, slots=True)
class Move:
    """Put the thing at another place: ``to`` ends in a number, counted when it has been taken out."""

    at: Location
    to: Location


@dataclass(frozen=True, slots=True)
class Write:
    """Write a whole file; None takes a template away."""

    file: str
    text: str | None


Change = Set | Add | Remove | Move | Write


@dataclass(frozen=True, slots=True)
class Done:
    """
    :param file: the one that changed
    :param at: where the thing stands now, or where it stood
    """

    files: Files
    file: str
    at: Location


def apply(change: Change, files: Files) -> Done:
    """
    Return the files after the change.

    :raises SourceBroken, PlaceGone, FilesUnreadable: see there
    """
    if isinstance(change, Write):
        if change.file != SOURCE:
            check_template_name(change.file)
        return Done(files.write(change.file, change.text), change.file, ())
    document = Document(files.source)
    at = _apply(change, document)
    return Done(files.write(SOURCE, document.text()), SOURCE, at)


def new_id(label: str, taken: frozenset[str], *, prefix: str = "") -> str:
    """Return an id made of the words, not taken yet: «Số tầng» gives ``so_tang``."""
    words = "_".join(_WORD.findall(fold(label)))[:_LONGEST_ID].strip("_") or "muc"
    base = words if words[0].isalpha() else f"m_{words}"
    name, number = f"{prefix}{base}", 2
    while name in taken:
        name, number = f"{prefix}{base}_{number}", number + 1
    return name


def _apply(change: Set | Add | Remove | Move, document: Document) -> Location:
    try:
        match change:
            case Set():
                return _set(change, document)
            case Add():
                return _add(change, document)
            case Remove():
                list_at(change.at[:-1])
                document.remove(change.at)
                return change.at
            case Move():
                if list_at(change.at[:-1]) is not list_at(change.to[:-1]):
                    raise PlaceGone
                document.move(change.at, change.to)
                return change.to
    except NoSuchPart as gone:
        raise PlaceGone from gone


def _set(change: Set, document: Document) -> Location:
    shape = shape_at(change.at)
    for part in shape.parts:
        if part.name in change.values:
            at = (*change.at, part.name) if part.name else change.at
            document.set(at, change.values[part.name])
    for name in shape.lists:
        if name in change.values:
            document.set((*change.at, name), change.values[name])
    return change.at


def _add(change: Add, document: Document) -> Location:
    shape = list_at(change.to)
    things = document.get(change.to) or []
    index = len(things) if change.after is None else change.after + 1
    at = (*change.to, index)
    document.insert(at, _ordered(shape, change.values))
    return at


def _ordered(shape: Shape, values: Mapping[str, Any]) -> Any:
    """Return the thing with its id first, as files are read."""
    if shape.naming == "" and "" in values:
        return values[""]
    names = [name for name in ("id", "code", "value", "type") if name in values]
    names += [name for name in values if name not in names]
    return {name: values[name] for name in names if values[name] is not None}
