"""Sums by unit on the map of another day: what was divided is set apart, so that everything still adds up."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from tinhso.indicators.types import Group, SetApart
from tinhso.territory import queries as territory
from tinhso.territory.types import Number, UnknownUnit

Counted = tuple[Group, Mapping[str, Any]]
Given = dict[Group, dict[str, Number]]


def regrouped(rows: Iterable[Counted], *, place: int, to: date) -> tuple[Given, tuple[SetApart, ...]]:
    """
    Return the sums by group with its unit on the map of ``to``.

    :param rows: groups whose last part is the first day of the month on whose map the unit is
    :param place: which part of the group the unit is
    """
    given: Given = defaultdict(lambda: defaultdict(int))
    apart: list[SetApart] = []
    for (*group, month), sums in rows:
        for name, added in sums.items():
            moved = _moved(group[place], added or 0, on=date.fromisoformat(month), to=to)
            if moved is None:
                continue
            for unit, part in moved.items():
                given[_with(group, place, unit)][name] += part
        candidates = heirs(group[place], on=date.fromisoformat(month), to=to)
        if len(candidates) > 1:
            apart.append(SetApart((*group, month), candidates, dict(sums)))
    return {group: dict(sums) for group, sums in given.items()}, tuple(apart)


def heirs(unit: str, *, on: date, to: date) -> tuple[str, ...]:
    """Return what the unit of a day is on another day's map; itself where no map knows it."""
    try:
        found = territory.find_unit(unit, on=on, as_of=to)
    except UnknownUnit:
        return (unit,)
    return tuple(view.code for view in found.units) or (unit,)


def _moved(unit: str, value: Number, *, on: date, to: date) -> Mapping[str, Number] | None:
    """Return None for what cannot be given to one unit."""
    try:
        moved = territory.regroup({unit: value}, on=on, to=to)
    except UnknownUnit:
        return {unit: value}
    return None if moved.ambiguous else moved.values


def _with(group: list[str], place: int, unit: str) -> Group:
    return (*group[:place], unit, *group[place + 1 :])
