"""Sheets of older people who ask for the monthly allowance, as a commune lists them."""

import csv
import io
from collections.abc import Iterable
from uuid import UUID

from openpyxl.workbook.workbook import Workbook

from tests.dossiers_kit import ALLOWANCE, BINH_LIEU, Province
from tinhso.dossiers.actions.import_sheet import check_sheet, confirm_import, receive_sheet
from tinhso.dossiers.importing import running
from tinhso.dossiers.importing.finding import ImportView, access_import
from tinhso.people.types import Actor, system

SYSTEM = system("test")
HEADINGS = (
    "STT", "Số CCCD", "Họ và tên", "Ngày sinh", "Giới tính", "SĐT", "Xã", "Thôn",
    "Quan hệ", "Đề nghị việc gì", "Giới tính người hưởng", "Dân tộc người hưởng", "Thuộc nhóm nào",
    "Tuổi của người cao tuổi", "Hộ gia đình thuộc diện", "Lương hưu", "Cơ sở", "Người chăm sóc", "Chi trả",
)  # fmt: skip
# What no heading of a commune's list says by itself.
CHOSEN = {
    "8": "requester.relation",
    "15": "means.pension",
    "16": "means.institution",
    "17": "means.carer",
    "18": "payment.way",
}


def row(number: int, **other: str) -> list[str]:
    """Return the line of one person; ``other`` changes cells by place: ``c2="…"``."""
    cells = [
        str(number), f"0000410{number:05d}", "Chíu Thị Lan", "14/03/1941", "Nữ", "0912345678",
        "Xã Bình Liêu, tỉnh Quảng Ninh", "Thôn Nà Ếch", "Cho chính mình", "Hưởng mới", "Nữ", "Dao",
        "Người cao tuổi nghèo không có người phụng dưỡng", "Từ 80 trở lên", "Hộ nghèo", "Không", "Không",
        "không", "Tiền mặt tại điểm chi trả",
    ]  # fmt: skip
    for place, text in other.items():
        cells[int(place.removeprefix("c"))] = text
    return cells


def as_csv(rows: Iterable[list[str]]) -> io.BytesIO:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([HEADINGS, *rows])
    return io.BytesIO(text.getvalue().encode("utf-8-sig"))


def as_xlsx(rows: Iterable[list[str]]) -> io.BytesIO:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Danh sách")
    for cells in [list(HEADINGS), *rows]:
        sheet.append(cells)
    target = io.BytesIO()
    book.save(target)
    target.seek(0)
    return target


def received(province: Province, officer: Actor, content: io.BytesIO, *, name: str = "danh-sach.csv") -> UUID:
    return receive_sheet(
        actor=officer,
        at=province.at,
        agency_id=officer.posts[0].agency_id,
        procedure_code=ALLOWANCE,
        unit_code=BINH_LIEU,
        file_name=name,
        content=content,
    )


def checked(province: Province, officer: Actor, content: io.BytesIO) -> ImportView:
    """Return the sheet after its rows were checked."""
    import_id = received(province, officer, content)
    columns = access_import(actor=officer, import_id=import_id).columns | CHOSEN
    check_sheet(actor=officer, at=province.at, import_id=import_id, columns=columns, declared=True, papers={})
    running.check(system=SYSTEM, import_id=import_id, now=lambda: province.at)
    return access_import(actor=officer, import_id=import_id)


def loaded(province: Province, officer: Actor, import_id: UUID) -> ImportView:
    """Return the sheet after its sound rows were filed."""
    confirm_import(actor=officer, at=province.at, import_id=import_id)
    running.load(system=SYSTEM, import_id=import_id, now=lambda: province.at)
    return access_import(actor=officer, import_id=import_id)
