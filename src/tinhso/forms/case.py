"""One form being judged: the procedure, what is known of the day and the applicant, the reader."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

from tinhso.definitions import conditions
from tinhso.definitions.conditions import Facts
from tinhso.definitions.types import Procedure
from tinhso.forms.types import Answers, CommuneLookup, Scene


@dataclass(frozen=True, slots=True)
class Inside:
    """Where an expression stands when it is inside a group: the group's id and the entry's answers."""

    group: str
    entry: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Case:
    procedure: Procedure
    facts: Facts
    scene: Scene

    def holds(self, expression: str | None, answers: Answers, inside: Inside | None = None) -> bool:
        """Return whether a condition holds; no condition always does."""
        if expression is None:
            return True
        return conditions.holds(
            expression,
            procedure=self.procedure,
            answers=answers,
            facts=self.facts,
            group=inside.group if inside else None,
            entry=inside.entry if inside else None,
        )


def case_of(procedure: Procedure, facts: Facts, communes: CommuneLookup | None = None) -> Case:
    """Return the case with sentences in the active language."""
    language = "en" if (get_language() or "vi").startswith("en") else "vi"
    return Case(procedure, facts, Scene(today=facts.today, language=language, communes=communes))
