"""What the engine takes and gives: frozen values, nothing of HTML."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Answers = Mapping[str, object]
Data = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class CommuneMatch:
    """
    What a written commune means on a day.

    :param code: the one unit in force; empty when there is none, or more than one
    :param name: its name with the province, or the name of the unit that is gone
    :param successors: names with the province of the units that hold its land today, when it is gone
    """

    code: str = ""
    name: str = ""
    successors: tuple[str, ...] = ()


# Takes a code or a written name, and the day; gives None when nothing of the kind was ever known.
CommuneLookup = Callable[[str, date], CommuneMatch | None]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a type may look at besides the answer: the day, the reader's language, the communes."""

    today: date
    language: str = "vi"
    communes: CommuneLookup | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one field, by the name of the box that should get the focus."""

    field_name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A value, or None when nothing (valid) was given, and what is wrong."""

    value: object | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldError:
    """
    What is wrong with an answer.

    :param question_id: the question; for an entry of a group, the group
    :param field_name: the HTML name of the box to focus, e.g. ``child.born_on-day``; a paper's id for papers
    """

    question_id: str
    field_name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PageResult:
    """
    One page as it came back.

    :param answers: the answers before, merged with those of this page; one that is not of its type is absent
    :param typed: every box of the page by HTML name, exactly as typed, to be shown again
    :param revealed: questions that came into sight by this page's answers and have not been asked yet
    :param intent: ``add`` and ``remove`` change a group's entries, ``refresh`` shows what the answers reveal:
        show the page again, without errors
    """

    answers: dict[str, object]
    typed: dict[str, list[str]]
    errors: tuple[FieldError, ...] = ()
    revealed: tuple[str, ...] = ()
    intent: Literal["save", "add", "remove", "refresh"] = "save"

    @property
    def complete(self) -> bool:
        """Return whether the applicant may go on to the next page."""
        return self.intent == "save" and not self.errors and not self.revealed


@dataclass(frozen=True, slots=True)
class FeeLine:
    """
    One line of the bill, in whole đồng.

    :param amount: what is paid, 0 where a relief spares all of it
    :param pay: the moment, e.g. ``on_filing``; ``on_step.<step>``
    :param kind: ``fee`` (phí) or ``charge`` (lệ phí)
    :param full: before the relief
    :param relief: its id; empty: none, as are the three below
    :param proof: the paper that proves it; empty when there is nothing to look at
    """

    code: str
    name: str
    amount: int
    account: str
    pay: str
    law: str
    kind: str = "charge"
    full: int = 0
    relief: str = ""
    relief_name: str = ""
    relief_law: str = ""
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """
    One answer of the summary, as people read it; ``shown`` may have several lines.

    :param source: what proved the value, e.g. ``applicant.full_name``; empty when the applicant gave it
    """

    question_id: str
    label: str
    shown: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    page_id: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    hint: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a repeated group, with the submit button that takes it away."""

    number: int
    fields: tuple["Field", ...]
    remove_name: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """
    One question as a page draws it.

    A ``yes_no`` sends ``yes`` or ``no``, a ``declaration`` sends ``yes``, a choice its value.

    :param name: HTML name; boxes of a compound field are ``names``, in the order of ``values``
    :param id: HTML id of the box that gets the focus
    :param shown: a proved value in words; of an address being asked, the name of the commune in its box
    :param known: the source that proves the value; the field is then shown and not asked
    :param depends_on: HTML names whose change may show or hide other questions; empty when none does
    :param add_name: the submit button that adds an entry; empty when there may be no more
    :param hidden: names and values of boxes nobody sees, which keep the numbers of entries
    """

    question_id: str
    name: str
    id: str
    kind: str
    label: str
    hint: str
    names: tuple[str, ...]
    values: tuple[str, ...]
    shown: str = ""
    options: tuple[Choice, ...] = ()
    errors: tuple[Problem, ...] = ()
    required: bool = True
    autocomplete: str = ""
    inputmode: str = ""
    max_length: int = 0
    unit_label: str = ""
    known: str = ""
    entries: tuple[Entry, ...] = ()
    add_name: str = ""
    count_name: str = ""
    hidden: tuple[tuple[str, str], ...] = ()
    depends_on: tuple[str, ...] = field(default_factory=tuple)

    @property
    def value(self) -> str:
        """Return what stands in the only box."""
        return self.values[0] if self.values else ""

    @property
    def error(self) -> str:
        """Return the first sentence that says what is wrong."""
        return self.errors[0].sentence if self.errors else ""
