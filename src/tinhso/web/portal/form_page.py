"""One page of a form: shown, saved by itself, saved and left, or saved and followed by the next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tinhso.definitions.types import Page
from tinhso.dossiers.actions.agree import agree
from tinhso.dossiers.actions.save_page import save_page
from tinhso.dossiers.places import commune_lookup
from tinhso.forms import engine
from tinhso.forms.groups import REFRESH
from tinhso.forms.known import REGISTER
from tinhso.forms.types import Data, Field, FieldError, PageResult
from tinhso.kernel import clock
from tinhso.kernel.refusals import NotFound, Refusal
from tinhso.papers.rules import rules
from tinhso.registers.consents import missing
from tinhso.web.once_only import SourceLine, source_lines
from tinhso.web.parts import FileView
from tinhso.web.portal import keeping, reusing
from tinhso.web.portal.filling import (
    CHECK,
    RETURN,
    SHOW_ERRORS,
    Filling,
    Frame,
    due_now,
    first_open,
    open_filling,
    page_errors,
)
from tinhso.web.portal.gate import actor_of, writers_only
from tinhso.web.portal.language import language, say
from tinhso.web.refusing import errors_of, status_of
from tinhso.web.templatetags.fields import source_words

AUTOSAVE, LOOK, LATER, AGREE = "autosave", "refresh", "later", "consent"
REVEALED = "moi"


@dataclass(frozen=True, slots=True)
class Known:
    """What one source proves, shown together and not asked. :param correct_url: where it is put right"""

    source: str
    fields: tuple[Field, ...]
    correct_url: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question to answer. :param source: the register that began its answer; None where none did"""

    field: Field
    source: SourceLine | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """A consent the law wants before a register is asked. :param value: what the button sends"""

    register: str
    wording: str
    law: str
    value: str


@dataclass(frozen=True, slots=True)
class Later:
    """Questions of the page that another procedure of the same filing answers, and which one."""

    procedure: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormPage:
    """
    :param files: what was given for questions of type file, by box
    :param takes_files: the page may ask for a file, now or once another answer brings the question
    :param limit: megabytes a file may have
    :param limit_bytes: the same in bytes, for scripts
    :param revealed: the first question that just came into sight; None when none did
    :param returns: part of the address to go to next; empty for the next page
    """

    frame: Frame
    title: str
    intro: str
    known: tuple[Known, ...]
    asked: tuple[Question, ...]
    files: Mapping[str, Sequence[FileView]]
    upload_url: str
    takes_files: bool
    limit: int
    limit_bytes: int
    revealed: Field | None
    returns: str
    is_supplement: bool
    discard_url: str
    later: Later | None = None
    agreements: tuple[Agreement, ...] = ()


@writers_only
@require_safe
def resume(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Go to the first page that lacks something."""
    return redirect(first_open(open_filling(request, draft_id, at=clock.now())))


@writers_only
@require_http_methods(["GET", "HEAD", "POST"])
def form_page(request: HttpRequest, draft_id: UUID, page_id: str) -> HttpResponse:
    """:raises NotFound: no such draft of the citizen's, or no such page"""
    at = clock.now()
    filling = open_filling(request, draft_id, at=at)
    if page_id not in {page.id for page in filling.procedure.form}:
        raise NotFound
    if request.method == "POST":
        return _save(request, filling, page_id, at=at)
    if page_id not in filling.stops:
        return redirect(first_open(filling))
    errors = page_errors(filling, page_id) if SHOW_ERRORS in request.GET else ()
    return _show(request, filling, page_id, errors=errors)


def _save(request: HttpRequest, filling: Filling, page_id: str, *, at: datetime) -> HttpResponse:
    actor, draft_id, intent = actor_of(request), filling.draft.id, request.POST.get("do", "")
    taken = keeping.take_all(actor=actor, at=at, draft_id=draft_id, files=dict(request.FILES.lists()))
    if removed := request.POST.get("remove-file"):
        keeping.take_out(actor=actor, at=at, draft=filling.draft, removed=removed)
    chosen, agreed = request.POST.get(reusing.USE), request.POST.get(AGREE)
    unfit = reusing.take(actor=actor, at=at, draft_id=draft_id, chosen=chosen) if chosen else ()
    is_quiet = intent in (AUTOSAVE, LOOK, LATER) or any(one is not None for one in (removed, chosen, agreed))
    data = {name: [str(value) for value in values] for name, values in request.POST.lists()}
    result = save_page(
        actor=actor,
        at=at,
        draft_id=draft_id,
        page_id=page_id,
        data=data | ({REFRESH: ["1"]} if is_quiet else {}),
    )
    if agreed is not None:
        return _agree(request, filling, page_id, agreed, at=at)
    if intent == AUTOSAVE:
        return render(request, "portal/_saved.html", {"at": at})
    refused = (*unfit, *(_refusal(filling, one) for one in taken if one.view.problem))
    if intent == LATER and not refused:
        return keeping.leave(request)
    return _answer(request, open_filling(request, draft_id, at=at), page_id, result, refused)


def _agree(
    request: HttpRequest, filling: Filling, page_id: str, agreed: str, *, at: datetime
) -> HttpResponse:
    """Keep the consent and fill in what the register knows, on the same page."""
    register_id, _space, digest = agreed.partition(" ")
    try:
        taken = agree(
            actor=actor_of(request),
            at=at,
            draft_id=filling.draft.id,
            register_id=register_id,
            digest=digest,
            language=language(),
        )
    except Refusal as refusal:
        wrong = (FieldError("", "", one.sentence) for one in errors_of(refusal))
        again = open_filling(request, filling.draft.id, at=at)
        return _show(request, again, page_id, errors=tuple(wrong), status=status_of(refusal))
    said = (
        _("Đã điền những điều sổ biết. Hãy xem lại rồi đi tiếp.")
        if taken
        else _("Đã ghi lời đồng ý. Sổ chưa có dữ liệu dùng được cho tờ khai này, bạn tự điền nhé.")
    )
    messages.success(request, said)
    return redirect(f"{filling.url(page_id)}{_kept_return(request)}")


def _refusal(filling: Filling, taken: keeping.Taken) -> FieldError:
    part = keeping.part_of(taken.field_name)
    place = engine.place_of(filling.procedure, part)
    return FieldError(place.question.id if place else part, taken.field_name, taken.view.problem)


def _answer(
    request: HttpRequest,
    filling: Filling,
    page_id: str,
    result: PageResult,
    refused: tuple[FieldError, ...],
) -> HttpResponse:
    """Say what became of the page: its questions again, its errors, or the way on."""
    if "X-Part" in request.headers:
        page = _page(request, filling, page_id, ())
        return render(request, "portal/_questions.html", {"page": page})
    # Why a file was refused says more than that there is none.
    boxes = {one.field_name for one in refused}
    mine = due_now(filling, result.errors)
    errors = (*refused, *(one for one in mine if one.field_name not in boxes))
    if errors:
        return _show(request, filling, page_id, errors=errors, status=422)
    if replace(result, errors=()).complete:
        return redirect(first_open(filling) if request.POST.get(RETURN) == CHECK else filling.after(page_id))
    if result.intent == "save" and result.revealed:
        query = {REVEALED: result.revealed[0], RETURN: request.POST.get(RETURN, "")}
        return redirect(f"{filling.url(page_id)}?{urlencode({k: v for k, v in query.items() if v})}")
    return redirect(f"{filling.url(page_id)}{_kept_return(request)}{_new_entry(request, result)}")


def _kept_return(request: HttpRequest) -> str:
    return f"?{RETURN}={CHECK}" if request.POST.get(RETURN) == CHECK else ""


def _new_entry(request: HttpRequest, result: PageResult) -> str:
    """Return where the browser should look: at the entry just added, or at the group that lost one."""
    for name in request.POST:
        if name.startswith("add-"):
            group = name.removeprefix("add-")
            count = result.typed.get(f"{group}-count", ["1"])[-1]
            return f"#{group}-entry-{count}"
        if name.startswith("remove-") and result.intent == "remove":
            return f"#add-{name.removeprefix('remove-').rpartition('-')[0]}"
    return ""


def _show(
    request: HttpRequest,
    filling: Filling,
    page_id: str,
    *,
    errors: tuple[FieldError, ...],
    status: int = 200,
) -> HttpResponse:
    page = _page(request, filling, page_id, errors)
    return render(request, "portal/form_page.html", {"page": page, "errors": errors}, status=status)


def _page(request: HttpRequest, filling: Filling, page_id: str, errors: tuple[FieldError, ...]) -> FormPage:
    page: Page = engine.page_of(filling.procedure, page_id)
    typed: Data = filling.draft.typed.get(page_id, {})
    fields = engine.page_fields(
        filling.procedure,
        page_id,
        filling.draft.answers,
        filling.facts,
        typed=typed,
        errors=errors,
        communes=commune_lookup,
    )
    wanted, limit = request.GET.get(REVEALED, ""), rules().upload.max_bytes
    lines = _sources(filling, page, page_id)
    return FormPage(
        frame=filling.frame(page_id),
        title=say(page.title),
        intro=say(page.intro),
        known=known_facts(fields, lines),
        asked=tuple(Question(field, lines.get(field.question_id)) for field in fields if not field.known),
        files=_files(request, filling, page, fields),
        upload_url=keeping.upload_url(filling.draft.id),
        takes_files=any(question.takes_files for question in page.ask),
        limit=limit // keeping.MIB,
        limit_bytes=limit,
        revealed=next((one for one in fields if one.question_id == wanted), None),
        returns=CHECK if CHECK in (request.GET.get(RETURN), request.POST.get(RETURN)) else "",
        is_supplement=filling.dossier_id is not None,
        discard_url="" if filling.dossier_id else reverse("portal:form-discard", args=[filling.draft.id]),
        later=_later(filling, fields),
        agreements=_agreements(filling, page, fields),
    )


def _sources(filling: Filling, page: Page, page_id: str) -> Mapping[str, SourceLine]:
    """Return where the page's answers come from; none is looked for where no question asks a register."""
    if not any(question.origin for question in page.ask):
        return {}
    return source_lines(
        procedure=filling.procedure,
        subject_id=filling.draft.id,
        answers=filling.draft.answers,
        language=language(),
        back=filling.url(page_id),
    )


def _agreements(filling: Filling, page: Page, fields: Sequence[Field]) -> tuple[Agreement, ...]:
    """Return the consents that are missing for questions in sight here, or on the last page for papers."""
    ids = {field.question_id for field in fields}
    if filling.pages and page.id == filling.pages[-1].id:
        ids |= {paper.id for paper in filling.procedure.papers}
    found = missing(filling.procedure, person_id=filling.draft.applicant_id, language=language(), only=ids)
    return tuple(
        Agreement(one.register_name, one.wording, one.law, f"{one.register} {one.digest}") for one in found
    )


def _later(filling: Filling, fields: Sequence[Field]) -> Later | None:
    """Return what need not be answered here yet; None when all of it is known, or nothing is told later."""
    told = filling.later
    labels = tuple(
        field.label
        for field in fields
        if field.question_id in told.questions and _is_open(filling.draft.answers.get(field.question_id))
    )
    return Later(say(told.procedure.name), labels) if told.procedure and labels else None


def _is_open(answer: object) -> bool:
    """Say whether something is still to come: no answer, or an entry of a group without its number."""
    return answer is None or isinstance(answer, list)


def _files(
    request: HttpRequest, filling: Filling, page: Page, fields: Sequence[Field]
) -> Mapping[str, Sequence[FileView]]:
    """Return what was given for the page's file boxes, and what could be taken from somebody's keeping."""
    given = keeping.files_asked(filling.draft, actor_of(request), page.ask)
    boxes = dict(_file_boxes(fields))
    return reusing.with_offers(filling, actor_of(request), given, boxes, at=clock.now()) if boxes else given


def _file_boxes(fields: Sequence[Field]) -> Iterator[tuple[str, str]]:
    for field in fields:
        if field.kind == "file" and not field.known:
            yield keeping.part_of(field.name), field.name
        for entry in field.entries:
            yield from _file_boxes(entry.fields)


def known_facts(fields: Sequence[Field], lines: Mapping[str, SourceLine]) -> tuple[Known, ...]:
    """Return the proved questions of a page, by what proves them; a register's each with its record."""
    by_source: dict[tuple[str, str], list[Field]] = {}
    for field in fields:
        if field.known:
            line = lines.get(field.question_id) if field.known == REGISTER else None
            source = (line.words, line.correct_url) if line else (source_words(field.known), "")
            by_source.setdefault(source, []).append(field)
    return tuple(Known(words, tuple(several), url) for (words, url), several in by_source.items())
