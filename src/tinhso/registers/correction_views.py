"""What a request to put a record right looks like to the actor."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tinhso.definitions.registers.reading import registers
from tinhso.definitions.registers.types import RegisterDefinition, RegisterField
from tinhso.people.types import Actor
from tinhso.registers import hand, policies
from tinhso.registers.correction_rules import own_tiers, seen_by
from tinhso.registers.in_words import value_in_words
from tinhso.registers.models import Correction
from tinhso.registers.sight import Tier
from tinhso.registers.types import CORRECTION_OPEN, CorrectionState, Value


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """
    One request, as far as the actor may see it.

    :param said: what the register said when it was asked for; None too where the actor may not see the field
    :param said_words: the same in words; empty where the actor may not see it
    :param title: of the record
    :param may_work: the actor may verify, settle and refuse it
    :param is_own: the actor asked for it, or it is about them: theirs to answer
    """

    id: UUID
    number: str
    register: str
    register_name: str
    record_id: UUID
    record_key: str
    title: str
    field: str
    label: str
    said: Value
    right: Value
    said_words: str
    right_words: str
    since: date | None
    proof: str
    paper_ids: tuple[UUID, ...]
    state: CorrectionState
    question: str
    answer: str
    reason: str
    by_officer: bool
    person_id: UUID | None
    subject_id: UUID | None
    opened_at: datetime
    due_at: datetime
    longest_at: datetime
    verified_at: datetime | None
    closed_at: datetime | None
    is_overdue: bool
    revision: int
    written_number: int | None
    unit_key: str
    may_work: bool
    is_own: bool

    @property
    def is_open(self) -> bool:
        return self.state in CORRECTION_OPEN


class CorrectionViewing:
    """What a list asks of every row, found once."""

    def __init__(self, actor: Actor, at: datetime, language: str) -> None:
        self.actor, self.at, self.language = actor, at, language
        # Who signs in as an officer reads by the post, also what is about themselves or their kin.
        own = () if actor.is_officer else (actor.person_id, *actor.whole_principals)
        self.persons = {one for one in own if one}
        self._may: dict[tuple[str, str], bool] = {}
        self._tiers: dict[str, tuple[Tier, ...]] = {}

    def view(self, row: Correction) -> CorrectionView:
        definition = registers().get(row.register)
        field = definition.by_id.get(row.field) if definition else None
        is_own = row.person_id in self.persons or row.asked_by == self.actor.ref.id
        seen = self._seen(definition, row) if definition else frozenset()
        shows = is_own or row.field in seen
        return CorrectionView(
            id=row.pk,
            number=row.number,
            register=row.register,
            register_name=definition.name.into(self.language) if definition else row.register,
            record_id=row.record_id,
            record_key=row.version.key,
            title=hand.title(definition, row.version.values, seen) if definition else "",
            field=row.field,
            label=field.label.into(self.language) if field else row.field,
            said=row.said if shows else None,
            right=row.right if shows else None,
            said_words=self._words(field, row.said) if shows else "",
            right_words=self._words(field, row.right) if shows else "",
            since=row.since,
            proof=row.proof,
            paper_ids=tuple(UUID(one) for one in row.paper_ids),
            state=CorrectionState(row.state),
            question=row.question,
            answer=row.answer,
            reason=row.reason,
            by_officer=row.by_officer,
            person_id=row.person_id,
            subject_id=row.subject_id,
            opened_at=row.opened_at,
            due_at=row.due_at,
            longest_at=row.longest_at,
            verified_at=row.verified_at,
            closed_at=row.closed_at,
            is_overdue=row.state in CORRECTION_OPEN and row.due_at < self.at,
            revision=row.revision,
            written_number=row.written_number,
            unit_key=row.unit_key,
            may_work=self._works(definition, row.unit_key) if definition else False,
            is_own=is_own,
        )

    def _words(self, field: RegisterField | None, value: Value) -> str:
        return value_in_words(field, value, self.language) if field else str(value)

    def _seen(self, definition: RegisterDefinition, row: Correction) -> frozenset[str]:
        if definition.id not in self._tiers:
            self._tiers[definition.id] = own_tiers(self.actor, definition)
        return seen_by(self._tiers[definition.id], row.version)

    def _works(self, definition: RegisterDefinition, unit_key: str) -> bool:
        asked = (definition.id, unit_key)
        if asked not in self._may:
            self._may[asked] = self.actor.is_officer and policies.may_write(
                actor=self.actor, definition=definition, unit_key=unit_key
            )
        return self._may[asked]
