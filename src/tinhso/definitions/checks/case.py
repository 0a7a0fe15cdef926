"""One procedure under examination."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tinhso.definitions.places import Location, Places
from tinhso.definitions.standard import Standard
from tinhso.definitions.types import Procedure, Question


@dataclass(frozen=True, slots=True)
class Lists:
    """
    The shared lists a procedure may name; None where a list cannot be read and so nothing is compared.

    :param registers: register id → its fields, each with its type
    """

    roles: frozenset[str] | None = None
    agency_kinds: frozenset[str] | None = None
    life_events: frozenset[str] | None = None
    accounts: frozenset[str] | None = None
    standard: Standard | None = None
    registers: Mapping[str, Mapping[str, str]] | None = None


Rank = tuple[int, int]
FIRST_STEP = 1000
END: Rank = (10**6, 0)


@dataclass(frozen=True, slots=True)
class Asked:
    """
    A question where it stands.

    :param rank: page and place on it; those of officers come after every page
    """

    question: Question
    rank: Rank
    at: Location


@dataclass(frozen=True, slots=True)
class Case:
    """
    :param path: the file, where templates are looked for
    :param derived: the file holds facts only; official titles are in Vietnamese and stay so
    """

    procedure: Procedure
    places: Places
    path: Path
    lists: Lists = field(default_factory=Lists)
    derived: bool = False

    def asked(self) -> Iterator[Asked]:
        """Yield every question with its place, of pages and then of steps, groups unopened."""
        for page_index, page in enumerate(self.procedure.form):
            for index, question in enumerate(page.ask):
                yield Asked(question, (page_index, index), ("form", page_index, "ask", index))
        for step_index, step in enumerate(self.procedure.steps):
            for index, question in enumerate(step.ask):
                yield Asked(question, (FIRST_STEP + step_index, index), ("steps", step_index, "ask", index))

    def by_id(self) -> dict[str, Asked]:
        """Return the questions by id, the first of doubled ones."""
        found: dict[str, Asked] = {}
        for asked in self.asked():
            found.setdefault(asked.question.id, asked)
        return found

    def line(self, at: Location) -> int:
        """Return the line where this part stands."""
        return self.places.spot(at).line
