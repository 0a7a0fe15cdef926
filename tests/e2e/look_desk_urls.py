"""The desk's layout with a list, without anybody signed in and without the database."""

from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django_cotton.compiler_regex import CottonCompiler

from tinhso.web import urls
from tinhso.web.navigation import Link
from tinhso.web.parts import Tab, deadline_view

PAGE = """{% extends "layouts/desk.html" %}
{% block title %}Việc của tôi{% endblock %}
{% block content %}<div class="desk-head"><h1>Việc của tôi</h1></div>
<c-tabs label="Trạng thái" :tabs="tabs" />
<table class="desk-table" data-list><caption class="govuk-visually-hidden">Hồ sơ theo hạn trả</caption>
<thead><tr><th class="is-due" scope="col">Hạn trả</th><th scope="col">Thủ tục và mã hồ sơ</th>
<th scope="col">Người nộp</th><th class="is-short" scope="col">Bước</th></tr></thead><tbody>
{% for row in rows %}<tr{% if row.current %} class="is-current"{% endif %}>
<td class="is-due"><c-deadline :deadline="row.deadline" /></td>
<td class="is-what"><a href="?pane={{ row.number }}">Đăng ký khai sinh</a>
<small>H49.22-{{ row.number }}</small></td>
<td>Công ty TNHH Thương mại và Vận tải Hải Yến Quảng Ninh</td>
<td class="is-short">Thẩm định</td></tr>{% endfor %}
</tbody></table>{% endblock %}
{% block pane %}<a class="desk-pane__close" href="/desk/">{% icon "x" %}
<span class="govuk-visually-hidden">Đóng</span></a><h2>Hồ sơ {{ chosen }}</h2>
<div class="desk-act"><c-link-button href="/desk/" label="Ký số và trả kết quả" /></div>{% endblock %}"""

NOW = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
LINKS = (Link("Hộp việc", "/desk/", "inbox", current=True),)


def desk(request: HttpRequest) -> HttpResponse:
    chosen = request.GET.get("pane", "")
    rows = [
        {
            "number": str(number),
            "deadline": deadline_view(due_at=NOW + timedelta(hours=9 * number - 12), at=NOW),
            "current": chosen == str(number),
        }
        for number in range(30)
    ]
    context = {
        "rows": rows,
        "chosen": chosen,
        "pane_open": bool(chosen),
        "tabs": [Tab("Việc của tôi", "/desk/", 30, current=True), Tab("Quá hạn", "/desk/", 2, alarm=True)],
        "menu": {"desk": LINKS, "desk_home": "/desk/", "desk_search": "/desk/"},
    }
    template = engines["django"].from_string(CottonCompiler().process(PAGE))  # type: ignore[no-untyped-call]
    return HttpResponse(template.render(context, request))


urlpatterns = [*urls.urlpatterns, path("desk/", desk)]
