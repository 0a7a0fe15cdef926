"""
Conditions and amounts of the law, written in CEL (docs/adr/0003-cel.md).

**Absence.** An answer that was not given, was hidden, is empty or does not fit its type is absent. An
expression that needs it has no value: ``holds`` says False; ``evaluate`` says False if the result is yes or
no, else raises :class:`AbsentAnswer`. ``!married`` is therefore False while nobody has said whether they are
married. Guard with ``has(…)``: ``!has(father.born_on) || father.born_on < child.born_on``. A list (several
choices, files, a group) is empty when absent, so ``size(…)`` works. ``&&`` and ``||`` need only as many
sides as decide.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cel_expr_python import cel

from tinhso.definitions import law_functions
from tinhso.definitions.binding import TYPES, Facts, bind
from tinhso.definitions.parsed import Parsed, read_tree
from tinhso.definitions.problems import AbsentAnswer, ExpressionProblem
from tinhso.definitions.scope import Kind, Scope, scope_of
from tinhso.definitions.types import Procedure

__all__ = [
    "AbsentAnswer",
    "ExpressionProblem",
    "Facts",
    "asked",
    "compiled",
    "compiled_in",
    "evaluate",
    "holds",
    "references",
    "run",
    "run_strictly",
]

LONGEST = 2000
DEEPEST_LOOP = 2

_HAS = re.compile(
    r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|\bhas(\s*)\((\s*)([a-z_]\w*(?:\.[a-z_]\w*)*)(\s*)\)""", re.ASCII
)
_ERROR = re.compile(r"ERROR: <input>:(\d+):(\d+): (.*)")
_ABSENT = ("No value with name", "Key not found in map", "Index error")


@dataclass(frozen=True, slots=True)
class Program:
    """An expression ready to run; ``result`` is the type as CEL names it: ``bool``, ``int``, ``string`` …"""

    expression: str
    scope: Scope
    runnable: Any
    result: str
    reads: Mapping[str, Kind]


def evaluate(
    expression: str,
    *,
    procedure: Procedure,
    answers: Mapping[str, object],
    facts: Facts,
    group: str | None = None,
    entry: Mapping[str, object] | None = None,
) -> bool | int | float | str:
    """
    Return the value of the expression.

    :param answers: question id → JSON value; give ``asked(…)`` so that hidden answers count as absent
    :param group: the group whose entry is looked at; the expression may then read ``entry.…``
    :raises ExpressionProblem: the expression is wrong, or fails on these answers (division by zero, overflow)
    :raises AbsentAnswer: the result is not yes or no and depends on an absent answer
    """
    program = compiled(expression, procedure=procedure, group=group)
    return run(program, answers=answers, facts=facts, entry=entry)


def run(
    program: Program,
    *,
    answers: Mapping[str, object],
    facts: Facts,
    entry: Mapping[str, object] | None = None,
) -> bool | int | float | str:
    """Return the value of a compiled expression. :raises ExpressionProblem, AbsentAnswer: as ``evaluate``"""
    try:
        return run_strictly(program, answers=answers, facts=facts, entry=entry)
    except AbsentAnswer:
        if program.result == "bool":
            return False
        raise


def run_strictly(
    program: Program,
    *,
    answers: Mapping[str, object],
    facts: Facts,
    entry: Mapping[str, object] | None = None,
) -> bool | int | float | str:
    """Return the value; of a condition too, what is absent and decides is no answer. :raises: as ``run``"""
    expression = program.expression
    values = bind(program.reads, scope=program.scope, answers=answers, facts=facts, entry=entry)
    outcome = program.runnable.eval(data=values)
    if outcome.type() != cel.Type.ERROR:
        value: bool | int | float | str = outcome.plain_value()
        return value
    detail = str(outcome.value())
    if not any(mark in detail for mark in _ABSENT):
        raise ExpressionProblem("failed", expression=expression, detail=detail)
    raise AbsentAnswer(expression=expression, detail=detail)


def holds(
    expression: str,
    *,
    procedure: Procedure,
    answers: Mapping[str, object],
    facts: Facts,
    group: str | None = None,
    entry: Mapping[str, object] | None = None,
) -> bool:
    """Return whether the condition is met; an absent answer that decides it means no. See ``evaluate``."""
    return (
        evaluate(expression, procedure=procedure, answers=answers, facts=facts, group=group, entry=entry)
        is True
    )


def references(expression: str) -> frozenset[str]:
    """
    Return the dotted names the expression reads, ``child.born_on``, ``today``, ``witnesses[].full_name``.

    :raises ExpressionProblem: it is not CEL
    """
    return frozenset(reference.name for reference in parsed(expression).references)


def asked(procedure: Procedure, *, answers: Mapping[str, object], facts: Facts) -> dict[str, object]:
    """
    Return the answers to questions that are asked, in page order; what a ``when`` hides is left out.

    Entries of groups lose their hidden fields too. Unknown ids are left out.
    """
    kept: dict[str, object] = {}
    for page in procedure.form:
        shown = page.when is None or holds(page.when, procedure=procedure, answers=kept, facts=facts)
        for question in page.ask if shown else ():
            if question.id not in answers:
                continue
            if question.when and not holds(question.when, procedure=procedure, answers=kept, facts=facts):
                continue
            kept[question.id] = answers[question.id]
            if question.ask and isinstance(kept[question.id], list | tuple):
                kept[question.id] = _asked_entries(procedure, question.id, kept, facts)
    for step in procedure.steps:
        kept.update((question.id, answers[question.id]) for question in step.ask if question.id in answers)
    return kept


def _asked_entries(
    procedure: Procedure, group: str, answers: Mapping[str, object], facts: Facts
) -> list[object]:
    fields = next(question.ask for question in procedure.questions() if question.id == group)
    entries = answers[group]
    assert isinstance(entries, list | tuple)
    kept_entries: list[object] = []
    for entry in entries:
        kept: dict[str, object] = {}
        for inner in fields if isinstance(entry, Mapping) else ():
            if inner.id in entry and (
                inner.when is None
                or holds(
                    inner.when, procedure=procedure, answers=answers, facts=facts, group=group, entry=kept
                )
            ):
                kept[inner.id] = entry[inner.id]
        kept_entries.append(kept)
    return kept_entries


def compiled(expression: str, *, procedure: Procedure, group: str | None = None) -> Program:
    """Return the expression compiled against the procedure. :raises ExpressionProblem: it does not compile"""
    return _program(expression, scope_of(procedure, group))


def compiled_in(expression: str, *, scope: Scope) -> Program:
    """Return the expression compiled for any names. :raises ExpressionProblem: it does not compile"""
    return _program(expression, scope)


@lru_cache(maxsize=8192)
def _program(expression: str, scope: Scope) -> Program:
    names = scope.kinds
    reads = {
        name: names[name] for ref in parsed(expression).references if (name := known_name(ref.name, names))
    }
    runnable = _compile(_environment(scope), _presence(expression, names), expression)
    result = str(runnable.return_type().name()).lower()
    return Program(expression=expression, scope=scope, runnable=runnable, result=result, reads=reads)


@lru_cache(maxsize=1024)
def _environment(scope: Scope) -> Any:
    variables: dict[str, Any] = {}
    for name, kind in scope.names:
        variables[name] = TYPES[kind]
        variables[f"has.{name}"] = cel.Type.BOOL
    return cel.NewEnv(variables=variables, functions=law_functions.declarations())


@lru_cache(maxsize=8192)
def parsed(expression: str) -> Parsed:
    """Return what the tree reads, types unchecked. :raises ExpressionProblem: not CEL, or over a limit"""
    if len(expression) > LONGEST:
        raise ExpressionProblem("too-long", expression=expression, detail=f"more than {LONGEST} characters")
    tree = read_tree(_compile(_BARE, _presence(expression, None), expression, disable_check=True).serialize())
    if tree.depth > DEEPEST_LOOP:
        raise ExpressionProblem("too-deep", expression=expression, detail=f"loops deeper than {DEEPEST_LOOP}")
    return tree


def _compile(environment: Any, text: str, expression: str, *, disable_check: bool = False) -> Any:
    try:
        return environment.compile(text, disable_check=disable_check)
    except RuntimeError as error:
        raise _problem(expression, str(error)) from error


def _problem(expression: str, said: str) -> ExpressionProblem:
    match = _ERROR.search(said)
    if match is None:
        return ExpressionProblem("syntax", expression=expression, detail=said)
    line, column, detail = int(match[1]), int(match[2]), match[3].removesuffix(" [INVALID_ARGUMENT]")
    code = "syntax"
    if detail.startswith("undeclared reference"):
        code = "undeclared"
    elif "overload" in detail or "expected type" in detail:
        code = "types"
    return ExpressionProblem(code, expression=expression, line=line, column=column, detail=detail)


def known_name(reference: str, names: Mapping[str, Kind]) -> str | None:
    """Return the longest declared name the reference begins with."""
    parts = reference.removesuffix("[]").replace("[].", ".[].").split(".")
    for length in range(len(parts), 0, -1):
        name = ".".join(parts[:length]).removesuffix("[]").removesuffix(".")
        if name in names:
            return name
    return None


def _presence(expression: str, names: Mapping[str, Kind] | None) -> str:
    """
    Turn ``has(child.born_on)`` into the variable ``has.child.born_on``, each character in its place.

    Without ``names`` only what CEL itself would refuse is turned: ``has(married)``, a name without a dot.
    """

    def swap(match: re.Match[str]) -> str:
        literal, before, inside, name, after = match.groups()
        if literal is not None or ("." in name if names is None else name not in names):
            return match[0]
        return f"has{before}.{inside}{name}{after} "

    return _HAS.sub(swap, expression)


_BARE = cel.NewEnv()
