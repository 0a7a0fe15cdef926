"""Figures as JSON-stat 2.0 (json-stat.org): a cube of one indicator, with the period as its time."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

from tinhso.indicators import periods
from tinhso.indicators.reading import Row, Table

VALUE, WHOLE = "value", "whole"


def dataset(found: Table, names: Mapping[str, str], language: str) -> dict[str, Any]:
    """
    Return the dataset. What is not known is null; what is hidden is null with the status ``hidden``.

    :param names: of the members of dimensions, by code
    """
    members = [_members(found.rows, place) for place in range(len(found.by))]
    measures = [VALUE, WHOLE] if found.one.whole else [VALUE]
    period = periods.name_of(found.period)
    ids = [*found.by, "period", "measure"]
    rows = {row.group: row for row in found.rows}
    cells = [(rows.get(group), measure) for group in product(*members) for measure in measures]
    status = {str(place): "hidden" for place, (row, _measure) in enumerate(cells) if row and row.hidden}
    return {
        "version": "2.0",
        "class": "dataset",
        "label": found.one.name.into(language),
        "source": " ".join(found.one.source.split()),
        **({"updated": found.computed_at.isoformat()} if found.computed_at else {}),
        "id": ids,
        "size": [*map(len, members), 1, len(measures)],
        "role": _roles(found.by),
        "dimension": {
            **{name: _dimension(name, codes, names) for name, codes in zip(found.by, members, strict=True)},
            "period": {"label": "period", "category": {"index": [period], "label": {period: period}}},
            "measure": _measures(found, measures, language),
        },
        "value": [_value(row, measure) for row, measure in cells],
        **({"status": status} if status else {}),
        "extension": {
            "indicator": found.one.id,
            "definition": found.one.digest,
            "edition": found.edition,
            "position": found.position,
            "checkpoint": found.checkpoint,
        },
    }


def _members(rows: Sequence[Row], place: int) -> list[str]:
    return list(dict.fromkeys(row.group[place] for row in rows))


def _roles(by: Sequence[str]) -> dict[str, list[str]]:
    geo = {"geo": ["unit"]} if "unit" in by else {}
    return {"time": ["period"], "metric": ["measure"], **geo}


def _dimension(name: str, codes: Sequence[str], names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "label": name,
        "category": {"index": list(codes), "label": {code: names.get(code, code) for code in codes}},
    }


def _measures(found: Table, measures: Sequence[str], language: str) -> dict[str, Any]:
    labels = {VALUE: found.one.name.into(language), WHOLE: WHOLE}
    unit = {VALUE: {"decimals": found.one.decimals, "label": found.one.unit.into(language)}}
    return {
        "label": "measure",
        "category": {
            "index": list(measures),
            "label": {name: labels[name] for name in measures},
            "unit": unit,
        },
    }


def _value(row: Row | None, measure: str) -> float | int | None:
    found = None if row is None else row.value if measure == VALUE else row.whole
    if found is None:
        return None
    return int(found) if found == int(found) else float(found)
