"""Index sets: indicators that become points, as files of ``packs/*/index-sets`` say."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from tinhso.definitions.loading import load
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.packs import COUNTRY
from tinhso.definitions.roles import whole
from tinhso.definitions.types import NO_TEXT, Strict, Text
from tinhso.indicators.definitions import Grade, Indicator, IndicatorId, files_of
from tinhso.kernel.refusals import NotFound

FOLDER = "index-sets"


class IndexSetMissing(NotFound):
    code = "index-set-missing"
    message = _("Không có bộ chỉ số «%(index_set)s». Hãy chọn một bộ trong danh mục.")


class Line(Strict):
    """
    One line of a set.

    :param full_at: from this value on it has all its points; below, in proportion
    :param times: an indicator whose share multiplies the value
    :param points: where the source names them; lines without share what the group has left
    :param source: who says the points
    """

    id: str
    indicator: IndicatorId
    full_at: Decimal = Decimal(100)
    times: IndicatorId | None = None
    points: Decimal | None = Field(default=None, ge=0)
    source: str = ""


class PointGroup(Strict):
    """Lines that share points. :param points: 0: watched, and not added up; ``note``: what it holds"""

    id: str
    name: Text
    points: Decimal = Field(ge=0)
    note: Text = NO_TEXT
    lines: tuple[Line, ...] = Field(min_length=1)

    def points_of(self, line: Line) -> Fraction:
        """Return the line's points: its own, or an equal share of what is left."""
        if line.points is not None:
            return Fraction(line.points)
        said = sum(Fraction(one.points) for one in self.lines if one.points is not None)
        sharing = sum(1 for one in self.lines if one.points is None)
        return (Fraction(self.points) - said) / sharing

    @property
    def sum(self) -> Fraction:
        return sum((self.points_of(line) for line in self.lines), Fraction(0))


class IndexSet(Strict):
    """
    A whole set.

    :param source: the text that orders it, and where its points come from
    :param scale: the index is the points divided by this, e.g. 1000 of DTI; none: the points are it
    """

    id: str
    name: Text
    source: str
    scale: Decimal | None = Field(default=None, gt=0)
    groups: tuple[PointGroup, ...] = Field(min_length=1)
    grades: tuple[Grade, ...] = ()

    @property
    def indicators(self) -> tuple[str, ...]:
        """Return the indicators it needs, each once."""
        named = (name for _group, line in self.lines() for name in (line.indicator, line.times) if name)
        return tuple(dict.fromkeys(named))

    def lines(self) -> Iterator[tuple[PointGroup, Line]]:
        """Yield every line with its group."""
        for group in self.groups:
            for line in group.lines:
                yield group, line


def index_set(set_id: str) -> IndexSet:
    """:raises IndexSetMissing: no file says it; :raises BrokenPack: a file is wrong"""
    found = index_sets().get(set_id)
    if found is None:
        raise IndexSetMissing(index_set=set_id)
    return found


def index_sets() -> Mapping[str, IndexSet]:
    """Return all sets by id; a changed file counts at once. :raises BrokenPack: a file is wrong"""
    paths = _paths(settings.TINHSO.packs)
    return _read(tuple((path, path.stat().st_mtime_ns) for path in paths))


def mistakes(packs: Path) -> Iterator[Mistake]:
    """Yield what is wrong with the sets of a folder of packs."""
    known = {one.value.id for path in files_of(packs) if (one := load(path, Indicator)).value}
    for path in _paths(packs):
        loaded = load(path, IndexSet)
        yield from loaded.mistakes
        seen: set[str] = set()
        for group_at, group in enumerate(loaded.value.groups if loaded.value else ()):
            at = ("groups", group_at)
            if group.sum != group.points or any(group.points_of(line) < 0 for line in group.lines):
                data = {"name": group.id, "points": group.points, "sum": str(group.sum)}
                yield loaded.places.mistake((*at, "points"), "index-points", **data)
            for line_at, line in enumerate(group.lines):
                here = (*at, "lines", line_at)
                for name in filter(None, (line.indicator, line.times)):
                    if name not in known:
                        yield loaded.places.mistake(here, "index-unknown-indicator", name=name)
                if line.id in seen:
                    yield loaded.places.mistake(here, "index-line-twice", name=line.id)
                seen.add(line.id)


def _paths(packs: Path) -> tuple[Path, ...]:
    """Return the files, those of the country before those of a province."""
    found = packs.glob(f"*/{FOLDER}/*.yaml")
    return tuple(sorted(found, key=lambda path: (path.parts[-3] != COUNTRY, path)))


@lru_cache(maxsize=2)
def _read(stamped: tuple[tuple[Path, int], ...]) -> Mapping[str, IndexSet]:
    read = [whole(path, IndexSet) for path, _stamp in stamped]
    return {one.id: one for one in read}
