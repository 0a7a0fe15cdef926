"""Say that a record is wrong, and what is right: one request, or many at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tinhso.definitions.registers.reading import register
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel import ledger
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Refusal
from tinhso.kernel.sequences import next_numbers
from tinhso.kernel.text import normalise
from tinhso.people.types import Actor, ActorKind
from tinhso.registers import checking, hand, terms
from tinhso.registers.correction_events import CorrectionOpened
from tinhso.registers.correction_rules import (
    AlreadyAsked,
    NotAField,
    NotYourRecord,
    ProofNeeded,
    TooManyOpen,
    askable,
    own_tiers,
    person_of,
    persons_in,
    require_ours,
    seen_by,
)
from tinhso.registers.models import Correction, RecordVersion
from tinhso.registers.refusals import FutureSpan, NothingChanged, RecordEmptied, RecordMissing
from tinhso.registers.sight import Tier
from tinhso.registers.types import RowProblem, Value

MOST_AT_ONCE = 1000
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


@dataclass(frozen=True, slots=True)
class Opened:
    """:param wrong: rows that were not taken, with why; the others are requests now"""

    correction_ids: tuple[UUID, ...]
    wrong: tuple[RowProblem, ...]


@transaction.atomic
def open_correction(*, actor: Actor, at: datetime, asked: Asked) -> UUID:
    """
    Open a request; the register stays as it is until somebody has verified it.

    :raises RecordMissing: absent, or the actor sees nothing of it
    :raises NotYourRecord: it is public, but neither about the actor nor in their care
    :raises NotAField, ProofNeeded, RecordInvalid, NothingChanged, FutureSpan: what was said does not do
    :raises AlreadyAsked: a request about the field is open; TooManyOpen: of this account
    :raises TruthIsOutside: another system decides what is true
    """
    (version,) = _versions(actor, [asked.record_id]).values() or (None,)

    if version is None:
        raise RecordMissing
    _require_few(actor)

    row = _Making(actor, at, [version]).row(asked, version)
    _require_free(row)

    row.number = _numbers(at, 1)[0]
    row.save(force_insert=True)

    ledger.record(actor=actor, at=at, event=_event(row))
    return row.pk


@transaction.atomic
def open_corrections(*, actor: Actor, at: datetime, several: Sequence[Asked]) -> Opened:
    """
    Open many requests at once, of which wrong ones are named and left out; the number of questions to the
    database does not grow with them.

    :param several: at most :data:`MOST_AT_ONCE`
    :raises TooManyOpen: more than that
    """
    if len(several) > MOST_AT_ONCE:
        raise TooManyOpen(count=len(several))
    versions = _versions(actor, {one.record_id for one in several})

    taken = set(Correction.objects.open().filter(record_id__in=versions).values_list("record_id", "field"))
    rows, wrong = _rows(actor, at, several, versions, taken)

    for row, number in zip(rows, _numbers(at, len(rows)), strict=True):
        row.number = number
    Correction.objects.bulk_create(rows)

    ledger.record_all(actor=actor, at=at, events=[_event(row) for row in rows])
    return Opened(tuple(row.pk for row in rows), tuple(wrong))


def _rows(
    actor: Actor,
    at: datetime,
    several: Sequence[Asked],
    versions: dict[UUID, RecordVersion],
    taken: set[tuple[UUID, str]],
) -> tuple[list[Correction], list[RowProblem]]:
    making = _Making(actor, at, versions.values())
    rows: list[Correction] = []
    wrong: list[RowProblem] = []
    for place, asked in enumerate(several, start=1):
        try:
            version = versions.get(asked.record_id)
            if version is None:
                raise RecordMissing
            if (asked.record_id, asked.field) in taken:
                raise AlreadyAsked(number="")
            rows.append(making.row(asked, version))
            taken.add((asked.record_id, asked.field))
        except Refusal as refusal:
            wrong.append(RowProblem(place, refusal.sentence()))
    return rows, wrong


class _Making:
    """What every request of one call shares, found once: days, rights, whom the records are about."""

    def __init__(self, actor: Actor, at: datetime, versions: Iterable[RecordVersion]) -> None:
        self.actor, self.at = actor, at
        self.longest_at = terms.terms().longest.after(at)
        self.due_at = terms.verify_by(at, longest_at=self.longest_at)
        self._persons = persons_in(actor, versions)
        self._tiers: dict[str, tuple[Tier, ...]] = {}

    def row(self, asked: Asked, version: RecordVersion) -> Correction:
        """Return the request, unsaved and without a number. :raises Refusal: see :func:`open_correction`"""
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
            by_officer=not _is_citizen(self.actor),
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
        if not seen or (person_id is None and _is_citizen(self.actor)):
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


def _is_citizen(actor: Actor) -> bool:
    return actor.kind not in (ActorKind.OFFICER, ActorKind.SYSTEM)


def _versions(actor: Actor, record_ids: Iterable[UUID]) -> dict[UUID, RecordVersion]:
    """Return what we hold for true now of each record the actor sees, of its latest days."""
    rows = RecordVersion.objects.now().in_force().visible_to(actor)
    found = rows.filter(record_id__in=list(record_ids)).order_by("valid_from")
    return {row.record_id: row for row in found}


def _require_few(actor: Actor) -> None:
    if not _is_citizen(actor):
        return
    count = Correction.objects.open().filter(asked_by=actor.ref.id, by_officer=False).count()
    if count >= terms.terms().most_open:
        raise TooManyOpen(count=count)


def _require_free(row: Correction) -> None:
    standing = Correction.objects.open().filter(record_id=row.record_id, field=row.field)
    if number := standing.values_list("number", flat=True).first():
        raise AlreadyAsked(number=number)


def _numbers(at: datetime, count: int) -> list[str]:
    if not count:
        return []
    year = local(at).year
    return [f"DC-{year}-{number:06}" for number in next_numbers(f"correction/{year}", count)]


def _event(row: Correction) -> CorrectionOpened:
    return CorrectionOpened(
        correction_id=row.pk,
        record_id=row.record_id,
        register=row.register,
        field=row.field,
        by_officer=row.by_officer,
        due_at=row.due_at,
        person_id=row.person_id,
    )
