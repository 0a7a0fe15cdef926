"""Communes beside each other: rate and volume, ranked where there is enough to rank by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tinhso.indicators.definitions import Indicator, indicators
from tinhso.indicators.periods import running
from tinhso.indicators.standing import Cut, Stood, stood
from tinhso.indicators.types import Figure
from tinhso.operations.classes import UNKNOWN, Scale, scale
from tinhso.operations.tiles import whole_of
from tinhso.operations.types import Board, Tab
from tinhso.territory import queries as territory
from tinhso.territory.types import UnitView


@dataclass(frozen=True, slots=True)
class Place:
    """
    One commune.

    :param rank: None where it has too little to be ranked, or nothing is known
    :param class_: 0 (worst) to 4, see :mod:`tinhso.operations.classes`; of what is not ranked ``UNKNOWN``
    """

    code: str
    name: str
    value: Decimal | None
    whole: int
    rank: int | None
    class_: int


@dataclass(frozen=True, slots=True)
class League:
    """
    :param places: the best first, then what is not ranked, by name
    :param least: fewer facts are not ranked
    :param year: figures are of this year so far
    :param computed_at: None: nothing is there yet
    """

    indicator: Indicator
    year: int
    places: tuple[Place, ...]
    scale: Scale
    least: int
    computed_at: datetime | None
    counted_until: date | None

    @property
    def ranked(self) -> tuple[Place, ...]:
        return tuple(one for one in self.places if one.rank is not None)


def cut_of(tab: Tab, *, today: date) -> Cut:
    """Return what map and table are read from."""
    by = ("unit", "field") if tab.field else ("unit",)
    return Cut(tab.map, running("year", today), by)


def league(tab: Tab, board: Board, *, today: date) -> League | None:
    """Return the communes of today; two queries at most. None: the packs no longer have the indicator."""
    one = indicators().get(tab.map)
    if one is None:
        return None
    cut = cut_of(tab, today=today)
    found = stood([cut]).get(cut)
    least = max(one.least, board.least_ranked)
    classes = scale(one, far=board.far, well=board.well)
    figures = _by_unit(found, tab.field)
    placed = _placed(one, territory.communes(board.province, today), figures, least, classes)
    return League(
        indicator=one,
        year=today.year,
        places=placed,
        scale=classes,
        least=least,
        computed_at=found.computed_at if found else None,
        counted_until=found.counted_until if found else None,
    )


def _by_unit(found: Stood | None, field: str) -> Mapping[str, Figure]:
    if found is None:
        return {}
    wanted = (one for one in found.series.figures if not field or one.group[1] == field)
    return {one.group[0]: one for one in wanted}


def _placed(
    one: Indicator,
    communes: Iterable[UnitView],
    figures: Mapping[str, Figure],
    least: int,
    classes: Scale,
) -> tuple[Place, ...]:
    told = [(unit, figures.get(unit.code)) for unit in communes]
    enough = [pair for pair in told if _is_enough(one, pair[1], least)]
    enough.sort(key=lambda pair: (_worth(one, pair[1]), pair[0].name))
    ranks = _ranks([_value(figure) for _unit, figure in enough])
    first = [
        Place(
            unit.code,
            unit.name,
            _value(figure),
            whole_of(one, figure) or 0,
            rank,
            classes.class_of(_value(figure)),
        )
        for (unit, figure), rank in zip(enough, ranks, strict=True)
    ]
    done = {place.code for place in first}
    rest = sorted((pair for pair in told if pair[0].code not in done), key=lambda pair: pair[0].name)
    return (
        *first,
        *(
            Place(unit.code, unit.name, _value(figure), whole_of(one, figure) or 0, None, UNKNOWN)
            for unit, figure in rest
        ),
    )


def _is_enough(one: Indicator, figure: Figure | None, least: int) -> bool:
    return _value(figure) is not None and (whole_of(one, figure) or 0) >= least


def _value(figure: Figure | None) -> Decimal | None:
    return figure.value if figure else None


def _worth(one: Indicator, figure: Figure | None) -> Decimal:
    value = _value(figure) or Decimal(0)
    return -value if one.direction == "up" else value


def _ranks(values: list[Decimal | None]) -> list[int]:
    """Return places in order; equals share one, and the next counts on."""
    ranks: list[int] = []
    for place, value in enumerate(values):
        ranks.append(ranks[-1] if place and value == values[place - 1] else place + 1)
    return ranks
