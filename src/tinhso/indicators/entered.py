"""Values that are computed elsewhere, as they were entered."""

from collections.abc import Sequence

from tinhso.indicators.definitions import Indicator
from tinhso.indicators.formulas import Period
from tinhso.indicators.models import EnteredValue
from tinhso.indicators.types import Figure, Series


def values_of(indicator_id: str, *, period: Period) -> tuple[EnteredValue, ...]:
    """Return the values of exactly this period that count today, the province's first, then by unit."""
    rows = EnteredValue.objects.filter(indicator=indicator_id, since=period.since, until=period.until)
    return tuple(rows.filter(replaced_by__isnull=True).order_by("unit"))


def series(one: Indicator, *, period: Period, by: Sequence[str] = ()) -> Series:
    """Return entered values as figures: the province's, or those of units; nothing is «chưa có số liệu»."""
    wanted = [row for row in values_of(one.id, period=period) if bool(row.unit) == ("unit" in by)]
    told = tuple(Figure((row.unit,) if row.unit else (), {}, row.value) for row in wanted)
    if not told and not by:
        told = (Figure((), {}, None),)
    return Series(one.id, one.digest, tuple(by), period, None, told, (), None)
