"""Records as files: one line a record, only what the reader sees, in constant memory."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO

import xlsxwriter
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.definitions.registers.types import GEOMETRY, FieldType, RegisterDefinition, RegisterField
from tinhso.dossiers.exporting.columns import as_text
from tinhso.dossiers.exporting.writers import BYTE_ORDER_MARK, CSV_TYPE, XLSX_TYPE
from tinhso.kernel.refusals import Invalid
from tinhso.people.types import Actor
from tinhso.registers import queries
from tinhso.registers.types import RecordView
from tinhso.web.registers import words
from tinhso.web.registers.asking import Asked

CSV, XLSX, GEOJSON = "csv", "xlsx", "geojson"
TYPES = {CSV: CSV_TYPE, XLSX: XLSX_TYPE, GEOJSON: "application/geo+json"}
# A sheet is written whole before its first byte is sent; what streams has no such end.
MOST_ROWS_OF_SHEET = 20_000
NUMBERS = frozenset({FieldType.NUMBER, FieldType.MONEY})


class FormatUnknown(Invalid):
    code = "register-export-format"
    message = gettext_lazy("Sổ này không xuất được dạng tệp ấy. Hãy chọn một dạng trong danh sách.")


class SheetTooLong(Invalid):
    code = "register-export-too-long"
    message = gettext_lazy(
        "Danh sách có hơn %(most)s bản ghi, quá dài cho một bảng tính. Hãy thu hẹp bộ lọc, hoặc chọn CSV."
    )


@dataclass(frozen=True, slots=True)
class Choice:
    url: str
    label: str
    hint: str


@dataclass(frozen=True, slots=True)
class ExportPage:
    """:param count: of records, counted to just beyond what a sheet takes"""

    name: str
    count: int
    is_more: bool
    narrowed: bool
    choices: tuple[Choice, ...]
    back_url: str


def export_page(*, actor: Actor, definition: RegisterDefinition, asked: Asked) -> ExportPage:
    base = reverse("registers:export", args=[definition.id])
    count = queries.count_records(
        actor=actor,
        register_id=definition.id,
        moment=asked.moment,
        text=asked.text,
        filters=asked.filters,
        unit_code=asked.unit,
        ranges=asked.spans,
        most=MOST_ROWS_OF_SHEET + 1,
    )
    offered = [
        (XLSX, _("Bảng tính Excel (XLSX)"), _("Mở thẳng bằng Excel, LibreOffice.")),
        (CSV, _("Bảng CSV"), _("Cho phần mềm khác đọc; cột cách nhau bằng dấu phẩy, mã hóa UTF-8.")),
    ]
    if definition.geometry:
        offered.append((GEOJSON, "GeoJSON", _("Kèm vị trí, ranh giới; mở bằng QGIS và phần mềm bản đồ.")))
    return ExportPage(
        name=definition.name.into(words.language()),
        count=min(count, MOST_ROWS_OF_SHEET),
        is_more=count > MOST_ROWS_OF_SHEET,
        narrowed=asked.narrows,
        choices=tuple(Choice(asked.address(base, dang=kind), label, hint) for kind, label, hint in offered),
        back_url=asked.address(reverse("registers:list", args=[definition.id])),
    )


def require_format(definition: RegisterDefinition, format_: str, page: ExportPage) -> None:
    """:raises FormatUnknown, SheetTooLong: as they say"""
    if format_ not in TYPES or (format_ == GEOJSON and not definition.geometry):
        raise FormatUnknown
    if format_ == XLSX and page.is_more:
        raise SheetTooLong(most=f"{MOST_ROWS_OF_SHEET:,}".replace(",", "."))


def as_csv(
    definition: RegisterDefinition, seen: frozenset[str], records: Iterator[RecordView]
) -> Iterator[str]:
    """Yield a CSV file line by line; no cell begins a formula."""
    yield BYTE_ORDER_MARK
    for cells in _rows(definition, seen, records):
        line = io.StringIO()
        csv.writer(line, lineterminator="\r\n").writerow(as_text(cells))
        yield line.getvalue()


def as_geojson(
    _definition: RegisterDefinition, seen: frozenset[str], records: Iterator[RecordView]
) -> Iterator[str]:
    """Yield a FeatureCollection (RFC 7946) feature by feature; properties are values as they are kept."""
    yield '{"type": "FeatureCollection", "features": ['
    for place, view in enumerate(records):
        values = {name: value for name, value in view.values.items() if name in seen}
        feature = {
            "type": "Feature",
            "id": view.key or str(view.id),
            "geometry": view.geometry,
            "properties": values,
        }
        yield (",\n" if place else "\n") + json.dumps(feature, ensure_ascii=False)
    yield "\n]}\n"


def sheet(definition: RegisterDefinition, seen: frozenset[str], records: Iterator[RecordView]) -> IO[bytes]:
    """Return a sheet in a file without a name; its rows lie on disk while it is written."""
    content = TemporaryFile()  # noqa: SIM115  (closed by the response that sends it)
    with TemporaryDirectory(prefix="tinhso-xlsx-") as folder:
        book = xlsxwriter.Workbook(content, {"constant_memory": True, "tmpdir": folder})
        page, bold = book.add_worksheet(), book.add_format({"bold": True})
        page.freeze_panes(1, 1)
        for line, cells in enumerate(_rows(definition, seen, records)):
            for place, cell in enumerate(cells):
                page.write_string(line, place, cell, bold if line == 0 else None)
        book.close()
    content.seek(0)
    return content


Stream = Callable[[RegisterDefinition, frozenset[str], Iterator[RecordView]], Iterator[str]]
STREAMS: dict[str, Stream] = {CSV: as_csv, GEOJSON: as_geojson}


def _rows(
    definition: RegisterDefinition, seen: frozenset[str], records: Iterator[RecordView]
) -> Iterator[Sequence[str]]:
    """Yield the headings, then each record: dates as 22/11/2026, choices and units in words."""
    fields = [one for one in definition.fields if one.id in seen and one.type not in GEOMETRY]
    heads = [one.label.into(words.language()) for one in fields]
    yield [_("Khóa"), *heads, _("Đúng từ ngày")]
    reader = words.Reader()
    for view in records:
        cells = [_cell(reader, one, view.values.get(one.id)) for one in fields]
        yield [view.key, *cells, f"{view.valid_from:%d/%m/%Y}"]


def _cell(reader: words.Reader, one: RegisterField, value: object) -> str:
    """Return numbers without thousands, relations by id: what a machine reads back."""
    if value is None:
        return ""
    if one.type in NUMBERS:
        return str(value).replace(".", ",")
    if one.type is FieldType.RELATION:
        return str(value)
    return reader.shown(one, value)
