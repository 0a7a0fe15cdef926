"""Reads a written address into pieces: which words name a unit, and of what kind."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tinhso.territory.atlas import Atlas, key
from tinhso.territory.types import Kind, Unit

_SEPARATORS = re.compile(r"[,;\n|]+")
_NUMBERED = re.compile(r"\b([pq])(\d+)\b")
_DISTRICTS = frozenset({Kind.URBAN_DISTRICT, Kind.RURAL_DISTRICT, Kind.TOWN, Kind.CITY})
_CITIES = frozenset({Kind.CITY, Kind.MUNICIPALITY})
_PREFIXES: dict[tuple[str, ...], frozenset[Kind]] = {
    ("thanh", "pho"): _CITIES,
    ("tp",): _CITIES,
    ("tinh",): frozenset({Kind.PROVINCE}),
    ("t",): frozenset({Kind.PROVINCE}),
    ("quan",): frozenset({Kind.URBAN_DISTRICT}),
    ("q",): frozenset({Kind.URBAN_DISTRICT}),
    ("huyen",): frozenset({Kind.RURAL_DISTRICT}),
    ("h",): frozenset({Kind.RURAL_DISTRICT}),
    ("thi", "xa"): frozenset({Kind.TOWN}),
    ("tx",): frozenset({Kind.TOWN}),
    ("xa",): frozenset({Kind.COMMUNE}),
    ("x",): frozenset({Kind.COMMUNE}),
    ("phuong",): frozenset({Kind.WARD}),
    ("p",): frozenset({Kind.WARD}),
    ("f",): frozenset({Kind.WARD}),
    ("thi", "tran"): frozenset({Kind.TOWNSHIP}),
    ("tt",): frozenset({Kind.TOWNSHIP}),
    ("dac", "khu"): frozenset({Kind.SPECIAL_ZONE}),
    ("dk",): frozenset({Kind.SPECIAL_ZONE}),
}
_COMMUNES = frozenset({Kind.COMMUNE, Kind.WARD, Kind.TOWNSHIP, Kind.SPECIAL_ZONE})
_COMMUNE_WORDS = tuple(prefix for prefix, kinds in _PREFIXES.items() if kinds <= _COMMUNES)
_LONGEST_NAME = 7
_MOST_READINGS = 24


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that name a unit. ``kinds``: what the words before the name say; empty when nothing."""

    name: str
    kinds: frozenset[Kind]

    def fits(self, unit: Unit) -> bool:
        """Tell whether the unit may be meant: the level must agree, the exact kind changes too often."""
        if not self.kinds:
            return True
        if self.kinds == _CITIES:
            return unit.kind in _DISTRICTS | {Kind.MUNICIPALITY, Kind.PROVINCE}
        same_level = next(
            group
            for group in (_COMMUNES, _DISTRICTS, frozenset({Kind.PROVINCE, Kind.MUNICIPALITY}))
            if self.kinds <= group
        )
        return unit.kind in same_level

    def is_exact(self, unit: Unit) -> bool:
        """Tell whether the very kind is written."""
        return unit.kind in self.kinds

    @property
    def names_commune(self) -> bool:
        """A kind of the lowest level is written before it."""
        return bool(self.kinds) and self.kinds <= _COMMUNES


@dataclass(frozen=True, slots=True)
class Written:
    """
    One way to read an address.

    :param pieces: in the order written
    :param unread: words that name no unit: a street, or a mistake
    """

    pieces: tuple[Piece, ...]
    unread: tuple[str, ...]


def read_address(text: str, atlas: Atlas) -> tuple[Written, ...]:
    """Return the ways to read the text, likelier first; at most a few dozen."""
    ways = [Written((), ())]
    for segment in _segments(text):
        readings = list(_readings_of(segment, atlas))
        if readings:
            ways = [Written((*way.pieces, *found), way.unread) for way in ways for found in readings]
        else:
            ways = [Written(way.pieces, (*way.unread, segment)) for way in ways]
        ways = ways[:_MOST_READINGS]
    return tuple(ways)


def says_commune(segment: str) -> bool:
    """Tell whether unread words hold a kind of the lowest level, so that they are a mistake, not a street."""
    words = tuple(segment.split())
    starts = ((start, prefix) for prefix in _COMMUNE_WORDS for start in range(len(words)))
    return any(
        words[start : start + len(prefix)] == prefix and (start == 0 or len(prefix[0]) > 1)
        for start, prefix in starts
    )


def without_kind(segment: str) -> str:
    """Return the words after the kind."""
    words = tuple(segment.split())
    for prefix in sorted(_PREFIXES, key=len, reverse=True):
        if words[: len(prefix)] == prefix and len(words) > len(prefix):
            return " ".join(words[len(prefix) :])
    return segment


def _segments(text: str) -> Iterator[str]:
    for part in _SEPARATORS.split(text):
        words = _NUMBERED.sub(r"\1 \2", key(part))
        if words:
            yield words


def _readings_of(segment: str, atlas: Atlas) -> Iterator[tuple[Piece, ...]]:
    words = tuple(segment.split())[-14:]
    found = list(_split(words, atlas, _MOST_READINGS))
    if not found:
        # A house number or street may stand before «phường …» without a comma.
        for start in range(1, len(words)):
            if any(words[start : start + len(prefix)] == prefix for prefix in _PREFIXES):
                found = list(_split(words[start:], atlas, _MOST_READINGS))
            if found:
                break
    yield from sorted(found, key=len)


def _split(words: tuple[str, ...], atlas: Atlas, most: int) -> Iterator[tuple[Piece, ...]]:
    if not words:
        yield ()
        return
    for kinds, rest in _kinds_first(words):
        for length in range(min(len(rest), _LONGEST_NAME), 0, -1):
            piece = Piece(" ".join(rest[:length]), kinds)
            if any(piece.fits(unit) for unit in atlas.by_key.get(piece.name, ())):
                for others in _split(rest[length:], atlas, most):
                    yield (piece, *others)
                    most -= 1
                    if most <= 0:
                        return


def _kinds_first(words: tuple[str, ...]) -> Iterator[tuple[frozenset[Kind], tuple[str, ...]]]:
    for prefix, kinds in _PREFIXES.items():
        if words[: len(prefix)] == prefix and len(words) > len(prefix):
            yield kinds, words[len(prefix) :]
    yield frozenset(), words
