"""A small procedure for tests, and a quick way to change it."""

from datetime import date
from pathlib import Path
from typing import Any

from tinhso.definitions.conditions import Facts
from tinhso.definitions.types import Procedure

TODAY = date(2026, 3, 2)
FACTS = Facts(today=TODAY, applicant={"applicant.full_name": "Nguyễn Thị An"}, channel="counter")
PACKS = Path(__file__).resolve().parents[1] / "packs"

ASK: list[dict[str, Any]] = [
    {"id": "child.full_name", "label": "Họ tên trẻ", "type": "person_name"},
    {"id": "child.born_on", "label": "Ngày sinh", "type": "date"},
    {"id": "married", "label": "Đã kết hôn?", "type": "yes_no"},
    {"id": "spouse.full_name", "label": "Vợ hoặc chồng", "type": "person_name", "when": "married"},
    {"id": "spouse.phone", "label": "Điện thoại", "type": "phone", "when": "has(spouse.full_name)"},
    {"id": "home", "label": "Nơi ở", "type": "address"},
    {"id": "pages", "label": "Số trang", "type": "number"},
    {"id": "area", "label": "Diện tích", "type": "number", "decimals": 2},
    {
        "id": "witnesses",
        "label": "Người làm chứng",
        "type": "group",
        "ask": [
            {"id": "name", "label": "Họ tên", "type": "person_name"},
            {"id": "adult", "label": "Đủ 18 tuổi?", "type": "yes_no"},
            {"id": "age", "label": "Tuổi", "type": "number", "when": "entry.adult"},
            {"id": "born_on", "label": "Ngày sinh", "type": "date", "required": False},
        ],
    },
]


def procedure(**changes: Any) -> Procedure:
    """Return a small valid procedure with these top-level fields replaced."""
    base: dict[str, Any] = {
        "code": "1.000001",
        "name": "Thủ tục mẫu",
        "field": "Mẫu",
        "level": "commune",
        "agency": "commune_committee",
        "time": {"value": 1, "unit": "working_day"},
        "result": {"code": "KQ.G15.000031", "name": "Giấy mẫu", "template": "sample.typ", "series": "GM"},
        "form": [{"id": "one", "title": "Trang một", "ask": ASK}],
        "steps": [{"id": "sign", "name": "Ký", "by": "chairperson", "signs": True}],
    }
    return Procedure.model_validate(base | changes)
