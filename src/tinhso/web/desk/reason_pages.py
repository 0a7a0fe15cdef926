"""Sentences an agency keeps to use again: read them, add one, put one out of use."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from tinhso.dossiers import desk, policies
from tinhso.dossiers.actions.reason_templates import (
    ACTS,
    LONGEST,
    strike_reason_template,
    write_reason_template,
)
from tinhso.forms.types import Field, FieldError
from tinhso.kernel import clock
from tinhso.kernel.refusals import Invalid, NotAllowed
from tinhso.people import policies as people
from tinhso.people.types import Actor
from tinhso.web.desk import boxes
from tinhso.web.desk.filters import as_uuid
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.desk.kept import typed

ACT, TEXT, AGENCY, EVERY = "viec", "cau", "co-quan", "moi-viec"
BOX_OF = {"reason-template-text-wrong": TEXT, "reason-template-act-unknown": ACT}
UNPROCESSABLE = 422
Errors = tuple[FieldError, ...]

ACT_NAMES = {
    "": gettext_lazy("Mọi việc cần lý do"),
    "decline": gettext_lazy("Không tiếp nhận"),
    "refuse": gettext_lazy("Từ chối giải quyết"),
    "stop": gettext_lazy("Dừng giải quyết"),
    "extend": gettext_lazy("Hẹn lại ngày trả"),
    "step_back": gettext_lazy("Trả lại bước trước"),
    "take_back_payment": gettext_lazy("Thôi yêu cầu nộp tiền"),
    "correct": gettext_lazy("Đính chính kết quả"),
    "reissue": gettext_lazy("Cấp lại kết quả"),
    "revoke": gettext_lazy("Thu hồi kết quả"),
}


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """:param may_strike: the officer wrote it, or heads the agency"""

    id: UUID
    text: str
    act: str
    who: str
    agency: str
    may_strike: bool


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def templates(request: HttpRequest) -> HttpResponse:
    """List the sentences of the officer's agencies; take a new one."""
    actor, data = actor_of(request), typed(request)
    if request.method != "POST":
        return _show(request, data)
    agencies = _agencies(actor)
    chosen = as_uuid(data.get(AGENCY, "")) or next(iter(agencies), None)
    if chosen is None:
        raise NotAllowed
    act = data.get(ACT, "")
    try:
        write_reason_template(
            actor=actor,
            at=clock.now(),
            agency_id=chosen,
            act="" if act == EVERY else act or "?",
            text=data.get(TEXT, ""),
        )
    except Invalid as refusal:
        box = BOX_OF.get(refusal.code, "")
        return _show(request, data, (FieldError(box, box, refusal.sentence()),), UNPROCESSABLE)
    messages.success(request, _("Đã lưu câu mẫu; đồng nghiệp trong cơ quan cũng dùng được."))
    return redirect("desk:reasons")


@require_POST
@officers_only
def strike(request: HttpRequest, template_id: UUID) -> HttpResponse:
    """Put a sentence out of use."""
    strike_reason_template(actor=actor_of(request), at=clock.now(), template_id=template_id)
    messages.success(request, _("Đã bỏ câu mẫu. Văn bản đã gửi không đổi."))
    return redirect("desk:reasons")


def _show(request: HttpRequest, data: QueryDict, errors: Errors = (), status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    agencies = _agencies(actor)
    lines = tuple(
        TemplateLine(
            id=row.pk,
            text=row.text,
            act=str(ACT_NAMES[row.act]),
            who=row.author.get_full_name(),
            agency=row.agency.name if len(actor.agency_ids) > 1 else "",
            may_strike=row.agency_id in agencies
            and (row.author_id == actor.account_id or people.is_head(actor, agency_id=row.agency_id)),
        )
        for row in desk.reason_templates(actor)
    )
    fields = _fields(data, agencies, errors) if agencies else ()
    return draw(request, "desk/reasons.html", status=status, lines=lines, fields=fields, errors=errors)


def _agencies(actor: Actor) -> dict[UUID, str]:
    """Return the agencies for which the officer may keep sentences."""
    found = {}
    for post in actor.posts:
        try:
            policies.require_worker_in(actor, agency_id=post.agency_id)
        except NotAllowed:
            continue
        found[post.agency_id] = post.agency_name
    return found


def _fields(data: QueryDict, agencies: dict[UUID, str], errors: Errors) -> tuple[Field, ...]:
    acts = [(EVERY, str(ACT_NAMES[""])), *((act, str(ACT_NAMES[act])) for act in ACTS)]
    text = boxes.field(
        TEXT,
        "long_text",
        _("Câu mẫu"),
        data,
        errors=errors,
        hint=_("Người nộp hoặc đồng nghiệp đọc đúng câu này. Nói rõ sai ở đâu và cần làm gì."),
        max_length=LONGEST,
    )
    act = boxes.field(ACT, "one_of", _("Dùng khi"), data, options=acts, errors=errors, default=EVERY)
    if len(agencies) < 2:
        return (text, act)
    named = [(str(pk), name) for pk, name in agencies.items()]
    return (text, act, boxes.field(AGENCY, "one_of", _("Cơ quan"), data, options=named, default=named[0][0]))
