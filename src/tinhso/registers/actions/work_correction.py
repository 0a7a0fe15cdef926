"""Work on a request to put a record right: ask for proof, take it, verify, settle, refuse."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.kernel import ledger
from tinhso.kernel.text import normalise
from tinhso.people.types import Actor
from tinhso.registers import terms
from tinhso.registers.actions.correct_past import correct_past
from tinhso.registers.actions.correct_record import correct_record
from tinhso.registers.correction_events import (
    CorrectionDone,
    CorrectionProofAsked,
    CorrectionProofGiven,
    CorrectionRefused,
    CorrectionVerified,
)
from tinhso.registers.correction_rules import TextNeeded, lock, require_asker, require_worker
from tinhso.registers.models import Correction
from tinhso.registers.types import CorrectionState, Source, SourceKind, Written

LONGEST = 2000


@transaction.atomic
def ask_proof(
    *, actor: Actor, at: datetime, correction_id: UUID, question: str, revision: int | None = None
) -> None:
    """
    Ask who opened it for more proof; the clock runs on.

    :raises CorrectionMissing, StaleCorrection, MoveNotNow: as they say
    :raises NotYourRegister: the actor may not write the record; TextNeeded: nothing is asked
    """
    row = lock(actor=actor, correction_id=correction_id, move="ask", revision=revision)

    actor = require_worker(actor=actor, row=row)

    row.question, row.answer = _text(question), ""
    _to(row, CorrectionState.ASKED)

    ledger.record(
        actor=actor, at=at, event=CorrectionProofAsked(correction_id=row.pk, record_id=row.record_id)
    )


@transaction.atomic
def give_proof(
    *,
    actor: Actor,
    at: datetime,
    correction_id: UUID,
    answer: str,
    paper_ids: tuple[UUID, ...] = (),
    revision: int | None = None,
) -> None:
    """
    Answer what the office asked; the first five days begin anew, within the longest.

    :param paper_ids: papers that a higher room has taken in, besides those there are
    :raises CorrectionMissing, StaleCorrection, MoveNotNow, NotAllowed, TextNeeded: as they say
    """
    row = lock(actor=actor, correction_id=correction_id, move="answer", revision=revision)

    require_asker(actor=actor, row=row)

    row.answer = _text(answer)
    row.paper_ids = [*row.paper_ids, *(str(one) for one in paper_ids)]
    row.due_at = terms.verify_by(at, longest_at=row.longest_at)
    _to(row, CorrectionState.OPENED)

    event = CorrectionProofGiven(correction_id=row.pk, record_id=row.record_id, due_at=row.due_at)
    ledger.record(actor=actor, at=at, event=event)


@transaction.atomic
def verify_correction(
    *, actor: Actor, at: datetime, correction_id: UUID, revision: int | None = None
) -> None:
    """
    Say that the person is right; the second five days begin.

    :raises CorrectionMissing, StaleCorrection, MoveNotNow, NotYourRegister: as they say
    """
    row = lock(actor=actor, correction_id=correction_id, move="verify", revision=revision)

    actor = require_worker(actor=actor, row=row)

    row.verified_at = at
    row.due_at = terms.settle_by(at, longest_at=row.longest_at)
    _to(row, CorrectionState.VERIFIED)

    event = CorrectionVerified(correction_id=row.pk, record_id=row.record_id, due_at=row.due_at)
    ledger.record(actor=actor, at=at, event=event)


@transaction.atomic
def settle_correction(
    *, actor: Actor, at: datetime, correction_id: UUID, revision: int | None = None
) -> Written:
    """
    Put the record right, with the request as its source, in the same transaction.

    :raises CorrectionMissing, StaleCorrection, MoveNotNow, NotYourRegister: as they say
    :raises Refusal: what ``correct_past`` and ``correct_record`` refuse; the request stays as it was
    """
    row = lock(actor=actor, correction_id=correction_id, move="settle", revision=revision)

    require_worker(actor=actor, row=row)

    source = Source(SourceKind.TICKET, str(row.pk))
    changes, reason = {row.field: row.right}, f"{row.number}: {row.proof}"
    written = (
        correct_past(
            actor=actor, at=at, record_id=row.record_id, changes=changes, reason=reason, source=source
        )
        if row.since is None
        else correct_record(
            actor=actor,
            at=at,
            record_id=row.record_id,
            changes=changes,
            reason=reason,
            since=row.since,
            source=source,
        )
    )
    late = at > row.due_at
    row.written_number = written.number
    _close(row, CorrectionState.DONE, actor=actor, at=at)

    event = CorrectionDone(correction_id=row.pk, record_id=row.record_id, number=written.number, late=late)
    ledger.record(actor=actor, at=at, event=event)
    return written


@transaction.atomic
def refuse_correction(
    *, actor: Actor, at: datetime, correction_id: UUID, reason: str, revision: int | None = None
) -> None:
    """
    Leave the record as it is, and say why.

    :raises CorrectionMissing, StaleCorrection, MoveNotNow, NotYourRegister, TextNeeded: as they say
    """
    row = lock(actor=actor, correction_id=correction_id, move="refuse", revision=revision)

    actor = require_worker(actor=actor, row=row)

    late = at > row.due_at
    row.reason = _text(reason)
    _close(row, CorrectionState.REFUSED, actor=actor, at=at)

    ledger.record(
        actor=actor,
        at=at,
        event=CorrectionRefused(correction_id=row.pk, record_id=row.record_id, late=late),
    )


def _text(text: str) -> str:
    """:raises TextNeeded: there is none"""
    said = normalise(text)[:LONGEST]
    if not said:
        raise TextNeeded
    return said


def _to(row: Correction, state: CorrectionState) -> None:
    row.state = state
    row.revision += 1
    row.save()


def _close(row: Correction, state: CorrectionState, *, actor: Actor, at: datetime) -> None:
    row.closed_at, row.closed_by = at, actor.ref.id
    _to(row, state)
