"""Rows of a sheet, one after the other, as text: XLSX or CSV."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from openpyxl.reader.excel import load_workbook

from tinhso.dossiers.importing.limits import (
    MOST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_UNPACKED,
    SheetEmpty,
    SheetTooLong,
    SheetUnreadable,
)
from tinhso.kernel.text import normalise

Cells = tuple[str, ...]
DELIMITERS = ",;\t"
_ZIP = b"PK\x03\x04"


def headings_of(content: BinaryIO) -> Cells:
    """
    Return the first line, and read the others through.

    :raises SheetUnreadable, SheetEmpty, SheetTooLong: nothing is to be done with it
    """
    rows = lines(content)
    first = next(rows, None)
    if first is None or not any(first[1]):
        raise SheetEmpty
    if next(rows, None) is None:
        raise SheetEmpty
    for _row in rows:
        pass
    return first[1]


def lines(content: BinaryIO) -> Iterator[tuple[int, Cells]]:
    """
    Yield the number of each line and its cells; lines without any text are left out.

    :raises SheetUnreadable, SheetTooLong: while it is read
    """
    content.seek(0)
    is_packed = content.read(len(_ZIP)) == _ZIP
    content.seek(0)
    found = 0
    for number, cells in enumerate(_packed(content) if is_packed else _plain(content), start=1):
        trimmed = _trimmed(cells)
        if len(trimmed) > MOST_COLUMNS or found > MOST_ROWS:
            raise SheetTooLong(rows=MOST_ROWS, columns=MOST_COLUMNS)
        if trimmed:
            found += 1
            yield number, trimmed


def _packed(content: BinaryIO) -> Iterator[list[str]]:
    """Yield rows of the first sheet of a workbook; what it unpacks to is looked at before."""
    try:
        with ZipFile(content) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise SheetTooLong(rows=MOST_ROWS, columns=MOST_COLUMNS)
        content.seek(0)
        book = load_workbook(content, read_only=True, data_only=True, keep_links=False)
        sheet: Any = book.worksheets[0]
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True):
            yield [_text(cell) for cell in row]
    except SheetTooLong:
        raise
    except (BadZipFile, KeyError, ValueError, IndexError, OSError, TypeError, SyntaxError) as problem:
        # What openpyxl raises on a broken workbook; an XML parser's error is a SyntaxError.
        raise SheetUnreadable from problem


def _plain(content: BinaryIO) -> Iterator[list[str]]:
    """Yield rows of a CSV file; which mark parts its columns is told by its first line."""
    text = io.TextIOWrapper(content, encoding="utf-8-sig", newline="")
    try:
        first = text.readline()
        text.seek(0)
        delimiter = max(DELIMITERS, key=first.count)
        yield from csv.reader(text, delimiter=delimiter)
    except (UnicodeDecodeError, csv.Error) as problem:
        raise SheetUnreadable from problem
    finally:
        text.detach()


def _trimmed(cells: list[str]) -> Cells:
    texts = [normalise(cell)[:MOST_CELL] for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def _text(cell: object) -> str:
    """Return a cell as people read it; a number without decimals has none."""
    if cell is None:
        return ""
    if isinstance(cell, datetime | date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, float):
        return repr(cell).replace(".", ",")
    return str(cell)
