"""GeoJSON, feature by feature, however long the collection is."""

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TextIO

from tinhso.registers.importing.sheets import GEOMETRY, Row, Sheet

_PIECE = 1 << 16
# So many features are asked for the names of their properties; RFC 7946 lets each have its own.
_LOOKED_AT = 1000


def read_geojson(file: Path, _name: str) -> Sheet:
    """:raises ValueError: it is no collection of features"""

    def rows() -> Iterator[Row]:
        for one in _features(file):
            yield {**(one.get("properties") or {}), GEOMETRY: one.get("geometry")}

    columns = dict.fromkeys(name for row in islice(rows(), _LOOKED_AT) for name in row if name != GEOMETRY)
    return Sheet("geojson", (*columns, GEOMETRY), rows)


def _features(file: Path) -> Iterator[Mapping[str, dict[str, object]]]:
    with file.open(encoding="utf-8-sig") as text:
        window = _Window(text)
        window.skip_to('"features"')
        window.skip_to("[")
        while window.next_mark() == "{":
            yield window.value()


class _Window:
    """A few characters of a long text, moved along."""

    def __init__(self, text: TextIO) -> None:
        self._text, self._held, self._place = text, "", 0
        self._decoder = json.JSONDecoder()

    def skip_to(self, what: str) -> None:
        """Stand behind the words. :raises ValueError: they do not come"""
        while (found := self._held.find(what, self._place)) < 0:
            if not self._more():
                raise ValueError(what)
        self._place = found + len(what)

    def next_mark(self) -> str:
        """Return the next character that is no space or comma; "" at the end."""
        while True:
            while self._place < len(self._held):
                if self._held[self._place] not in " \t\r\n,":
                    return self._held[self._place]
                self._place += 1
            if not self._more():
                return ""

    def value(self) -> Mapping[str, dict[str, object]]:
        """Return the JSON value that begins here. :raises ValueError: it is broken off"""
        while True:
            try:
                value, self._place = self._decoder.raw_decode(self._held, self._place)
            except ValueError:
                if not self._more():
                    raise
            else:
                return value  # type: ignore[no-any-return]  # a feature; what it lacks is seen by who reads it

    def _more(self) -> bool:
        piece = self._text.read(max(_PIECE, len(self._held) - self._place))
        self._held, self._place = self._held[self._place :] + piece, 0
        return bool(piece)
