"""What the form of an act asks, with what was typed and what is wrong."""

from datetime import datetime

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.definitions.types import Step
from tinhso.forms.types import Field, FieldError
from tinhso.people import queries as people
from tinhso.web.desk import boxes, forms_more
from tinhso.web.desk.offers import Situation, step_fields
from tinhso.web.desk.own_reasons import own_reasons
from tinhso.web.desk.reasons import reasons
from tinhso.web.desk.reliefs import claim_fields, granting_fields
from tinhso.web.desk.taking import APPROVAL, TERMINAL, taking_fields

# Where the focus goes when a refusal is about one box.
BOX_OF = {
    "reason-missing": boxes.REASON,
    "choose-colleague": boxes.COLLEAGUE,
    "not-a-colleague": boxes.COLLEAGUE,
    "colleagues-own-case": boxes.COLLEAGUE,
    "choose-step": boxes.STEP,
    "no-such-way-back": boxes.STEP,
    "no-such-day": f"{boxes.DAY}-day",
    "not-later": f"{boxes.DAY}-day",
    "nothing-missing": "thieu-0",
    "card-slip-incomplete": TERMINAL,
    "card-slip-used": APPROVAL,
    **forms_more.BOX_OF,
}


def fields_of(
    form: str, case: Situation, data: QueryDict, errors: tuple[FieldError, ...], *, at: datetime
) -> tuple[Field, ...]:
    """Return the boxes of a form, see ``acts.Act.form``."""
    typed = {name: [str(value) for value in values] for name, values in data.lists()} or None
    if form in ("found", "advance"):
        asked = (*step_fields(case, typed=typed, errors=errors), *claim_fields(case, data, errors))
        return (*asked, note_field(data)) if form == "advance" else asked
    if form in ("decline", "refuse", "stop"):
        return _reasons(form, case, data, errors)
    if form == "step_back":
        return (_step(case, data, errors), *_reasons(form, case, data, errors))
    if form == "extend":
        return (_day(data, errors), *_reasons(form, case, data, errors))
    if form == "cash":
        return taking_fields(data, errors)
    if form == "relief":
        return granting_fields(case, data, errors)
    if form == "hand_over":
        return (_colleague(case, data, errors, at=at),)
    return forms_more.fields_of(form, case, data, errors, at=at)


def note_field(data: QueryDict) -> Field:
    """Return the box for a word to the next officer."""
    return boxes.field(
        "ghi-chu",
        "long_text",
        _("Lời nhắn cho bước sau"),
        data,
        hint=_("Người nộp không thấy."),
        required=False,
        max_length=1000,
    )


def _reasons(
    form: str, case: Situation, data: QueryDict, errors: tuple[FieldError, ...]
) -> tuple[Field, ...]:
    own = own_reasons(case.actor, act=form)
    return boxes.reason_fields(getattr(reasons(), form), data, errors, own=own)


def _step(case: Situation, data: QueryDict, errors: tuple[FieldError, ...]) -> Field:
    language = (get_language() or "vi")[:2]
    step: Step | None = case.step
    back = step.back_to if step else ()
    options = [(name, case.procedure.step(name).name.into(language)) for name in back]
    default = options[0][0] if len(options) == 1 else ""
    return boxes.field(
        boxes.STEP, "one_of", _("Trả về bước"), data, options=options, errors=errors, default=default
    )


def _day(data: QueryDict, errors: tuple[FieldError, ...]) -> Field:
    hint = _("Trả cuối giờ làm việc ngày này. Ví dụ: 24 11 2026")
    return boxes.field(boxes.DAY, "date", _("Ngày hẹn mới"), data, hint=hint, errors=errors)


def _colleague(case: Situation, data: QueryDict, errors: tuple[FieldError, ...], *, at: datetime) -> Field:
    run = case.run
    officers = people.officers_with(role=run.role, agency_id=run.agency_id, at=at) if run else ()
    others = [
        (str(officer.account_id), f"{officer.full_name} – {officer.post.title}")
        for officer in officers
        if officer.account_id != case.actor.account_id
    ]
    hint = "" if others else _("Chưa có đồng nghiệp nào giữ vai trò này tại cơ quan.")
    return boxes.field(
        boxes.COLLEAGUE, "one_of", _("Người nhận việc"), data, options=others, errors=errors, hint=hint
    )
