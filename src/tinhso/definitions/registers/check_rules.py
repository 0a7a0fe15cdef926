"""Expressions of a register file: syntax, types, and what they read."""

from collections.abc import Iterator

from tinhso.definitions import conditions
from tinhso.definitions.explaining import nearest
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.places import Location, Places
from tinhso.definitions.problems import ExpressionProblem
from tinhso.definitions.registers.scope import record_scope
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.definitions.scope import Scope, scope_of
from tinhso.definitions.types import Procedure

BOOL = "bool"
_CODES = {"syntax": "expression-syntax", "types": "expression-types", "undeclared": "unknown-name"}


def expression_mistakes(
    definition: RegisterDefinition, places: Places, at: Location, text: str
) -> Iterator[Mistake]:
    """Yield what is wrong with a rule over the record."""
    yield from _mistakes(places, at, text, record_scope(definition), BOOL)


def condition_mistakes(
    places: Places, at: Location, text: str, procedure: Procedure, group: str | None, gives: str | None = BOOL
) -> Iterator[Mistake]:
    """Yield what is wrong with an expression over the answers of a procedure; ``gives`` None: any value."""
    yield from _mistakes(places, at, text, scope_of(procedure, group), gives)


def _mistakes(places: Places, at: Location, text: str, scope: Scope, gives: str | None) -> Iterator[Mistake]:
    try:
        for reference in conditions.parsed(text).references:
            if conditions.known_name(reference.name, scope.kinds) is None:
                hint = nearest(reference.name, sorted(scope.kinds))
                yield places.mistake(at, "register-unknown-field", name=reference.name, hint=hint)
                return
        program = conditions.compiled_in(text, scope=scope)
    except ExpressionProblem as problem:
        code = _CODES.get(problem.code, "expression-limit")
        yield places.mistake_within(at, code, line=problem.line, column=problem.column, detail=problem.detail)
        return
    if gives is not None and program.result not in {gives, "dyn"}:
        yield places.mistake(at, "not-yes-no", type=program.result)
