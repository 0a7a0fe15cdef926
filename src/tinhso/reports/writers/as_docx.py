"""A sheet as a Word document: A4, Times New Roman, margins and heading of Decree 30/2020/NĐ-CP."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

from tinhso.reports.sheet import Cell, Column, Sheet, Table, spoken

FONT = "Times New Roman"
SHORT, LONG = Mm(210), Mm(297)
TOP, LEFT, BOTTOM, RIGHT = Mm(20), Mm(30), Mm(20), Mm(15)
NORMAL, SMALL, TITLE = Pt(13), Pt(11), Pt(14)
# More columns than these are set smaller.
FEW = 6


def as_docx(sheet: Sheet, agency: str) -> bytes:
    """Return the file."""
    paper = Document()
    _lay(paper, is_wide=sheet.is_wide)
    _head(paper, agency)
    _say(paper, sheet.title.upper(), size=TITLE, bold=True, align=ALIGN.CENTER)
    _say(paper, sheet.subject, bold=True, align=ALIGN.CENTER)
    for text in sheet.about:
        _say(paper, text, italic=True, align=ALIGN.CENTER)
    for table in sheet.tables:
        if table.title:
            _say(paper, table.title, bold=True)
        _draw(paper, table)
        _say(paper, "")
    for heading, paragraphs in sheet.texts:
        _say(paper, heading, bold=True)
        for text in paragraphs:
            _say(paper, text, align=ALIGN.JUSTIFY)
    for text in sheet.notes:
        _say(paper, text, size=SMALL, italic=True)
    target = BytesIO()
    paper.save(target)
    return target.getvalue()


def _lay(paper: Paper, *, is_wide: bool) -> None:
    page, normal = paper.sections[0], paper.styles["Normal"]
    page.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = (LONG, SHORT) if is_wide else (SHORT, LONG)
    page.top_margin, page.left_margin, page.bottom_margin, page.right_margin = TOP, LEFT, BOTTOM, RIGHT
    normal.font.name, normal.font.size = FONT, NORMAL
    # Word takes Vietnamese letters from the font for Asian ones where it is another.
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    normal.paragraph_format.space_after = Pt(4)


def _head(paper: Paper, agency: str) -> None:
    left, right = paper.add_table(1, 2).rows[0].cells
    _say(left, agency.upper(), size=Pt(12), bold=True, align=ALIGN.CENTER)
    _say(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=Pt(12), bold=True, align=ALIGN.CENTER)
    right.add_paragraph()
    _say(right, "Độc lập - Tự do - Hạnh phúc", bold=True, align=ALIGN.CENTER)
    _say(paper, "")


def _draw(paper: Paper, table: Table) -> None:
    size = Pt(10) if len(table.columns) > FEW else Pt(12)
    heads = 2 if table.has_groups else 1
    grid = paper.add_table(heads + len(table.rows), len(table.columns), style="Table Grid")
    grid.autofit = False
    rows = [row.cells for row in grid.rows]
    for cells in rows:
        for cell, width in zip(cells, _widths(paper, table.columns), strict=True):
            cell.width = width
    for row in list(grid.rows)[:heads]:
        # On each page again.
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _entitle(rows[:heads], table, size)
    for number, (cells, held) in enumerate(zip(rows[heads:], table.rows, strict=True)):
        _fill(cells, held, table.columns, size, bold=table.is_total(number))


def _widths(paper: Paper, columns: Sequence[Column]) -> list[Length]:
    page = paper.sections[0]
    whole = (page.page_width or SHORT) - LEFT - RIGHT
    return [Length(whole * one.weight // sum(column.weight for column in columns)) for one in columns]


def _entitle(rows: Sequence[Sequence[Any]], table: Table, size: Length) -> None:
    """Write the headings; what stands above several goes over them, the others through both rows."""
    place = 0
    for text, count, columns in table.heads():
        top, last = rows[0][place], rows[0][place + count - 1]
        if columns[0].group:
            for offset, column in enumerate(columns):
                _say(rows[1][place + offset], column.title, size=size, bold=True, align=ALIGN.CENTER)
        over = top.merge(last if columns[0].group else rows[-1][place])
        _say(over, text, size=size, bold=True, align=ALIGN.CENTER)
        place += count


def _fill(
    cells: Sequence[Any], held: Sequence[Cell], columns: Sequence[Column], size: Length, *, bold: bool
) -> None:
    for cell, value, column in zip(cells, held, columns, strict=True):
        align = ALIGN.RIGHT if column.is_number else ALIGN.LEFT
        _say(cell, spoken(value), size=size, bold=bold, align=align)


def _say(
    place: Any,
    text: str,
    *,
    size: Length = NORMAL,
    bold: bool = False,
    italic: bool = False,
    align: Any = ALIGN.LEFT,
) -> None:
    """Write a paragraph: into a box its last one, which it has from the beginning, elsewhere a new one."""
    paragraph = place.add_paragraph() if hasattr(place, "sections") else place.paragraphs[-1]
    paragraph.alignment = align
    run = paragraph.add_run(_printable(text))
    run.bold, run.italic, run.font.size = bold, italic, size


def _printable(text: str) -> str:
    """Leave out what XML does not take."""
    return "".join(one for one in text if one >= " " or one in "\t\n")
