"""The report on settling administrative procedures, of an agency or the province, counted when asked for."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import translation

from tinhso.dossiers.models import Dossier
from tinhso.dossiers.models.dossier import oversees
from tinhso.kernel.refusals import NotFound
from tinhso.people import queries as people
from tinhso.people.types import Actor, ActorKind, AgencyView
from tinhso.reports import policies, sheets
from tinhso.reports.counting import Counts, Place, behind, counted, taken_in, total
from tinhso.reports.periods import Span, before, year_before
from tinhso.reports.reading import first_day
from tinhso.reports.refusals import ReportMissing
from tinhso.reports.sheet import Cell, Column, Sheet, Table
from tinhso.reports.types import CELLS

PAGE = 50
SHOWN = CELLS[:-1]
RECEIVED, SETTLED, OPEN = "Số hồ sơ tiếp nhận", "Số hồ sơ đã giải quyết", "Số hồ sơ đang giải quyết"
HEADS = (
    Column("Tổng số", RECEIVED, is_number=True, weight=2),
    Column("Mới trong kỳ", RECEIVED, is_number=True, weight=2),
    Column("Trực tuyến", RECEIVED, is_number=True, weight=2),
    Column("Trực tiếp, bưu chính", RECEIVED, is_number=True, weight=2),
    Column("Kỳ trước chuyển qua", RECEIVED, is_number=True, weight=2),
    Column("Tổng số", SETTLED, is_number=True, weight=2),
    Column("Trước hạn", SETTLED, is_number=True, weight=2),
    Column("Đúng hạn", SETTLED, is_number=True, weight=2),
    Column("Quá hạn", SETTLED, is_number=True, weight=2),
    Column("Tổng số", OPEN, is_number=True, weight=2),
    Column("Trong hạn", OPEN, is_number=True, weight=2),
    Column("Quá hạn", OPEN, is_number=True, weight=2),
)
NOTES = (
    "Hồ sơ được tính là tiếp nhận khi đã được tiếp nhận chính thức; hồ sơ bị từ chối tiếp nhận không tính.",
    "Mỗi hồ sơ tính một lần, ở cơ quan giải quyết. Phần chỉ tiếp nhận hộ ghi ở dòng riêng, tỉnh không cộng.",
    "Kỳ trước chuyển qua + mới trong kỳ = đã giải quyết + đang giải quyết.",
    "Trước hạn: kết thúc trước ngày hẹn trả. Hồ sơ đang chờ người nộp tính là trong hạn.",
    "Đã giải quyết gồm cả hồ sơ người nộp rút hoặc dừng giải quyết.",
    "Bố cục theo biểu báo cáo của Thông tư 01/2020/TT-VPCP (cần đối chiếu bản gốc).",
)


@dataclass(frozen=True, slots=True)
class Row:
    """:param agency: code, empty in a table of fields; ``field``: None in a table of agencies"""

    name: str
    counts: Counts
    agency: str = ""
    field: str | None = None


@dataclass(frozen=True, slots=True)
class OneStop:
    """
    The report.

    :param agency: None: the whole province
    :param by_agency: empty for one agency
    :param for_others: what the agency took in and others decide; nothing for the province
    """

    span: Span
    at: datetime
    agency: AgencyView | None
    total: Counts
    by_field: tuple[Row, ...]
    by_agency: tuple[Row, ...]
    for_others: int | None
    before: Counts
    last_year: Counts


@dataclass(frozen=True, slots=True)
class Behind:
    """:param total: how many dossiers the number counts; ``hidden`` of them the reader may not open"""

    total: int
    hidden: int
    dossiers: tuple[UUID, ...]
    after: int | None


def one_stop(*, actor: Actor, at: datetime, span: Span, agency_code: str = "") -> OneStop:
    """
    Count.

    :param agency_code: empty: the province
    :raises ReportMissing: there is no such agency
    :raises NotYourReport: the actor may not read these counts
    """
    agency = _readable(actor, agency_code)
    place = Place(agency_code)
    cells = counted(span, at=at, place=place)
    begun = first_day()
    earlier = [
        total(counted(one, at=at, place=place).values())
        for one in (before(span, first_day=begun), year_before(span, first_day=begun))
    ]
    return OneStop(
        span=span,
        at=at,
        agency=agency,
        total=total(cells.values()),
        by_field=_by_field(cells.items(), agency_code),
        by_agency=() if agency else _by_agency(cells.items()),
        for_others=taken_in(span).get(agency_code, 0) if agency else None,
        before=earlier[0],
        last_year=earlier[1],
    )


def dossiers_behind(
    *,
    actor: Actor,
    at: datetime,
    span: Span,
    cell: str,
    place: Place,
    after: int = 0,
    limit: int = PAGE,
) -> Behind:
    """
    Return the dossiers a number counts, oldest first, and how many of them the reader may not open.

    :param after: cursor of the page before
    :raises ReportMissing: there is no such cell or agency
    :raises NotYourReport: the actor may not read the number
    """
    if cell not in CELLS:
        raise ReportMissing
    _readable(actor, place.agency)
    rows = behind(span, at=at, cell=cell, place=place)
    seen = rows
    if actor.kind is not ActorKind.SYSTEM and not oversees(actor):
        seen = rows.filter(dossier_id__in=Dossier.objects.visible_to(actor).values("pk"))
    whole = rows.count()
    shown = whole if seen is rows else seen.count()
    page = list(seen.filter(number__gt=after).values_list("number", "dossier_id")[: limit + 1])
    more = page[limit - 1][0] if len(page) > limit else None
    return Behind(whole, whole - shown, tuple(dossier_id for _number, dossier_id in page[:limit]), more)


def sheet_of(report: OneStop) -> Sheet:
    """Return the report as a sheet, in Vietnamese."""
    span = report.span
    with translation.override("vi"):
        words = span.words()
    tables = [_table("Theo lĩnh vực", "Lĩnh vực", report.by_field, report.total)]
    if report.by_agency:
        tables.append(_table("Theo cơ quan giải quyết", "Cơ quan", report.by_agency, report.total))
    tables.append(_compared(report))
    return Sheet(
        title="Báo cáo tình hình, kết quả giải quyết thủ tục hành chính",
        subject=f"{words[:1].upper()}{words[1:]} (từ {span.since:%d/%m/%Y} đến {span.last:%d/%m/%Y})",
        about=(sheets.stamp(report.at), *_taken_in(report)),
        tables=tuple(tables),
        notes=NOTES,
        is_wide=True,
    )


def cells_of(counts: Counts) -> tuple[int, ...]:
    """Return the numbers in the order of the table."""
    return tuple(counts.cell(name) for name in SHOWN)


def _readable(actor: Actor, agency_code: str) -> AgencyView | None:
    if not agency_code:
        policies.require_reader(actor=actor, agency_id=None)
        return None
    try:
        agency = people.agency_by_code(agency_code)
    except NotFound as missing:
        raise ReportMissing from missing
    policies.require_reader(actor=actor, agency_id=agency.id)
    return agency


def _by_field(cells: Iterable[tuple[tuple[str, str], Counts]], agency: str) -> tuple[Row, ...]:
    found: dict[str, Counts] = defaultdict(Counts)
    for (_agency, field), counts in cells:
        found[field] += counts
    return tuple(Row(field, counts, agency, field) for field, counts in sorted(found.items()))


def _by_agency(cells: Iterable[tuple[tuple[str, str], Counts]]) -> tuple[Row, ...]:
    found: dict[str, Counts] = defaultdict(Counts)
    for (agency, _field), counts in cells:
        found[agency] += counts
    names = {one.code: one.name for one in people.agencies()}
    return tuple(Row(names.get(code, code), counts, code) for code, counts in sorted(found.items()))


def _table(title: str, name: str, rows: tuple[Row, ...], whole: Counts) -> Table:
    drawn: list[tuple[Cell, ...]] = [
        (number, row.name, *cells_of(row.counts)) for number, row in enumerate(rows, start=1)
    ]
    drawn.append(("", "Tổng số", *cells_of(whole)))
    columns = (Column("STT"), Column(name, weight=5), *HEADS)
    return Table(title, columns, tuple(drawn), totals=1)


def _compared(report: OneStop) -> Table:
    rows: tuple[tuple[Cell, ...], ...] = (
        ("", "Kỳ này", *cells_of(report.total)),
        ("", "Kỳ trước", *cells_of(report.before)),
        ("", "Cùng kỳ năm trước", *cells_of(report.last_year)),
    )
    return Table("So sánh", (Column("STT"), Column("Kỳ", weight=5), *HEADS), rows)


def _taken_in(report: OneStop) -> tuple[str, ...]:
    if not report.for_others:
        return ()
    return (f"Tiếp nhận hộ cơ quan khác trong kỳ: {report.for_others} hồ sơ.",)
