"""One going through of a file: what was counted, seen and put off so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel.clock import local
from tinhso.people.types import Actor
from tinhso.registers import bulk, hand
from tinhso.registers.checking import Content
from tinhso.registers.importing.known import Lookups, Namesakes
from tinhso.registers.importing.marks import Marks
from tinhso.registers.importing.spans import Span
from tinhso.registers.types import RowProblem, Source, SourceKind, Values

WHY = "Theo tệp nhập"
Line = tuple[int, Values]


@dataclass(slots=True)
class Counts:
    new: int = 0
    changed: int = 0
    same: int = 0
    wrong: int = 0
    doubtful: int = 0

    def __sub__(self, other: "Counts") -> "Counts":
        return Counts(
            self.new - other.new,
            self.changed - other.changed,
            self.same - other.same,
            self.wrong - other.wrong,
            self.doubtful - other.doubtful,
        )


@dataclass(frozen=True, slots=True)
class Checked:
    """One good row. :param digest: of a register that numbers its records itself: what stands in the row"""

    row: int
    key: str
    content: Content
    given: Values
    span: Span | None
    digest: str = ""

    @property
    def name(self) -> str:
        """Return what tells the row from others of the file."""
        return self.key or self.digest


@dataclass(slots=True)
class Run:
    """
    One going through of a file.

    :param source: what the records say of where they come from; the file, where it is not said
    :param moved: in a dry run, records that would come into others, and into which
    :param put_off: rows that point at a record of the same register that is not there yet
    :param told: what the check of the whole file said of rows because of earlier ones, row → left out; with
        it, this run is one lane of several and does not look for such rows itself. None: it goes alone
    :param before: the register is asked for what it knew before, which other lanes have not written
    """

    actor: Actor
    at: datetime
    definition: RegisterDefinition
    reference: str
    dry_run: bool
    source: Source | None = None
    told: Mapping[int, bool] | None = None
    before: datetime | None = None
    counts: Counts = field(default_factory=Counts)
    problems: list[RowProblem] = field(default_factory=list)
    put_off: list[Line] = field(default_factory=list)
    gives_up: bool = False
    waited: int = -1
    waiting_keys: set[str] = field(default_factory=set)
    uniques: Marks = field(default_factory=Marks)
    seen: Marks = field(default_factory=Marks)
    spans: dict[str, list[tuple[int, Span]]] = field(default_factory=dict)
    names: Marks = field(default_factory=Marks)
    moved: dict[UUID, UUID] = field(default_factory=dict)
    may: dict[str, frozenset[str]] = field(default_factory=dict)
    lookups: Lookups = field(init=False)
    namesakes: Namesakes = field(init=False)
    press: bulk.Press = field(init=False)

    def __post_init__(self) -> None:
        self.source = self.source or Source(SourceKind.IMPORT, self.reference)
        self.lookups = Lookups(self.definition)
        self.namesakes = Namesakes(self.definition, before=self.before)
        entry = hand.Entry(self.source, WHY)
        self.press = bulk.Press(self.definition, at=self.at, entry=entry)

    @property
    def today(self) -> date:
        return local(self.at).date()

    def count(self, **more: int) -> None:
        """Add to the counts."""
        for name, number in more.items():
            setattr(self.counts, name, getattr(self.counts, name) + number)

    def refuse(self, row: int, sentence: str, *, about: str = "", of_file: bool = False) -> None:
        """Leave the row out, and say why."""
        self.count(wrong=1)
        self.problems.append(RowProblem(row, sentence, about, of_file=of_file))

    def doubt(self, row: int, sentence: str, *, about: str = "", of_file: bool = False) -> None:
        """Take the row in, and say what to look at."""
        self.count(doubtful=1)
        self.problems.append(RowProblem(row, sentence, about, left_out=False, of_file=of_file))

    def is_doubted(self, row: int) -> bool:
        """Tell whether something was said of the row already."""
        return row in (self.told or ()) or any(one.row == row for one in self.problems)

    def take_problems(self) -> list[RowProblem]:
        """Return what was found since the last time."""
        found, self.problems = self.problems, []
        return found

    def take_put_off(self) -> list[Line]:
        """Return the rows to be tried again, for the last time where none found its record; or nothing."""
        found, self.put_off = self.put_off, []
        self.gives_up = len(found) == self.waited
        self.waited = len(found)
        self.waiting_keys = {self.lookups.key_of(given) for _row, given in found} if self.gives_up else set()
        return found
