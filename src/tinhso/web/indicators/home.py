"""All indicators by their groups: what they come to now, and against the period before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.indicators import entered, periods
from tinhso.indicators.actions.ask_cuts import ask_cuts
from tinhso.indicators.definitions import Indicator, indicators
from tinhso.indicators.formulas import Period
from tinhso.indicators.index_sets import IndexSet, index_sets
from tinhso.indicators.judging import Verdict, is_better, judge
from tinhso.indicators.models import EnteredValue
from tinhso.indicators.standing import Cut, Stood, stood
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.web.desk.guard import draw, officers_only
from tinhso.web.indicators import words
from tinhso.web.indicators.asking import Asked, asked
from tinhso.web.indicators.chart import spark
from tinhso.web.indicators.choosing import Choice, period_choices
from tinhso.web.parts import Tone
from tinhso.web.portal.language import say

MONTHS = 13


@dataclass(frozen=True, slots=True)
class Line:
    """
    One indicator as lists show it.

    :param value: empty: nothing is known
    :param of: the period of the value where it is another than that asked for; empty: the same
    """

    id: str
    name: str
    url: str
    unit: str
    value: str
    of: str
    whole: int | None
    target: str
    change: str
    change_tone: str
    tone: Tone
    icon: str
    status: str
    spark: str
    is_entered: bool
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class SetPart:
    """The indicators of one index set; ``url``: its points; empty for those in no set."""

    id: str
    name: str
    url: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class HomePage:
    """:param until: the last day that is counted, of a period that is not over; None: it is over"""

    period: str
    until: date | None
    choices: tuple[Choice, ...]
    sets: tuple[SetPart, ...]
    computed_at: datetime | None
    wrong: str


@require_safe
@officers_only
def show(request: HttpRequest) -> HttpResponse:
    """List the indicators with what they come to in the chosen period."""
    at = clock.now()
    question = asked(request.GET, today=local(at).date())
    page = home_page(question, at=at)
    return draw(request, "indicators/home.html", 422 if question.wrong else 200, page=page)


def home_page(question: Asked, *, at: datetime) -> HomePage:
    """Return all indicators; what is not counted yet is asked for."""
    today, known = local(at).date(), indicators()
    values = Values(tuple(known), question.period, today)
    ask_cuts(at=at, cuts=values.missing)
    lines = {one.id: values.line(one, question) for one in known.values()}
    return HomePage(
        period=words.period(question.period),
        until=min(today, question.period.until) if today < question.period.until else None,
        choices=period_choices(today, question.period),
        sets=tuple(_sets(lines)),
        computed_at=values.computed_at,
        wrong=question.wrong,
    )


class Values:
    """What is known of several indicators in a period: the value, the one before, the months."""

    def __init__(self, ids: Sequence[str], period: Period, today: date) -> None:
        known = indicators()
        self.period, self.before = period, periods.before(period)
        self.months = periods.months_up_to(today, MONTHS)
        wanted = [Cut(one, each) for one in ids for each in (period, self.before)]
        self.found = stood([*wanted, *(Cut(one, each) for one in ids for each in self.months)])
        self.newest: Mapping[str, EnteredValue] = entered.newest(
            [one for one in ids if known[one].manual is not None]
        )
        self.missing = [cut for cut in wanted if cut not in self.found]

    @property
    def computed_at(self) -> datetime | None:
        told = [one.computed_at for cut, one in self.found.items() if one.series.checkpoint]
        return max(told, default=None)

    def of(self, one: Indicator, period: Period) -> Stood | None:
        return self.found.get(Cut(one.id, period))

    def line(self, one: Indicator, question: Asked) -> Line:
        """Return one indicator; an entered one shows its latest value where the period has none."""
        now, before = self.of(one, self.period), self.of(one, self.before)
        last = self.newest.get(one.id) if one.manual and now is None else None
        figure = now.figure if now else None
        value = figure.value if figure else last.value if last else None
        earlier = before.figure.value if before and before.figure else None
        changed = (
            figure.value - earlier if figure and figure.value is not None and earlier is not None else None
        )
        verdict = judge(one, value)
        tone, icon, status = words.VERDICTS[verdict]
        is_waiting = one.manual is None and now is None
        months = [(month, found.figure if (found := self.of(one, month)) else None) for month in self.months]
        return Line(
            id=one.id,
            name=say(one.name),
            url=f"{reverse('indicators:indicator', args=[one.id])}?{question.query()}",
            unit=say(one.unit),
            value=words.value(one, value),
            of=words.period(Period(last.since, last.until)) if last else "",
            whole=int(figure.sums[one.whole]) if figure and one.whole in figure.sums else None,
            target=words.target(one),
            change=words.change(one, changed) if changed is not None else "",
            change_tone="" if not changed else "good" if is_better(one, changed) else "bad",
            tone="grey" if is_waiting else tone,
            icon="hourglass" if is_waiting else icon,
            status=_("Đang tính") if is_waiting else "" if verdict is Verdict.NO_TARGET else str(status),
            spark=spark(months),
            is_entered=one.manual is not None,
            is_waiting=is_waiting,
        )


def _sets(lines: Mapping[str, Line]) -> Iterator[SetPart]:
    seen: set[str] = set()
    for one in index_sets().values():
        groups = tuple(_groups(one, lines, seen))
        if groups:
            yield SetPart(one.id, say(one.name), reverse("indicators:index-set", args=[one.id]), groups)
    rest = tuple(line for id_, line in lines.items() if id_ not in seen)
    if rest:
        yield SetPart("khac", _("Chỉ số khác"), "", (Group("khac", "", rest),))


def _groups(one: IndexSet, lines: Mapping[str, Line], seen: set[str]) -> Iterator[Group]:
    for group in one.groups:
        held = [line.indicator for line in group.lines if line.indicator and line.indicator not in seen]
        seen.update(held)
        if held:
            yield Group(f"{one.id}-{group.id}", say(group.name), tuple(lines[id_] for id_ in held))
