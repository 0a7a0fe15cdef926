"""Index sets: their points by group and line, and the units by their points."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.indicators.actions.ask_cuts import ask_cuts
from tinhso.indicators.definitions import Indicator, indicators
from tinhso.indicators.index_sets import IndexSet, index_set, index_sets
from tinhso.indicators.scoring import GroupScore, LineScore, Score
from tinhso.indicators.set_scores import cuts_of, standing
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.web.desk.guard import draw, officers_only
from tinhso.web.indicators import words
from tinhso.web.indicators.asking import Asked, asked
from tinhso.web.indicators.choosing import Choice, period_choices
from tinhso.web.plans.words import number
from tinhso.web.portal.language import say


@dataclass(frozen=True, slots=True)
class LineRow:
    """:param points: empty: nothing is known, and nothing is taken"""

    id: str
    name: str
    url: str
    value: str
    unit: str
    points: str
    most: str
    is_entered: bool
    is_setting: bool
    times: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    id: str
    name: str
    note: str
    points: str
    known: str
    most: str
    lines: tuple[LineRow, ...]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """:param rank: 0: another part of the points is known than of those that lead"""

    rank: int
    name: str
    points: str
    known: str
    grade: str


@dataclass(frozen=True, slots=True)
class SetPage:
    id: str
    name: str
    source: str
    period: str
    period_name: str
    choices: tuple[Choice, ...]
    points: str
    known: str
    most: str
    grade: str
    index: str
    groups: tuple[GroupRow, ...]
    units: tuple[UnitRow, ...]
    unit_known: str
    computed_at: datetime | None
    position: int
    waiting: bool
    wrong: str


@dataclass(frozen=True, slots=True)
class SetLine:
    id: str
    name: str
    url: str
    source: str
    lines: int
    points: str


@require_safe
@officers_only
def home(request: HttpRequest) -> HttpResponse:
    """List the sets."""
    lines = tuple(
        SetLine(
            one.id,
            say(one.name),
            reverse("indicators:index-set", args=[one.id]),
            " ".join(one.source.split()),
            sum(len(group.lines) for group in one.groups),
            shown(sum((group.points for group in one.groups), Decimal(0))),
        )
        for one in index_sets().values()
    )
    return draw(request, "indicators/sets.html", sets=lines)


@require_safe
@officers_only
def show(request: HttpRequest, set_id: str) -> HttpResponse:
    """Show one set. :raises IndexSetMissing: there is none"""
    at, wanted = clock.now(), index_set(set_id)
    question = asked(request.GET, today=local(at).date())
    page = set_page(wanted, question, at=at)
    return draw(request, "indicators/set.html", 422 if question.wrong else 200, page=page)


def set_page(wanted: IndexSet, question: Asked, *, at: datetime) -> SetPage:
    """Return the set's points; what is not counted yet is asked for."""
    today = local(at).date()
    found = standing(wanted, period=question.period)
    ask_cuts(at=at, cuts=cuts_of(wanted, question.period))
    whole, known = found.province, indicators()
    return SetPage(
        id=wanted.id,
        name=say(wanted.name),
        source=" ".join(wanted.source.split()),
        period=words.period(question.period),
        period_name=question.name,
        choices=period_choices(today, question.period),
        points=shown(whole.points),
        known=shown(whole.known),
        most=shown(whole.most),
        grade=say(whole.grade) if whole.grade else "",
        index=number(whole.index, 4) if whole.index is not None else "",
        groups=tuple(_group(group, question, known) for group in whole.groups),
        units=_units(found.units, question),
        unit_known=shown(max((one.known for one in found.units), default=Decimal(0))),
        computed_at=found.computed_at,
        position=whole.checkpoint.position if whole.checkpoint else 0,
        waiting=found.is_waiting,
        wrong=question.wrong,
    )


def _units(found: Sequence[Score], question: Asked) -> tuple[UnitRow, ...]:
    """Return the units, the most points first: only those of which as much is known compare."""
    if not found:
        return ()
    most_known = max(one.known for one in found)
    ordered = sorted(found, key=lambda one: (one.known < most_known, -(one.points or 0), one.unit))
    names = words.names_of("unit", (one.unit for one in ordered), today=question.period.since)
    rows: list[UnitRow] = []
    for place, one in enumerate(ordered):
        is_ranked = one.known == most_known and one.points is not None
        same = place and rows[-1].rank and ordered[place - 1].points == one.points
        rank = 0 if not is_ranked else rows[-1].rank if same else place + 1
        grade = say(one.grade) if one.grade else ""
        rows.append(UnitRow(rank, names[one.unit], shown(one.points), shown(one.known), grade))
    return tuple(rows)


def _group(group: GroupScore, question: Asked, known: Mapping[str, Indicator]) -> GroupRow:
    return GroupRow(
        group.group.id,
        say(group.group.name),
        say(group.group.note),
        shown(group.points),
        shown(group.known),
        shown(group.most),
        tuple(_line(line, question, known[line.line.indicator]) for line in group.lines),
    )


def _line(line: LineScore, question: Asked, one: Indicator) -> LineRow:
    return LineRow(
        id=line.line.id,
        name=say(one.name),
        url=f"{reverse('indicators:indicator', args=[one.id])}?{question.query()}",
        value=words.value(one, line.value),
        unit=say(one.unit),
        points=shown(line.points),
        most=shown(line.most),
        is_entered=line.entered,
        is_setting=line.is_setting,
        times=_("nhân với chỉ số %(id)s") % {"id": line.line.times} if line.line.times else "",
    )


def shown(value: Decimal | None) -> str:
    """Return points without noughts at their end; empty: nothing is known."""
    if value is None:
        return ""
    places = max(0, -int(value.normalize().as_tuple().exponent))
    return number(value, places)
