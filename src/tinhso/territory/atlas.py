"""The atlas: every unit and what became of it, read from packs/vietnam/territory into memory."""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from tinhso.kernel.text import fold
from tinhso.territory.types import Kind, Level, Succession, Unit, UnitView

FOLDER = Path("vietnam") / "territory"
FILES = ("units.tsv", "successions.tsv", "aliases.tsv")
_MARKS = re.compile(r"['’‘`´ʼ]")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_ZEROS = re.compile(r"\b0+(?=\d)")


def key(name: str) -> str:
    """Return what names are matched by: folded, letters, digits and single spaces; «Phường 01» as «1»."""
    return _ZEROS.sub("", _NOT_WORD.sub(" ", _MARKS.sub("", fold(name)))).strip()


def spelling(name: str) -> str:
    """Return the name with its marks, in one order: «Hoà» and «Hòa» are one spelling, «Hà» and «Hạ» two."""
    syllables = unicodedata.normalize("NFD", _MARKS.sub("", name.casefold())).split()
    return " ".join("".join(sorted(syllable, key=lambda mark: mark in _TONES)) for syllable in syllables)


@dataclass(frozen=True)
class Atlas:
    """All units of the country through time."""

    units: tuple[Unit, ...]
    successions: tuple[Succession, ...]
    aliases: Mapping[str, str]
    by_code: dict[str, list[Unit]] = field(default_factory=lambda: defaultdict(list))
    by_key: dict[str, list[Unit]] = field(default_factory=lambda: defaultdict(list))
    by_parent: dict[str, list[Unit]] = field(default_factory=lambda: defaultdict(list))
    onward: dict[str, list[Succession]] = field(default_factory=lambda: defaultdict(list))
    backward: dict[str, list[Succession]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for unit in self.units:
            self.by_code[unit.code].append(unit)
            self.by_key[key(unit.name)].append(unit)
            self.by_parent[unit.parent].append(unit)
        for alias, code in self.aliases.items():
            if not alias.isdigit():
                self.by_key[key(alias)].extend(
                    u for u in self.by_code[code] if u not in self.by_key[key(alias)]
                )
        for succession in self.successions:
            self.onward[succession.before].append(succession)
            self.backward[succession.after].append(succession)

    def days_beside_changes(self) -> tuple[date, ...]:
        """Return the last day of every map and the first of the next."""
        changes = {step.on for step in self.successions}
        return tuple(sorted(changes | {change - timedelta(days=1) for change in changes}))

    def unit(self, code: str, on: date) -> Unit | None:
        """Return the unit of that code on that day; a code that some lists used by mistake is understood."""
        for known in (code, self.aliases.get(code, "")):
            for unit in self.by_code.get(known, ()):
                if unit.holds_on(on):
                    return unit
        return None

    def ancestors(self, unit: Unit, on: date) -> Iterator[Unit]:
        """Yield what the unit lies in, nearest first."""
        parent = self.unit(unit.parent, on) if unit.parent else None
        while parent:
            yield parent
            parent = self.unit(parent.parent, on) if parent.parent else None

    def provinces(self, on: date) -> tuple[Unit, ...]:
        """Return the provinces and municipalities of that day, by code."""
        return tuple(unit for unit in self.by_parent[""] if unit.holds_on(on))

    def communes(self, code: str, on: date) -> tuple[Unit, ...]:
        """Return the communes of a province, or of a district while there were districts, by code."""
        inside = [unit for unit in self.by_parent.get(code, ()) if unit.holds_on(on)]
        deeper = (self.communes(unit.code, on) for unit in inside if unit.level is Level.DISTRICT)
        own = (unit for unit in inside if unit.level is Level.COMMUNE)
        return tuple(
            sorted([*own, *(unit for found in deeper for unit in found)], key=lambda unit: unit.code)
        )

    def carried(self, unit: Unit, on: date, to: date) -> tuple[tuple[Unit, ...], tuple[Succession, ...]]:
        """
        Return what the unit, in force on ``on``, is on the map of ``to``, and through which successions.

        Nothing when the unit ended without a successor: a district has none, ask for its communes.
        """
        return self._onwards(unit, to) if to >= on else self._backwards(unit, on, to)

    def _onwards(self, unit: Unit, to: date) -> tuple[tuple[Unit, ...], tuple[Succession, ...]]:
        if unit.holds_on(to):
            return (unit,), ()
        found: dict[Unit, None] = {}
        steps: list[Succession] = []
        for step in self.onward.get(unit.code, ()):
            if step.on != unit.end:
                continue
            heir = self.unit(step.after, step.on)
            assert heir, f"{step.before} has an heir that does not exist"
            units, more = self._onwards(heir, to)
            found |= dict.fromkeys(units)
            steps += [step, *more]
        return tuple(found), tuple(steps)

    def _backwards(self, unit: Unit, on: date, to: date) -> tuple[tuple[Unit, ...], tuple[Succession, ...]]:
        found: dict[Unit, None] = {unit: None} if unit.holds_on(to) else {}
        steps: list[Succession] = []
        for step in self.backward.get(unit.code, ()):
            if not to < step.on <= on or not unit.holds_on(step.on):
                continue
            for father in self.by_code[step.before]:
                if father.end == step.on:
                    units, more = self._backwards(father, step.on, to)
                    found |= dict.fromkeys(units)
                    steps += [step, *more]
        return tuple(found), tuple(steps)

    def view(self, unit: Unit, on: date) -> UnitView:
        """Return the unit as other rooms see it, in what it lay in that day."""
        above = [unit, *self.ancestors(unit, on)]
        within = ", ".join(ancestor.full_name for ancestor in above[1:])
        return UnitView(unit.code, unit.full_name, unit.kind, unit.level, above[-1].code, within)


def load_atlas(packs: Path) -> Atlas:
    """Return the atlas of the packs; unchanged files are read once."""
    folder = packs / FOLDER
    return _load(folder, tuple((folder / name).stat().st_mtime_ns for name in FILES))


@lru_cache(maxsize=2)
def _load(folder: Path, _stamps: tuple[int, ...]) -> Atlas:
    units, successions, aliases = (_rows(folder / name) for name in FILES)
    return Atlas(
        units=tuple(
            Unit(code, Kind(kind), name, parent, _day(start), _day(end))
            for code, kind, name, parent, start, end in units
        ),
        successions=tuple(
            Succession(before, after, date.fromisoformat(on), kind, main == "1", law)
            for before, after, on, kind, main, law in successions
        ),
        aliases={alias: code for alias, code, _source in aliases},
    )


def _rows(path: Path) -> Iterable[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(
            (line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE
        )
        next(rows)
        return list(rows)


@lru_cache(maxsize=64)
def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None
