"""An indicator by units, agencies and the like: volume beside rate, and who is large enough to be ranked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tinhso.indicators.definitions import Indicator
from tinhso.indicators.judging import judge
from tinhso.indicators.reading import seen
from tinhso.indicators.standing import Stood
from tinhso.indicators.types import Figure, SetApart
from tinhso.people.types import Actor
from tinhso.web.indicators import words
from tinhso.web.indicators.asking import Asked, evidence_url
from tinhso.web.parts import Tone
from tinhso.web.plans.words import number


@dataclass(frozen=True, slots=True)
class Row:
    """
    :param rank: 0: too few facts to be ranked, or no value
    :param within: the agency of an officer; empty for others
    """

    rank: int
    name: str
    within: str
    whole: str
    value: str
    tone: Tone
    status: str
    url: str


@dataclass(frozen=True, slots=True)
class ApartRow:
    """What belongs to a unit that was divided: in no row, and in the whole all the same."""

    name: str
    candidates: str
    whole: str


@dataclass(frozen=True, slots=True)
class League:
    """:param least: fewer facts are not ranked; ``unranked`` how many rows that leaves out"""

    dimension: str
    rows: tuple[Row, ...]
    apart: tuple[ApartRow, ...]
    least: int
    unranked: int
    has_whole: bool


def league(one: Indicator, asked: Asked, found: Stood, *, actor: Actor, today: date) -> League:
    """Return the table, the best first, then what is not ranked; of officers only some."""
    by = found.series.by
    figures = seen(actor, by, found.series.figures)
    ordered = in_order(one, figures)
    ranks = _ranks(one, ordered)
    names = words.names_of(by[-1], (figure.group[-1] for figure in ordered), today=today)
    within = words.names_of(by[0], (f.group[0] for f in ordered), today=today) if len(by) > 1 else {}
    return League(
        dimension=str(words.DIMENSIONS[asked.by]),
        rows=tuple(
            _row(one, asked, by, figure, rank, names, within)
            for figure, rank in zip(ordered, ranks, strict=True)
        ),
        apart=_apart(one, found.series.set_apart, today),
        least=one.least,
        unranked=sum(1 for rank in ranks if not rank),
        has_whole=bool(one.whole),
    )


def in_order(one: Indicator, figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Return figures the best first; then those of too few facts, then those without a value."""

    def key(figure: Figure) -> tuple[int, Decimal, tuple[str, ...]]:
        if figure.value is None:
            return 2, Decimal(0), figure.group
        value = -figure.value if one.direction == "up" else figure.value
        return 0 if is_ranked(one, figure) else 1, value, figure.group

    return tuple(sorted(figures, key=key))


def is_ranked(one: Indicator, figure: Figure) -> bool:
    """Tell whether there are facts enough."""
    return figure.value is not None and (not one.whole or figure.sums.get(one.whole, 0) >= one.least)


def _ranks(one: Indicator, ordered: Sequence[Figure]) -> list[int]:
    """Return places; equal values share one."""
    ranks: list[int] = []
    for place, figure in enumerate(ordered):
        if not is_ranked(one, figure):
            ranks.append(0)
        elif place and figure.value == ordered[place - 1].value:
            ranks.append(ranks[-1])
        else:
            ranks.append(place + 1)
    return ranks


def _row(
    one: Indicator,
    asked: Asked,
    by: Sequence[str],
    figure: Figure,
    rank: int,
    names: Mapping[str, str],
    within: Mapping[str, str],
) -> Row:
    tone, _icon, status = words.VERDICTS[judge(one, figure.value)]
    whole = figure.sums.get(one.whole) if one.whole else None
    where = dict(zip(by, figure.group, strict=True))
    return Row(
        rank=rank,
        name=names[figure.group[-1]],
        within=within.get(figure.group[0], ""),
        whole="" if whole is None else number(Decimal(whole), 0 if whole == int(whole) else 1),
        value=words.value(one, figure.value),
        tone=tone,
        status=str(status) if one.target is not None or figure.value is None else "",
        url="" if one.manual else evidence_url(one, asked, where),
    )


def _apart(one: Indicator, apart: Sequence[SetApart], today: date) -> tuple[ApartRow, ...]:
    codes = [code for found in apart for code in (found.group[0], *found.candidates)]
    names = words.names_of("unit", codes, today=today)
    return tuple(
        ApartRow(
            names[found.group[0]],
            ", ".join(names[code] for code in found.candidates),
            str(found.sums.get(one.whole, "")),
        )
        for found in apart
    )
