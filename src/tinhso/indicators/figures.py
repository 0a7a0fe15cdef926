"""Figures: what indicators come to, by unit, agency, field, procedure, channel and month."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from tinhso.facts.engines import Engine, engine
from tinhso.facts.snapshots import snapshot
from tinhso.facts.types import Checkpoint
from tinhso.indicators import entered, formulas
from tinhso.indicators.definitions import MAP, Indicator, indicator
from tinhso.indicators.formulas import Period
from tinhso.indicators.grouping import condition
from tinhso.indicators.policies import NoSuchDimension
from tinhso.indicators.regrouping import regrouped
from tinhso.indicators.tables_read import tables_of
from tinhso.indicators.types import Figure, Series


def figures(
    indicator_id: str,
    *,
    period: Period,
    by: Sequence[str] = (),
    as_of_map: date | None = None,
    where: Mapping[str, str] | None = None,
) -> Series:
    """
    Return the figures of one indicator.

    :param by: dimensions of the indicator; none: one figure for all
    :param as_of_map: give units on the map of that day; None: as they were when the dossiers were filed
    :param where: only facts of which a dimension is this
    :raises IndicatorMissing, NoSuchDimension: as they say
    :raises FactsAreRebuilt: there are no whole facts just now
    """
    one = indicator(indicator_id)
    return several((one,), period=period, by=by, as_of_map=as_of_map, where=where)[0]


def several(
    wanted: Collection[Indicator],
    *,
    period: Period,
    by: Sequence[str] = (),
    as_of_map: date | None = None,
    where: Mapping[str, str] | None = None,
    engine_name: str = "",
) -> tuple[Series, ...]:
    """Return the figures of several indicators, all of the same facts; see :func:`figures`."""
    for one in wanted:
        _require_dimensions(one, [*by, *(where or {})])
    tables = sorted({name for one in wanted for name in tables_of(one)})
    if not tables:
        return tuple(entered.series(one, period=period, by=by) for one in wanted)
    with snapshot(tables) as facts, engine(facts, name=engine_name) as counting:
        ask = Asking(counting, facts.checkpoint, period, tuple(by), as_of_map, where or {})
        return tuple(
            entered.series(one, period=period, by=by) if one.manual else ask.series(one) for one in wanted
        )


class Asking:
    """One question about one period, put to several indicators."""

    def __init__(
        self,
        counting: Engine,
        checkpoint: Checkpoint,
        period: Period,
        by: tuple[str, ...] = (),
        as_of_map: date | None = None,
        where: Mapping[str, str] | None = None,
    ) -> None:
        self.counting, self.checkpoint, self.period = counting, checkpoint, period
        self.by, self.as_of_map, self.where = by, as_of_map, where or {}

    def series(self, one: Indicator) -> Series:
        """Return the indicator's figures."""
        regroups = self.as_of_map is not None and "unit" in self.by
        sums = formulas.sums_of(one.value)
        columns = (*self.by, MAP) if regroups else self.by
        formula = formulas.put_in(one.formula, self.period)
        rows = self.counting.rows(
            formulas.grouped(formula, by=columns, sums=sums, where=condition(self.where))
        )
        counted = [
            (_group(row[: len(columns)]), dict(zip(sums, row[len(columns) :], strict=True))) for row in rows
        ]
        if regroups and self.as_of_map:
            return self._on_other_map(one, counted, self.as_of_map)
        told = tuple(_figure(one, group, added) for group, added in counted)
        return self._series(one, told)

    def _on_other_map(self, one: Indicator, counted: list[Any], to: date) -> Series:
        given, apart = regrouped(counted, place=self.by.index("unit"), to=to)
        told = tuple(_figure(one, group, added) for group, added in sorted(given.items()))
        return self._series(one, told, apart)

    def _series(self, one: Indicator, told: tuple[Figure, ...], apart: tuple[Any, ...] = ()) -> Series:
        return Series(one.id, one.digest, self.by, self.period, self.as_of_map, told, apart, self.checkpoint)


def _figure(one: Indicator, group: tuple[str, ...], sums: Mapping[str, Any]) -> Figure:
    known = {name: 0 if added is None else added for name, added in sums.items()}
    return Figure(group, known, formulas.result(one.value, sums, decimals=one.decimals))


def _group(values: Sequence[Any]) -> tuple[str, ...]:
    return tuple("" if value is None else _text(value) for value in values)


def _text(value: Any) -> str:
    # DATE_TRUNC gives a day in one engine and a midnight in another.
    return str(value)[:10] if hasattr(value, "year") else str(value)


def _require_dimensions(one: Indicator, asked: Sequence[str]) -> None:
    known = {"unit"} if one.manual else set(one.dimensions)
    missing = next((name for name in asked if name not in known), None)
    if missing is not None:
        raise NoSuchDimension(dimension=missing)
