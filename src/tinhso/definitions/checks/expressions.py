"""Expressions: syntax, types, what they read and whether that is already known where they stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tinhso.definitions import conditions
from tinhso.definitions.checks.case import END, FIRST_STEP, Case, Rank
from tinhso.definitions.explaining import nearest
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.parsed import Reference
from tinhso.definitions.places import Location
from tinhso.definitions.problems import ExpressionProblem
from tinhso.definitions.scope import ENTRY, scope_of
from tinhso.definitions.types import Procedure, Question

_CODES = {
    "syntax": "expression-syntax",
    "types": "expression-types",
    "undeclared": "unknown-name",
    "too-long": "expression-limit",
    "too-deep": "expression-limit",
}


@dataclass(frozen=True, slots=True)
class Written:
    """
    One expression where it stands.

    :param before: it may read the answers of a smaller rank
    :param entry: fields of the same entry it may read, inside a group
    :param gives: ``when`` must be able to hold; ``bool`` need not; ``int`` is an amount
    """

    text: str
    at: Location
    before: Rank
    gives: Literal["when", "bool", "int"] = "when"
    group: str | None = None
    entry: tuple[str, ...] = ()


def find(case: Case) -> Iterator[Mistake]:
    """Yield the mistakes of every expression of the procedure."""
    for written in _all(case):
        yield from _examine(case, written)


def _all(case: Case) -> Iterator[Written]:
    procedure = case.procedure
    for index, exception in enumerate(procedure.time.cases):
        yield Written(exception.when, ("time", "cases", index, "when"), (FIRST_STEP + 1, 0))
    for index, page in enumerate(procedure.form):
        if page.when:
            yield Written(page.when, ("form", index, "when"), (index, 0))
    for asked in case.asked():
        yield from _of_question(asked.question, asked.at, asked.rank)
    for index, paper in enumerate(procedure.papers):
        yield Written(paper.required, ("papers", index, "required"), (FIRST_STEP, 0), "bool")
    yield from _of_replacements(procedure)
    for index, fee in enumerate(procedure.fees):
        before = (FIRST_STEP, 0) if fee.pay == "on_filing" else END
        yield Written(fee.when, ("fees", index, "when"), before)
        yield Written(fee.amount, ("fees", index, "amount"), before, "int")
    for index, relief in enumerate(procedure.reliefs):
        yield Written(relief.when, ("reliefs", index, "when"), (FIRST_STEP, 0))
    for index, step in enumerate(procedure.steps):
        if step.when:
            yield Written(step.when, ("steps", index, "when"), (FIRST_STEP + index, 0))


def _of_replacements(procedure: Procedure) -> Iterator[Written]:
    for index, paper in enumerate(procedure.papers):
        for place, one in enumerate(paper.replaced_by):
            at = ("papers", index, "replaced_by", place, "when")
            yield Written(one.when, at, (FIRST_STEP, 0), "bool")


def _of_question(question: Question, at: Location, rank: Rank) -> Iterator[Written]:
    page_end = (rank[0] + 1, 0)
    if question.when:
        yield Written(question.when, (*at, "when"), rank)
    for index, rule in enumerate(question.rules):
        yield Written(rule.must, (*at, "rules", index, "must"), page_end)
    fields = tuple(inner.id for inner in question.ask)
    for place, inner in enumerate(question.ask):
        inside = (*at, "ask", place)
        if inner.when:
            yield Written(inner.when, (*inside, "when"), rank, group=question.id, entry=fields[:place])
        for index, rule in enumerate(inner.rules):
            yield Written(
                rule.must, (*inside, "rules", index, "must"), page_end, group=question.id, entry=fields
            )


def _examine(case: Case, written: Written) -> Iterator[Mistake]:
    try:
        read = conditions.parsed(written.text).references
    except ExpressionProblem as problem:
        yield _at_problem(case, written, problem)
        return
    unreadable = tuple(_unreadable(case, written, read))
    yield from unreadable
    if unreadable:
        return
    try:
        program = conditions.compiled(written.text, procedure=case.procedure, group=written.group)
    except ExpressionProblem as problem:
        yield _at_problem(case, written, problem)
        return
    yield from _result(case, written, program)


def _unreadable(case: Case, written: Written, read: Sequence[Reference]) -> Iterator[Mistake]:
    scope = scope_of(case.procedure, written.group)
    names, groups, questions = scope.kinds, dict(scope.groups), case.by_id()
    for reference in read:
        name = conditions.known_name(reference.name, names)
        if name is None:
            yield _at(case, written, reference, "unknown-question", hint=_hint(reference.name, list(names)))
            continue
        field = reference.name.removeprefix(name).removeprefix("[].")
        fields = [inner for inner, _ in groups.get(name, ())]
        if reference.name.startswith(f"{name}[].") and not _leads_to(field, fields):
            yield _at(case, written, reference, "unknown-question", hint=_hint(field, fields))
        if name.startswith(f"{ENTRY}."):
            yield from _later_in_entry(case, written, reference, name)
        asked = questions.get(name) or questions.get(name.rpartition(".")[0])
        if asked and asked.rank >= written.before:
            line = case.line((*asked.at, "id"))
            yield _at(case, written, reference, "later-answer", other=line)


def _later_in_entry(case: Case, written: Written, reference: Reference, name: str) -> Iterator[Mistake]:
    field = name.removeprefix(f"{ENTRY}.")
    if field in written.entry or field.rpartition(".")[0] in written.entry:
        return
    group = case.by_id()[written.group or ""]
    places = {inner.id: index for index, inner in enumerate(group.question.ask)}
    place = places.get(field, places.get(field.rpartition(".")[0], 0))
    line = case.line((*group.at, "ask", place, "id"))
    yield _at(case, written, reference, "later-answer", other=line)


def _leads_to(path: str, names: list[str]) -> bool:
    return any(path == name or path.startswith(f"{name}.") or name.startswith(f"{path}.") for name in names)


def _hint(name: str, known: list[str]) -> str:
    return nearest(name.removesuffix("[]"), known)


def _result(case: Case, written: Written, program: conditions.Program) -> Iterator[Mistake]:
    wanted, code = ("int", "amount-not-whole") if written.gives == "int" else ("bool", "not-yes-no")
    if program.result not in {wanted, "dyn"}:
        yield case.places.mistake(written.at, code, type=program.result)
        return
    if program.reads:
        return
    value = _constant(program)
    if written.gives == "when" and value is False:
        yield case.places.mistake(written.at, "never-true")
    if written.gives == "int" and isinstance(value, int) and value < 0:
        yield case.places.mistake(written.at, "amount-negative", amount=value)


def _constant(program: conditions.Program) -> object:
    value: object = program.runnable.eval(data={}).plain_value()
    return value


def _at(case: Case, written: Written, reference: Reference, code: str, **data: object) -> Mistake:
    before = written.text[: reference.column - 1]
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    return case.places.mistake_within(written.at, code, line=line, column=column, name=reference.name, **data)


def _at_problem(case: Case, written: Written, problem: ExpressionProblem) -> Mistake:
    return case.places.mistake_within(
        written.at, _CODES[problem.code], line=problem.line, column=problem.column, detail=problem.detail
    )
