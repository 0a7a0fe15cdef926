"""A small procedure with every way a form can branch, for the tests of the engine."""

from datetime import date

from tinhso.definitions.conditions import Facts
from tinhso.definitions.types import Procedure

PROCEDURE = Procedure.model_validate(
    {
        "code": "9.000001",
        "name": {"vi": "Thủ tục thử", "en": "Trial procedure"},
        "field": "Thử",
        "level": "commune",
        "agency": "commune_committee",
        "time": {"value": 1, "unit": "working_day"},
        "result": {"code": "KQ.G00.000001", "name": "Kết quả", "template": "trial.typ", "series": "TH"},
        "form": [
            {
                "id": "who",
                "title": {"vi": "Người yêu cầu", "en": "Applicant"},
                "ask": [
                    {
                        "id": "requester.full_name",
                        "label": "Họ tên",
                        "type": "person_name",
                        "known": "applicant.full_name",
                    },
                    {"id": "requester.phone", "label": "Điện thoại", "type": "phone", "required": False},
                    {"id": "married", "label": {"vi": "Đã kết hôn?", "en": "Married?"}, "type": "yes_no"},
                    {
                        "id": "spouse.full_name",
                        "label": "Họ tên vợ, chồng",
                        "type": "person_name",
                        "when": "married",
                    },
                    {
                        "id": "spouse.known_since",
                        "label": "Quen từ ngày",
                        "type": "date",
                        "when": "has(spouse.full_name)",
                        "required": False,
                    },
                ],
            },
            {
                "id": "household",
                "title": "Hộ",
                "when": "married",
                "ask": [
                    {
                        "id": "members",
                        "label": "Thành viên",
                        "type": "group",
                        "at_most": 3,
                        "ask": [
                            {"id": "full_name", "label": "Họ tên", "type": "person_name"},
                            {
                                "id": "born_on",
                                "label": "Ngày sinh",
                                "type": "date",
                                "rules": [
                                    {
                                        "must": "entry.born_on <= today",
                                        "otherwise": "Ngày sinh ở trước hôm nay.",
                                    }
                                ],
                            },
                            {"id": "works", "label": "Đi làm", "type": "yes_no", "required": False},
                            {"id": "income", "label": "Thu nhập", "type": "money", "when": "entry.works"},
                        ],
                    }
                ],
            },
            {
                "id": "what",
                "title": "Nội dung",
                "ask": [
                    {"id": "from", "label": "Từ ngày", "type": "date"},
                    {
                        "id": "until",
                        "label": "Đến ngày",
                        "type": "date",
                        "required": False,
                        "rules": [{"must": "from <= until", "otherwise": "Ngày cuối phải sau ngày đầu."}],
                    },
                    {"id": "copies", "label": "Số bản", "type": "number", "minimum": 1, "maximum": 20},
                    {
                        "id": "purpose",
                        "label": "Mục đích",
                        "type": "one_of",
                        "options": [{"value": "work", "label": {"vi": "Đi làm", "en": "Work"}}],
                    },
                    {"id": "home", "label": "Nơi ở", "type": "address"},
                    {"id": "truthful", "label": "Tôi cam đoan", "type": "declaration"},
                ],
            },
        ],
        "papers": [
            {"id": "marriage", "name": "Giấy kết hôn", "required": "married"},
            {"id": "extra", "name": "Giấy khác", "optional": True},
        ],
        "fees": [
            {
                "code": "copies",
                "name": "Bản sao",
                "when": "copies > 10",
                "amount": "1000 * copies",
                "account": "a",
            },
            {"code": "copies", "name": "Bản sao", "amount": "2000 * copies", "account": "a"},
            {"code": "post", "name": "Gửi", "when": "channel == 'post'", "amount": "30000", "account": "a"},
        ],
        "steps": [
            {
                "id": "receive",
                "name": "Tiếp nhận",
                "by": "one_stop",
                "ask": [{"id": "pages_seen", "label": "Số trang", "type": "number", "minimum": 1}],
            }
        ],
    }
)

TODAY = date(2026, 3, 2)
NAMELESS = Facts(today=TODAY)
PROVED = Facts(today=TODAY, applicant={"applicant.full_name": "NGUYỄN VĂN AN"})

COMPLETE: dict[str, object] = {
    "requester.full_name": "Nguyễn Văn An",
    "married": True,
    "spouse.full_name": "Lê Thị Bình",
    "members": [{"full_name": "Nguyễn Văn Cường", "born_on": "2015-05-01", "works": True, "income": 8000}],
    "from": "2026-03-01",
    "until": "2026-03-05",
    "copies": 2,
    "purpose": "work",
    "home": {"commune": "06673", "detail": "Số 5"},
    "truthful": True,
}
