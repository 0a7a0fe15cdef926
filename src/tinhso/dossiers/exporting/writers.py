"""Files of rows, written row by row: no file is held in memory."""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from tempfile import TemporaryDirectory
from typing import BinaryIO, Protocol

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from tinhso.dossiers.exporting.columns import Cell, as_text

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads Vietnamese in the code page of the machine
LINES_OF_SHEET = 1_000_000  # Excel takes 1,048,576
WIDTHS = (24, 17, 10, 14, 44, 28, 22, 26, 24, 34, 14, 17, 17, 17)


class Rows(Protocol):
    """Takes rows of a table, the headings first."""

    def write(self, cells: Sequence[Cell]) -> None: ...


class _Csv:
    def __init__(self, target: io.TextIOBase) -> None:
        self._rows = csv.writer(target, lineterminator="\r\n")

    def write(self, cells: Sequence[Cell]) -> None:
        self._rows.writerow(as_text(cells))


class _Sheet:
    """Sheets whose rows go to disk as they come; text is never read as a formula or a link."""

    def __init__(self, book: xlsxwriter.Workbook, name: str) -> None:
        self._book, self._name, self._count = book, name, 0
        self._moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        self._bold = book.add_format({"bold": True})
        self._head: Sequence[Cell] = ()
        self._begin()

    def _begin(self) -> None:
        self._count += 1
        name = self._name if self._count == 1 else f"{self._name} {self._count}"
        self._sheet: Worksheet = self._book.add_worksheet(name)
        self._line = 0
        for place, width in enumerate(WIDTHS):
            self._sheet.set_column(place, place, width)
        self._sheet.freeze_panes(1, 1)

    def write(self, cells: Sequence[Cell]) -> None:
        if self._line == LINES_OF_SHEET:
            self._begin()
            self._write(self._head)
        elif not self._head:
            self._head = cells
        self._write(cells)

    def _write(self, cells: Sequence[Cell]) -> None:
        head = self._bold if self._line == 0 else None
        for place, cell in enumerate(cells):
            if isinstance(cell, datetime):
                self._sheet.write_datetime(self._line, place, cell, self._moment)
            elif cell:
                self._sheet.write_string(self._line, place, cell, head)
        self._line += 1


@contextmanager
def csv_into(target: BinaryIO) -> Iterator[Rows]:
    """Write a CSV file as RFC 4180 has it, with the mark by which Excel knows UTF-8."""
    text = io.TextIOWrapper(target, encoding="utf-8", newline="", write_through=False)
    text.write(BYTE_ORDER_MARK)
    yield _Csv(text)
    text.flush()
    text.detach()


@contextmanager
def xlsx_into(target: BinaryIO, *, name: str = "Hồ sơ") -> Iterator[Rows]:
    """Write a book, with a further sheet where one is full; its rows lie in a folder until the end."""
    with TemporaryDirectory(prefix="tinhso-xlsx-") as folder:
        book = xlsxwriter.Workbook(target, {"constant_memory": True, "tmpdir": folder})
        try:
            yield _Sheet(book, name)
        finally:
            book.close()


def rows_into(format_: str, target: BinaryIO, *, name: str = "Hồ sơ") -> AbstractContextManager[Rows]:
    """Return the writer of the format. :param name: of the sheet; :raises KeyError: it has no rows"""
    if format_ == "csv":
        return csv_into(target)
    return {"xlsx": xlsx_into}[format_](target, name=name)
