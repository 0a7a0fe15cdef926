"""One sheet as several kinds of file; what stands in them is the same."""

from collections.abc import Callable
from typing import NamedTuple

from tinhso.reports.sheet import Sheet
from tinhso.reports.writers.as_csv import as_csv
from tinhso.reports.writers.as_docx import as_docx
from tinhso.reports.writers.as_xlsx import as_xlsx


class Writer(NamedTuple):
    """:param write: from the sheet and the name of who reports"""

    media_type: str
    write: Callable[[Sheet, str], bytes]


_OFFICE = "application/vnd.openxmlformats-officedocument"
WRITERS: dict[str, Writer] = {
    "csv": Writer("text/csv; charset=utf-8", as_csv),
    "xlsx": Writer(f"{_OFFICE}.spreadsheetml.sheet", as_xlsx),
    "docx": Writer(f"{_OFFICE}.wordprocessingml.document", as_docx),
}
