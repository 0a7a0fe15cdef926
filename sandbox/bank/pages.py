"""The banking app's few pages: no script, readable at 360 px."""

from html import escape
from typing import Any

from starlette.responses import HTMLResponse

from sandbox import appearance
from sandbox.bank.qr import Order

CALLBACK_STATES = {
    "waiting": "đang báo",
    "told": "đã báo cho nơi nhận",
    "refused": "nơi nhận từ chối thông báo",
    "given_up": "thôi báo sau nhiều lần",
    "": "không báo, chỉ có trong sao kê",
}


def dong(amount: int) -> str:
    """Write an amount as people read it."""
    return f"{amount:,}".replace(",", ".") + " ₫"


def page(title: str, body: str, *, status: int = 200) -> HTMLResponse:
    """Return a page of the bank."""
    return appearance.page(
        title, body, status=status, notice="Ngân hàng thử · Môi trường thử. Tiền ở đây không có thật."
    )


def scan(*, payload: str = "", wrong: str = "", entries: list[dict[str, Any]]) -> HTMLResponse:
    """Return the first page: give a code, by text or picture; below, what happened lately."""
    alert = f'<p class="wrong" role="alert">{escape(wrong)}</p>' if wrong else ""
    body = (
        f'{alert}<form method="post" action="scan" enctype="multipart/form-data">'
        '<label for="picture">Ảnh mã QR</label>'
        '<input id="picture" name="picture" type="file" accept="image/*">'
        '<label for="payload">Hoặc dán nội dung mã QR</label>'
        f'<textarea id="payload" name="payload" spellcheck="false">{escape(payload)}</textarea>'
        "<button>Xem khoản chuyển</button></form>"
        f"<h2>Giao dịch gần đây</h2>{_entries(entries)}"
        '<p><a href="behaviour">Tình huống thử</a></p>'
    )
    return page("Quét mã để chuyển tiền", body, status=422 if wrong else 200)


def confirm(order: Order, *, payload: str, wrong: str = "") -> HTMLResponse:
    """Return what exactly this code asks for, with the one button that pays."""
    alert = f'<p class="wrong" role="alert">{escape(wrong)}</p>' if wrong else ""
    amount = (
        f"<dt>Số tiền</dt><dd>{dong(order.amount)}</dd>"
        if order.amount is not None
        else "<dt>Số tiền</dt><dd>Người chuyển tự nhập</dd>"
    )
    ask_amount = (
        ""
        if order.amount is not None
        else '<label for="amount">Số tiền, đồng</label><input id="amount" name="amount" inputmode="numeric">'
    )
    body = (
        f"{alert}<dl>{amount}<dt>Tài khoản nhận</dt><dd>{escape(order.account)}</dd>"
        f"<dt>Ngân hàng nhận (BIN)</dt><dd>{escape(order.bin)}</dd>"
        f"<dt>Nội dung</dt><dd>{escape(order.purpose) or '–'}</dd></dl>"
        '<form method="post" action="confirm">'
        f'<input type="hidden" name="payload" value="{escape(payload)}">{ask_amount}'
        '<label for="payer">Tên người chuyển</label>'
        '<input id="payer" name="payer" value="NGUOI CHUYEN THU" maxlength="60">'
        '<button>Chuyển tiền</button></form><p><a href="./">Không chuyển, quét mã khác</a></p>'
    )
    return page("Kiểm tra rồi chuyển", body, status=422 if wrong else 200)


def paid(booked: dict[str, Any]) -> HTMLResponse:
    """Return what was booked."""
    body = (
        f"<dl><dt>Số giao dịch</dt><dd>{escape(booked['transaction_id'])}</dd>"
        f"<dt>Số tiền</dt><dd>{dong(booked['amount'])}</dd>"
        f"<dt>Nội dung</dt><dd>{escape(booked['purpose']) or '–'}</dd></dl>"
        "<p>Ngân hàng đang báo cho nơi nhận. Bạn có thể quay lại trang thanh toán.</p>"
        '<p><a href="./">Quét mã khác</a></p>'
    )
    return page("Đã chuyển tiền", body)


def behaviour_form(told: dict[str, Any]) -> HTMLResponse:
    """Return the page that tells the bank what is to go wrong."""
    numbers = {
        "times": "Áp dụng cho bao nhiêu lần chuyển tới",
        "duplicate": "Báo thừa mấy lần",
        "delay": "Báo chậm, giây",
        "short": "Chuyển thiếu, đồng (số âm: chuyển thừa)",
    }
    fields = "".join(_input(name, label, str(told[name])) for name, label in numbers.items())
    no_yes = {"": "Không", "1": "Có"}
    fields += _select("wrong_signature", "Ký sai", no_yes, "1" if told["wrong_signature"] else "")
    fields += _select("drop", "Không báo", no_yes, "1" if told["drop"] else "")
    refunds = {"make": "Hoàn ngay", "refuse": "Từ chối hoàn", "fail": "Không trả lời được"}
    fields += _select("refund", "Khi được yêu cầu hoàn tiền", refunds, told["refund"])
    body = (
        f'<form method="post" action="behaviour">{fields}<button>Đặt tình huống</button></form>'
        '<p><a href="./">Về trang đầu</a></p>'
    )
    return page("Tình huống thử", body)


def _input(name: str, label: str, value: str) -> str:
    return (
        f'<label for="{name}">{escape(label)}</label>'
        f'<input id="{name}" name="{name}" value="{escape(value)}" inputmode="decimal">'
    )


def _select(name: str, label: str, choices: dict[str, str], chosen: str) -> str:
    options = "".join(
        f'<option value="{value}"{" selected" if value == chosen else ""}>{escape(text)}</option>'
        for value, text in choices.items()
    )
    return f'<label for="{name}">{escape(label)}</label><select id="{name}" name="{name}">{options}</select>'


def _entries(entries: list[dict[str, Any]]) -> str:
    if not entries:
        return "<p>Chưa có giao dịch nào.</p>"
    items = "".join(
        f"<li><strong>{dong(entry['amount'])}</strong> · {escape(entry['purpose'])}<br>"
        f"{escape(entry['id'])} · {escape(CALLBACK_STATES.get(entry['state'] or '', ''))}</li>"
        for entry in entries
    )
    return f"<ul>{items}</ul>"
