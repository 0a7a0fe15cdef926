"""A sheet as CSV: one table after the other, an empty line between."""

import csv
import io

from tinhso.reports.sheet import Cell, Sheet, plain

# Without it Excel reads Vietnamese in the code page of the machine.
MARK = "\ufeff"


def as_csv(sheet: Sheet, agency: str) -> bytes:
    """Return the file (RFC 4180)."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    for line in (agency, sheet.title, sheet.subject, *sheet.about):
        rows.writerow([_safe(line)])
    for table in sheet.tables:
        rows.writerow([])
        if table.title:
            rows.writerow([_safe(table.title)])
        rows.writerow([f"{one.group}: {one.title}" if one.group else one.title for one in table.columns])
        rows.writerows([_safe(cell) for cell in row] for row in table.rows)
    for heading, paragraphs in sheet.texts:
        rows.writerows([[], [_safe(heading)], *([_safe(one)] for one in paragraphs)])
    rows.writerows([[], *([_safe(one)] for one in sheet.notes)])
    return (MARK + text.getvalue()).encode()


def _safe(cell: Cell) -> str:
    """Keep a text from being a formula where a spreadsheet opens it."""
    text = plain(cell)
    return f"'{text}" if isinstance(cell, str) and text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
