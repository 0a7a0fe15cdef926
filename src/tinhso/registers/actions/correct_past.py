"""Put right what the register said wrongly of the past."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tinhso.kernel.clock import local
from tinhso.people.types import Actor
from tinhso.registers import correcting
from tinhso.registers.events import PastCorrected
from tinhso.registers.refusals import FutureSpan
from tinhso.registers.types import BY_OFFICER, Source, Values, Written


@transaction.atomic
def correct_past(
    *,
    actor: Actor,
    at: datetime,
    record_id: UUID,
    changes: Values,
    reason: str,
    since: date | None = None,
    until: date | None = None,
    number: int | None = None,
    source: Source = BY_OFFICER,
) -> Written:
    """
    Put values right for days that have begun; what we held for true before stays in the history.

    :param since: the first day that was wrong; None: from the beginning
    :param until: the first day that was right again; None: it was always wrong, and the right value goes on
    :raises FutureSpan: the span ends after today, or begins after it
    :raises Refusal: see ``correct_record``
    """
    today = local(at).date()
    if any(day is not None and day > today for day in (since, until)):
        raise FutureSpan
    return correcting.correct(
        actor=actor,
        at=at,
        record_id=record_id,
        correction=correcting.Correction(changes, reason, source, since, until, number),
        kind=PastCorrected,
    )
