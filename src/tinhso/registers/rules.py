"""
The rules a register's quality is measured by: those of its definition, and that what is required is there.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

from tinhso.definitions import conditions
from tinhso.definitions.conditions import AbsentAnswer, ExpressionProblem, Facts, Program
from tinhso.definitions.registers.scope import ByFingerprint, plain, record_scope
from tinhso.definitions.registers.types import GEOMETRY, FieldType, RegisterDefinition
from tinhso.definitions.types import Expression
from tinhso.registers.types import Kind, Value, Values

REQUIRED_WEIGHT = 2
# Rules that are asked of the table and not of one record's values.
_PRESENT = re.compile(r"has\(([a-z0-9_.]+)\)")
# So are rules that compare two days.
_ORDERED = re.compile(r"([a-z0-9_.]+) <= ([a-z0-9_.]+)")
_AGED = re.compile(r"age_years\(([a-z0-9_.]+), ([a-z0-9_.]+)\) >= ([0-9]{1,3})")
TODAY, _WHOLE_DAY = "today", 10
# Asked of the record's geometry, by ``placing``.
PLACED, PLACED_WEIGHT = "correct.place", 2
_SHARED = frozenset({FieldType.DATE, FieldType.CHOICE, FieldType.YES_NO})
OLD, CLASH, TWIN = "alive.confirmed", "clean.clash", "clean.twin"


@dataclass(frozen=True, slots=True)
class Rule:
    """
    :param must: CEL; empty where only the field's presence is asked

    ``has(x)`` and nothing else is asked of the values themselves: no rule is asked more often.
    """

    id: str
    kind: Kind
    field: str
    weight: int
    sentence: str
    must: Expression = ""
    present: str = ""


def rules_of(definition: RegisterDefinition) -> tuple[Rule, ...]:
    """Return the rules asked of a record's values, in their order."""
    return _rules_of(ByFingerprint(definition.fingerprint, definition))


@lru_cache(maxsize=256)
def _rules_of(key: ByFingerprint) -> tuple[Rule, ...]:
    return (*_required(key.definition), *_placed(key.definition), *_written(key.definition))


def weight_of(definition: RegisterDefinition, kind: Kind) -> int:
    """Return what a record has to lose in all: the weights of the kind's rules."""
    own = sum(rule.weight for rule in rules_of(definition) if rule.kind is kind)
    return own + (kind is Kind.CLEAN or (kind is Kind.ALIVE and definition.alive is not None))


def broken(
    definition: RegisterDefinition,
    values: Values,
    *,
    has_geometry: bool,
    on: date,
    is_elsewhere: bool = False,
) -> Iterator[Rule]:
    """
    Yield the rules the values do not meet; a rule about what is absent asks nothing.

    :param is_elsewhere: the geometry lies outside the record's unit; see ``placing``
    """
    for rule, meets in _asked(ByFingerprint(definition.fingerprint, definition)):
        if rule.id == PLACED:
            if is_elsewhere:
                yield rule
        elif meets is None:
            if not (has_geometry if rule.present == definition.geometry else rule.present in values):
                yield rule
        elif not meets(values, on):
            yield rule


Meets = Callable[[Values, date], bool]


@lru_cache(maxsize=256)
def _asked(key: ByFingerprint) -> tuple[tuple[Rule, Meets | None], ...]:
    scope = record_scope(key.definition)
    return tuple(
        (
            rule,
            _meeting(key.definition, rule.must, conditions.compiled_in(rule.must, scope=scope))
            if rule.must
            else None,
        )
        for rule in _rules_of(key)
    )


def _meeting(definition: RegisterDefinition, must: Expression, program: Program) -> Meets:
    """
    Return what asks the rule. Where it reads days and choices, many records give it the same to read; where
    it only says that one day is not after another, or by how many years, it is asked without CEL.
    """
    compared = _ORDERED.fullmatch(must.strip()) or _AGED.fullmatch(must.strip())
    if compared is not None:
        earlier, later, *years = compared.groups()
        if all(name == TODAY or _is_date(definition, name) for name in (earlier, later)):
            holds = partial(_is_aged, int(years[0])) if years else _in_order
            return lambda values, on: holds(_day(values, earlier, on), _day(values, later, on))
    reads = tuple(name for name in program.reads if name in definition.by_id)
    if {*program.reads} - {*reads, TODAY} or not all(
        definition.by_id[name].type in _SHARED for name in reads
    ):
        return lambda values, on: _meets(program, plain(values), Facts(today=on))

    @lru_cache(maxsize=1 << 14, typed=True)
    def met(on: date, *given: Value) -> bool:
        known = {name: value for name, value in zip(reads, given, strict=True) if value is not None}
        return _meets(program, plain(known), Facts(today=on))

    return lambda values, on: met(on, *[values.get(name) for name in reads])


def _is_date(definition: RegisterDefinition, name: str) -> bool:
    field = definition.by_id.get(name)
    return field is not None and field.type is FieldType.DATE and not field.several


def _day(values: Values, name: str, on: date) -> str:
    """Return the day as ISO 8601; of what is absent, or known by its year alone, nothing."""
    value = on.isoformat() if name == TODAY else values.get(name)
    return value if isinstance(value, str) and len(value) == _WHOLE_DAY else ""


def _in_order(earlier: str, later: str) -> bool:
    return not earlier or not later or earlier <= later


def _is_aged(years: int, born: str, on: str) -> bool:
    """Tell what ``law_functions.age_years`` tells, of days as ISO 8601."""
    return not born or not on or int(on[:4]) - int(born[:4]) - (on[5:] < born[5:]) >= years


def _meets(program: Program, values: Values, facts: Facts) -> bool:
    try:
        return conditions.run_strictly(program, answers=values, facts=facts) is True
    except (AbsentAnswer, ExpressionProblem):
        return True


def _required(definition: RegisterDefinition) -> Iterator[Rule]:
    for field in definition.fields:
        if field.required and (field.type not in GEOMETRY or field.id == definition.geometry):
            sentence = f"Thiếu «{field.label.vi}»."
            rule_id = f"required.{field.id}"
            yield Rule(rule_id, Kind.COMPLETE, field.id, REQUIRED_WEIGHT, sentence, present=field.id)


def _placed(definition: RegisterDefinition) -> Iterator[Rule]:
    if definition.geometry and definition.unit:
        sentence = "Vị trí nằm ngoài ranh giới của xã, phường đã ghi."
        yield Rule(PLACED, Kind.CORRECT, definition.geometry, PLACED_WEIGHT, sentence)


def _written(definition: RegisterDefinition) -> Iterator[Rule]:
    for one in definition.quality:
        kind = Kind(one.kind)
        present = _PRESENT.fullmatch(one.must.strip())
        asked = present[1] if present and present[1] in definition.by_id else ""
        yield Rule(
            one.id, kind, one.field or "", one.weight, one.otherwise.vi, "" if asked else one.must, asked
        )
