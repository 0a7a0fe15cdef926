"""A sheet as an Excel book: one page for each table, numbers as numbers."""

from decimal import Decimal
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tinhso.reports.sheet import Cell, Sheet, Table, spoken

LETTERS = 31
_FORBIDDEN = str.maketrans("", "", "[]:*?/\\'")


def as_xlsx(sheet: Sheet, agency: str) -> bytes:
    """Return the file; texts are never formulas or links."""
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        formats = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "head": book.add_format(
                {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1}
            ),
            "cell": book.add_format({"text_wrap": True, "valign": "top", "border": 1}),
            "total": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1}),
        }
        for number, table in enumerate(sheet.tables, start=1):
            name = f"{number}. {table.title or sheet.title}".translate(_FORBIDDEN)[:LETTERS].rstrip()
            _page(book.add_worksheet(name), sheet, table, agency, formats)
        _words(book.add_worksheet("Thuyết minh"), sheet, formats)
    return target.getvalue()


def _page(page: Worksheet, sheet: Sheet, table: Table, agency: str, formats: dict[str, Format]) -> None:
    for line, text in enumerate((agency, sheet.title, sheet.subject)):
        page.write_string(line, 0, text, formats["title"] if line == 1 else None)
    for place, column in enumerate(table.columns):
        page.set_column(place, place, 10 + 12 * (column.weight - 1))
    top = 4
    if table.title:
        page.write_string(3, 0, table.title)
    first = _heads(page, table, top, formats["head"])
    for number, row in enumerate(table.rows):
        look = formats["total" if table.is_total(number) else "cell"]
        for place, cell in enumerate(row):
            _write(page, first + number, place, cell, look)
    page.freeze_panes(first, 1)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    if sheet.is_wide:
        page.set_landscape()


def _heads(page: Worksheet, table: Table, top: int, look: Format) -> int:
    """Write the headings; return the line after them."""
    place = 0
    for text, count, columns in table.heads():
        is_group = bool(columns[0].group)
        if is_group and count > 1:
            page.merge_range(top, place, top, place + count - 1, text, look)
        elif not is_group and table.has_groups:
            page.merge_range(top, place, top + 1, place, text, look)
        else:
            page.write_string(top, place, text, look)
        if is_group:
            for offset, column in enumerate(columns):
                page.write_string(top + 1, place + offset, column.title, look)
        place += count
    return top + (2 if table.has_groups else 1)


def _write(page: Worksheet, line: int, place: int, cell: Cell, look: Format) -> None:
    if isinstance(cell, int | Decimal):
        page.write_number(line, place, float(cell), look)
    else:
        page.write_string(line, place, spoken(cell), look)


def _words(page: Worksheet, sheet: Sheet, formats: dict[str, Format]) -> None:
    page.set_column(0, 0, 110)
    line = 0
    for heading, paragraphs in (*sheet.texts, ("Cách tính", (*sheet.about, *sheet.notes))):
        page.write_string(line, 0, heading, formats["title"])
        for text in paragraphs:
            line += 1
            page.write_string(line, 0, text)
        line += 2
