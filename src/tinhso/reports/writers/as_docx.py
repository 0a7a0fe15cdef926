"""
A sheet as a Word document (ECMA-376, transitional): A4, Times New Roman, margins of Decree 30/2020/NĐ-CP.

Written by hand: what a report needs is a few elements, and the same sheet gives the same bytes.
"""

from collections.abc import Iterator
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tinhso.reports.sheet import Sheet, Table, spoken

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (
    _HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.styles+xml"/></Types>'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINK = '<Relationship Id="rId1" Type="{type}" Target="{target}"/>'
_LINKS = (
    _HEAD
    + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{link}</Relationships>'
)
_STYLES = (
    _HEAD + f'<w:styles xmlns:w="{_WORD}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" '
    'w:eastAsia="Times New Roman"/><w:sz w:val="26"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="80"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    "</w:styles>"
)
# Twentieths of a point: margins 20, 20, 30 and 15 mm.
_MARGINS = (
    '<w:pgMar w:top="1134" w:bottom="1134" w:left="1701" w:right="851" w:header="567" w:footer="567" '
    'w:gutter="0"/>'
)
_SHORT, _LONG = 11906, 16838
_SIDES = 1701 + 851
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
# Zip knows no time before 1980; the moment of making says nothing.
_DAY = (1980, 1, 1, 0, 0, 0)


def as_docx(sheet: Sheet, agency: str) -> bytes:
    """Return the file."""
    office = _LINK.format(type=f"{_RELATIONS}/officeDocument", target="word/document.xml")
    styles = _LINK.format(type=f"{_RELATIONS}/styles", target="styles.xml")
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _LINKS.format(link=office),
        "word/_rels/document.xml.rels": _LINKS.format(link=styles),
        "word/styles.xml": _STYLES,
        "word/document.xml": _document(sheet, agency),
    }
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(ZipInfo(name, _DAY), content.encode(), ZIP_DEFLATED)
    return target.getvalue()


def _document(sheet: Sheet, agency: str) -> str:
    wide, high = (_LONG, _SHORT) if sheet.is_wide else (_SHORT, _LONG)
    lies = ' w:orient="landscape"' if sheet.is_wide else ""
    body = "".join(_body(sheet, agency, wide - _SIDES))
    page = f'<w:sectPr><w:pgSz w:w="{wide}" w:h="{high}"{lies}/>{_MARGINS}</w:sectPr>'
    return f'{_HEAD}<w:document xmlns:w="{_WORD}"><w:body>{body}{page}</w:body></w:document>'


def _body(sheet: Sheet, agency: str, width: int) -> Iterator[str]:
    half = width // 2
    motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    left = _paragraph(agency.upper(), bold=True, align="center", size=24)
    right = _paragraph(motto, bold=True, align="center", size=24)
    right += _paragraph("Độc lập - Tự do - Hạnh phúc", bold=True, align="center")
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="{half}"/>'
        f'<w:gridCol w:w="{half}"/></w:tblGrid><w:tr>{_box(left, half)}{_box(right, half)}</w:tr></w:tbl>'
    )
    yield _paragraph("")
    yield _paragraph(sheet.title.upper(), bold=True, align="center", size=28)
    yield _paragraph(sheet.subject, bold=True, align="center")
    for text in sheet.about:
        yield _paragraph(text, align="center", italic=True)
    for table in sheet.tables:
        if table.title:
            yield _paragraph(table.title, bold=True)
        yield _table(table, width)
        yield _paragraph("")
    for heading, paragraphs in sheet.texts:
        yield _paragraph(heading, bold=True)
        for text in paragraphs:
            yield _paragraph(text, align="both")
    for text in sheet.notes:
        yield _paragraph(text, italic=True, size=22)


def _table(table: Table, width: int) -> str:
    share = width // sum(column.weight for column in table.columns)
    widths = [column.weight * share for column in table.columns]
    size = 20 if len(table.columns) > 6 else 24
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    rows = "".join(_heads(table, widths, size))
    for number, row in enumerate(table.rows):
        cells = "".join(
            _box(
                _paragraph(
                    spoken(cell),
                    bold=table.is_total(number),
                    align="right" if column.is_number else "left",
                    size=size,
                ),
                width,
            )
            for cell, column, width in zip(row, table.columns, widths, strict=True)
        )
        rows += f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _heads(table: Table, widths: list[int], size: int) -> Iterator[str]:
    above, below, place = "", "", 0
    for text, count, columns in table.heads():
        wide = sum(widths[place : place + count])
        if columns[0].group:
            above += _box(_head(text, size), wide, f'<w:gridSpan w:val="{count}"/>')
            for offset, column in enumerate(columns):
                below += _box(_head(column.title, size), widths[place + offset])
        else:
            above += _box(_head(text, size), wide, '<w:vMerge w:val="restart"/>' if table.has_groups else "")
            below += _box(_head("", size), wide, "<w:vMerge/>")
        place += count
    begin = "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    yield f"{begin}{above}</w:tr>"
    if table.has_groups:
        yield f"{begin}{below}</w:tr>"


def _head(text: str, size: int) -> str:
    return _paragraph(text, bold=True, align="center", size=size)


def _box(content: str, width: int, more: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>{content}</w:tc>'


def _paragraph(
    text: str, *, bold: bool = False, italic: bool = False, align: str = "left", size: int = 26
) -> str:
    look = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "") + f'<w:sz w:val="{size}"/>'
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(_printable(line))}</w:t>' for line in text.split("\n")
    )
    run = f"<w:r><w:rPr>{look}</w:rPr>{lines}</w:r>" if text else ""
    return f'<w:p><w:pPr><w:jc w:val="{align}"/></w:pPr>{run}</w:p>'


def _printable(text: str) -> str:
    """Leave out what XML does not take."""
    return "".join(one for one in text if one >= " " or one == "\t")
