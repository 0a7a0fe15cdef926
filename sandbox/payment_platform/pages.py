"""The platform's few pages: no script, readable at 360 px."""

import json
from html import escape
from typing import Any

from starlette.responses import HTMLResponse

from sandbox import appearance
from sandbox.bank.pages import dong

NOTICE = "Cổng thanh toán thử · Môi trường thử. Tiền ở đây không có thật."
TRIALS = {
    "wrong_sum": "Báo sai số tiền",
    "forged": "Ký bằng khóa giả",
    "drop": "Không báo",
    "deny": "Báo đã nộp nhưng hỏi lại thì chưa",
}


def page(title: str, body: str, *, status: int = 200) -> HTMLResponse:
    """Return a page of the platform."""
    return appearance.page(title, body, status=status, notice=NOTICE)


def first(*, wrong: str = "") -> HTMLResponse:
    """Return the page where a dossier is looked up by its code."""
    body = (
        f"{_alert(wrong)}<form method='post' action='lookup'><label for='code'>Mã hồ sơ</label>"
        "<input id='code' name='code' required maxlength='60'>"
        "<button>Tra cứu khoản phải nộp</button></form>"
        "<form method='post' action='settle'><button>Quyết toán cho các tài khoản thụ hưởng</button></form>"
        "<p><a href='behaviour'>Tình huống thử</a></p>"
    )
    return page("Thanh toán nghĩa vụ tài chính", body, status=422 if wrong else 200)


def to_pay(row: dict[str, Any]) -> HTMLResponse:
    """Return what is to be paid, with the button that pays, or the way back once it is."""
    told = json.loads(row["body"])
    info = told["bill_info"]
    lines = "".join(
        f"<dt>{escape(str(line['TenPhiLePhi']))}</dt><dd>{dong(int(line['SoTien']))}</dd>"
        for line in info["PhiLePhi"]
    )
    facts = (
        f"<dl>{lines}<dt>Tổng cộng</dt><dd>{dong(row['amount'])}</dd>"
        f"<dt>Mã hồ sơ</dt><dd>{escape(str(info['MaHoSo']))}</dd>"
        f"<dt>Đơn vị thu</dt><dd>{escape(str(info['TenDonVi']))}</dd>"
        f"<dt>Tài khoản thụ hưởng</dt><dd>{escape(str(info['TKThuHuong']))}</dd>"
        f"<dt>Người nộp</dt><dd>{escape(str(info['HoTenNguoiNop']))}</dd></dl>"
    )
    if row["paid"] is None:
        return page("Xác nhận thanh toán", f"{facts}<form method='post'><button>Thanh toán</button></form>")
    back = escape(str(told.get("return_url", "")), quote=True)
    way = (
        f"<p><a href='{back}'>Về trang của nơi thu</a></p>" if back else "<p><a href='/'>Về trang đầu</a></p>"
    )
    return page("Đã thanh toán", f"<p>Đã nhận {dong(row['paid'])}.</p>{facts}{way}")


def settled(credits: list[dict[str, Any]]) -> HTMLResponse:
    """Return what was passed on; the bank's statement has these credits."""
    items = "".join(
        f"<li><strong>{dong(one['amount'])}</strong> · {escape(one['account'])} ({escape(one['bin'])})<br>"
        f"{escape(one['purpose'])}</li>"
        for one in credits
    )
    body = f"<ul>{items}</ul>" if items else "<p>Không có khoản nào chờ quyết toán.</p>"
    return page("Quyết toán", f"{body}<p><a href='/'>Về trang đầu</a></p>")


def behaviour_form(told: dict[str, Any]) -> HTMLResponse:
    """Return the page that tells the platform what is to go wrong."""
    numbers = {
        "times": "Áp dụng cho bao nhiêu lần nộp tới",
        "duplicate": "Báo thừa mấy lần",
        "delay": "Báo chậm, giây",
        "short": "Thu thiếu, đồng (số âm: thu thừa)",
    }
    fields = "".join(
        f"<label for='{name}'>{label}</label><input id='{name}' name='{name}' value='{told[name]}'>"
        for name, label in numbers.items()
    )
    for name, label in {**TRIALS, "away": "Không trả lời"}.items():
        yes = " selected" if told[name] else ""
        fields += (
            f"<label for='{name}'>{label}</label><select id='{name}' name='{name}'>"
            f"<option value=''>Không</option><option value='1'{yes}>Có</option></select>"
        )
    form = f"<form method='post'>{fields}<button>Đặt tình huống</button></form>"
    return page("Tình huống thử", f"{form}<p><a href='/'>Về trang đầu</a></p>")


def _alert(wrong: str) -> str:
    return f"<p class='wrong' role='alert'>{escape(wrong)}</p>" if wrong else ""
