"""What a procedure names outside itself or further down: agencies, events, accounts, papers, examples."""

from collections.abc import Iterator

from tinhso.definitions.checks.case import Case
from tinhso.definitions.explaining import nearest
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.types import Example, Procedure, QuestionType


def find(case: Case) -> Iterator[Mistake]:
    """Yield names that lead nowhere."""
    yield from _catalogue(case)
    yield from _pages_and_papers(case)
    yield from _fees(case)
    yield from _reliefs(case)
    yield from _examples(case)


def _catalogue(case: Case) -> Iterator[Mistake]:
    kinds, events = case.lists.agency_kinds, case.lists.life_events
    agency = case.procedure.agency
    if kinds is not None and agency not in kinds:
        hint = nearest(agency, sorted(kinds))
        yield case.places.mistake(("agency",), "unknown-agency-kind", name=agency, hint=hint)
    until = case.procedure.result.valid_until_id
    asked = case.by_id().get(until)
    if until and (asked is None or asked.question.type is not QuestionType.DATE):
        dates = [name for name, one in case.by_id().items() if one.question.type is QuestionType.DATE]
        hint = nearest(until, dates)
        yield case.places.mistake(("result", "valid_until"), "valid-until-no-date", name=until, hint=hint)
    for index, event in enumerate(case.procedure.life_events):
        if events is not None and event not in events:
            hint = nearest(event, sorted(events))
            yield case.places.mistake(("life_events", index), "unknown-life-event", name=event, hint=hint)


def _pages_and_papers(case: Case) -> Iterator[Mistake]:
    parts = (
        ("form", [page.id for page in case.procedure.form]),
        ("papers", [paper.id for paper in case.procedure.papers]),
    )
    for part, ids in parts:
        for index, name in enumerate(ids):
            first = ids.index(name)
            if first < index:
                line = case.line((part, first, "id"))
                yield case.places.mistake((part, index, "id"), "duplicate-id", name=name, other=line)


def _fees(case: Case) -> Iterator[Mistake]:
    accounts = case.lists.accounts
    settled: dict[str, int] = {}
    for index, fee in enumerate(case.procedure.fees):
        if accounts is not None and fee.account not in accounts:
            hint = nearest(fee.account, sorted(accounts))
            yield case.places.mistake(
                ("fees", index, "account"), "unknown-account", fee=fee.name.vi, name=fee.account, hint=hint
            )
        if fee.code in settled:
            yield case.places.mistake(
                ("fees", index), "unreachable-fee", name=fee.code, other=settled[fee.code]
            )
        elif fee.when.strip() == "true":
            settled[fee.code] = case.line(("fees", index))
        if (fee.pay == "on_step") != (fee.step is not None):
            yield case.places.mistake(("fees", index), "fee-without-step", fee=fee.name.vi)


def _reliefs(case: Case) -> Iterator[Mistake]:
    codes, papers = {fee.code for fee in case.procedure.fees}, {paper.id for paper in case.procedure.papers}
    later = {step.id for step in case.procedure.steps[1:]}
    ids = [relief.id for relief in case.procedure.reliefs]
    for index, relief in enumerate(case.procedure.reliefs):
        at = ("reliefs", index)
        if ids.index(relief.id) < index:
            line = case.line(("reliefs", ids.index(relief.id), "id"))
            yield case.places.mistake((*at, "id"), "duplicate-id", name=relief.id, other=line)
        for place, code in enumerate(relief.fees):
            if code not in codes:
                hint = nearest(code, sorted(codes))
                yield case.places.mistake((*at, "fees", place), "relief-of-no-fee", name=code, hint=hint)
        if relief.proof is not None and relief.proof not in papers:
            hint = nearest(relief.proof, sorted(papers))
            yield case.places.mistake((*at, "proof"), "relief-without-proof", name=relief.proof, hint=hint)
        if relief.begins_on and relief.ends_on and relief.ends_on < relief.begins_on:
            yield case.places.mistake((*at, "ends_on"), "relief-never", name=relief.name.vi)
    for index, fee in enumerate(case.procedure.fees):
        if fee.step is not None and fee.step not in later:
            hint = nearest(fee.step, sorted(later))
            yield case.places.mistake(("fees", index, "step"), "fee-of-no-step", name=fee.step, hint=hint)


def _parts(procedure: Procedure, example: Example) -> Iterator[str]:
    """Yield the parts for which an example may hand something in."""
    yield from (paper.id for paper in procedure.papers)
    for question in procedure.questions():
        if question.type is QuestionType.FILE:
            yield question.id
        entries = example.answers.get(question.id)
        files = [inner.id for inner in question.ask if inner.type is QuestionType.FILE]
        for place, _entry in enumerate(entries if isinstance(entries, list | tuple) else (), start=1):
            yield from (f"{question.id}[{place}].{name}" for name in files)


def _examples(case: Case) -> Iterator[Mistake]:
    questions = case.by_id()
    for index, example in enumerate(case.procedure.examples):
        papers = list(_parts(case.procedure, example))
        for part, given in (("answers", example.answers), ("findings", example.findings)):
            for name in given:
                if name not in questions:
                    hint = nearest(name, list(questions))
                    yield case.places.mistake(
                        ("examples", index, part, name), "example-unknown-answer", name=name, hint=hint
                    )
        for place, name in enumerate(example.papers):
            if name not in papers:
                yield case.places.mistake(
                    ("examples", index, "papers", place),
                    "example-unknown-paper",
                    name=name,
                    hint=nearest(name, papers),
                )
