"""Write down that something changed, from a day on."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tinhso.people.types import Actor
from tinhso.registers import correcting
from tinhso.registers.events import RecordCorrected
from tinhso.registers.types import BY_OFFICER, Source, Values, Written


@transaction.atomic
def correct_record(
    *,
    actor: Actor,
    at: datetime,
    record_id: UUID,
    changes: Values,
    reason: str,
    since: date | None = None,
    number: int | None = None,
    source: Source = BY_OFFICER,
) -> Written:
    """
    Change values from a day on; what was true before stays as it was.

    :param changes: field id → new value; None or "" takes it away
    :param since: the first day of the new values; None: today
    :param number: the newest version the caller has seen
    :raises RecordMissing, StaleRecord, NotInForce: as they say
    :raises NotYourRegister, TruthIsOutside: the actor may not write it
    :raises RecordInvalid, ValueHeld, ParentCycle, WrongSpan, NothingChanged, ReasonNeeded: as they say
    """
    return correcting.correct(
        actor=actor,
        at=at,
        record_id=record_id,
        correction=correcting.Correction(
            changes, reason, source, since, number=number, from_today=since is None
        ),
        kind=RecordCorrected,
    )
