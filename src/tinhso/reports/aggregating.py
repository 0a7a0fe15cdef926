"""
What returns come to for the province.

Numbers are added up; a rate is worked out anew of the sums that make it, never averaged; texts stand side by
side. Only received returns count, and the missing are named. A dossier counts at the agency that decides it:
in one return alone. What an agency took in for another is not added up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tinhso.indicators.definitions import indicators
from tinhso.indicators.formulas import result
from tinhso.reports.types import Line, ReportTemplate
from tinhso.reports.values import Value, Values, with_formulas


@dataclass(frozen=True, slots=True)
class Received:
    """A received return: the version that counts."""

    agency: str
    version: int
    signed_at: datetime
    values: Values


def aggregated(template: ReportTemplate, received: Sequence[Received]) -> dict[str, Value]:
    """Return the province's value of each line; without a number in any return there is none."""
    found = {line.id: _line(line, received) for line in template.lines if not line.formula}
    return with_formulas(template, found)


def _line(line: Line, received: Sequence[Received]) -> Value:
    there = [(one, value) for one in received if (value := one.values.get(line.id)) and value.is_there]
    if not there or (line.origin != "text" and line.add == "none"):
        return Value()
    if line.origin == "text":
        return Value(
            told=tuple((one.agency, value.text) for one, value in there) if line.add == "collect" else ()
        )
    if line.add == "last":
        last = max(there, key=lambda pair: pair[0].signed_at)[1]
        return Value(number=last.number, of_units=len(there))
    if line.indicator:
        return _rate(line, [value for _one, value in there])
    return Value(
        number=sum((value.number or Decimal(0) for _one, value in there), Decimal(0)), of_units=len(there)
    )


def _rate(line: Line, told: Sequence[Value]) -> Value:
    """Add up what the indicator adds up, and put the sums into its formula."""
    definition = indicators().get(line.indicator)
    sums: dict[str, Decimal] = {}
    for value in told:
        for name, one in value.sums.items():
            sums[name] = sums.get(name, Decimal(0)) + one
    if definition is None:
        return Value()
    number = result(definition.value, sums, decimals=definition.decimals)
    position = max((value.position for value in told), default=0)
    return Value(number=number, sums=sums, position=position, of_units=len(told))


def differences(before: Values, after: Values) -> tuple[str, ...]:
    """Return the lines that are not what they were."""
    names = dict.fromkeys([*before, *after])
    return tuple(name for name in names if _told(before, name) != _told(after, name))


def _told(values: Mapping[str, Value], name: str) -> tuple[Decimal | None, str, tuple[tuple[str, str], ...]]:
    one = values.get(name, Value())
    return one.number, one.text, one.told
