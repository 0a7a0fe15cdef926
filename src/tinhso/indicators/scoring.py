"""The points of an index set, for the province or by unit: what has no data has no points and no nought."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tinhso.definitions.types import Text
from tinhso.facts.types import Checkpoint
from tinhso.indicators.definitions import Indicator, grade_of, indicator, indicators
from tinhso.indicators.figures import several
from tinhso.indicators.formulas import Period, rounded
from tinhso.indicators.index_sets import IndexSet, Line, PointGroup, index_set
from tinhso.indicators.types import Series

Values = Mapping[str, Decimal | None]
Known = Mapping[str, Indicator]


@dataclass(frozen=True, slots=True)
class LineScore:
    """
    :param value: None: «chưa có số liệu»
    :param points: None with it; ``most`` what it could be
    :param entered: the value was computed elsewhere and entered
    :param is_setting: no text says the points of this line
    """

    line: Line
    value: Decimal | None
    points: Decimal | None
    most: Decimal
    entered: bool
    is_setting: bool


@dataclass(frozen=True, slots=True)
class GroupScore:
    """
    :param points: of the lines that have data; None where none has
    :param known: points those lines could have; less than ``most`` where data are missing
    """

    group: PointGroup
    points: Decimal | None
    known: Decimal
    most: Decimal
    lines: tuple[LineScore, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """
    The whole set for one unit.

    :param unit: its code; empty for the province
    :param points, known, most: as in :class:`GroupScore`, of all groups
    :param grade: what so many points are called; none while data are missing
    :param index: points by the set's scale; none while data are missing, or where it has none
    """

    unit: str
    points: Decimal | None
    known: Decimal
    most: Decimal
    groups: tuple[GroupScore, ...]
    checkpoint: Checkpoint | None
    grade: Text | None = None
    index: Decimal | None = None


def score(set_id: str, *, period: Period) -> Score:
    """Return the province's points. :raises IndexSetMissing, FactsAreRebuilt: as they say"""
    return scores(set_id, period=period)[0]


def scores(
    set_id: str,
    *,
    period: Period,
    by_unit: bool = False,
    as_of_map: date | None = None,
    engine_name: str = "",
) -> tuple[Score, ...]:
    """
    Return the points of the province, or those of every unit that has facts, by code.

    What is entered or counted for the province only is «chưa có số liệu» for a unit.
    """
    wanted = index_set(set_id)
    asked = [indicator(name) for name in wanted.indicators]
    if by_unit:
        asked = [one for one in asked if one.manual or "unit" in one.dimensions]
    by = ("unit",) if by_unit else ()
    return scored(wanted, several(asked, period=period, by=by, as_of_map=as_of_map, engine_name=engine_name))


def scored(wanted: IndexSet, found: Collection[Series]) -> tuple[Score, ...]:
    """Return the points that figures make: of the province, or of every unit that is in one of them."""
    checkpoint = next((one.checkpoint for one in found if one.checkpoint), None)
    known = indicators()
    return tuple(
        _score(wanted, unit, values, checkpoint, known) for unit, values in sorted(_by_unit(found).items())
    )


def line_points(value: Decimal | None, *, most: Fraction, full_at: Decimal) -> Fraction | None:
    """
    Return the points of one line, exactly.

    >>> line_points(Decimal(40), most=Fraction(4), full_at=Decimal(80))
    Fraction(2, 1)
    """
    if value is None:
        return None
    return most * min(Fraction(1), max(Fraction(0), Fraction(value) / Fraction(full_at)))


def _by_unit(found: Iterable[Series]) -> dict[str, dict[str, Decimal | None]]:
    values: dict[str, dict[str, Decimal | None]] = {}
    series = list(found)
    if all(not one.by for one in series):
        values[""] = {}
    for one in series:
        for figure in one.figures:
            values.setdefault("".join(figure.group), {})[one.indicator] = figure.value
    return values


def _score(wanted: IndexSet, unit: str, values: Values, checkpoint: Checkpoint | None, ones: Known) -> Score:
    exact = [_group(group, values, ones) for group in wanted.groups]
    groups = tuple(told for told, _points, _known in exact)
    points = [points for _told, points, _known in exact if points is not None]
    known = sum((known for _told, _points, known in exact), Fraction(0))
    most = sum((Fraction(group.points) for group in wanted.groups), Fraction(0))
    told = rounded(sum(points, Fraction(0)), 2) if points else None
    grade = grade_of(told, wanted.grades) if known == most else None
    index = None
    if wanted.scale and points and known == most:
        index = rounded(sum(points, Fraction(0)) / Fraction(wanted.scale), 4)
    return Score(unit, told, rounded(known, 2), rounded(most, 2), groups, checkpoint, grade, index)


def _group(group: PointGroup, values: Values, ones: Known) -> tuple[GroupScore, Fraction | None, Fraction]:
    lines: list[LineScore] = []
    counted: list[Fraction] = []
    known = Fraction(0)
    for line in group.lines:
        most, value = group.points_of(line), _value(line, values)
        points = line_points(value, most=most, full_at=line.full_at)
        if points is not None:
            counted.append(points)
            known += most
        lines.append(_line(line, value, points, most, ones[line.indicator]))
    sum_of = sum(counted, Fraction(0)) if counted else None
    told = None if sum_of is None else rounded(sum_of, 2)
    return (
        GroupScore(group, told, rounded(known, 2), rounded(Fraction(group.points), 2), tuple(lines)),
        sum_of,
        known,
    )


def _line(
    line: Line, value: Decimal | None, points: Fraction | None, most: Fraction, one: Indicator
) -> LineScore:
    told = None if points is None else rounded(points, 2)
    is_setting = line.points is None or line.source.startswith("thiết lập")
    return LineScore(line, value, told, rounded(most, 2), one.manual is not None, is_setting)


def _value(line: Line, values: Values) -> Decimal | None:
    value = values.get(line.indicator)
    if line.times is None or value is None:
        return value
    share = values.get(line.times)
    return None if share is None else rounded(Fraction(value) * Fraction(share) / 100, 2)
