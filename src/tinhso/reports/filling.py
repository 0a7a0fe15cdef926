"""Lines that fill themselves: counts of dossiers, and figures of indicators."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tinhso.reports.counting import counted, taken_in, total
from tinhso.reports.periods import Span
from tinhso.reports.ports import Found, figures
from tinhso.reports.types import FOR_OTHERS, ReportTemplate
from tinhso.reports.values import Value


@dataclass(frozen=True, slots=True)
class Filled:
    """:param by_agency: values by agency code and line; ``pending``: lines that are being computed"""

    by_agency: Mapping[str, dict[str, Value]]
    pending: frozenset[str] = frozenset()


def filled(template: ReportTemplate, span: Span, agencies: Collection[str], *, at: datetime) -> Filled:
    """Return the values of automatic lines of these agencies."""
    found: dict[str, dict[str, Value]] = {code: {} for code in agencies}
    _count(template, span, found, at=at)
    asked = {line.id: line.indicator for line in template.lines if line.indicator}
    known = figures().by_agency(set(asked.values()), span.period, at=at) if asked else Found()
    for line, indicator in asked.items():
        for code, values in found.items():
            if one := known.told.get((indicator, code)):
                values[line] = Value(
                    number=one.value, sums=one.sums, position=one.position, computed_at=one.computed_at
                )
    return Filled(found, frozenset(line for line, name in asked.items() if name in known.pending))


def _count(template: ReportTemplate, span: Span, found: dict[str, dict[str, Value]], *, at: datetime) -> None:
    lines = [line for line in template.lines if line.count]
    if not lines:
        return
    by_place = counted(span, at=at)
    others = taken_in(span) if any(line.count == FOR_OTHERS for line in lines) else {}
    for code, values in found.items():
        own = total(counts for (agency, _field), counts in by_place.items() if agency == code)
        for line in lines:
            number = others.get(code, 0) if line.count == FOR_OTHERS else own.cell(line.count)
            values[line.id] = Value(number=Decimal(number), computed_at=at)
