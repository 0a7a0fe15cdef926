"""Values of lines: what officers typed, what is worked out of it, and what is wrong with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from tinhso.kernel.text import normalise
from tinhso.reports import arithmetic
from tinhso.reports.types import Line, ReportTemplate

LONGEST_TEXT = 4000
LARGEST = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class Value:
    """
    What stands in a line.

    :param number: None: «chưa có số liệu», never nought
    :param sums: of an indicator: what its formula adds up
    :param position: of the ledger it was computed at; 0: not from an indicator
    :param computed_at: when, of what fills itself
    :param told: at the province, of a collected text: (agency code, text)
    :param of_units: at the province: how many units have a number here
    """

    number: Decimal | None = None
    text: str = ""
    sums: Mapping[str, Decimal] = field(default_factory=dict)
    position: int = 0
    computed_at: datetime | None = None
    told: tuple[tuple[str, str], ...] = ()
    of_units: int = 0

    @property
    def is_there(self) -> bool:
        return self.number is not None or bool(self.text) or bool(self.told)

    def as_json(self) -> dict[str, Any]:
        """Return it as it is stored; what is empty is left out."""
        stored: dict[str, Any] = {
            "number": None if self.number is None else str(self.number),
            "text": self.text,
            "sums": {name: str(one) for name, one in self.sums.items()},
            "position": self.position,
            "computed_at": self.computed_at.isoformat() if self.computed_at else None,
            "told": [list(one) for one in self.told],
            "of_units": self.of_units,
        }
        return {name: one for name, one in stored.items() if one}


Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Fault:
    """:param line: id of the line; ``sentence``: what is wrong with it and what mends it"""

    line: str
    sentence: str


def read(stored: Mapping[str, Mapping[str, Any]]) -> dict[str, Value]:
    """Return values as they were stored."""
    return {name: _value(one) for name, one in stored.items()}


def written(values: Values) -> dict[str, dict[str, Any]]:
    """Return values as they are stored."""
    return {name: one.as_json() for name, one in values.items() if one.is_there}


def typed(line: Line, text: str) -> tuple[Value, Fault | None]:
    """Return what an officer typed into the line, and what is wrong with it."""
    if line.kind == "text":
        kept = text.replace("\r\n", "\n").strip()
        if len(kept) > LONGEST_TEXT:
            return Value(), Fault(line.id, _("Hãy viết tối đa %(most)s ký tự.") % {"most": LONGEST_TEXT})
        return Value(text=kept), None
    plain = normalise(text).replace(" ", "")
    if not plain:
        return Value(), None
    try:
        number = Decimal(_pointed(plain))
    except InvalidOperation:
        told = _("«%(text)s» không phải là số. Hãy ghi bằng chữ số, phần thập phân sau dấu phẩy.")
        return Value(), Fault(line.id, told % {"text": text.strip()[:40]})
    return Value(number=number), _range_fault(line, number)


def with_formulas(template: ReportTemplate, values: Values) -> dict[str, Value]:
    """Return the values with the lines that are worked out of others; those above come first."""
    found = dict(values)
    for line in template.lines:
        if line.formula:
            known = {name: one.number for name, one in found.items()}
            found[line.id] = Value(number=arithmetic.value(line.formula, known, decimals=line.decimals))
    return found


def faults(template: ReportTemplate, values: Values, language: str) -> tuple[Fault, ...]:
    """Return what keeps the values from being handed up: empty lines, numbers out of range, broken rules."""
    return tuple(_faults(template, values, language))


def _faults(template: ReportTemplate, values: Values, language: str) -> Iterator[Fault]:
    known = {name: one.number for name, one in values.items()}
    for line in template.lines:
        value = values.get(line.id, Value())
        if not line.is_entered:
            continue
        if line.required and not value.is_there:
            yield Fault(line.id, _("Chưa điền dòng này. Không phát sinh thì ghi 0 hoặc «Không có»."))
        elif value.number is not None and (fault := _range_fault(line, value.number)):
            yield fault
    for section in template.sections:
        for check in section.checks:
            if not arithmetic.holds(check.rule, known):
                yield Fault(check.line, check.says.into(language))


def _range_fault(line: Line, number: Decimal) -> Fault | None:
    low = line.lowest if line.lowest is not None else Decimal(0)
    high = line.highest if line.highest is not None else LARGEST
    if not number.is_finite() or not low <= number <= high:
        told = _("Số phải từ %(low)s đến %(high)s. Hãy xem lại đơn vị tính.")
        return Fault(line.id, told % {"low": f"{low:f}", "high": f"{high:f}"})
    if number != round(number, line.decimals):
        told = _("Dòng này lấy tối đa %(decimals)s chữ số thập phân. Hãy làm tròn.")
        return Fault(line.id, told % {"decimals": line.decimals})
    return None


def _pointed(text: str) -> str:
    """Return a number as people write it («1.234,5») with a point, or as it is."""
    if "," in text:
        return text.replace(".", "").replace(",", ".")
    head, *rest = text.split(".")
    is_grouped = bool(rest) and all(len(part) == 3 for part in rest) and 1 <= len(head.lstrip("-")) <= 3
    return text.replace(".", "") if is_grouped else text


def _value(stored: Mapping[str, Any]) -> Value:
    number, computed_at = stored.get("number"), stored.get("computed_at")
    return Value(
        number=Decimal(number) if number is not None else None,
        text=stored.get("text", ""),
        sums={name: Decimal(one) for name, one in stored.get("sums", {}).items()},
        position=stored.get("position", 0),
        computed_at=datetime.fromisoformat(computed_at) if computed_at else None,
        told=tuple((code, text) for code, text in stored.get("told", [])),
        of_units=stored.get("of_units", 0),
    )
