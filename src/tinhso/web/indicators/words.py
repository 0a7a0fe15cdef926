"""How figures read: periods, values, verdicts and what figures are cut by."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tinhso.definitions import catalogue
from tinhso.indicators import periods
from tinhso.indicators.definitions import Indicator
from tinhso.indicators.formulas import Period
from tinhso.indicators.judging import Verdict
from tinhso.people import queries as people
from tinhso.territory import queries as territory
from tinhso.web.desk.channels import WORDS as CHANNELS
from tinhso.web.parts import Tone
from tinhso.web.plans.words import number
from tinhso.web.portal.language import say
from tinhso.web.province import current
from tinhso.web.templatetags.look import day

VERDICTS: Mapping[Verdict, tuple[Tone, str, object]] = {
    Verdict.REACHED: ("green", "circle-check", gettext_lazy("Đạt")),
    Verdict.NEAR: ("amber", "hourglass", gettext_lazy("Gần đạt")),
    Verdict.MISSED: ("red", "alert-triangle", gettext_lazy("Chưa đạt")),
    Verdict.NO_TARGET: ("grey", "info-circle", gettext_lazy("Không đặt mục tiêu")),
    Verdict.NO_DATA: ("grey", "info-circle", gettext_lazy("Chưa có số liệu")),
}
DIMENSIONS: Mapping[str, object] = {
    "unit": gettext_lazy("Xã, phường, đặc khu"),
    "agency": gettext_lazy("Cơ quan"),
    "field": gettext_lazy("Lĩnh vực"),
    "level": gettext_lazy("Cấp giải quyết"),
    "procedure": gettext_lazy("Thủ tục"),
    "channel": gettext_lazy("Cách nộp"),
    "month": gettext_lazy("Tháng"),
    "officer": gettext_lazy("Cán bộ"),
}
LEVELS = {"commune": gettext_lazy("Cấp xã"), "province": gettext_lazy("Cấp tỉnh")}


def period(one: Period) -> str:
    """Return the period as people say it."""
    last = one.until - timedelta(days=1)
    data = {
        "month": last.month,
        "year": last.year,
        "quarter": (last.month - 1) // 3 + 1,
        "since": day(one.since),
        "last": day(last),
    }
    said = {
        "month": _("Tháng %(month)s/%(year)s"),
        "quarter": _("Quý %(quarter)s/%(year)s"),
        "year": _("Năm %(year)s"),
        "report": _("Kỳ báo cáo tháng %(month)s/%(year)s (%(since)s đến %(last)s)"),
        None: _("%(since)s đến %(last)s"),
    }
    return said[periods.kind_of(one)] % data


def value(one: Indicator, found: Decimal | None) -> str:
    """Return the value as the reader writes it; empty: nothing is known."""
    return "" if found is None else number(found, one.decimals)


def change(one: Indicator, found: Decimal) -> str:
    """Return a change with its sign; percentages change by points."""
    sign = "+" if found > 0 else "−" if found < 0 else ""
    unit = _("điểm phần trăm") if one.unit.vi == "%" else say(one.unit)
    return f"{sign}{number(abs(found), one.decimals)} {unit}"


def target(one: Indicator) -> str:
    """Return what is aimed at; empty: nothing."""
    if one.target is None:
        return ""
    # A target is told as it was written, without the noughts a value has.
    sign = "≥" if one.direction == "up" else "≤"
    places = max(0, -int(one.target.normalize().as_tuple().exponent))
    return f"{sign} {number(one.target, places)}"


def direction(one: Indicator) -> str:
    """Return which way is better."""
    return _("càng cao càng tốt") if one.direction == "up" else _("càng thấp càng tốt")


def names_of(dimension: str, members: Iterable[str], *, today: date) -> Mapping[str, str]:
    """Return what the members of a dimension are called; what has no name keeps its code."""
    wanted = tuple(dict.fromkeys(members))
    found = _NAMES[dimension](wanted, today) if dimension in _NAMES else {}
    return {one: found.get(one) or one or _("không rõ") for one in wanted}


def units(today: date) -> tuple[tuple[str, str], ...]:
    """Return the units of today's map, by name."""
    found = territory.communes(current().code, today)
    return tuple(sorted(((one.code, one.name) for one in found), key=lambda pair: pair[1]))


def _units(codes: tuple[str, ...], today: date) -> dict[str, str]:
    here = {one.code: one.name for one in territory.communes(current().code, today)}
    province = territory.unit(current().code, today)
    before = {
        code: one.name
        for code in codes
        if code not in here and (one := territory.unit(code, today - timedelta(days=366 * 2)))
    }
    return {**before, **here, **({province.code: province.name} if province else {})}


def _agencies(_codes: tuple[str, ...], _today: date) -> dict[str, str]:
    return {one.code: one.name for one in people.agencies()}


def _procedures(_codes: tuple[str, ...], _today: date) -> dict[str, str]:
    return {one.procedure.code: say(one.procedure.name) for one in catalogue.all_current()}


def _officers(ids: tuple[str, ...], _today: date) -> dict[str, str]:
    known = people.officer_names([UUID(one) for one in ids if one])
    return {str(account): name for account, name in known.items()}


def _months(days: tuple[str, ...], _today: date) -> dict[str, str]:
    return {one: f"{one[5:7]}/{one[:4]}" for one in days if one}


_NAMES: Mapping[str, Callable[[tuple[str, ...], date], Mapping[str, str]]] = {
    "unit": _units,
    "agency": _agencies,
    "procedure": _procedures,
    "officer": _officers,
    "month": _months,
    "channel": lambda _codes, _today: {str(key): str(said) for key, said in CHANNELS.items()},
    "level": lambda _codes, _today: {key: str(said) for key, said in LEVELS.items()},
}
