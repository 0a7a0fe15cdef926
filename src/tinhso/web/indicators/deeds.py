"""What a publisher does on an indicator's page: tell its figures, enter a value that others compute."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.forms.types import Field, FieldError
from tinhso.indicators import periods
from tinhso.indicators.actions.ask_publishing import ask_publishing
from tinhso.indicators.actions.enter_value import DocumentMissing, enter_value
from tinhso.indicators.definitions import Indicator
from tinhso.indicators.periods import PeriodUnknown
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Invalid
from tinhso.people.types import Actor
from tinhso.web.desk import boxes
from tinhso.web.indicators import words
from tinhso.web.indicators.asking import PERIOD, Asked
from tinhso.web.parts import LinkedError
from tinhso.web.plans import asking as plain
from tinhso.web.plans.asking import DayUnreadable
from tinhso.web.plans.words import decimal_of

DO, VALUE, DOCUMENT, ON, UNIT = "viec", "gia-tri", "van-ban", "ngay-van-ban", "don-vi"
PERIOD_BOX = "ky-nhap"
# Where what is wrong is shown, by its code; else at the value.
BOXES: Mapping[str, str] = {
    PeriodUnknown.code: PERIOD_BOX,
    DayUnreadable.code: ON,
    DocumentMissing.code: DOCUMENT,
}
Errors = tuple[FieldError | LinkedError, ...]


class NoSuchDeed(Invalid):
    code = "indicator-no-such-deed"
    message = gettext_lazy("Không có việc này ở trang chỉ số. Hãy mở lại trang rồi thử lại.")


class NoSuchUnit(Invalid):
    code = "indicator-no-such-unit"
    message = gettext_lazy("Hôm nay tỉnh không có đơn vị này. Hãy chọn một đơn vị trong danh sách.")


@dataclass(frozen=True, slots=True)
class Forms:
    """:param entry: boxes of a value to be entered; None: it is computed, or the reader may not"""

    entry: tuple[Field, ...] | None
    may_publish: bool
    is_open: bool
    period: str


def forms(one: Indicator, asked: Asked, data: QueryDict, errors: Errors, *, may: bool, today: date) -> Forms:
    """Return what the reader may do here."""
    wrong = tuple(FieldError(each.field_name, each.field_name, each.sentence) for each in errors)
    entry = _entry(one, data, wrong, today) if may and one.manual else None
    return Forms(entry, may and one.manual is None, bool(errors), words.period(asked.period))


def carry_out(data: QueryDict, one: Indicator, *, actor: Actor, at: datetime) -> str:
    """Do what the button sent; return a sentence on what happened. :raises Refusal: it cannot be"""
    match data.get(DO):
        case "publish":
            return _publish(data, one, actor, at)
        case "enter":
            return _enter(data, one, actor, at)
    raise NoSuchDeed


def _publish(data: QueryDict, one: Indicator, actor: Actor, at: datetime) -> str:
    period = periods.named(data.get(PERIOD, ""))
    ask_publishing(actor=actor, at=at, indicator_id=one.id, period=period)
    return _("Đang tính lại và công bố số liệu của %(period)s; con số hiện ở mục đã công bố sau ít giây.") % {
        "period": words.period(period)
    }


def _enter(data: QueryDict, one: Indicator, actor: Actor, at: datetime) -> str:
    period = periods.named(data.get(PERIOD_BOX, "").strip())
    enter_value(
        actor=actor,
        at=at,
        indicator_id=one.id,
        period=period,
        value=decimal_of(data.get(VALUE, "")),
        document=data.get(DOCUMENT, ""),
        document_on=plain.needed_day(data, ON),
        unit=known_unit(data.get(UNIT, ""), at=at),
    )
    return _("Đã ghi giá trị của %(period)s; giá trị trước, nếu có, vẫn đọc được trong lịch sử.") % {
        "period": words.period(period)
    }


def known_unit(code: str, *, at: datetime) -> str:
    """Return the code of a unit, empty for the province. :raises NoSuchUnit: no such unit is here today"""
    if code and code not in dict(words.units(local(at).date())):
        raise NoSuchUnit
    return code


def _entry(one: Indicator, data: QueryDict, wrong: tuple[FieldError, ...], today: date) -> tuple[Field, ...]:
    return (
        boxes.field(
            PERIOD_BOX,
            "short_text",
            _("Kỳ"),
            data,
            hint=_("Ghi như 2026, 2026-Q3, 2026-08, hoặc 2026-08-bc cho kỳ báo cáo từ ngày 15 đến ngày 14."),
            errors=wrong,
        ),
        boxes.field(
            UNIT,
            "one_of",
            _("Của đơn vị nào"),
            data,
            hint=_("Để trống khi là giá trị của toàn tỉnh."),
            errors=wrong,
            required=False,
            options=words.units(today),
        ),
        boxes.field(
            VALUE, "short_text", _("Giá trị"), data, hint=one.unit.vi, errors=wrong, inputmode="decimal"
        ),
        boxes.field(
            DOCUMENT,
            "short_text",
            _("Số và tên văn bản nêu giá trị"),
            data,
            hint=_("Ví dụ: 125/BC-CTK."),
            errors=wrong,
            max_length=300,
        ),
        boxes.field(ON, "date", _("Ngày văn bản"), data, errors=wrong),
    )
