"""Files as rows of named columns, read as they lie, so that memory does not grow with them."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from sqlite3 import DatabaseError
from zipfile import BadZipFile

from openpyxl.reader.excel import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from pyogrio.errors import DataLayerError, DataSourceError

from tinhso.kernel.text import normalise
from tinhso.registers.importing.features import read_features
from tinhso.registers.importing.geojson import read_geojson
from tinhso.registers.importing.guessing import delimiter_of, encoding_of
from tinhso.registers.importing.sheets import FileUnreadable, NoColumns, Row, Sheet

__all__ = ["KINDS", "FileUnreadable", "NoColumns", "Row", "Sheet", "read_sheet"]

# An XML parser's error is a SyntaxError; a feature without properties an AttributeError.
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, SyntaxError, OSError)
_FOREIGN = (csv.Error, BadZipFile, InvalidFileException, DataSourceError, DataLayerError, DatabaseError)
KINDS = (".csv", ".txt", ".xlsx", ".json", ".geojson", ".zip", ".gpkg")


def read_sheet(file: Path, *, name: str = "") -> Sheet:
    """
    Return what the file holds.

    :param name: the file, as people know it; its ending says what it is
    :raises FileUnreadable, NoColumns, NoProjection, UnknownProjection, SeveralLayers: as they say
    """
    name = name or file.name
    read = {
        ".xlsx": _xlsx,
        ".json": read_geojson,
        ".geojson": read_geojson,
        ".zip": read_features,
        ".gpkg": read_features,
    }.get(Path(name).suffix.lower(), _csv)
    try:
        sheet = read(file, name)
    except (*_BROKEN, *_FOREIGN) as problem:
        raise FileUnreadable(name=name) from problem
    if not any(sheet.columns):
        raise NoColumns(name=name)
    return replace(sheet, rows=partial(_read_on, sheet.rows, name))


def _read_on(rows: Callable[[], Iterator[Row]], name: str) -> Iterator[Row]:
    """A file may break off in its middle, where nobody has looked yet."""
    try:
        yield from rows()
    except (*_BROKEN, *_FOREIGN) as problem:
        raise FileUnreadable(name=name) from problem


def _csv(file: Path, _name: str) -> Sheet:
    encoding = encoding_of(file)
    with file.open(encoding=encoding, newline="") as text:
        delimiter = delimiter_of(text.readline())
        text.seek(0)
        head = next(csv.reader(text, delimiter=delimiter), [])
    columns = tuple(normalise(one) for one in head)

    def rows() -> Iterator[Row]:
        with file.open(encoding=encoding, newline="") as text:
            reader = csv.reader(text, delimiter=delimiter)
            next(reader, None)
            for line in reader:
                if any(line):
                    yield dict(zip(columns, line, strict=False))

    return Sheet("csv", columns, rows, encoding, delimiter)


def _xlsx(file: Path, _name: str) -> Sheet:
    def lines() -> Iterator[tuple[object, ...]]:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            yield from book.worksheets[0].iter_rows(values_only=True)
        finally:
            book.close()

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
