"""Statistics counted on one day's map, given on another's."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from tinhso.territory.atlas import Atlas
from tinhso.territory.finding import find_unit
from tinhso.territory.types import Ambiguous, Number, Regrouped

Weights = Mapping[tuple[str, str], Decimal]


def regroup(
    atlas: Atlas, series: Mapping[str, Number], *, on: date, to: date, weights: Weights | None = None
) -> Regrouped:
    """
    Return the series on the map of ``to``; what cannot be given to one unit is set apart, with the reason.

    :param series: value by unit code on the map of ``on``; values that add up (counts, areas, money)
    :param weights: share of each part by (code on ``on``, code on ``to``); used when they sum to 1 for a unit
    :raises UnknownUnit: a code that was not in force on ``on``
    """
    values: dict[str, Number] = {}
    ambiguous: list[Ambiguous] = []
    for code, value in series.items():
        resolution = find_unit(atlas, code, on=on, as_of=to)
        heirs = [unit.code for unit in resolution.units]
        shares = _shares(code, heirs, weights or {})
        if shares is None:
            ambiguous.append(Ambiguous(code, value, tuple(heirs), resolution.reason))
            continue
        for heir, part in _parts(value, shares).items():
            values[heir] = values.get(heir, 0) + part
    return Regrouped(values=values, ambiguous=tuple(ambiguous))


def _shares(code: str, heirs: list[str], weights: Weights) -> dict[str, Decimal] | None:
    if len(heirs) == 1:
        return {heirs[0]: Decimal(1)}
    known = {heir: weights[code, heir] for heir in heirs if (code, heir) in weights}
    return known if heirs and sum(known.values()) == 1 else None


def _parts(value: Number, shares: Mapping[str, Decimal]) -> dict[str, Number]:
    """Divide by the shares, losing nothing; whole numbers stay whole, the largest share takes the rest."""
    largest = max(shares, key=lambda heir: shares[heir])
    whole = isinstance(value, int)
    parts: dict[str, Number] = {
        heir: int(value * share) if whole else value * share for heir, share in shares.items()
    }
    parts[largest] += value - sum(parts.values())
    return parts
