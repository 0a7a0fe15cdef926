"""Find the records whose data stand in the place of papers (Resolution 66.7/2025/NQ-CP)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from tinhso.definitions import conditions
from tinhso.definitions.conditions import Facts
from tinhso.definitions.registers.reading import registers
from tinhso.definitions.scope import ENTRY
from tinhso.definitions.types import Paper, Procedure, ReplacedBy
from tinhso.kernel.clock import local
from tinhso.kernel.text import fold
from tinhso.people import queries as people
from tinhso.people.types import Actor
from tinhso.registers import consents, words
from tinhso.registers.asking import Given, Purpose, note_given, record_asked
from tinhso.registers.columns import matches
from tinhso.registers.models import RecordVersion
from tinhso.registers.types import LookPurpose, Moment

Answers = Mapping[str, object]
StandIns = dict[str, list[str]]
MOST = 200


@transaction.atomic
def stand_in(
    *,
    actor: Actor,
    at: datetime,
    person_id: UUID,
    procedure: Procedure,
    answers: Answers,
    facts: Facts,
    subject_id: UUID,
    before: Mapping[str, Sequence[str]],
) -> StandIns:
    """
    Return paper → versions of the records that stand in its place; what was not found before is noted.

    A register is asked only for papers these answers call for, only about the applicant, and only with
    their consent where it needs one.

    :param answers: those that count
    :param before: what was found last time
    """
    number = people.person(person_id).personal_id
    asking = _Asking(number, person_id, procedure, answers, facts, at) if number else None
    if asking is None:
        return {}

    found = {paper.id: rows for paper in procedure.papers if (rows := asking.rows(paper))}
    told = {paper_id: [str(row.pk) for row in rows] for paper_id, rows in found.items()}

    new = {
        paper_id: rows for paper_id, rows in found.items() if list(before.get(paper_id, ())) != told[paper_id]
    }
    if new:
        _note(actor, at, person_id, procedure, subject_id, new)
    return told


class _Asking:
    """One applicant and one set of answers; each register is read once."""

    def __init__(
        self,
        number: str,
        person_id: UUID,
        procedure: Procedure,
        answers: Answers,
        facts: Facts,
        at: datetime,
    ) -> None:
        self.number, self.person_id, self.procedure = number, person_id, procedure
        self.answers, self.facts, self.at = answers, facts, at
        self._read: dict[str, list[RecordVersion]] = {}
        self._given: frozenset[str] | None = None

    def rows(self, paper: Paper) -> list[RecordVersion]:
        """Return the records that stand for the paper, of the first register that has them."""
        if not paper.replaced_by or not self._holds(paper.required):
            return []
        for one in paper.replaced_by:
            if self._holds(one.when) and self._may_ask(one.register_id) and (rows := self._all(one)):
                return rows
        return []

    def _holds(self, expression: str) -> bool:
        return conditions.holds(expression, procedure=self.procedure, answers=self.answers, facts=self.facts)

    def _may_ask(self, register_id: str) -> bool:
        if register_id not in registers():
            return False
        if not consents.needs_consent(self.procedure, register_id):
            return True
        if self._given is None:
            self._given = consents.standing(self.person_id, self.procedure.code)
        return register_id in self._given

    def _all(self, one: ReplacedBy) -> list[RecordVersion]:
        """Return exactly one record, or one for each entry; none where one is missing or doubtful."""
        rows = [row for row in self._about(one.register_id) if self._fits(one, row)]
        kept: list[RecordVersion] = []
        for entry in self._entries(one):
            mine = [row for row in rows if _matches(one, row, self.answers, entry)]
            if len(mine) != 1 or mine[0] in kept:
                return []
            kept.append(mine[0])
        return kept

    def _entries(self, one: ReplacedBy) -> Iterator[Answers]:
        if one.each is None:
            yield {}
            return
        entries = self.answers.get(one.each)
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, Mapping):
                yield entry

    def _about(self, register_id: str) -> list[RecordVersion]:
        if register_id not in self._read:
            asked = (
                f"{words.quoted(words.of_register(register_id))} & {words.quoted(words.about(self.number))}"
            )
            rows = RecordVersion.objects.as_of(Moment(local(self.at).date())).in_force()
            self._read[register_id] = list(rows.filter(matches(asked), register=register_id)[:MOST])
        return self._read[register_id]

    def _fits(self, one: ReplacedBy, row: RecordVersion) -> bool:
        definition = registers()[one.register_id]
        about = [one.by] if one.by else list(definition.subjects)
        if self.number not in {row.values.get(name) for name in about}:
            return False
        return all(str(_plain(row.values.get(name))) in allowed for name, allowed in one.allowed)


def _matches(one: ReplacedBy, row: RecordVersion, answers: Answers, entry: Answers) -> bool:
    return all(_same(row.values.get(name), _answer(asked, answers, entry)) for name, asked in one.matches)


def _answer(name: str, answers: Answers, entry: Answers) -> object:
    source, name = (
        (entry, name.removeprefix(f"{ENTRY}.")) if name.startswith(f"{ENTRY}.") else (answers, name)
    )
    if name in source:
        return source[name]
    whole, _sign, part = name.rpartition(".")
    held = source.get(whole)
    return held.get(part) if isinstance(held, Mapping) else None


def _plain(value: object) -> object:
    return value["code"] if isinstance(value, Mapping) and "code" in value else value


def _same(held: object, given: object) -> bool:
    if held is None or given is None:
        return False
    return "".join(fold(str(_plain(held))).split()) == "".join(fold(str(_plain(given))).split())


def _note(
    actor: Actor,
    at: datetime,
    person_id: UUID,
    procedure: Procedure,
    subject_id: UUID,
    found: Mapping[str, Sequence[RecordVersion]],
) -> None:
    """Keep the looks: a paper's name stands for the question, and no field for the whole record."""
    names = {paper.id: paper.name for paper in procedure.papers}
    sentence = gettext_noop("Thay giấy tờ «%(paper)s» trong hồ sơ «%(procedure)s»")
    every: list[Given] = []
    for paper_id, rows in found.items():
        purpose = Purpose.of(LookPurpose.REPLACE, sentence, paper=names[paper_id], procedure=procedure.name)
        given = [Given(paper_id, row) for row in rows]
        note_given(
            actor=actor, at=at, person_id=person_id, subject_id=subject_id, purpose=purpose, given=given
        )
        every += given
    record_asked(actor=actor, at=at, subject_id=subject_id, given=every)
