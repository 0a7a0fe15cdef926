"""Records as files: one line a record, only what the reader sees, in constant memory."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, BinaryIO, cast

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.dossiers.exporting.columns import as_text
from tinhso.dossiers.exporting.record_rows import geojson, rows
from tinhso.dossiers.exporting.record_selection import RecordSelection
from tinhso.dossiers.exporting.writers import BYTE_ORDER_MARK, CSV_TYPE, XLSX_TYPE, xlsx_into
from tinhso.kernel.refusals import Conflict, Invalid
from tinhso.people.types import Actor
from tinhso.registers import queries
from tinhso.registers.types import RecordView
from tinhso.web.registers import words
from tinhso.web.registers.asking import Asked

CSV, XLSX, GEOJSON = "csv", "xlsx", "geojson"
TYPES = {CSV: CSV_TYPE, XLSX: XLSX_TYPE, GEOJSON: "application/geo+json"}
# So many are sent while one waits; of more a job writes the file.
MOST_AT_ONCE = 20_000


class FormatUnknown(Invalid):
    code = "register-export-format"
    message = gettext_lazy("Sổ này không xuất được dạng tệp ấy. Hãy chọn một dạng trong danh sách.")


class FileTakesLong(Conflict):
    code = "register-export-takes-long"
    message = gettext_lazy(
        "Danh sách có hơn %(most)s bản ghi nên tệp được lập dần. "
        "Hãy bấm «Lập tệp»; xong thì tải ở trang tiến độ."
    )


@dataclass(frozen=True, slots=True)
class Choice:
    kind: str
    url: str
    label: str
    hint: str


@dataclass(frozen=True, slots=True)
class ExportPage:
    """
    :param count: of records, as far as they are sent at once
    :param is_more: there are more; a job writes the file
    """

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
        most=MOST_AT_ONCE + 1,
    )
    offered = [
        (XLSX, _("Bảng tính Excel (XLSX)"), _("Mở thẳng bằng Excel, LibreOffice.")),
        (CSV, _("Bảng CSV"), _("Cho phần mềm khác đọc; cột cách nhau bằng dấu phẩy, mã hóa UTF-8.")),
    ]
    if definition.geometry:
        offered.append((GEOJSON, "GeoJSON", _("Kèm vị trí, ranh giới; mở bằng QGIS và phần mềm bản đồ.")))
    return ExportPage(
        name=definition.name.into(words.language()),
        count=min(count, MOST_AT_ONCE),
        is_more=count > MOST_AT_ONCE,
        narrowed=asked.narrows,
        choices=tuple(
            Choice(kind, asked.address(base, dang=kind), label, hint) for kind, label, hint in offered
        ),
        back_url=asked.address(reverse("registers:list", args=[definition.id])),
    )


def require_format(definition: RegisterDefinition, format_: str) -> None:
    """:raises FormatUnknown: the register has no such file"""
    if format_ not in TYPES or (format_ == GEOJSON and not definition.geometry):
        raise FormatUnknown


def require_short(page: ExportPage) -> None:
    """:raises FileTakesLong: nobody should wait for it"""
    if page.is_more:
        raise FileTakesLong(most=f"{MOST_AT_ONCE:,}".replace(",", "."))


def as_csv(
    definition: RegisterDefinition, seen: frozenset[str], records: Iterator[RecordView]
) -> Iterator[str]:
    """Yield a CSV file line by line; no cell begins a formula."""
    yield BYTE_ORDER_MARK
    for cells in rows(definition, seen, records, words.language()):
        line = io.StringIO()
        csv.writer(line, lineterminator="\r\n").writerow(as_text(cells))
        yield line.getvalue()


def as_geojson(
    _definition: RegisterDefinition, seen: frozenset[str], records: Iterator[RecordView]
) -> Iterator[str]:
    """Yield a FeatureCollection feature by feature."""
    return geojson(seen, records)


def sheet(definition: RegisterDefinition, seen: frozenset[str], records: Iterator[RecordView]) -> IO[bytes]:
    """Return a sheet in a file without a name; its rows lie on disk while it is written."""
    content = TemporaryFile()  # noqa: SIM115  (closed by the response that sends it)
    with xlsx_into(cast(BinaryIO, content), name=_("Bản ghi")) as target:
        for cells in rows(definition, seen, records, words.language()):
            target.write(cells)
    content.seek(0)
    return content


Stream = Callable[[RegisterDefinition, frozenset[str], Iterator[RecordView]], Iterator[str]]
STREAMS: dict[str, Stream] = {CSV: as_csv, GEOJSON: as_geojson}


def selection_of(definition: RegisterDefinition, asked: Asked) -> RecordSelection:
    """Return the list as an export keeps it."""
    return RecordSelection(
        register=definition.id,
        valid=asked.moment.valid.isoformat(),
        known=asked.moment.known.isoformat() if asked.moment.known else "",
        text=asked.text,
        filters=dict(asked.filters),
        unit=asked.unit,
        spans=dict(asked.spans),
    )
