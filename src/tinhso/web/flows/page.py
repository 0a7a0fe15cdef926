"""What the pages of the process map show."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tinhso.definitions import catalogue
from tinhso.definitions.types import Procedure
from tinhso.flows import activities, queries
from tinhso.flows.queries import Question
from tinhso.flows.types import Activity, Flow, Passage
from tinhso.kernel.refusals import NotFound
from tinhso.people.types import Actor
from tinhso.web.desk.periods import Period
from tinhso.web.flows.drawing import Drawing, drawn
from tinhso.web.flows.words import lasting, share

PATH, SOURCE, TARGET, AFTER, RARE = "duong", "tu-viec", "den-viec", "sau", "hiem"


@dataclass(frozen=True, slots=True)
class ProcedureLine:
    name: str
    code: str
    url: str
    dossiers: int


@dataclass(frozen=True, slots=True)
class ActivityLine:
    name: str
    times: int
    dossiers: int
    repeats: int
    standing: int


@dataclass(frozen=True, slots=True)
class PassageLine:
    """:param part: of the time of all passages together, in percent"""

    source: str
    target: str
    times: int
    median: str
    slow: str
    part: str
    is_back: bool
    url: str


@dataclass(frozen=True, slots=True)
class PathLine:
    names: tuple[str, ...]
    dossiers: int
    part: str
    median: str
    url: str


@dataclass(frozen=True, slots=True)
class MapPage:
    """:param rare_url: with every passage drawn, or without the rare ones; empty where that is the same"""

    name: str
    code: str
    period: Period
    dossiers: int
    drawing: Drawing
    activities: tuple[ActivityLine, ...]
    passages: tuple[PassageLine, ...]
    paths: tuple[PathLine, ...]
    paths_in_all: int
    is_rare: bool
    rare_url: str
    log_url: str
    home_url: str


def home_lines(actor: Actor, period: Period) -> tuple[ProcedureLine, ...]:
    """Return the procedures of which the reader sees dossiers, the most first."""
    names = {one.procedure.code: one.procedure.name.into(language()) for one in catalogue.all_current()}
    found = queries.procedures(actor=actor, since=period.begins, until=period.ends)
    return tuple(
        ProcedureLine(names.get(code, code), code, address("map", code, period), dossiers)
        for code, dossiers in found
    )


def map_page(actor: Actor, code: str, period: Period, *, rare: bool) -> MapPage:
    """Return how those filed in the period went. :raises NotFound: no such procedure, now or then"""
    procedure = activities.procedure_of(code)
    flow = queries.flow(actor=actor, question=question(code, period))
    if procedure is None and not flow.dossiers:
        raise NotFound
    drawing = _drawing(flow, procedure, rare=rare)
    other = {} if rare else {RARE: "1"}
    return MapPage(
        name=name_of(code, procedure),
        code=code,
        period=period,
        dossiers=flow.dossiers,
        drawing=drawing,
        activities=tuple(_activity(one, procedure) for one in flow.activities),
        passages=_passages(flow, procedure, period, code),
        paths=_paths(flow, procedure, period, code),
        paths_in_all=flow.paths_in_all,
        is_rare=rare,
        rare_url=address("map", code, period, **other) if rare or drawing.hidden else "",
        log_url=address("log", code, period),
        home_url=address("home", None, period),
    )


def question(code: str, period: Period) -> Question:
    return Question(procedure_code=code, since=period.begins, until=period.ends)


def name_of(code: str, procedure: Procedure | None) -> str:
    return procedure.name.into(language()) if procedure else code


def say(key: str, procedure: Procedure | None) -> str:
    """Say what an activity is, in the reader's language."""
    return activities.name_of(key, procedure, language=language())


def address(route: str, code: str | None, period: Period, **more: str) -> str:
    """Return the address of a page of the map, with its period."""
    query = urlencode(period.query | {name.replace("_", "-"): value for name, value in more.items() if value})
    return reverse(f"flows:{route}", args=[code] if code else []) + (f"?{query}" if query else "")


def language() -> str:
    return (get_language() or "vi")[:2]


def _drawing(flow: Flow, procedure: Procedure | None, *, rare: bool) -> Drawing:
    return drawn(
        flow,
        names=lambda key: say(key, procedure),
        detail=_detail,
        lasting=lambda passage: lasting(passage.median),
        title=lambda passage: _title(passage, procedure),
        rare=rare,
    )


def _detail(one: Activity) -> str:
    words = ngettext("%(count)s hồ sơ", "%(count)s hồ sơ", one.dossiers) % {"count": one.dossiers}
    if one.standing:
        words += " · " + _("%(count)s đang dừng ở đây") % {"count": one.standing}
    return words


def _title(one: Passage, procedure: Procedure | None) -> str:
    words = _(
        "%(source)s → %(target)s: %(times)s lượt; một nửa không quá %(median)s, 90 %% không quá %(slow)s"
    )
    return words % {
        "source": say(one.source, procedure),
        "target": say(one.target, procedure),
        "times": one.times,
        "median": lasting(one.median),
        "slow": lasting(one.slow),
    }


def _activity(one: Activity, procedure: Procedure | None) -> ActivityLine:
    return ActivityLine(say(one.key, procedure), one.times, one.dossiers, one.repeats, one.standing)


def _passages(flow: Flow, procedure: Procedure | None, period: Period, code: str) -> tuple[PassageLine, ...]:
    whole = round(sum(one.total.total_seconds() for one in flow.passages))
    return tuple(
        PassageLine(
            source=say(one.source, procedure),
            target=say(one.target, procedure),
            times=one.times,
            median=lasting(one.median),
            slow=lasting(one.slow),
            part=share(round(one.total.total_seconds()), whole),
            is_back=one.is_back,
            url=address("dossiers", code, period, tu_viec=one.source, den_viec=one.target),
        )
        for one in flow.passages
    )


def _paths(flow: Flow, procedure: Procedure | None, period: Period, code: str) -> tuple[PathLine, ...]:
    return tuple(
        PathLine(
            names=tuple(say(key, procedure) for key in one.activities),
            dossiers=one.dossiers,
            part=share(one.dossiers, flow.dossiers),
            median=lasting(one.median),
            url=address("dossiers", code, period, duong=one.digest),
        )
        for one in flow.paths
    )
