"""Figures as CSV, and what its columns mean: CSV on the Web (W3C)."""

import csv
from collections.abc import Mapping
from io import StringIO
from typing import Any

from tinhso.indicators import periods
from tinhso.indicators.reading import Table

KIND, META = "text/csv", "application/csvm+json"
_TITLES = {
    "period": ("Kỳ", "Period", "string"),
    "value": ("Giá trị; trống là chưa có số liệu", "Value; empty: nothing is known", "decimal"),
    "whole": ("Số dữ kiện", "How many facts", "decimal"),
    "hidden": ("Không nêu vì số nhỏ", "Not told, too few", "boolean"),
    "figure": ("Mã con số đã công bố", "Id of the published figure", "string"),
}


def names_of(found: Table) -> tuple[str, ...]:
    """Return the columns, in order."""
    groups = (column for name in found.by for column in (name, f"{name}_name"))
    return (*groups, "period", "value", "whole", "hidden", "figure")


def table(found: Table, names: Mapping[str, str]) -> str:
    """Return the rows with a header."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(names_of(found))
    period = periods.name_of(found.period)
    for row in found.rows:
        groups = (cell for code in row.group for cell in (code, names.get(code, code)))
        value = "" if row.value is None else f"{row.value:f}"
        whole = "" if row.whole is None else row.whole
        writer.writerow((*groups, period, value, whole, str(row.hidden).lower(), row.figure_id or ""))
    return text.getvalue()


def metadata(found: Table, *, csv_url: str) -> dict[str, Any]:
    """Return the document. :param csv_url: the whole address of the CSV"""
    one = found.one
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "vi"}],
        "url": csv_url,
        "dc:title": _both(one.name.vi, one.name.en),
        "dc:description": _both(one.about.vi, one.about.en),
        "dc:source": " ".join(one.source.split()),
        **({"dc:modified": found.computed_at.isoformat()} if found.computed_at else {}),
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ","},
        "tableSchema": {
            "columns": [_column(found, name) for name in names_of(found)],
            **({"primaryKey": list(found.by)} if found.by else {}),
        },
    }


def _column(found: Table, name: str) -> dict[str, Any]:
    vi, en, kind = _TITLES.get(name, (name, name, "string"))
    told: dict[str, Any] = {"name": name, "titles": name, "datatype": kind, "dc:title": _both(vi, en)}
    if name == "value":
        told["schema:unitText"] = found.one.unit.vi
    return told


def _both(vi: str, en: str) -> list[dict[str, str]]:
    told = [{"@value": vi, "@language": "vi"}]
    return [*told, {"@value": en, "@language": "en"}] if en else told
