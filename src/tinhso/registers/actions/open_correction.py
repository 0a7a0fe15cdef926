"""Say that a record is wrong, and what is right: one request, or many at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.kernel import ledger
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Refusal
from tinhso.kernel.sequences import next_numbers
from tinhso.people.types import Actor
from tinhso.registers import terms
from tinhso.registers.correction_events import CorrectionOpened
from tinhso.registers.correction_making import Asked, Making, is_citizen
from tinhso.registers.correction_rules import AlreadyAsked, TooManyOpen
from tinhso.registers.models import Correction, RecordVersion
from tinhso.registers.refusals import RecordMissing
from tinhso.registers.types import RowProblem

MOST_AT_ONCE = 1000


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

    row = Making(actor, at, [version]).row(asked, version)
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
    making = Making(actor, at, versions.values())
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


def _versions(actor: Actor, record_ids: Iterable[UUID]) -> dict[UUID, RecordVersion]:
    """Return what we hold for true now of each record the actor sees, of its latest days."""
    rows = RecordVersion.objects.now().in_force().visible_to(actor)
    found = rows.filter(record_id__in=list(record_ids)).order_by("valid_from")
    return {row.record_id: row for row in found}


def _require_few(actor: Actor) -> None:
    if not is_citizen(actor):
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
