"""How the stand-ins' pages look: no script, readable at 360 px, and saying at their top what they are."""

from html import escape

from starlette.responses import HTMLResponse

STYLE = """
body{margin:0;font:18px/1.5 system-ui,sans-serif;color:#17212b;background:#f3f5f7}
main{max-width:34rem;margin:0 auto;padding:1rem}
.trial{margin:0;padding:.75rem 1rem;background:#fd0;font-weight:700}
h1{font-size:1.6rem;line-height:1.3}h2{font-size:1.2rem;line-height:1.3;margin-top:2rem}
label{display:block;margin-top:1rem;font-weight:600}
input,textarea,select{box-sizing:border-box;width:100%;min-height:44px;padding:.4rem .6rem;font:inherit;
border:2px solid #17212b;background:#fff}
textarea{min-height:6rem;word-break:break-all}
button{display:block;width:100%;min-height:48px;margin:1rem 0;padding:.6rem .8rem;font:inherit;
font-weight:600;border:0;border-radius:6px;background:#0b6b3a;color:#fff;cursor:pointer}
button:focus,input:focus,textarea:focus,select:focus,a:focus{outline:3px solid #fd0;
box-shadow:0 0 0 6px #17212b}
dl{background:#fff;padding:1rem;border-radius:6px}dt{color:#44505c}
dd{margin:0 0 .75rem;font-weight:600;overflow-wrap:anywhere}
.wrong{border-left:5px solid #b10e1e;padding-left:.75rem;font-weight:600}
ul{padding:0;list-style:none}
li{background:#fff;padding:.75rem 1rem;margin:.5rem 0;border-radius:6px;overflow-wrap:anywhere}
.text{white-space:pre-wrap;overflow-wrap:anywhere}a{color:#0b4f7a}
"""


def page(title: str, body: str, *, notice: str, status: int = 200) -> HTMLResponse:
    """
    Return a page.

    :param body: HTML, already escaped
    :param notice: what stands in the yellow bar; it names the service and says «Môi trường thử»
    """
    html = (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        f"<title>{escape(title)} – Môi trường thử</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{STYLE}</style></head><body>"
        f'<p class="trial" role="note">{escape(notice)}</p>'
        f"<main><h1>{escape(title)}</h1>{body}</main></body></html>"
    )
    headers = {
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
        "frame-ancestors 'none'",
        "Cache-Control": "no-store",
    }
    return HTMLResponse(html, status_code=status, headers=headers)
