"""The portal's few pages: no script, readable at 360 px."""

import json
from collections.abc import Sequence
from html import escape
from typing import Any

from starlette.responses import HTMLResponse

from sandbox import appearance

NOTICE = "Cổng Dịch vụ công quốc gia thử · Môi trường thử. Không phải Cổng thật."
FIELDS = (
    ("MaTTHC", "Mã thủ tục", "1.001193"),
    ("TenTTHC", "Tên thủ tục", "Đăng ký khai sinh"),
    ("ChuHoSo", "Họ tên người nộp", "La Thị Nga"),
    ("SoDinhDanh", "Số định danh cá nhân", "000195000102"),
    ("SoDienThoai", "Số điện thoại", "0912345678"),
    ("DonViXuLy", "Cơ quan giải quyết", "Ủy ban nhân dân xã Bình Liêu"),
)
SWITCHES = {
    "out_of_order": "Gửi bản cập nhật trước bản gốc",
    "forged": "Ký bằng khóa giả",
    "lost_files": "Đường dẫn tệp không mở được",
    "newer": "Thêm trường mà hợp đồng cũ chưa có",
    "away": "Không trả lời tỉnh",
    "refuse": "Từ chối dữ liệu của tỉnh",
}


def page(title: str, body: str, *, status: int = 200) -> HTMLResponse:
    """Return a page of the portal."""
    return appearance.page(title, body, status=status, notice=NOTICE)


def first(dossiers: Sequence[dict[str, Any]], *, wrong: str = "") -> HTMLResponse:
    """Return the form to file a dossier, and what was filed."""
    boxes = "".join(
        f"<label for='{name}'>{label}</label>"
        f"<input id='{name}' name='{name}' value='{escape(value)}' required>"
        for name, label, value in FIELDS
    )
    files = (
        "<label for='part'>Mã thành phần hồ sơ của tệp</label><input id='part' name='part'>"
        "<label for='file'>Tệp đính kèm</label><input id='file' type='file' name='file'>"
    )
    form = (
        f"<form method='post' enctype='multipart/form-data'>{boxes}{files}<button>Nộp hồ sơ</button></form>"
    )
    rows = "".join(
        f"<li><a href='/ho-so/{escape(one['code'])}'>{escape(one['code'])}</a>"
        f" · trạng thái {escape(one['status'])}</li>"
        for one in dossiers
    )
    alert = f"<p class='wrong' role='alert'>{escape(wrong)}</p>" if wrong else ""
    body = f"{alert}{form}<h2>Hồ sơ đã nộp</h2><ul>{rows}</ul><p><a href='/behaviour'>Tình huống thử</a></p>"
    return page("Nộp hồ sơ trên Cổng quốc gia", body, status=422 if wrong else 200)


def dossier(
    code: str, body: dict[str, Any], told: Sequence[dict[str, Any]], deliveries: Sequence[dict[str, Any]]
) -> HTMLResponse:
    """Return one dossier with what the province told of it."""
    facts = "".join(
        f"<dt>{name}</dt><dd>{escape(str(body.get(name, '')))}</dd>"
        for name in ("TenTTHC", "ChuHoSo", "DonViXuLy", "NgayNopHoSo")
    )
    sent = "".join(f"<li>{escape(one['state'])} · {escape(one['answer'])}</li>" for one in deliveries)
    steps = "".join(
        f"<li><strong>{escape(one['service'])}</strong> · trạng thái {escape(one['status'])}<br>"
        f"{escape(str(json.loads(one['body']).get('NoiDungXuLy', '')))}</li>"
        for one in told
    )
    acts = (
        f"<form method='post' action='/ho-so/{escape(code)}/rut'><button>Rút hồ sơ</button></form>"
        f"<form method='post' action='/ho-so/{escape(code)}/gui-lai'><button>Gửi lại cho tỉnh</button></form>"
    )
    inside = (
        f"<dl>{facts}</dl>{acts}<h2>Đã gửi tỉnh</h2><ul>{sent}</ul><h2>Tỉnh báo về</h2><ul>{steps}</ul>"
        "<p><a href='/'>Về trang đầu</a></p>"
    )
    return page(f"Hồ sơ {code}", inside)


def behaviour_form(told: dict[str, Any]) -> HTMLResponse:
    """Return the page that tells the portal what is to go wrong."""
    numbers = {
        "times": "Áp dụng cho bao nhiêu lần nộp tới",
        "duplicate": "Gửi thừa mấy lần",
        "delay": "Gửi chậm, giây",
    }
    fields = "".join(
        f"<label for='{name}'>{label}</label><input id='{name}' name='{name}' value='{told[name]}'>"
        for name, label in numbers.items()
    )
    for name, label in SWITCHES.items():
        yes = " selected" if told[name] else ""
        fields += (
            f"<label for='{name}'>{label}</label><select id='{name}' name='{name}'>"
            f"<option value=''>Không</option><option value='1'{yes}>Có</option></select>"
        )
    form = f"<form method='post'>{fields}<button>Đặt tình huống</button></form>"
    return page("Tình huống thử", f"{form}<p><a href='/'>Về trang đầu</a></p>")
