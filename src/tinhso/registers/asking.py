"""A register was asked about a person: what was given is noted for them, whoever asked and for what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tinhso.kernel import ledger
from tinhso.people.actions import note_access
from tinhso.people.types import AccessPurpose, Actor
from tinhso.registers.events import RegisterAsked
from tinhso.registers.models import RecordVersion, RegisterLook


@dataclass(frozen=True, slots=True)
class Given:
    """
    One thing a register gave.

    :param question: the question, or the paper, that it was given for
    :param field: empty for the whole record
    """

    question: str
    version: RecordVersion
    field: str = ""


def note_given(
    *, actor: Actor, at: datetime, person_id: UUID, subject_id: UUID, purpose: str, given: Sequence[Given]
) -> None:
    """
    Keep a look for each thing, and a line in the person's log for all of them.

    :param purpose: in words, as the person reads it
    """
    RegisterLook.objects.bulk_create(
        RegisterLook(
            at=at,
            person_id=person_id,
            actor_id=actor.ref.id,
            version=one.version,
            field=one.field,
            subject_id=subject_id,
            question=one.question,
            purpose=purpose[:240],
        )
        for one in given
    )
    note_access(
        actor=actor,
        at=at,
        person_id=person_id,
        purpose=AccessPurpose.DOSSIER,
        subject_id=subject_id,
        reason=purpose,
    )


def record_asked(*, actor: Actor, at: datetime, subject_id: UUID, given: Sequence[Given]) -> None:
    """Write to the ledger what was asked, and which versions answered."""
    event = RegisterAsked(
        draft_id=subject_id,
        questions=tuple(dict.fromkeys(one.question for one in given)),
        version_ids=tuple(dict.fromkeys(one.version.pk for one in given)),
    )
    ledger.record(actor=actor, at=at, event=event)
