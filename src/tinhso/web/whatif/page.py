"""What the page of what-if shows: the past beside the simulation of it, and the simulation of the change."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tinhso.dossiers.durations import in_working_time
from tinhso.forms.types import Problem
from tinhso.people.types import Actor
from tinhso.web.desk.people.page import role_name
from tinhso.web.desk.periods import Period
from tinhso.web.whatif.asking import MORE, Asked, Office, box_of
from tinhso.whatif import queries
from tinhso.whatif.running import outcome
from tinhso.whatif.types import Change, Outcome, Past, Station

# At this share of their time officers are taken to be short: queues grow steeply from here on.
SHORT = 0.85


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: as it was, as the simulation of it says, and after the change."""

    label: str
    was: str
    simulated: str
    changed: str


@dataclass(frozen=True, slots=True)
class Box:
    """:param officers: how many worked there in the period"""

    name: str
    label: str
    value: str
    officers: int
    error: str


@dataclass(frozen=True, slots=True)
class Place:
    """A station, now and after the change; ``is_short`` after it."""

    label: str
    officers: int
    busy: str
    wait: str
    is_short: bool


@dataclass(frozen=True, slots=True)
class WhatIfPage:
    """
    :param cases: finished dossiers it is fitted on
    :param is_enough: they are enough to say anything
    :param verdict: what would become, in one sentence; empty when nothing is changed
    """

    offices: tuple[Office, ...]
    period: Period
    cases: int
    left_out: int
    fewest: int
    is_enough: bool
    more: str
    more_error: str
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    places: tuple[Place, ...]
    is_change: bool
    verdict: str
    errors: tuple[Problem, ...]


def fitted(actor: Actor, office: Office, period: Period, *, at: datetime) -> Past:
    """Return what the simulation rests on."""
    if period.begins is None or period.wrong:
        return Past()
    return queries.past(actor=actor, agency_id=office.id, since=period.begins, until=period.ends or at)


def what_if_page(past: Past, asked: Asked, offices: tuple[Office, ...], period: Period) -> WhatIfPage:
    """Return the page; the simulation runs here."""
    is_enough = len(past.cases) >= queries.FEWEST_CASES
    today = outcome(past, Change()) if is_enough else None
    changed = outcome(past, asked.change) if is_enough and asked.is_change else None
    wrong = {one.field_name: one.sentence for one in asked.errors}
    return WhatIfPage(
        offices=offices,
        period=period,
        cases=len(past.cases),
        left_out=past.left_out,
        fewest=queries.FEWEST_CASES,
        is_enough=is_enough,
        more=asked.typed[MORE],
        more_error=wrong.get(MORE, ""),
        boxes=tuple(_box(station, many, asked, wrong) for station, many in past.officers.items()),
        lines=_lines(past, today, changed) if today else (),
        places=_places(changed or today),
        is_change=changed is not None,
        verdict=_verdict(today, changed),
        errors=asked.errors,
    )


def _box(station: Station, many: int, asked: Asked, wrong: dict[str, str]) -> Box:
    name = box_of(station)
    return Box(name, role_name(station.role), asked.typed[name], many, wrong.get(name, ""))


def _lines(past: Past, today: Outcome, changed: Outcome | None) -> tuple[Line, ...]:
    known = [case.took <= case.allowed for case in past.cases if case.allowed is not None]
    took = sorted(case.took for case in past.cases)
    return (
        Line(
            _("Xong đúng hạn"),
            _percent(sum(known) / len(known)) if known else _("chưa có số liệu"),
            _span(today),
            _span(changed) if changed else "",
        ),
        _time(_("Một nửa xong trong"), took[len(took) // 2], today, changed, lambda found: found.median),
        _time(
            _("Chín phần mười xong trong"),
            took[len(took) * 9 // 10],
            today,
            changed,
            lambda found: found.slow,
        ),
    )


def _time(
    label: str, was: float, today: Outcome, changed: Outcome | None, told: Callable[[Outcome], float]
) -> Line:
    minutes = (was, told(today), *([told(changed)] if changed else []))
    words = [in_working_time(round(one)) for one in minutes]
    return Line(label, words[0], words[1], words[2] if changed else "")


def _span(found: Outcome) -> str:
    """Say the share with what the rounds spread over."""
    if found.on_time is None or found.least is None or found.most is None:
        return _("chưa có số liệu")
    words = {"mean": _percent(found.on_time), "least": _percent(found.least), "most": _percent(found.most)}
    return _("%(mean)s (các lượt từ %(least)s đến %(most)s)") % words


def _places(found: Outcome | None) -> tuple[Place, ...]:
    loads = found.loads.items() if found else ()
    return tuple(
        Place(
            label=role_name(station.role),
            officers=load.officers,
            busy=_percent(load.busy),
            wait=in_working_time(round(load.wait)) if load.wait >= 1 else _("không phải chờ"),
            is_short=load.busy >= SHORT,
        )
        for station, load in sorted(loads, key=lambda pair: -pair[1].busy)
    )


def _verdict(today: Outcome | None, changed: Outcome | None) -> str:
    if today is None or changed is None or today.on_time is None or changed.on_time is None:
        return ""
    words = {"now": _percent(today.on_time), "then": _percent(changed.on_time)}
    worst = max(changed.loads.items(), key=lambda pair: pair[1].busy)
    words |= {"role": role_name(worst[0].role), "busy": _percent(worst[1].busy)}
    said = _("Mô phỏng: đúng hạn từ %(now)s thành %(then)s. Bận nhất: %(role)s, %(busy)s thời gian làm việc.")
    return said % words


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
