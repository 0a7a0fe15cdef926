"""How the room reads: numbers, periods, how long ago, how things stand, in the reader's language."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tinhso.indicators.judging import Verdict
from tinhso.kernel.clock import local
from tinhso.kernel.money import format_dong
from tinhso.operations.live import Counter, Live
from tinhso.operations.types import Counted
from tinhso.web.plans.words import number
from tinhso.web.templatetags.look import day, thousands

VERDICTS = {
    Verdict.REACHED: ("good", gettext_lazy("Đạt đích")),
    Verdict.NEAR: ("near", gettext_lazy("Gần đích")),
    Verdict.MISSED: ("bad", gettext_lazy("Dưới đích")),
    Verdict.NO_TARGET: ("plain", gettext_lazy("Chưa đặt đích")),
    Verdict.NO_DATA: ("plain", gettext_lazy("Chưa có số liệu")),
}
COUNTERS = {
    Counter.FILED: gettext_lazy("Nộp hôm nay"),
    Counter.SETTLED: gettext_lazy("Giải quyết hôm nay"),
    Counter.OVERDUE: gettext_lazy("Đang quá hạn"),
    Counter.WAITING: gettext_lazy("Chờ người nộp"),
    Counter.PAID: gettext_lazy("Thu hôm nay"),
}
MEANINGS = {
    Counter.FILED: gettext_lazy(
        "Hồ sơ nộp từ 0 giờ hôm nay, trực tuyến, tại quầy và qua bưu chính; "
        "hồ sơ từ Cổng quốc gia tính lúc đến đây."
    ),
    Counter.SETTLED: gettext_lazy(
        "Hồ sơ có quyết định từ 0 giờ hôm nay: ký kết quả hoặc từ chối bằng văn bản. "
        "Không tính hồ sơ không tiếp nhận, rút, dừng."
    ),
    Counter.OVERDUE: gettext_lazy(
        "Hồ sơ đã tiếp nhận, chưa xong, đã qua giờ hẹn trả, và đang không chờ người nộp."
    ),
    Counter.WAITING: gettext_lazy(
        "Hồ sơ đang chờ người nộp bổ sung hoặc nộp phí, lệ phí; đồng hồ hạn trả dừng trong lúc chờ."
    ),
    Counter.PAID: gettext_lazy(
        "Tiền của các hóa đơn được nộp đủ từ 0 giờ hôm nay, trực tuyến và tại quầy; chưa trừ khoản hoàn lại."
    ),
}
REASONS: dict[Counted, object] = {
    "overdue": gettext_lazy("quá hạn"),
    "due_today": gettext_lazy("đến hạn hôm nay"),
    "held_long": gettext_lazy("nằm lâu ở một bước"),
}


def value(amount: Decimal | None, decimals: int) -> str:
    """Return the number, never a nought for nothing."""
    return "–" if amount is None else number(amount, min(decimals, 1))


def change(amount: Decimal | None, decimals: int) -> str:
    """Return the change without its sign, which an arrow and words carry; nothing where there is none."""
    shown = "" if amount is None else number(abs(amount), min(decimals, 1))
    return shown if shown.strip("0,.") else ""


def counted(live: Live, counter: Counter) -> str:
    """Return a live figure as it is shown."""
    amount = live.of(counter)
    return format_dong(amount) if counter is Counter.PAID else str(thousands(amount))


def dossiers(count: int) -> str:
    return ngettext("%(n)s hồ sơ", "%(n)s hồ sơ", count) % {"n": thousands(count)}


def month(first: date, today: date) -> str:
    """Name a month, with its year where that is another."""
    named = str(first.month) if first.year == today.year else f"{first.month}/{first.year}"
    return _("tháng %(month)s") % {"month": named}


def short_month(first: date, *, with_year: bool) -> str:
    return f"{first.month}/{first.year % 100:02}" if with_year else str(first.month)


def ago(moment: datetime | None, at: datetime) -> str:
    """Say how long ago something was."""
    if moment is None:
        return _("chưa tính")
    minutes = max(int((at - moment).total_seconds() // 60), 0)
    if minutes < 1:
        return _("cập nhật vừa xong")
    if minutes < 60:
        return ngettext("cập nhật %(n)s phút trước", "cập nhật %(n)s phút trước", minutes) % {"n": minutes}
    if minutes < 24 * 60:
        return ngettext("cập nhật %(n)s giờ trước", "cập nhật %(n)s giờ trước", minutes // 60) % {
            "n": minutes // 60
        }
    return _("cập nhật ngày %(day)s") % {"day": day(moment)}


def left(since: datetime, counts: Counted, at: datetime) -> str:
    """Say since when, or how long is left."""
    if counts == "due_today":
        hours = max(int((since - at).total_seconds() // 3600), 0)
        if not hours:
            return _("còn dưới 1 giờ")
        return ngettext("còn %(n)s giờ", "còn %(n)s giờ", hours) % {"n": hours}
    days = (local(at).date() - local(since).date()).days
    said = {"day": f"{local(since):%d/%m}", "n": days}
    if days < 1:
        return _("từ hôm nay")
    return ngettext("từ %(day)s, %(n)s ngày", "từ %(day)s, %(n)s ngày", days) % said


def holders(holder: str, officers: int, unheld: int) -> str:
    """Say who is charged."""
    if holder:
        return _("%(name)s đang giữ") % {"name": holder}
    if not officers:
        return _("chưa ai nhận")
    parts = []
    if officers:
        parts.append(ngettext("%(n)s cán bộ đang giữ", "%(n)s cán bộ đang giữ", officers) % {"n": officers})
    if unheld:
        parts.append(ngettext("%(n)s hồ sơ chưa ai nhận", "%(n)s hồ sơ chưa ai nhận", unheld) % {"n": unheld})
    return ", ".join(parts)


def until(counted_until: date | None, today: date) -> str:
    """Name the last day that is counted."""
    last = counted_until - timedelta(days=1) if counted_until else today
    return str(day(min(last, today)))
