"""Batches as they are read: how far one is, and what became of each dossier."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from tinhso.dossiers import announce
from tinhso.dossiers.desk_events import BatchFinished
from tinhso.dossiers.models import Batch, BatchItem, Dossier
from tinhso.kernel import ledger
from tinhso.kernel.refusals import NotFound
from tinhso.people.types import Actor, system

ACTOR = system("dossiers")
Outcome = BatchItem.Outcome


@dataclass(frozen=True, slots=True)
class Progress:
    """How many dossiers a batch has, by what became of them."""

    total: int
    waiting: int
    done: int
    refused: int
    cancelled: int

    @property
    def over(self) -> int:
        return self.total - self.waiting


@dataclass(frozen=True, slots=True)
class Told:
    """
    What became of one dossier.

    :param dossier: None where the officer may not see it any more
    """

    item: BatchItem
    dossier: Dossier | None


def batches_of(actor: Actor) -> QuerySet[Batch]:
    """Return what the officer asked for, newest first, each with ``total``, ``waiting`` and ``refused``."""
    return _counted(Batch.objects.visible_to(actor)).order_by("-asked_at", "-pk")


def access_batch(*, actor: Actor, batch_id: UUID) -> Batch:
    """Return the batch with its counts. :raises NotFound: absent, or another's"""
    batch = batches_of(actor).select_related("to_account").filter(pk=batch_id).first()
    if batch is None:
        raise NotFound
    return batch


def progress(batch: Batch) -> Progress:
    """Return how far a batch of :func:`batches_of` is."""
    counts = vars(batch)
    return Progress(
        counts["total"], counts["waiting"], counts["done"], counts["refused"], counts["cancelled"]
    )


def items_of(*, actor: Actor, batch: Batch, outcome: str = "") -> tuple[Told, ...]:
    """Return the items in their order, with the dossiers the officer may see today; two queries."""
    rows = BatchItem.objects.filter(batch=batch)
    found = list(rows.filter(outcome=outcome) if outcome else rows)
    seen = Dossier.objects.visible_to(actor).select_related("applicant")
    known = seen.in_bulk([item.dossier_id for item in found]) if found else {}
    return tuple(Told(item, known.get(item.dossier_id)) for item in found)


def finish(*, batch_id: UUID, at: datetime) -> None:
    """Note that nothing is left to do, once; nothing happens while something is."""
    open_ones = Batch.objects.filter(pk=batch_id, finished_at__isnull=True)
    if BatchItem.objects.filter(batch_id=batch_id, outcome=Outcome.WAITING).exists():
        return
    if open_ones.update(finished_at=at):
        batch = _counted(Batch.objects.select_related("account").filter(pk=batch_id)).get()
        counts = progress(batch)
        event = BatchFinished(batch_id=batch_id, done=counts.done, refused=counts.refused)
        ledger.record(actor=ACTOR, at=at, event=event)
        if counts.done and batch.to_account_id not in (None, batch.account_id):
            announce.tell_given(batch=batch, count=counts.done, at=at)


def _counted(rows: QuerySet[Batch]) -> QuerySet[Batch]:
    return rows.annotate(
        total=Count("items"),
        waiting=Count("items", filter=Q(items__outcome=Outcome.WAITING)),
        done=Count("items", filter=Q(items__outcome=Outcome.DONE)),
        refused=Count("items", filter=Q(items__outcome=Outcome.REFUSED)),
        cancelled=Count("items", filter=Q(items__outcome=Outcome.CANCELLED)),
    )
