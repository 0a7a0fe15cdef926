"""CSV, XLSX and GeoJSON as rows of named columns; what was guessed of the file is said, not hidden."""

import codecs
import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from pathlib import PurePath
from zipfile import BadZipFile

from django.utils.translation import gettext_lazy as _
from openpyxl.reader.excel import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from tinhso.kernel.refusals import Invalid
from tinhso.kernel.text import normalise

Row = Mapping[str, object]
GEOMETRY = "geometry"
# Byte order marks first; a file without one is UTF-8, or what Windows in Vietnam writes.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = ";,\t|"
_SAMPLE = 20
# An XML parser's error is a SyntaxError; a feature without properties an AttributeError.
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, SyntaxError, OSError)


class FileUnreadable(Invalid):
    code = "register-file-unreadable"
    message = _("Không đọc được tệp «%(name)s». Hãy lưu lại thành CSV, XLSX hoặc GeoJSON rồi gửi lại.")


class NoColumns(Invalid):
    code = "register-file-no-columns"
    message = _("Tệp «%(name)s» không có dòng tên cột. Hãy thêm một dòng đầu với tên các cột.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    :param kind: ``csv``, ``xlsx`` or ``geojson``
    :param encoding: delimiter: of a CSV, as guessed; empty otherwise
    :param rows: gives the rows anew each time it is called
    """

    kind: str
    columns: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]
    encoding: str = ""
    delimiter: str = ""


def read_sheet(name: str, content: bytes) -> Sheet:
    """Return the file's rows. :raises FileUnreadable, NoColumns: it has none that can be read"""
    read = {".xlsx": _xlsx, ".json": _geojson, ".geojson": _geojson}.get(PurePath(name).suffix.lower(), _csv)
    try:
        sheet = read(content)
    except (*_BROKEN, csv.Error, BadZipFile, InvalidFileException) as problem:
        raise FileUnreadable(name=name) from problem
    if not any(sheet.columns):
        raise NoColumns(name=name)
    return sheet


def _csv(content: bytes) -> Sheet:
    encoding = _encoding(content)
    text = content.decode(encoding)
    first = "\n".join(text.splitlines()[:_SAMPLE])
    delimiter = max(_DELIMITERS, key=lambda mark: first.partition("\n")[0].count(mark))

    def rows() -> Iterator[Row]:
        reader = csv.reader(StringIO(text), delimiter=delimiter)
        columns = [normalise(one) for one in next(reader)]
        yield from (dict(zip(columns, line, strict=False)) for line in reader if any(line))

    head = next(csv.reader(StringIO(text), delimiter=delimiter), [])
    return Sheet("csv", tuple(normalise(one) for one in head), rows, encoding, delimiter)


def _encoding(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1258"
    return "utf-8"


def _xlsx(content: bytes) -> Sheet:
    def lines() -> Iterator[tuple[object, ...]]:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        yield from book.worksheets[0].iter_rows(values_only=True)

    columns = tuple(normalise(str(one)) if one is not None else "" for one in next(lines(), ()))

    def rows() -> Iterator[Row]:
        waiting = lines()
        next(waiting, None)
        for line in waiting:
            if any(one is not None for one in line):
                yield {name: _cell(one) for name, one in zip(columns, line, strict=False) if name}

    return Sheet("xlsx", columns, rows)


def _cell(value: object) -> object:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _geojson(content: bytes) -> Sheet:
    features = json.loads(content.decode("utf-8-sig"))["features"]
    columns = dict.fromkeys(name for one in features for name in (one.get("properties") or {}))

    def rows() -> Iterator[Row]:
        for one in features:
            yield {**(one.get("properties") or {}), GEOMETRY: one.get("geometry")}

    return Sheet("geojson", (*columns, GEOMETRY), rows)
