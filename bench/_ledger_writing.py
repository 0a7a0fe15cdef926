"""What needs Django of the bench of sealing."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.db import transaction

from tinhso.kernel import clock, ledger
from tinhso.kernel.events import Event
from tinhso.kernel.ids import new_id
from tinhso.kernel.models import LedgerEntry, LedgerLeaf
from tinhso.kernel.tree import publishing, sealing
from tinhso.people.types import system

WRITER = system("bench")


@dataclass(frozen=True, kw_only=True)
class StepMeasured(Event):
    """As many facts as the longest events of a dossier have."""

    kind: ClassVar[str] = "bench.step_measured"
    subject_kind: ClassVar[str] = "bench"
    subject_field: ClassVar[str] = "thing_id"

    thing_id: UUID
    agency_id: UUID
    step: str = "thu-ly"
    next_step: str = "trinh-ky"
    counts_late: bool = False


def warm() -> None:
    """Have connection and statements ready."""
    for _round in range(20):
        write(10)


def write(count: int) -> None:
    """Record entries in one transaction."""
    events = [StepMeasured(thing_id=new_id(), agency_id=new_id()) for _number in range(count)]
    with transaction.atomic():
        ledger.record_all(actor=WRITER, at=clock.now(), events=events)


def seal() -> int:
    """Do what the job does every five seconds."""
    sealed = sealing.seal(at=clock.now())
    publishing.publish()
    return sealed


def counted() -> tuple[int, int]:
    """Return how many entries there are, and how many have a leaf."""
    return LedgerEntry.objects.count(), LedgerLeaf.objects.count()
