"""The stand-in's few pages: no script, no style sheet, readable at 360 px."""

from collections.abc import Iterable
from html import escape

from starlette.responses import HTMLResponse

from sandbox.identity.citizens import Citizen

STYLE = """
body{margin:0;font:18px/1.5 system-ui,sans-serif;color:#17212b;background:#f3f5f7}
main{max-width:32rem;margin:0 auto;padding:1rem}
.trial{margin:0;padding:.75rem 1rem;background:#ffdd00;font-weight:700}
h1{font-size:1.6rem;line-height:1.3}h2{font-size:1.2rem;line-height:1.3;margin-top:2rem}
button{display:block;width:100%;min-height:48px;margin:.5rem 0;padding:.6rem .8rem;
font:inherit;text-align:left;border:2px solid #0b4f7a;border-radius:6px;background:#fff;
color:#0b4f7a;cursor:pointer}
button.main{background:#0b4f7a;color:#fff;text-align:center}
label{display:block;margin-top:1rem;font-weight:600}
input{box-sizing:border-box;width:100%;min-height:44px;padding:.4rem .6rem;font:inherit;
border:2px solid #17212b}
button:focus,input:focus,a:focus{outline:3px solid #ffdd00;box-shadow:0 0 0 6px #17212b}
small{display:block;color:#44505c}.wrong{border-left:5px solid #b10e1e;padding-left:.75rem;font-weight:600}
"""


def page(title: str, body: str, *, status: int = 200) -> HTMLResponse:
    """Return a page that says at its top what it is."""
    html = (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        f"<title>{escape(title)} – Môi trường thử</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{STYLE}</style></head><body>"
        '<p class="trial" role="note">Môi trường thử. Những người ở đây không có thật.</p>'
        f"<main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )
    headers = {
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        "Cache-Control": "no-store",
    }
    return HTMLResponse(html, status_code=status, headers=headers)


def choose(request_name: str, citizens: Iterable[Citizen], *, wrong: str = "") -> HTMLResponse:
    """Return the sign-in page: one button for each person, and a form with personal id and PIN."""
    hidden = f'<input type="hidden" name="request" value="{escape(request_name)}">'
    alert = f'<p class="wrong" role="alert">{escape(wrong)}</p>' if wrong else ""
    people = "".join(
        f'<button name="citizen" value="{escape(citizen.personal_id)}">{escape(citizen.full_name)}'
        f"<small>{escape(citizen.personal_id)} · mức độ {citizen.level} · "
        f"{escape(citizen.detail)}</small></button>"
        for citizen in citizens
    )
    body = (
        f"{alert}<p>Chọn một người để đăng nhập thay họ.</p>"
        f'<form method="post" action="authorize">{hidden}{people}</form>'
        "<h2>Hoặc dùng số định danh và mã PIN</h2>"
        f'<form method="post" action="authorize">{hidden}'
        '<label for="personal_id">Số định danh cá nhân</label>'
        '<input id="personal_id" name="personal_id" inputmode="numeric" autocomplete="off" maxlength="12">'
        '<label for="pin">Mã PIN</label>'
        '<input id="pin" name="pin" type="password" inputmode="numeric" autocomplete="off" maxlength="8">'
        '<button class="main">Đăng nhập</button></form>'
        f'<form method="post" action="authorize">{hidden}'
        '<button name="cancel" value="1">Không đăng nhập</button></form>'
    )
    return page("Tài khoản định danh", body, status=401 if wrong else 200)


def refused(sentence: str) -> HTMLResponse:
    """Return the page of a request that must not be answered by a redirect."""
    return page("Yêu cầu không hợp lệ", f"<p>{escape(sentence)}</p>", status=400)
