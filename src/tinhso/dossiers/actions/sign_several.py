"""Sign many results, each on its own: one that fails does not undo another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tinhso.dossiers.actions.sign_result import sign_result
from tinhso.kernel.refusals import Refusal
from tinhso.people.types import Actor


@dataclass(frozen=True, slots=True)
class Outcome:
    """:param refusal: why this one was not signed; None when it was"""

    dossier_id: UUID
    number: str = ""
    refusal: Refusal | None = None


def sign_several(*, actor: Actor, at: datetime, dossier_ids: Iterable[UUID]) -> tuple[Outcome, ...]:
    """Sign each dossier in a transaction of its own, re-checked at its turn; return what became of each."""
    return tuple(
        _sign_one(actor=actor, at=at, dossier_id=dossier_id) for dossier_id in dict.fromkeys(dossier_ids)
    )


def _sign_one(*, actor: Actor, at: datetime, dossier_id: UUID) -> Outcome:
    try:
        signed = sign_result(actor=actor, at=at, dossier_id=dossier_id)
    except Refusal as refusal:
        return Outcome(dossier_id=dossier_id, refusal=refusal)
    return Outcome(dossier_id=dossier_id, number=signed.number)
