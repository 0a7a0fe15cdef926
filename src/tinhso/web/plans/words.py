"""How plans read: status, numbers and reasons as sentences of the reader's language."""

from decimal import Decimal, InvalidOperation

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tinhso.kernel.refusals import Refusal
from tinhso.plans.forecast import Chance, Forecast, Silence
from tinhso.plans.status import Standing, Status
from tinhso.plans.types import Target
from tinhso.plans.values import ValueState
from tinhso.plans.views import TaskState, TaskView
from tinhso.web.parts import Tone
from tinhso.web.templatetags.look import day

STATUS: dict[Status, tuple[Tone, str, object]] = {
    Status.REACHED: ("green", "circle-check", gettext_lazy("Đạt")),
    Status.ON_THE_WAY: ("blue", "arrow-right", gettext_lazy("Đang đúng tiến độ")),
    Status.BEHIND: ("red", "alert-triangle", gettext_lazy("Chậm")),
    Status.OPEN: ("amber", "hourglass", gettext_lazy("Chưa đạt")),
    Status.NO_DATA: ("grey", "info-circle", gettext_lazy("Chưa có số liệu")),
}
TASK: dict[TaskState, tuple[Tone, str, object]] = {
    TaskState.DONE: ("green", "circle-check", gettext_lazy("Hoàn thành")),
    TaskState.LATE: ("red", "alert-triangle", gettext_lazy("Quá hạn")),
    TaskState.BLOCKED: ("amber", "lock", gettext_lazy("Chờ việc khác")),
    TaskState.RUNNING: ("blue", "arrow-right", gettext_lazy("Đang làm")),
    TaskState.NOT_STARTED: ("grey", "clock", gettext_lazy("Chưa có báo cáo")),
}
VALUE: dict[ValueState, tuple[Tone, object]] = {
    ValueState.COUNTS: ("green", gettext_lazy("Đã xác nhận")),
    ValueState.WAITS: ("amber", gettext_lazy("Chờ xác nhận")),
    ValueState.REFUSED: ("red", gettext_lazy("Trả lại")),
    ValueState.REPLACED: ("grey", gettext_lazy("Đã được đính chính")),
}


class NotANumber(Refusal):
    code = "plan-not-a-number"
    message = gettext_lazy("«%(text)s» không phải là số. Hãy ghi như 21,6 hoặc 1.250.")


def number(value: Decimal, decimals: int = 0) -> str:
    """
    Return the value as the reader's language writes it.

    >>> number(Decimal("1250.50"), 1)
    '1.250,5'
    """
    return formats.number_format(value, decimals, use_l10n=True, force_grouping=True)


def decimal_of(text: str) -> Decimal:
    """
    Return what somebody typed as a number, Vietnamese (1.250,5) or plain (1250.5). :raises NotANumber: none

    >>> decimal_of("1.250,5"), decimal_of("21.6")
    (Decimal('1250.5'), Decimal('21.6'))
    """
    plain = text.strip().replace(" ", "").replace("%", "")
    head, comma, tail = plain.partition(",")
    groups = head.lstrip("-").split(".")
    if comma or (len(groups) > 1 and groups[0] != "0" and all(len(one) == 3 for one in groups[1:])):
        plain = head.replace(".", "") + ("." + tail if comma else "")
    try:
        found = Decimal(plain)
    except InvalidOperation as problem:
        raise NotANumber(text=text[:40] or "…") from problem
    if not found.is_finite():
        raise NotANumber(text=text[:40] or "…")
    return found


def aim(target: Target) -> str:
    """Return what is aimed at, e.g. «≥ 20,0»."""
    sign = (">" if target.exceed else "≥") if target.direction == "up" else ("<" if target.exceed else "≤")
    return f"{sign} {number(target.aim, target.decimals)}"


def standing(found: Standing) -> str:
    """Return a sentence on how the target stands."""
    match found.status:
        case Status.REACHED:
            return _("Đạt sau hạn") if found.is_late else _("Đạt")
        case Status.BEHIND:
            return _("Hết hạn, chưa đạt") if found.is_late else _("Chậm so với tiến độ")
        case Status.NO_DATA:
            return _("Hết hạn, chưa có số liệu") if found.is_late else _("Chưa có số liệu")
        case status:
            return str(STATUS[status][2])


def prospect(found: Forecast | Silence, target: Target) -> str:
    """Return what the forecast says, or why there is none."""
    if isinstance(found, Forecast):
        data = {
            "value": number(found.value, max(target.decimals, 1)),
            "low": number(found.low, max(target.decimals, 1)),
            "high": number(found.high, max(target.decimals, 1)),
            "day": day(found.on),
        }
        said = {
            Chance.LIKELY: _(
                "Theo đà này đến %(day)s: %(value)s (từ %(low)s đến %(high)s), nhiều khả năng đạt."
            ),
            Chance.UNCERTAIN: _(
                "Theo đà này đến %(day)s: %(value)s (từ %(low)s đến %(high)s), chưa chắc đạt."
            ),
            Chance.UNLIKELY: _("Theo đà này đến %(day)s: %(value)s (từ %(low)s đến %(high)s), khó đạt."),
        }
        return said[found.chance] % data
    return {
        Silence.TOO_FEW: _("Chưa dự báo: cần ít nhất bốn số liệu ở các ngày khác nhau."),
        Silence.TOO_FAR: _("Không dự báo: hạn còn quá xa so với khoảng thời gian đã có số liệu."),
        Silence.DAY_IS_OVER: _("Đã qua hạn, không còn gì để dự báo."),
    }[found]


def time_left(one: TaskView) -> str:
    """Return how long until the task is due."""
    if one.days_left is None:
        return _("Nguồn không nêu hạn")
    if one.state is TaskState.DONE:
        return _("Hạn %(day)s") % {"day": day(one.task.due)}
    if one.days_left < 0:
        late = -one.days_left
        return ngettext("Quá hạn %(count)s ngày", "Quá hạn %(count)s ngày", late) % {"count": late}
    if one.days_left == 0:
        return _("Đến hạn hôm nay")
    return ngettext("Còn %(count)s ngày", "Còn %(count)s ngày", one.days_left) % {"count": one.days_left}
