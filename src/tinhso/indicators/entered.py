"""Values that are computed elsewhere, as they were entered."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from tinhso.indicators.definitions import Indicator
from tinhso.indicators.formulas import Period
from tinhso.indicators.models import EnteredValue
from tinhso.indicators.types import Figure, Series


def values_of(indicator_id: str, *, period: Period) -> tuple[EnteredValue, ...]:
    """Return the values of exactly this period that count today, the province's first, then by unit."""
    return values_in([indicator_id], [period]).get((indicator_id, period), ())


def values_in(
    indicator_ids: Collection[str], periods: Collection[Period]
) -> Mapping[tuple[str, Period], tuple[EnteredValue, ...]]:
    """Return the values that count today of exactly these periods, in one query; units in order."""
    if not indicator_ids:
        return {}
    found: dict[tuple[str, Period], list[EnteredValue]] = defaultdict(list)
    rows = EnteredValue.objects.filter(
        indicator__in=set(indicator_ids),
        since__in={period.since for period in periods},
        replaced_by__isnull=True,
    )
    for row in rows.order_by("unit"):
        found[row.indicator, Period(row.since, row.until)].append(row)
    return {about: tuple(told) for about, told in found.items()}


def newest(indicator_ids: Collection[str]) -> Mapping[str, EnteredValue]:
    """Return the province's values of the latest period there is, by indicator."""
    rows = EnteredValue.objects.filter(
        indicator__in=set(indicator_ids), unit="", replaced_by__isnull=True
    ).order_by("indicator", "-until", "since")
    return {row.indicator: row for row in rows.distinct("indicator")}


def history_of(indicator_id: str, *, limit: int = 200) -> tuple[EnteredValue, ...]:
    """Return everything that was entered, the latest period first; what was replaced stays to be read."""
    rows = EnteredValue.objects.filter(indicator=indicator_id).select_related("entered_by", "replaced_by")
    return tuple(rows.order_by("-until", "unit", "-entered_at")[:limit])


def series(one: Indicator, *, period: Period, by: Sequence[str] = ()) -> Series:
    """Return entered values as figures: the province's, or those of units; nothing is «chưa có số liệu»."""
    return series_of(one, values_of(one.id, period=period), period=period, by=by)


def series_of(
    one: Indicator, rows: Sequence[EnteredValue], *, period: Period, by: Sequence[str] = ()
) -> Series:
    """Return rows of one indicator and period as figures; see :func:`series`."""
    wanted = [row for row in rows if bool(row.unit) == ("unit" in by)]
    told = tuple(Figure((row.unit,) if row.unit else (), {}, row.value) for row in wanted)
    if not told and not by:
        told = (Figure((), {}, None),)
    return Series(one.id, one.digest, tuple(by), period, None, told, (), None)
