"""A form as the portal draws it, on a server that remembers what it was sent."""

from datetime import UTC, datetime
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import path
from django_cotton.compiler_regex import CottonCompiler

from tinhso.forms.types import Choice, Field
from tinhso.web import urls
from tinhso.web.parts import FileView

PAGE = """{% extends "layouts/portal.html" %}
{% block title %}Tờ khai{% endblock %}
{% block content %}<h1>Tờ khai</h1><c-save-state :at="at" :with_templates="True" />
<form method="post" action="/form/" enctype="multipart/form-data" data-autosave data-refresh
 data-revealed="Có thêm câu hỏi ở dưới.">{% csrf_token %}<div id="questions">
{% for field in fields %}
<c-field :field="field" upload_url="/form/upload/" communes_url="/form/communes/" />{% endfor %}
</div><c-button label="Tiếp tục" /></form>{% endblock %}
{% block scripts %}<script type="module" src="{% static 'js/form.js' %}"></script>
<script type="module" src="{% static 'js/upload.js' %}"></script>{% endblock %}"""

BOXES = ("home-commune", "home-detail")
sent: list[dict[str, list[str]]] = []
uploads: list[tuple[str, int]] = []


def field(name: str, kind: str, label: str, **more: object) -> Field:
    given = {"question_id": name, "id": name, "hint": "", "names": (name,), "values": ("",)} | more
    return Field(name=name, kind=kind, label=label, **given)  # type: ignore[arg-type]


def form(request: HttpRequest) -> HttpResponse:
    """Draw the form; a lorry's number is asked only of those who have a lorry."""
    if request.method == "POST":
        sent.append({name: request.POST.getlist(name) for name in request.POST})
    chosen = request.POST.get("lorry", "")
    fields = [
        field("owner", "text", "Chủ xe", values=(request.POST.get("owner", ""),)),
        field(
            "lorry",
            "one_of",
            "Có xe tải?",
            options=tuple(Choice(v, w, "", v == chosen) for v, w in (("yes", "Có xe"), ("no", "Không có"))),
        ),
        *([field("plate", "text", "Biển số")] if chosen == "yes" else []),
        field(
            "home",
            "address",
            "Nơi ở",
            names=("home-commune", "home-detail"),
            values=("", ""),
            id="home-commune",
        ),
        field("photo", "file", "Ảnh xe", values=()),
    ]
    at = datetime(2026, 11, 21, 2, 41, tzinfo=UTC) if request.POST.get("do") == "autosave" else None
    template = engines["django"].from_string(CottonCompiler().process(PAGE))  # type: ignore[no-untyped-call]
    return HttpResponse(template.render({"fields": fields, "at": at}, request))


def upload(request: HttpRequest) -> HttpResponse:
    file = request.FILES["file"]
    uploads.append((str(file.name), int(file.size or 0)))  # type: ignore[union-attr]
    view = FileView(id=str(uuid4()), name=str(file.name), note="Ảnh")  # type: ignore[union-attr]
    html = '<c-file-item :file="file" :name="name" />'
    template = engines["django"].from_string(CottonCompiler().process(html))  # type: ignore[no-untyped-call]
    return HttpResponse(template.render({"file": view, "name": request.POST["field"]}, request))


def communes(request: HttpRequest) -> JsonResponse:
    found = [name for name in ("Xã Bình Liêu", "Xã Hoành Mô") if request.GET["q"].lower() in name.lower()]
    return JsonResponse([{"code": "1", "name": name} for name in found], safe=False)


urlpatterns = [
    *urls.urlpatterns,
    path("form/", form),
    path("form/upload/", upload),
    path("form/communes/", communes),
]
