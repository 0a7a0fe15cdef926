"""All registers an officer may go through, by field of government, with what they hold and how good it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.urls import reverse

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel.text import fold
from tinhso.people.types import Actor
from tinhso.registers import corrections, keeping, overview, policies, queries
from tinhso.registers.corrections import CorrectionCounts
from tinhso.registers.types import Kind
from tinhso.web.registers import words


@dataclass(frozen=True, slots=True)
class Score:
    """:param percent: with a comma; empty where nothing is measured"""

    label: str
    percent: str
    tone: str


@dataclass(frozen=True, slots=True)
class Line:
    url: str
    name: str
    summary: str
    records: int
    changed_at: datetime | None
    scores: tuple[Score, ...]
    quality_url: str
    enter_url: str
    outside: str


@dataclass(frozen=True, slots=True)
class Group:
    field: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class HomePage:
    """
    :param reads: a post of the actor's reads one of the registers
    :param waiting: requests to put a record right that the actor may decide
    :param over: how many records whose time of keeping is over wait for the actor's decision
    """

    groups: tuple[Group, ...]
    measured: bool
    reads: bool
    over: int
    waiting: CorrectionCounts


def home_page(*, actor: Actor, at: datetime) -> HomePage:
    """Prepare the page; its questions to the database do not grow with the registers."""
    seen = [one for one in queries.open_registers(actor) if policies.fields_seen(actor=actor, definition=one)]
    standing = overview.overview(actor=actor, definitions=seen, at=at)
    lines = [(one.field.into(words.language()), _line(actor, one, standing[one.id])) for one in seen]
    lines.sort(key=lambda pair: (fold(pair[0]), fold(pair[1].name)))
    groups = [
        Group(name, tuple(line for _name, line in found))
        for name, found in groupby(lines, key=lambda pair: pair[0])
    ]
    return HomePage(
        groups=tuple(groups),
        measured=any(line.scores for _name, line in lines),
        reads=any(line.quality_url for _name, line in lines),
        over=sum(keeping.waiting(actor=actor).values()),
        waiting=corrections.waiting_corrections(actor=actor, at=at),
    )


def _line(actor: Actor, one: RegisterDefinition, standing: overview.Standing) -> Line:
    may_enter = policies.may_enter(actor=actor, definition=one)
    return Line(
        url=reverse("registers:list", args=[one.id]),
        name=one.name.into(words.language()),
        summary=one.summary.into(words.language()),
        records=standing.records,
        changed_at=standing.changed_at,
        scores=tuple(_scores(standing)),
        quality_url=reverse("registers:quality", args=[one.id]) if standing.reads else "",
        enter_url=reverse("registers:enter", args=[one.id]) if may_enter else "",
        outside=one.system,
    )


def _scores(standing: overview.Standing) -> Iterator[Score]:
    for score in standing.scores:
        if score.percent is not None:
            yield Score(str(Kind(score.kind).label), percent(score.percent), tone(score.percent))


def percent(value: float) -> str:
    """Write a percentage: ``96,5%``."""
    return f"{value:.1f}%".replace(".", ",").replace(",0%", "%")


GOOD, FAIR = 95.0, 80.0


def tone(value: float) -> str:
    """Return how a score is coloured: the same thresholds on every page."""
    return "good" if value >= GOOD else "fair" if value >= FAIR else "bad"
