"""Problem types, gathered from the classes: whatever any room may refuse with has its entry by itself."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from itertools import groupby

from tinhso.edge.statuses import NEXT_STEPS, TITLES, status_of_class
from tinhso.kernel.refusals import Refusal

# A command's refusals are printed, and never answered over HTTP.
UNSERVED = ("tinhso.cli.", "tinhso.wiring.")
_PLACE = re.compile(r"%\((\w+)\)[sd]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a sentence; ``is_name`` where something of the case is filled in."""

    text: str
    is_name: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One problem type.

    :param sentences: one, unless several classes share the code
    """

    code: str
    status: int
    title: str
    sentences: tuple[tuple[Piece, ...], ...]
    next_step: str

    @property
    def has_names(self) -> bool:
        return any(piece.is_name for sentence in self.sentences for piece in sentence)

    @property
    def example(self) -> str:
        """Return the body of an answer, as JSON."""
        said = {
            "type": f"/problems/{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": "".join(f"{{{one.text}}}" if one.is_name else one.text for one in self.sentences[0]),
            "instance": "/api/v1/…",
            "errors": [],
        }
        return json.dumps(said, ensure_ascii=False, indent=2)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The types of one status."""

    status: int
    title: str
    next_step: str
    entries: tuple[Entry, ...]


def entries() -> tuple[Entry, ...]:
    """Return every problem type in the reader's language, by status and code."""
    made = (_entry(code, kinds) for code, kinds in _by_code().items())
    return tuple(sorted(made, key=lambda entry: (entry.status, entry.code)))


def entry_of(code: str) -> Entry | None:
    """Return one problem type in the reader's language; nothing when nothing refuses with this code."""
    kinds = _by_code().get(code)
    return _entry(code, kinds) if kinds else None


def shelves() -> tuple[Shelf, ...]:
    """Return the types by status."""
    by_status = groupby(entries(), key=lambda entry: entry.status)
    return tuple(
        Shelf(status, str(TITLES[HTTPStatus(status)]), str(NEXT_STEPS[HTTPStatus(status)]), tuple(found))
        for status, found in by_status
    )


def _by_code() -> dict[str, list[type[Refusal]]]:
    found: dict[str, list[type[Refusal]]] = {}
    for kind in _served(Refusal):
        found.setdefault(kind.code, []).append(kind)
    return found


def _served(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    """Yield the classes with a code of their own that may be answered over HTTP."""
    if (
        "code" in vars(kind)
        and kind.__module__.startswith("tinhso.")
        and not kind.__module__.startswith(UNSERVED)
    ):
        yield kind
    for child in kind.__subclasses__():
        yield from _served(child)


def _entry(code: str, kinds: list[type[Refusal]]) -> Entry:
    status = status_of_class(kinds[0])
    sentences = dict.fromkeys(str(kind.message) for kind in kinds)
    return Entry(
        code=code,
        status=status.value,
        title=str(TITLES[status]),
        sentences=tuple(tuple(_pieces(sentence)) for sentence in sentences),
        next_step=str(NEXT_STEPS[status]),
    )


def _pieces(sentence: str) -> Iterator[Piece]:
    """Yield the sentence with its named places apart."""
    for number, text in enumerate(_PLACE.split(sentence)):
        if text:
            yield Piece(text.replace("%%", "%"), is_name=number % 2 == 1)
