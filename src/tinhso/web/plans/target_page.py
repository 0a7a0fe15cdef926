"""One target at the desk: its values, its forecast, and the forms to enter, confirm and assign."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tinhso.forms.types import Field, FieldError
from tinhso.kernel import clock
from tinhso.people import queries as people
from tinhso.plans import queries
from tinhso.plans.actions.decide_value import confirm_value, refuse_value
from tinhso.plans.actions.enter_value import enter_value
from tinhso.plans.refusals import ValueMissing
from tinhso.plans.values import ValueState
from tinhso.plans.views import PlanView, TargetView, ValueView
from tinhso.web.desk import boxes
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.parts import Tone
from tinhso.web.plans import asking, words
from tinhso.web.plans.chart import Chart, chart
from tinhso.web.plans.deeds import DO, Deed, Errors, assigning, carry_out
from tinhso.web.plans.rows import TargetLine, agency_name, target_line
from tinhso.web.portal.language import say

VALUE_ID, CORRECTS = "so-lieu-id", "dinh-chinh"


@dataclass(frozen=True, slots=True)
class ValueLine:
    """:param may_decide: the reader may confirm or refuse it now; ``why_not`` says why a confirmer may not"""

    id: UUID
    value: str
    as_of: date
    state: str
    tone: Tone
    document: str
    document_on: date | None
    link: str
    file_url: str
    file_name: str
    note: str
    is_sample: bool
    by: str
    at: datetime
    decided_by: str
    decided_at: datetime | None
    reason: str
    corrects: str
    correct_url: str
    may_decide: bool
    why_not: str


@dataclass(frozen=True, slots=True)
class EntryForm:
    """:param corrects: id of the value it is to replace; empty: a new one"""

    value: Field
    as_of: Field
    proof: asking.ProofBoxes
    corrects: str
    title: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class OwnerForm:
    owner: Field
    reason: Field
    is_open: bool


@dataclass(frozen=True, slots=True)
class TargetPage:
    """
    :param expected: what a straight way would have given on the last value's day; empty: not known
    :param points: day, value, whether it was made up
    :param reason: what was typed to send a value back
    """

    plan_id: str
    plan: str
    line: TargetLine
    pillar: str
    note: str
    method: str
    expected: str
    prospect: str
    chart: Chart | None
    points: tuple[tuple[date, str, bool], ...]
    values: tuple[ValueLine, ...]
    entry: EntryForm | None
    owner: OwnerForm | None
    reason: str
    url: str
    checkpoint: str
    indicator: str
    is_own: bool


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def show(request: HttpRequest, plan_id: str, target_id: str) -> HttpResponse:
    """Show one target and do what the officer chose. :raises PlanMissing, TargetMissing: there is none"""
    at = clock.now()
    if request.method != "POST":
        return _draw(request, plan_id, target_id, at=at, data=request.GET)

    def refused(errors: Errors, status: int) -> HttpResponse:
        return _draw(request, plan_id, target_id, at=at, data=request.POST, errors=errors, status=status)

    return carry_out(request, DEEDS, plan_id, target_id, at=at, refused=refused)


def _enter(request: HttpRequest, plan_id: str, target_id: str, at: datetime) -> None:
    data = request.POST
    enter_value(
        actor=actor_of(request),
        at=at,
        plan_id=plan_id,
        target_id=target_id,
        value=words.decimal_of(data.get(asking.VALUE, "")),
        as_of=asking.needed_day(data, asking.AS_OF),
        proof=asking.proof_of(request),
        corrects=_id(data.get(CORRECTS, "")) if data.get(CORRECTS) else None,
    )


def _confirm(request: HttpRequest, _plan_id: str, _target_id: str, at: datetime) -> None:
    confirm_value(actor=actor_of(request), at=at, value_id=_id(request.POST.get(VALUE_ID, "")))


def _refuse(request: HttpRequest, _plan_id: str, _target_id: str, at: datetime) -> None:
    reason = request.POST.get(asking.REASON, "")
    refuse_value(actor=actor_of(request), at=at, value_id=_id(request.POST.get(VALUE_ID, "")), reason=reason)


DEEDS = {
    "enter": Deed(
        _enter,
        gettext_lazy("Đã ghi số liệu. Người khác xác nhận thì số liệu mới được tính."),
        asking.VALUE,
    ),
    "confirm": Deed(_confirm, gettext_lazy("Đã xác nhận; trạng thái của chỉ tiêu được tính lại.")),
    "refuse": Deed(_refuse, gettext_lazy("Đã trả lại số liệu; người nhập đọc được lý do.")),
    "assign": Deed(
        assigning("target"),
        gettext_lazy("Đã đổi cơ quan chủ trì; lịch sử ghi lại cơ quan trước."),
        asking.OWNER,
    ),
}


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as problem:
        raise ValueMissing from problem


def _draw(
    request: HttpRequest,
    plan_id: str,
    target_id: str,
    *,
    at: datetime,
    data: QueryDict,
    errors: Errors = (),
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    plan, view = queries.access_target(actor=actor, at=at, plan_id=plan_id, target_id=target_id)
    page = target_page(plan, view, data=data, errors=errors)
    return draw(request, "plans/target.html", status, page=page, errors=errors)


def target_page(plan: PlanView, view: TargetView, *, data: QueryDict, errors: Errors = ()) -> TargetPage:
    """Return one target with what the officer may do."""
    wrong = tuple(FieldError(one.field_name, one.field_name, one.sentence) for one in errors)
    target, did = view.target, data.get(DO, "")
    expected = view.standing.expected
    return TargetPage(
        plan_id=plan.plan.id,
        plan=say(plan.plan.name),
        line=target_line(plan.plan, view, area="plans"),
        pillar=next(say(one.name) for one in plan.plan.pillars if one.id == target.pillar),
        note=say(target.note),
        method=_method(view),
        expected=words.number(expected, max(target.decimals, 1)) if expected is not None else "",
        prospect=words.prospect(view.forecast, target),
        chart=chart(view),
        points=tuple(
            (one.on, words.number(one.value, target.decimals), _is_sample(view, one.on))
            for one in view.points
        ),
        values=tuple(_value(plan, view, one) for one in view.entered),
        entry=_entry(view, data, wrong, is_open=did == "enter" or bool(data.get(CORRECTS))),
        owner=_owner(view, data, wrong, is_open=did == "assign") if plan.may_assign else None,
        reason=data.get(asking.REASON, ""),
        url=view.url,
        checkpoint=view.checkpoint,
        indicator=target.indicator,
        is_own=plan.is_own,
    )


def _is_sample(view: TargetView, on: date) -> bool:
    return any(
        one.evidence.is_sample for one in view.entered if one.state is ValueState.COUNTS and one.as_of == on
    )


def _method(view: TargetView) -> str:
    if view.target.base is not None:
        return _("Tiến độ được so với đường thẳng từ mốc xuất phát ghi trong kế hoạch tới mức phải đạt.")
    return _(
        "Nguồn không nêu mốc xuất phát: tiến độ được so với đường thẳng từ số liệu đầu tiên tới mức phải đạt."
    )


def _value(plan: PlanView, view: TargetView, one: ValueView) -> ValueLine:
    target, proof = view.target, one.evidence
    tone, label = words.VALUE[one.state]
    waits = one.state is ValueState.WAITS
    replaced = next((old for old in view.entered if old.id == one.corrects), None)
    address = reverse("plans:target", args=[plan.plan.id, target.id])
    may_correct = view.may_enter and one.state is ValueState.COUNTS
    return ValueLine(
        id=one.id,
        value=words.number(one.value, target.decimals),
        as_of=one.as_of,
        state=str(label),
        tone=tone,
        document=proof.document_number,
        document_on=proof.document_on,
        link=proof.link,
        file_url=reverse("plans:proof", args=[proof.file_id]) if proof.file_id else "",
        file_name=proof.file_name,
        note=proof.note,
        is_sample=proof.is_sample,
        by=proof.by_name,
        at=proof.at,
        decided_by=one.decided_by,
        decided_at=one.decided_at,
        reason=one.reason,
        corrects=words.number(replaced.value, target.decimals) if replaced else "",
        correct_url=f"{address}?{CORRECTS}={one.id}#nhap" if may_correct else "",
        may_decide=waits and view.may_confirm and not one.is_own,
        why_not=_("Bạn nhập số liệu này nên người khác phải xác nhận.") if waits and one.is_own else "",
    )


def _entry(
    view: TargetView, data: QueryDict, wrong: tuple[FieldError, ...], *, is_open: bool
) -> EntryForm | None:
    if not view.may_enter:
        return None
    target = view.target
    old = next((one for one in view.entered if str(one.id) == data.get(CORRECTS, "")), None)
    shown = data.copy()
    if old is not None and asking.VALUE not in data:
        parts = {"day": old.as_of.day, "month": old.as_of.month, "year": old.as_of.year}
        shown.update({f"{asking.AS_OF}-{part}": str(number) for part, number in parts.items()})
    unit = _("Đơn vị tính: %(unit)s.") % {"unit": say(target.unit)}
    return EntryForm(
        value=boxes.field(
            asking.VALUE,
            "short_text",
            _("Số liệu"),
            shown,
            hint=unit,
            errors=wrong,
            max_length=30,
            inputmode="decimal",
        ),
        as_of=boxes.field(
            asking.AS_OF,
            "date",
            _("Tính đến ngày"),
            shown,
            hint=_("Ngày cuối của thời gian số liệu nói đến, ví dụ 31 12 2025."),
            errors=wrong,
        ),
        proof=asking.proof_boxes(shown, wrong),
        corrects=str(old.id) if old else "",
        title=_("Đính chính số liệu đến %(day)s") % {"day": old.as_of.strftime("%d/%m/%Y")}
        if old
        else _("Nhập số liệu"),
        is_open=is_open,
    )


def _owner(view: TargetView, data: QueryDict, wrong: tuple[FieldError, ...], *, is_open: bool) -> OwnerForm:
    return owner_form(view.owner.code if view.owner else "", data, wrong, is_open=is_open)


def owner_form(code: str, data: QueryDict, wrong: tuple[FieldError, ...], *, is_open: bool) -> OwnerForm:
    """Return the form that puts an agency of the province in charge; communes are not offered."""
    offered = [(one.code, agency_name(one)) for one in people.agencies() if len(one.unit_code) == 2]
    return OwnerForm(
        owner=boxes.field(
            asking.OWNER, "one_of", _("Cơ quan chủ trì"), data, options=offered, errors=wrong, default=code
        ),
        reason=boxes.field(asking.OWNER_REASON, "short_text", _("Lý do"), data, errors=wrong, max_length=500),
        is_open=is_open,
    )
