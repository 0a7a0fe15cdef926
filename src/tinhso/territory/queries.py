"""The door of the territory: units, addresses and series as of any day. Nothing here is personal data."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.conf import settings

from tinhso.territory import finding, regrouping
from tinhso.territory.atlas import Atlas, load_atlas
from tinhso.territory.types import Number, Regrouped, Resolution, UnitView


def atlas() -> Atlas:
    """Return the atlas of this installation's packs, read once."""
    return load_atlas(settings.TINHSO.packs)


def unit(code: str, on: date) -> UnitView | None:
    """Return the unit of that code on that day, if there was one."""
    found = atlas().unit(code, on)
    return atlas().view(found, on) if found else None


def provinces(on: date) -> tuple[UnitView, ...]:
    """Return all provinces and municipalities of that day, by code."""
    return tuple(atlas().view(found, on) for found in atlas().provinces(on))


def communes(code: str, on: date) -> tuple[UnitView, ...]:
    """Return the communes of a province (or of a district before 1 July 2025) on that day, by code."""
    return tuple(atlas().view(found, on) for found in atlas().communes(code, on))


def find_unit(text: str, *, on: date, as_of: date) -> Resolution:
    """
    Return what the unit written on ``on`` is as of another day; see :func:`finding.find_unit`.

    :raises UnknownUnit: no unit of that name on ``on``, with the nearest names
    :raises VagueUnit: more units of that name than anyone could choose from
    """
    return finding.find_unit(atlas(), text, on=on, as_of=as_of)


def regroup(
    series: Mapping[str, Number],
    *,
    on: date,
    to: date,
    weights: Mapping[tuple[str, str], Decimal] | None = None,
) -> Regrouped:
    """Return the series counted on the map of ``on`` on the map of ``to``; see :func:`regrouping.regroup`."""
    return regrouping.regroup(atlas(), series, on=on, to=to, weights=weights)
