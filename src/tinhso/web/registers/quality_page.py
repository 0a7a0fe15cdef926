"""The four words of a register: as a whole, by rule, by unit, over time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel.clock import local
from tinhso.people.types import Actor
from tinhso.registers import quality
from tinhso.registers.types import Kind, Quality, RuleCount, Score
from tinhso.web.registers import asking, words
from tinhso.web.registers.home_page import percent, tone
from tinhso.web.registers.rules import MEANINGS, sentence_of

DAYS = 90
WIDTH, HEIGHT = 240.0, 56.0


@dataclass(frozen=True, slots=True)
class Trend:
    """:param points: of the line, in the drawing's units; ``words`` says the same"""

    points: str
    last: tuple[float, float]
    words: str


@dataclass(frozen=True, slots=True)
class Word:
    """
    One of the four.

    :param percent: empty where there is nothing to measure
    :param why_not: why it is not measured
    """

    kind: str
    label: str
    meaning: str
    percent: str
    tone: str
    failing: int
    trend: Trend | None
    why_not: str


@dataclass(frozen=True, slots=True)
class RuleLine:
    sentence: str
    kind: str
    field: str
    weight: int
    failing: int
    url: str


@dataclass(frozen=True, slots=True)
class UnitLine:
    """:param cells: percentage and tone of each word"""

    name: str
    url: str
    cells: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class QualityPage:
    """:param expected_percent: how much of the expected population is there; empty where nobody said"""

    id: str
    name: str
    list_url: str
    records: int
    expected: int | None
    expected_percent: str
    expected_source: str
    words: tuple[Word, ...]
    kinds: tuple[str, ...]
    rules: tuple[RuleLine, ...]
    units: tuple[UnitLine, ...]
    twins: int
    twins_url: str
    rhythm: str


def quality_page(*, actor: Actor, at: datetime, definition: RegisterDefinition) -> QualityPage:
    """
    Prepare the page, as far as the actor's posts reach.

    :raises NotAllowed: the actor has no post that reads the register
    """
    found = quality.quality_of(actor=actor, register_id=definition.id, at=at)
    rules = tuple(_rules(definition, found))
    expected = definition.expected
    return QualityPage(
        id=definition.id,
        name=definition.name.into(words.language()),
        list_url=reverse("registers:list", args=[definition.id]),
        records=found.records,
        expected=expected.count if expected else None,
        expected_percent=percent(100 * found.records / expected.count) if expected else "",
        expected_source=expected.source if expected else "",
        words=tuple(_words(actor, definition, found, since=local(at).date() - timedelta(days=DAYS))),
        kinds=tuple(str(kind.label) for kind in Kind),
        rules=rules,
        units=tuple(_units(definition, found.units, on=local(at).date())),
        twins=next((one.failing for one in found.rules if one.rule == "clean.twin"), 0),
        twins_url=reverse("registers:twins", args=[definition.id]),
        rhythm=_rhythm(definition),
    )


def _words(actor: Actor, definition: RegisterDefinition, found: Quality, *, since: date) -> Iterator[Word]:
    for score in found.scores:
        kind = Kind(score.kind)
        days = quality.quality_trend(actor=actor, register_id=definition.id, kind=kind, since=since)
        yield Word(
            kind=kind.value,
            label=str(kind.label),
            meaning=str(MEANINGS[kind]),
            percent="" if score.percent is None else percent(score.percent),
            tone="" if score.percent is None else tone(score.percent),
            failing=score.failing,
            trend=trend_of(days),
            why_not=_why_not(found.records) if score.percent is None else "",
        )


def _why_not(records: int) -> str:
    if not records:
        return _("Sổ chưa có bản ghi nào để đo.")
    return _("Sổ chưa có quy tắc nào cho từ này.")


def trend_of(days: Sequence[tuple[date, Score]]) -> Trend | None:
    """Return the line of the days that were measured; one day is no line."""
    known = [(on, one.percent) for on, one in days if one.percent is not None]
    if len(known) < 2:
        return None
    first, last = known[0], known[-1]
    wide = (last[0] - first[0]).days or 1
    low = min(80.0, *(value for _on, value in known))
    placed = [
        (
            round(4 + (WIDTH - 8) * (on - first[0]).days / wide, 1),
            round(4 + (HEIGHT - 8) * (100 - value) / (100 - low or 1), 1),
        )
        for on, value in known
    ]
    said = {
        "first": f"{first[0]:%d/%m/%Y}",
        "before": percent(first[1]),
        "last": f"{last[0]:%d/%m/%Y}",
        "after": percent(last[1]),
    }
    sentence = _("Từ %(before)s ngày %(first)s đến %(after)s ngày %(last)s") % said
    return Trend(" ".join(f"{x},{y}" for x, y in placed), placed[-1], sentence)


def _rules(definition: RegisterDefinition, found: Quality) -> Iterator[RuleLine]:
    """Yield every rule, the ones that most records fail first; those nobody fails too."""
    base = reverse("registers:list", args=[definition.id])
    for one in sorted(found.rules, key=lambda one: (-one.failing, one.kind)):
        yield RuleLine(
            sentence=sentence_of(definition, one.rule),
            kind=str(Kind(one.kind).label),
            field=_label(definition, one),
            weight=one.weight,
            failing=one.failing,
            url=f"{base}?{asking.RULE}={one.rule}" if one.failing else "",
        )


def _label(definition: RegisterDefinition, one: RuleCount) -> str:
    field = definition.by_id.get(one.field)
    return field.label.into(words.language()) if field else _("Cả bản ghi")


def _units(
    definition: RegisterDefinition, units: Mapping[str, tuple[Score, ...]], *, on: date
) -> Iterator[UnitLine]:
    """Yield the units, the one in the worst state first."""
    base = reverse("registers:list", args=[definition.id])
    for code, scores in sorted(units.items(), key=_worst):
        cells = tuple(
            ("—", "", str(Kind(one.kind).label))
            if one.percent is None
            else (percent(one.percent), tone(one.percent), str(Kind(one.kind).label))
            for one in scores
        )
        name = words.unit_name(code, on) if code else _("Chưa rõ địa bàn")
        yield UnitLine(name, f"{base}?{asking.UNIT}={code}" if code else base, cells)


def _worst(one: tuple[str, tuple[Score, ...]]) -> tuple[float, str]:
    known = [score.percent for score in one[1] if score.percent is not None]
    return min(known, default=100.0), one[0]


def _rhythm(definition: RegisterDefinition) -> str:
    if definition.alive is None:
        return ""
    return _("Mỗi bản ghi được xác nhận còn đúng ít nhất %(months)s tháng một lần.") % {
        "months": definition.alive.months
    }
