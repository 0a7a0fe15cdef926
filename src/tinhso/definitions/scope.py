"""What an expression may read, with types: the questions, ``today``, ``applicant``, ``channel``."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from tinhso.definitions.types import Procedure, Question, QuestionType


class Kind(StrEnum):
    """Types of values in expressions."""

    TEXT = "text"
    DATE = "date"
    WHOLE = "whole"
    DECIMAL = "decimal"
    YES_NO = "yes_no"
    TEXTS = "texts"
    ADDRESS = "address"
    GROUP = "group"


LISTS = frozenset({Kind.TEXTS, Kind.GROUP})

APPLICANT: dict[str, Kind] = {
    "applicant.full_name": Kind.TEXT,
    "applicant.personal_id": Kind.TEXT,
    "applicant.born_on": Kind.DATE,
    "applicant.sex": Kind.TEXT,
    "applicant.nationality": Kind.TEXT,
    "applicant.ethnicity": Kind.TEXT,
    "applicant.phone": Kind.TEXT,
    "applicant.email": Kind.TEXT,
    "applicant.address": Kind.ADDRESS,
    "applicant.organisation_name": Kind.TEXT,
    "applicant.tax_code": Kind.TEXT,
    "applicant.for_organisation": Kind.YES_NO,
}
"""What an account can prove of its person; what ``known:`` may name. ``sex`` is male, female or other."""

FACTS: dict[str, Kind] = {"today": Kind.DATE, "channel": Kind.TEXT, **APPLICANT}

ENTRY = "entry"
"""Inside a group, ``entry.name`` is the answer ``name`` of the same entry."""

_KINDS = {
    QuestionType.DATE: Kind.DATE,
    QuestionType.MONEY: Kind.WHOLE,
    QuestionType.YES_NO: Kind.YES_NO,
    QuestionType.DECLARATION: Kind.YES_NO,
    QuestionType.MANY_OF: Kind.TEXTS,
    QuestionType.FILE: Kind.TEXTS,
    QuestionType.ADDRESS: Kind.ADDRESS,
    QuestionType.GROUP: Kind.GROUP,
}


@dataclass(frozen=True, slots=True)
class Scope:
    """
    Names an expression may read.

    :param kinds: name → type, addresses also by their parts (``home.commune``)
    :param groups: name of a group → its fields
    """

    names: tuple[tuple[str, Kind], ...]
    groups: tuple[tuple[str, tuple[tuple[str, Kind], ...]], ...] = ()

    @property
    def kinds(self) -> dict[str, Kind]:
        return dict(self.names)


@dataclass(frozen=True)
class _ByFingerprint:
    fingerprint: str
    procedure: Procedure = field(compare=False)


def kind_of(question: Question) -> Kind:
    """Return the type a question's answer has in expressions."""
    if question.type is QuestionType.NUMBER:
        return Kind.DECIMAL if question.decimals else Kind.WHOLE
    return _KINDS.get(question.type, Kind.TEXT)


def all_questions(procedure: Procedure) -> tuple[Question, ...]:
    """Return the questions of the form, then those the officers answer in the steps, in order."""
    return (*procedure.questions(), *(question for step in procedure.steps for question in step.ask))


def scope_of(procedure: Procedure, group: str | None = None) -> Scope:
    """Return what expressions of the procedure may read; inside ``group`` also ``entry``."""
    return _scope(_ByFingerprint(procedure.fingerprint, procedure), group)


@lru_cache(maxsize=4096)
def _scope(key: _ByFingerprint, group: str | None) -> Scope:
    questions = all_questions(key.procedure)
    names = dict(FACTS)
    names.update((question.id, kind_of(question)) for question in questions)
    groups = {q.id: tuple((inner.id, kind_of(inner)) for inner in q.ask) for q in questions if q.ask}
    if group is not None:
        names.update((f"{ENTRY}.{name}", kind) for name, kind in groups.get(group, ()))
    return Scope(names=tuple(_with_parts(names)), groups=tuple(groups.items()))


def _with_parts(names: dict[str, Kind]) -> Iterator[tuple[str, Kind]]:
    for name, kind in names.items():
        yield name, kind
        if kind is Kind.ADDRESS:
            yield f"{name}.commune", Kind.TEXT
            yield f"{name}.detail", Kind.TEXT
