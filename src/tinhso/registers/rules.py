"""
The rules a register's quality is measured by: those of its definition, and that what is required is there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tinhso.definitions import conditions
from tinhso.definitions.conditions import AbsentAnswer, ExpressionProblem, Facts
from tinhso.definitions.registers.scope import ByFingerprint, plain, record_scope
from tinhso.definitions.registers.types import GEOMETRY, RegisterDefinition
from tinhso.definitions.types import Expression
from tinhso.registers.types import Kind, Values

REQUIRED_WEIGHT = 2
# Rules that are asked of the table and not of one record's values.
OLD, CLASH, TWIN = "alive.confirmed", "clean.clash", "clean.twin"


@dataclass(frozen=True, slots=True)
class Rule:
    """:param must: CEL; empty for a required field"""

    id: str
    kind: Kind
    field: str
    weight: int
    sentence: str
    must: Expression = ""


def rules_of(definition: RegisterDefinition) -> tuple[Rule, ...]:
    """Return the rules asked of a record's values, in their order."""
    return _rules_of(ByFingerprint(definition.fingerprint, definition))


@lru_cache(maxsize=256)
def _rules_of(key: ByFingerprint) -> tuple[Rule, ...]:
    return (*_required(key.definition), *_written(key.definition))


def weight_of(definition: RegisterDefinition, kind: Kind) -> int:
    """Return what a record has to lose in all: the weights of the kind's rules."""
    own = sum(rule.weight for rule in rules_of(definition) if rule.kind is kind)
    return own + (kind is Kind.CLEAN or (kind is Kind.ALIVE and definition.alive is not None))


def broken(definition: RegisterDefinition, values: Values, *, has_geometry: bool, on: date) -> Iterator[Rule]:
    """Yield the rules the values do not meet; a rule about what is absent asks nothing."""
    facts, known = Facts(today=on), plain(values)
    for rule in rules_of(definition):
        if not rule.must:
            present = has_geometry if rule.field == definition.geometry else rule.field in values
            if not present:
                yield rule
        elif not _meets(definition, rule, known, facts):
            yield rule


def _meets(definition: RegisterDefinition, rule: Rule, values: Values, facts: Facts) -> bool:
    program = conditions.compiled_in(rule.must, scope=record_scope(definition))
    try:
        return conditions.run_strictly(program, answers=values, facts=facts) is True
    except (AbsentAnswer, ExpressionProblem):
        return True


def _required(definition: RegisterDefinition) -> Iterator[Rule]:
    for field in definition.fields:
        if field.required and (field.type not in GEOMETRY or field.id == definition.geometry):
            sentence = f"Thiếu «{field.label.vi}»."
            yield Rule(f"required.{field.id}", Kind.COMPLETE, field.id, REQUIRED_WEIGHT, sentence)


def _written(definition: RegisterDefinition) -> Iterator[Rule]:
    for one in definition.quality:
        kind = Kind(one.kind)
        yield Rule(one.id, kind, one.field or "", one.weight, one.otherwise.vi, one.must)
