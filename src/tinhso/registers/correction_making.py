"""What is asked for becomes a request: whose right it is, what is right, and until when it is to be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tinhso.definitions.registers.reading import register
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel.clock import local
from tinhso.kernel.text import normalise
from tinhso.people.types import Actor, ActorKind
from tinhso.registers import checking, hand, terms
from tinhso.registers.correction_rules import (
    NotAField,
    NotYourRecord,
    ProofNeeded,
    askable,
    own_tiers,
    person_of,
    persons_in,
    require_ours,
    seen_by,
)
from tinhso.registers.models import Correction, RecordVersion
from tinhso.registers.refusals import FutureSpan, NothingChanged, RecordEmptied
from tinhso.registers.sight import Tier
from tinhso.registers.types import Value

LONGEST_PROOF = 2000


@dataclass(frozen=True, slots=True)
class Asked:
    """
    What is wrong and what is right.

    :param field: id of the register's field
    :param right: the value as typed or as kept; "" or None takes it away
    :param since: the day from which the value changed; None: it was always wrong
    :param proof: in words; ``paper_ids`` papers that a higher room has taken in
    :param subject_id: the draft or dossier at which it was noticed
    """

    record_id: UUID
    field: str
    right: Value
    proof: str
    since: date | None = None
    subject_id: UUID | None = None
    paper_ids: tuple[UUID, ...] = ()


class Making:
    """What every request of one call shares, found once: days, rights, whom the records are about."""

    def __init__(self, actor: Actor, at: datetime, versions: Iterable[RecordVersion]) -> None:
        self.actor, self.at = actor, at
        self.longest_at = terms.terms().longest.after(at)
        self.due_at = terms.verify_by(at, longest_at=self.longest_at)
        self._persons = persons_in(actor, versions)
        self._tiers: dict[str, tuple[Tier, ...]] = {}

    def row(self, asked: Asked, version: RecordVersion) -> Correction:
        """Return the request, unsaved and without a number. :raises Refusal: see ``open_correction``"""
        definition = register(version.register)
        person_id = self._require_right(definition, asked, version)
        proof = normalise(asked.proof)[:LONGEST_PROOF]
        if not proof:
            raise ProofNeeded
        return Correction(
            record_id=version.record_id,
            version=version,
            register=definition.id,
            unit_key=version.unit_key,
            field=asked.field,
            said=version.values.get(asked.field),
            right=self._right(definition, asked, version),
            since=asked.since,
            proof=proof,
            paper_ids=[str(one) for one in asked.paper_ids],
            person_id=person_id,
            asked_by=self.actor.ref.id,
            by_officer=not is_citizen(self.actor),
            subject_id=asked.subject_id,
            opened_at=self.at,
            due_at=self.due_at,
            longest_at=self.longest_at,
        )

    def _require_right(
        self, definition: RegisterDefinition, asked: Asked, version: RecordVersion
    ) -> UUID | None:
        """Return whom the record is about."""
        require_ours(definition)
        if definition.id not in self._tiers:
            self._tiers[definition.id] = own_tiers(self.actor, definition)
        seen = seen_by(self._tiers[definition.id], version)
        person_id = person_of(self.actor, definition, version, self._persons)
        if not seen or (person_id is None and is_citizen(self.actor)):
            raise NotYourRecord
        if not version.values:
            raise RecordEmptied
        if asked.field not in seen or asked.field not in askable(definition):
            raise NotAField
        return person_id

    def _right(self, definition: RegisterDefinition, asked: Asked, version: RecordVersion) -> Value:
        """Return the right value as the register keeps it."""
        today = local(self.at).date()
        if asked.since is not None and asked.since > today:
            raise FutureSpan
        before = hand.content_of(version)
        read = checking.read(definition, {asked.field: asked.right}, on=today, before=before)
        right = read.values.get(asked.field)
        if right == version.values.get(asked.field):
            raise NothingChanged
        return right


def is_citizen(actor: Actor) -> bool:
    return actor.kind not in (ActorKind.OFFICER, ActorKind.SYSTEM)
