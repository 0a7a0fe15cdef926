"""States and sources of reports in words."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.reports.models import State
from tinhso.reports.types import Line
from tinhso.reports.values import Value
from tinhso.reports.views import ReturnRow
from tinhso.web.parts import Tone

STATES: dict[State, tuple[Tone, object]] = {
    State.OPEN: ("amber", gettext_lazy("Đang lập")),
    State.SUBMITTED: ("blue", gettext_lazy("Chờ lãnh đạo ký")),
    State.SIGNED: ("blue", gettext_lazy("Đã gửi tỉnh")),
    State.RECEIVED: ("green", gettext_lazy("Tỉnh đã nhận")),
}
ACTS: dict[str, object] = {
    "saved": gettext_lazy("Lưu số liệu"),
    "filled": gettext_lazy("Lấy lại số liệu tự động"),
    "submitted": gettext_lazy("Trình lãnh đạo"),
    "signed": gettext_lazy("Ký và gửi tỉnh"),
    "received": gettext_lazy("Tỉnh nhận"),
    "sent_back": gettext_lazy("Trả lại"),
    "correcting": gettext_lazy("Bắt đầu đính chính"),
}
CELLS: dict[str, object] = {
    "received": gettext_lazy("Tiếp nhận"),
    "new": gettext_lazy("Mới trong kỳ"),
    "online": gettext_lazy("Trực tuyến"),
    "other": gettext_lazy("Trực tiếp, bưu chính"),
    "carried": gettext_lazy("Kỳ trước chuyển qua"),
    "settled": gettext_lazy("Đã giải quyết"),
    "early": gettext_lazy("Trước hạn"),
    "on_time": gettext_lazy("Đúng hạn"),
    "late": gettext_lazy("Giải quyết quá hạn"),
    "open": gettext_lazy("Đang giải quyết"),
    "open_in_time": gettext_lazy("Trong hạn"),
    "open_late": gettext_lazy("Đang quá hạn"),
    "withdrawn": gettext_lazy("Rút, dừng"),
}


def state(of: State) -> str:
    return str(STATES[of][1])


def tone(of: State) -> Tone:
    return STATES[of][0]


def number(value: Decimal | None) -> str:
    """Return a number as people write it here, empty for none: «1.234,5»."""
    return "" if value is None else f"{value:,f}".translate(str.maketrans(",.", ".,"))


def source(line: Line, value: Value) -> str:
    """Return where the line's value comes from, in words."""
    if line.indicator and value.position:
        told = _("Chỉ số %(indicator)s, tính từ sổ cái đến vị trí %(position)s")
        return told % {"indicator": line.indicator, "position": value.position}
    told_of = {
        "indicator": _("Chỉ số %(indicator)s") % {"indicator": line.indicator},
        "count": _("Hệ thống đếm hồ sơ"),
        "formula": _("Tính từ các dòng trên"),
    }
    return told_of.get(line.origin, "")


def left(due_at: datetime, at: datetime, row: ReturnRow) -> str:
    """Return how much time there is, in words; both moments are local."""
    if row.signed_at is not None:
        return _("Gửi muộn") if row.is_late else _("Gửi đúng hạn")
    days = (due_at.date() - at.date()).days
    if row.is_late:
        return _("Quá hạn %(days)s ngày") % {"days": -days} if days < 0 else _("Quá hạn hôm nay")
    return _("Còn %(days)s ngày") % {"days": days} if days > 0 else _("Hạn hôm nay")
