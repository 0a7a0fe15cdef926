"""Tell a person what becomes of the request to put their record right. Wired in ``wiring/listeners.py``."""

from datetime import datetime
from uuid import UUID

from tinhso.kernel.clock import local
from tinhso.notices.actions import notify
from tinhso.notices.templates import Value
from tinhso.registers.correction_events import (
    CorrectionDone,
    CorrectionOpened,
    CorrectionProofAsked,
    CorrectionRefused,
    CorrectionVerified,
)
from tinhso.registers.corrections import CorrectionTold, told_of


def on_opened(*, event: CorrectionOpened, at: datetime) -> None:
    if event.person_id is None:
        return
    told = told_of(event.correction_id)
    _tell(event.correction_id, told, at=at, template="correction_opened", due=_day(told))


def on_proof_asked(*, event: CorrectionProofAsked, at: datetime) -> None:
    told = told_of(event.correction_id)
    data = {"question": told.question.rstrip(" .?")}
    _tell(event.correction_id, told, at=at, template="correction_asked", occasion=at.isoformat(), **data)


def on_verified(*, event: CorrectionVerified, at: datetime) -> None:
    told = told_of(event.correction_id)
    _tell(event.correction_id, told, at=at, template="correction_verified", due=_day(told))


def on_done(*, event: CorrectionDone, at: datetime) -> None:
    _tell(event.correction_id, told_of(event.correction_id), at=at, template="correction_done")


def on_refused(*, event: CorrectionRefused, at: datetime) -> None:
    told = told_of(event.correction_id)
    # The sentence of the message has its own full stop.
    reason = told.reason.rstrip(" .")
    _tell(event.correction_id, told, at=at, template="correction_refused", reason=reason)


def _tell(
    correction_id: UUID,
    told: CorrectionTold,
    *,
    at: datetime,
    template: str,
    occasion: str = "",
    **data: Value,
) -> None:
    """Write to whom the record is about, as far as anybody of the kind is known here."""
    if told.person_id is None:
        return
    notify(
        at=at,
        person_id=told.person_id,
        template=template,
        data={"number": told.number, "register": told.register, "field": told.field, **data},
        dedupe_key=f"{template}:{correction_id}:{occasion}",
        link=f"/dinh-chinh/{correction_id}/",
    )


def _day(told: CorrectionTold) -> str:
    return f"{local(told.due_at):%d/%m/%Y}"
