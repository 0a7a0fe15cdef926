"""The files themselves: the YAML as text, the Typst template with what it may read, and a sample."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.definitions.designing import edits
from tinhso.definitions.designing.files import (
    LARGEST_SOURCE,
    LARGEST_TEMPLATE,
    SOURCE,
    FilesUnreadable,
    check_template_name,
)
from tinhso.definitions.scope import all_questions
from tinhso.definitions.template_variables import STANDARD
from tinhso.definitions.types import Example, Procedure
from tinhso.designs import queries, sampling
from tinhso.designs.actions.edit_design import edit_design
from tinhso.designs.refusals import DesignChanged, PreviewNotPossible
from tinhso.forms.types import Field, FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import Invalid, NotFound
from tinhso.papers.typesetting import TypesettingFailed
from tinhso.people import queries as people
from tinhso.web.designer.entering import Opened, designers_only, looking_at, opened, show
from tinhso.web.desk import boxes
from tinhso.web.desk.guard import actor_of
from tinhso.web.parts import LinkedError
from tinhso.web.portal.language import say
from tinhso.web.refusing import status_of

TEXT = "source"
SAMPLE = "vi-du"
PDF = "application/pdf"


class FileTooLarge(Invalid):
    code = "design-file-too-large"
    message = gettext_lazy("Tệp dài hơn %(most)s ký tự nên chưa ghi. Hãy rút gọn rồi lưu lại.")


@dataclass(frozen=True, slots=True)
class Variable:
    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class FilePage:
    """
    :param variables: what a template may read; empty for the YAML
    :param sample_url: a picture of the result; empty where there is no example to fill it
    """

    name: str
    field: Field
    lines: tuple[tuple[int, str], ...]
    variables: tuple[Variable, ...]
    sample_url: str
    pdf_url: str
    back_url: str


@require_http_methods(["GET", "HEAD", "POST"])
@designers_only
def source(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Show the YAML as text, for who writes it, and for what no form can mend."""
    work = opened(request, design_id)
    return _file(request, work, SOURCE, LARGEST_SOURCE)


@require_http_methods(["GET", "HEAD", "POST"])
@designers_only
def template(request: HttpRequest, design_id: UUID, name: str) -> HttpResponse:
    """Show a Typst template with what it may read and how it looks. :raises NotFound: there is none"""
    work = opened(request, design_id)
    try:
        check_template_name(name)
    except FilesUnreadable as wrong:
        raise NotFound from wrong
    if name not in work.design.templates:
        raise NotFound
    return _file(request, work, name, LARGEST_TEMPLATE)


@require_safe
@designers_only
def sample(request: HttpRequest, design_id: UUID) -> HttpResponse:
    """Set the result of an example under limits: a picture of a page, or PDF. :raises NotFound: no example"""
    work = opened(request, design_id)
    procedure = work.checked.patched
    example = _example(procedure, request.GET.get(SAMPLE, "0"))
    if procedure is None or example is None:
        raise NotFound
    about: dict[str, Any] = {"at": clock.now(), "agency": people.agency(work.design.agency_id)}
    templates = queries.files_of(work.design).templates
    with looking_at(work):
        if request.GET.get("dang") == "pdf":
            content = sampling.sample_pdf(procedure, templates, example, **about)
            return HttpResponse(content, content_type=PDF)
        pages = sampling.sample_pictures(procedure, templates, example, **about)
    wanted = request.GET.get("trang", "1")
    index = int(wanted) - 1 if wanted.isdigit() and len(wanted) < 3 else 0
    if not 0 <= index < len(pages):
        raise NotFound
    return HttpResponse(pages[index], content_type="image/png")


def _file(request: HttpRequest, work: Opened, name: str, most: int) -> HttpResponse:
    errors: tuple[Any, ...] = ()
    status = 200
    if request.method == "POST":
        try:
            _write(request, work, name, most)
        except FileTooLarge as refusal:
            errors, status = (FieldError(TEXT, TEXT, refusal.sentence()),), 422
        except DesignChanged as refusal:
            work = opened(request, work.id)
            errors, status = (LinkedError("", refusal.sentence()),), status_of(refusal)
        else:
            messages.success(request, _("Đã lưu vào bản soạn."))
            return redirect(request.path)
    page = _page(request, work, name, tuple(one for one in errors if isinstance(one, FieldError)))
    problem = _problem(work) if name != SOURCE else ""
    return show(request, work, "designer/file.html", status, page=page, errors=errors, problem=problem)


def _write(request: HttpRequest, work: Opened, name: str, most: int) -> None:
    text = request.POST.get(TEXT, "").replace("\r\n", "\n").replace("\x00", "")
    if len(text) > most:
        raise FileTooLarge(most=most)
    typed = request.POST.get("revision", "")
    edit_design(
        actor=actor_of(request),
        at=clock.now(),
        design_id=work.id,
        revision=int(typed) if typed.isdigit() and len(typed) < 10 else -1,
        change=edits.Write(name, text),
    )


def _page(request: HttpRequest, work: Opened, name: str, errors: tuple[FieldError, ...]) -> FilePage:
    text = queries.files_of(work.design).read(name) or ""
    label = _("Tệp của thủ tục, dạng YAML") if name == SOURCE else _("Mẫu Typst «%(name)s»") % {"name": name}
    data = request.POST if request.method == "POST" else QueryDict()
    wrong = {one.mistake.line for one in work.checked.found if one.file == name and one.is_error}
    shown = text.splitlines()
    procedure = work.checked.patched
    url = reverse("designer:sample", args=[work.id])
    has_sample = name != SOURCE and _example(procedure, "0") is not None
    return FilePage(
        name=name,
        field=boxes.field(TEXT, "long_text", label, data, errors=errors, default=text),
        lines=tuple((line, shown[line - 1]) for line in sorted(wrong) if 0 < line <= len(shown)),
        variables=tuple(_variables(procedure)) if name != SOURCE and procedure else (),
        sample_url=f"{url}?{urlencode({'r': work.design.revision})}" if has_sample else "",
        pdf_url=f"{url}?dang=pdf" if has_sample else "",
        back_url=reverse("designer:design", args=[work.id]),
    )


def _variables(procedure: Procedure) -> list[Variable]:
    asked = [
        Variable(f"data.{root}.{question.id}", say(question.label))
        for question in all_questions(procedure)
        for root in ("shown", "answers")
    ]
    return asked + [Variable(f"data.{name}", meaning) for name, meaning in STANDARD.items()]


def _problem(work: Opened) -> str:
    """Return why the sample cannot be set; empty when it can. The picture comes with its own request."""
    procedure = work.checked.patched
    example = _example(procedure, "0")
    if procedure is None or example is None:
        return ""
    try:
        agency = people.agency(work.design.agency_id)
        templates = queries.files_of(work.design).templates
        with looking_at(work):
            sampling.sample_pdf(procedure, templates, example, at=clock.now(), agency=agency)
    except (TypesettingFailed, PreviewNotPossible) as failed:
        return failed.sentence()
    return ""


def _example(procedure: Procedure | None, number: str) -> Example | None:
    index = int(number) if number.isdigit() and len(number) < 4 else -1
    if procedure is None or not 0 <= index < len(procedure.examples):
        return None
    return procedure.examples[index]
