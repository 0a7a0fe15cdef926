"""What the acts of ``acts_more`` ask, and what came back."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.definitions.types import Page, QuestionType
from tinhso.dossiers.actions.ask_payment import Duty
from tinhso.dossiers.facts import all_answers
from tinhso.dossiers.places import commune_lookup
from tinhso.dossiers.refusals import FormIncomplete
from tinhso.dossiers.rules import rules
from tinhso.forms import boxes as boxes_of
from tinhso.forms import engine
from tinhso.forms.types import Field, FieldError, PageResult
from tinhso.people import queries as people
from tinhso.web.desk import boxes
from tinhso.web.desk.filters import as_uuid
from tinhso.web.desk.offers import Situation
from tinhso.web.desk.own_reasons import own_reasons
from tinhso.web.desk.postal import NUMBER, number_field

NOTE, QUESTION, COLLEAGUE, AGENCY, HOURS = "noi-dung", "cau-hoi", "dong-nghiep", "co-quan", "so-gio"
PAPERS, WAIT, BASIS, ACCOUNT = "giay-to", "cho", "can-cu", "tai-khoan"
DUTIES = 3
# The form of an act that wants nothing but a reason is called ``reason:`` and the act.
REASON_FOR = "reason:"
# What was declared, and what was handed in, is the citizen's: an office does not put it right for them.
NOT_HERE = frozenset({QuestionType.FILE, QuestionType.DECLARATION})
# Where the focus goes when a refusal is about one box.
BOX_OF = {
    "note-empty": NOTE,
    "question-unclear": QUESTION,
    "nobody-asked": COLLEAGUE,
    "answer-time-wrong": HOURS,
    "duty-unclear": "khoan-1",
    "account-unknown": ACCOUNT,
    "tracking-number-wrong": NUMBER,
}
Errors = tuple[FieldError, ...]


def fields_of(
    form: str, case: Situation, data: QueryDict, errors: Errors, *, at: datetime
) -> tuple[Field, ...]:
    """Return the boxes of a form, see ``deeds.Act.form``."""
    if form == "note":
        return (boxes.field(NOTE, "long_text", _("Ghi chú"), data, errors=errors, max_length=2000),)
    if form.startswith(REASON_FOR):
        return _reasons(form.removeprefix(REASON_FOR), case, data, errors)
    if form == "post":
        return (number_field(data, errors),)
    if form == "ask_opinion":
        return tuple(_question(case, data, errors, at=at))
    if form == "ask_payment":
        return tuple(_payment(case, data, errors))
    if form == "correct":
        return (*_corrections(case, data, errors), *_reasons("correct", case, data, errors))
    return ()


def question_of(data: QueryDict) -> dict[str, Any]:
    """Return what ``ask_opinion`` takes."""
    hours = data.get(HOURS, "").strip()
    return {
        "question": data.get(QUESTION, ""),
        "to_account_id": as_uuid(data.get(COLLEAGUE, "")),
        "to_agency_id": as_uuid(data.get(AGENCY, "")),
        # What is no number is no time; the action says so.
        "hours": int(hours) if hours.isascii() and hours.isdigit() and len(hours) < 6 else 0,
        "paper_ids": [found for one in data.getlist(PAPERS) if (found := as_uuid(one)) is not None],
        "blocks": data.get(WAIT, "co") != "khong",
    }


def payment_of(data: QueryDict) -> dict[str, Any]:
    """Return what ``ask_payment`` takes; rows left empty are none."""
    rows = [
        (data.get(f"khoan-{number}", "").strip(), data.get(f"tien-{number}", ""))
        for number in range(1, DUTIES + 1)
    ]
    duties = [Duty(name, _dong(typed)) for name, typed in rows if name or typed.strip()]
    return {"duties": duties, "basis": data.get(BASIS, ""), "account": data.get(ACCOUNT, "state_budget")}


def corrected(case: Situation, data: QueryDict) -> dict[str, object]:
    """
    Return the answers as they came back, by question id, those that differ.

    :raises FormIncomplete: one of them is wrong
    """
    typed = _typed(data)
    known = all_answers(case.dossier)
    said = set(data.getlist("asked"))
    given: dict[str, object] = {}
    for page in case.procedure.form:
        result = _cleaned(case, page, typed)
        given |= _differing(result.answers, known, said, errors=result.errors)
    for step in case.procedure.steps:
        if said & {question.id for question in step.ask}:
            found = engine.clean_step(case.procedure, step.id, typed, known, case.facts, commune_lookup)
            given |= _differing(found.answers, known, said, errors=found.errors)
    return given


def regrouped(case: Situation, data: QueryDict) -> QueryDict | None:
    """Return the form after an entry of a group was added or taken away; None when that was not asked for."""
    typed, changed, asked = _typed(data), data.copy(), False
    for page in case.procedure.form:
        result = _cleaned(case, page, typed)
        if result.intent not in ("add", "remove"):
            continue
        asked = True
        for question in page.ask:
            for name in boxes_of.of_question(question, typed):
                changed.pop(name, None)
        for name, values in result.typed.items():
            changed.setlist(name, values)
    return changed if asked else None


def _typed(data: QueryDict) -> dict[str, list[str]]:
    return {name: [str(value) for value in values] for name, values in data.lists()}


def _cleaned(case: Situation, page: Page, typed: dict[str, list[str]]) -> PageResult:
    """Read a page as it came back; its files are those that were handed in, whatever a browser says."""
    held = boxes_of.with_files(page.ask, typed, case.dossier.papers)
    known = all_answers(case.dossier)
    return engine.clean_page(case.procedure, page.id, held, known, case.facts, commune_lookup)


def _differing(
    answers: dict[str, object], known: dict[str, object], said: set[str], *, errors: Errors
) -> dict[str, object]:
    wrong = tuple(error for error in errors if error.question_id in said)
    if wrong:
        raise FormIncomplete(wrong)
    return {name: answers[name] for name in said if name in answers and answers[name] != known.get(name)}


def _corrections(case: Situation, data: QueryDict, errors: Errors) -> Iterator[Field]:
    typed = {name: [str(value) for value in values] for name, values in data.lists()} or None
    known = all_answers(case.dossier)
    kinds = {question.id: question.type for page in case.procedure.form for question in page.ask}
    for page in case.procedure.form:
        shown = engine.page_fields(case.procedure, page.id, known, case.facts, typed, errors, commune_lookup)
        yield from (
            _without_files(field)
            for field in shown
            if not field.known and kinds.get(field.question_id) not in NOT_HERE
        )
    entered = {step.step for step in case.dossier.steps.all()}
    for step in case.procedure.steps:
        if step.ask and step.id in entered:
            yield from engine.step_fields(
                case.procedure, step.id, known, case.facts, typed, errors, commune_lookup
            )


def _without_files(field: Field) -> Field:
    """Return a group without the files of its entries: what was handed in stays as it is."""
    entries = tuple(
        replace(entry, fields=tuple(child for child in entry.fields if child.kind != QuestionType.FILE))
        for entry in field.entries
    )
    return replace(field, entries=entries) if entries else field


def _question(case: Situation, data: QueryDict, errors: Errors, *, at: datetime) -> Iterator[Field]:
    run = case.run
    assert run is not None, "the act is offered at an open step only"
    staff = people.staff(actor=case.actor, agency_id=run.agency_id, at=at)
    colleagues = {
        str(post.account_id): f"{post.full_name} – {post.title}"
        for post in staff
        if post.account_id != case.actor.account_id
    }
    agencies = [(str(agency.id), agency.name) for agency in people.agencies() if agency.id != run.agency_id]
    hint = _("Chọn một đồng nghiệp, hoặc chọn một cơ quan ở dưới.")
    yield boxes.field(QUESTION, "long_text", _("Câu hỏi"), data, errors=errors, max_length=2000)
    yield boxes.field(
        COLLEAGUE,
        "one_of",
        _("Đồng nghiệp"),
        data,
        options=[("", _("Không hỏi đồng nghiệp")), *colleagues.items()],
        hint=hint,
        errors=errors,
        required=False,
    )
    yield boxes.field(
        AGENCY, "one_of", _("Cơ quan khác"), data, options=agencies, errors=errors, required=False
    )
    yield boxes.field(
        HOURS,
        "number",
        _("Trả lời trong bao nhiêu giờ làm việc"),
        data,
        default=str(rules().opinions.hours),
        hint=_("Chỉ tính giờ hành chính."),
        errors=errors,
        inputmode="numeric",
    )
    papers = tuple(_paper_options(case))
    if papers:
        yield boxes.field(
            PAPERS,
            "many_of",
            _("Giấy tờ gửi kèm cho cơ quan khác"),
            data,
            options=papers,
            required=False,
            hint=_("Cơ quan được hỏi chỉ mở được những giấy tờ bạn chọn."),
        )
    yield boxes.field(
        WAIT,
        "one_of",
        _("Có chờ trả lời không"),
        data,
        default="co",
        options=(("co", _("Chờ: chỉ chuyển bước khi đã trả lời")), ("khong", _("Không chờ"))),
    )


def _paper_options(case: Situation) -> Iterator[tuple[str, str]]:
    names = engine.part_names(case.procedure, case.dossier.answers, (get_language() or "vi")[:2])
    for part, ids in case.dossier.papers.items():
        for number, paper_id in enumerate(ids, 1):
            name = names.get(part, part)
            yield paper_id, f"{name} ({number})" if len(ids) > 1 else name


def _payment(case: Situation, data: QueryDict, errors: Errors) -> Iterator[Field]:
    accounts = people.agency(case.dossier.agency_id).accounts
    yield boxes.field(
        BASIS,
        "text",
        _("Căn cứ"),
        data,
        errors=errors,
        max_length=300,
        hint=_(
            "Số, ngày và cơ quan ra thông báo. Ví dụ: Thông báo 125/TB-TCS ngày 20/11/2026 của cơ quan thuế."
        ),
    )
    for number in range(1, DUTIES + 1):
        yield boxes.field(
            f"khoan-{number}",
            "text",
            _("Khoản thứ %(number)s") % {"number": number},
            data,
            errors=errors,
            required=number == 1,
            max_length=200,
        )
        yield boxes.field(
            f"tien-{number}",
            "money",
            _("Số tiền khoản thứ %(number)s") % {"number": number},
            data,
            errors=errors,
            required=number == 1,
            inputmode="numeric",
        )
    if len(accounts) > 1:
        options = [(key, f"{account.name} – {account.number}") for key, account in accounts.items()]
        yield boxes.field(ACCOUNT, "one_of", _("Tài khoản thu"), data, options=options, errors=errors)


def _reasons(act: str, case: Situation, data: QueryDict, errors: Errors) -> tuple[Field, ...]:
    """Return a box for the reason, and before it the sentences the agency keeps, if it does."""
    own = own_reasons(case.actor, act=act)
    return boxes.reason_fields((), data, errors, own=own) if own else (_reason(data, errors),)


def _reason(data: QueryDict, errors: Errors) -> Field:
    return boxes.field(
        boxes.REASON,
        "long_text",
        _("Lý do"),
        data,
        errors=errors,
        max_length=500,
        hint=_("Người nộp sẽ đọc đúng những lời này."),
    )


def _dong(typed: str) -> int:
    digits = typed.replace(".", "").replace(" ", "").replace("₫", "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 15 else 0
