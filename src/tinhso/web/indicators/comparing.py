"""What a value is held against: the country's, and what sources tell of other places."""

from dataclasses import dataclass
from decimal import Decimal

from tinhso.indicators import periods
from tinhso.indicators.comparing import comparisons
from tinhso.indicators.definitions import Indicator, indicators
from tinhso.indicators.formulas import Period
from tinhso.indicators.standing import figures_of
from tinhso.web.indicators import words
from tinhso.web.portal.language import say


@dataclass(frozen=True, slots=True)
class Against:
    """:param difference: with its sign; empty: one of the two is not known"""

    name: str
    value: str
    difference: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A published value of some place; ``other`` what the source holds it against."""

    place: str
    period: str
    value: str
    other: str
    difference: str
    source: str


def against(one: Indicator, period: Period, value: Decimal | None) -> Against | None:
    """Return the value of the indicator it is compared with; None where it is with none."""
    other = indicators().get(one.compare or "")
    if other is None:
        return None
    found = figures_of([other.id], period=period).get(other.id)
    figure = found.figure if found else None
    held = figure.value if figure else None
    difference = words.change(one, value - held) if value is not None and held is not None else ""
    return Against(say(other.name), words.value(other, held), difference)


def elsewhere(one: Indicator) -> tuple[Elsewhere, ...]:
    """Return what sources tell of the indicator; for comparison, in no figure of ours."""
    return tuple(
        Elsewhere(
            place=say(said.place),
            period=words.period(periods.named(said.period)),
            value=words.value(one, said.value),
            other=f"{say(said.against.place)} {words.value(one, said.against.value)}" if said.against else "",
            difference=words.change(one, said.difference) if said.difference is not None else "",
            source=said.source,
        )
        for said in comparisons(one)
    )
