"""Returns and reports of the province as sheets; official documents are Vietnamese."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import translation

from tinhso.kernel.clock import local
from tinhso.people import queries as people
from tinhso.reports.models import ReportRound, UnitReturn
from tinhso.reports.rounds import span_of, template_of
from tinhso.reports.sheet import Cell, Column, Sheet, Table
from tinhso.reports.types import Line, ReportTemplate, Section
from tinhso.reports.values import Value, Values, read

COLUMNS = (
    Column("TT", weight=1),
    Column("Nội dung", weight=7),
    Column("Đơn vị tính", weight=2),
    Column("Số liệu", is_number=True, weight=2),
)
COMPARED = (
    Column("Kỳ trước", is_number=True, weight=2),
    Column("Cùng kỳ năm trước", is_number=True, weight=2),
)
Compared = tuple[Values, Values]


def of_return(row: UnitReturn, *, values: Values | None = None) -> Sheet:
    """Return the sheet of an agency's return, as it stands unless values of a version are given."""
    told = read(row.values) if values is None else values
    return _sheet(row.round, told, about=(), compared=None)


def of_province(
    row: ReportRound,
    values: Values,
    *,
    counted: int,
    missing: Sequence[str],
    compared: Compared | None = None,
) -> Sheet:
    """Return the sheet of the province: how many returns are in it and which are not."""
    about = [f"Tổng hợp từ {counted} báo cáo đã nhận, trên {counted + len(missing)} đơn vị phải báo cáo."]
    notes = ["Tỷ lệ được tính lại từ tử số và mẫu số của các đơn vị, không lấy trung bình các tỷ lệ."]
    notes.append("Mỗi hồ sơ chỉ tính một lần, ở cơ quan giải quyết; phần tiếp nhận hộ không cộng.")
    if missing:
        notes.append(f"Chưa có báo cáo của {len(missing)} đơn vị: {'; '.join(missing)}.")
    return _sheet(row, values, about=tuple(about), compared=compared, notes=tuple(notes))


def _sheet(
    row: ReportRound,
    values: Values,
    *,
    about: tuple[str, ...],
    compared: Compared | None,
    notes: tuple[str, ...] = (),
) -> Sheet:
    template = template_of(row)
    with translation.override("vi"):
        span = span_of(row)
        subject = f"{_upper(span.words())} (từ {span.since:%d/%m/%Y} đến {span.last:%d/%m/%Y})"
    return Sheet(
        title=_titled(template.title.vi),
        subject=subject,
        about=about,
        tables=tuple(
            table
            for number, section in enumerate(template.sections, start=1)
            if (table := _table(section, number, values, compared)).rows
        ),
        texts=_texts(template, values),
        notes=(*notes, f"Căn cứ: {template.source}", *_figures(template, values)),
    )


def _table(section: Section, number: int, values: Values, compared: Compared | None) -> Table:
    lines = [line for line in section.lines if line.origin != "text"]
    rows = tuple(
        (f"{number}.{place}", line.text.vi, line.unit.vi, *_numbers(line, values, compared))
        for place, line in enumerate(lines, start=1)
    )
    columns = COLUMNS + (COMPARED if compared else ())
    return Table(title=f"{number}. {section.title.vi}", columns=columns, rows=rows)


def _numbers(line: Line, values: Values, compared: Compared | None) -> tuple[Cell, ...]:
    of_all = (values, *(compared or ()))
    return tuple(known.get(line.id, Value()).number for known in of_all)


def _texts(template: ReportTemplate, values: Values) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = []
    names = {one.code: one.name for one in people.agencies()} if any(v.told for v in values.values()) else {}
    for line in template.lines:
        value = values.get(line.id, Value())
        if line.origin == "text" and value.is_there:
            told = (value.text,) if value.text else ()
            collected = tuple(f"{names.get(code, code)}: {text}" for code, text in value.told)
            found.append((line.text.vi, (*told, *collected)))
    return tuple(found)


def _figures(template: ReportTemplate, values: Values) -> tuple[str, ...]:
    """Say of what part of the ledger automatic lines were computed, so that they can be computed again."""
    told = [values[line.id] for line in template.lines if line.indicator and line.id in values]
    position = max((one.position for one in told), default=0)
    return (f"Chỉ số tính tự động từ sổ cái đến vị trí {position}.",) if position else ()


def _titled(title: str) -> str:
    return title if title.lower().startswith("báo cáo") else f"Báo cáo {title[:1].lower()}{title[1:]}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def stamp(at: datetime) -> str:
    """Return when it was counted, in words."""
    return f"Số liệu tính lúc {local(at):%H:%M} ngày {local(at):%d/%m/%Y}."
