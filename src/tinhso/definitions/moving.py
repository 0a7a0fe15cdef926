"""May a running dossier be moved to another version of its procedure? Only if nothing it has is lost."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from tinhso.definitions.scope import ENTRY, all_questions
from tinhso.definitions.types import Procedure, Question, QuestionType


@dataclass(frozen=True, slots=True)
class MovePlan:
    """
    What a move would do to what the dossier has.

    :param lost: answers, papers (``papers.photo``), steps (``steps.examine``) the other version does not know
    :param retyped: answers whose question has another type or no longer offers the chosen value
    """

    lost: tuple[str, ...] = ()
    retyped: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Nothing is lost."""
        return not self.lost and not self.retyped


def plan_move(
    old: Procedure,
    new: Procedure,
    answers: Mapping[str, object],
    *,
    papers: Collection[str] = (),
    steps: Collection[str] = (),
) -> MovePlan:
    """
    Return what would happen to a dossier of ``old`` under ``new``.

    :param answers: question id → value; an absent answer can not be lost
    :param papers: ids of the papers it holds
    :param steps: ids of the steps it has been through or is in
    """
    before = {question.id: question for question in all_questions(old)}
    after = {question.id: question for question in all_questions(new)}
    given = [name for name, value in answers.items() if value not in (None, "", [])]
    lost = [name for name in given if name not in after]
    retyped: list[str] = []
    for name in (name for name in given if name in after):
        gone, changed = _compare(before.get(name, after[name]), after[name], answers[name])
        lost += gone
        retyped += changed
    lost += [f"papers.{name}" for name in papers if name not in {paper.id for paper in new.papers}]
    lost += [f"steps.{name}" for name in steps if name not in {step.id for step in new.steps}]
    return MovePlan(tuple(lost), tuple(retyped))


def _compare(before: Question, after: Question, value: object) -> tuple[list[str], list[str]]:
    if before.type is not after.type or before.decimals > after.decimals or not _offers(after, value):
        return [], [after.id]
    if after.type is not QuestionType.GROUP:
        return [], []
    old, new = ({inner.id: inner for inner in question.ask} for question in (before, after))
    lost: dict[str, None] = {}
    retyped: dict[str, None] = {}
    for name, answer in _fields(value):
        if name not in new:
            lost[f"{after.id}[].{name}"] = None
        elif any(_compare(old.get(name, new[name]), new[name], answer)):
            retyped[f"{after.id}[].{name}"] = None
    return list(lost), list(retyped)


def _offers(question: Question, value: object) -> bool:
    offered = {option.value for option in question.options}
    if question.type is QuestionType.ONE_OF:
        return value in offered
    if question.type is QuestionType.MANY_OF and isinstance(value, list | tuple):
        return all(one in offered for one in value)
    return True


def _fields(value: object) -> Iterator[tuple[str, object]]:
    for entry in value if isinstance(value, list | tuple) else ():
        if isinstance(entry, Mapping):
            given = ((name, answer) for name, answer in entry.items() if name != ENTRY)
            yield from ((name, answer) for name, answer in given if answer not in (None, "", []))
