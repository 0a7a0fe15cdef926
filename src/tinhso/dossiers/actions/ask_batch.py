"""Ask for one act on many dossiers, and stop what of it has not begun."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers import batches, policies
from tinhso.dossiers.desk_events import BatchAsked, BatchCancelled
from tinhso.dossiers.jobs import work_off
from tinhso.dossiers.models import Batch, BatchItem, Dossier
from tinhso.dossiers.reasons import require_reason
from tinhso.kernel import ledger, locks
from tinhso.kernel.ids import new_id
from tinhso.kernel.jobs import defer
from tinhso.kernel.refusals import Conflict, Invalid, NotFound
from tinhso.people.types import Actor

MOST = 500


class NothingChosen(Invalid):
    code = "batch-nothing-chosen"
    message = _("Chưa chọn hồ sơ nào. Hãy đánh dấu những hồ sơ cần làm.")


class TooManyChosen(Invalid):
    code = "batch-too-many"
    message = _(
        "Đã chọn %(count)s hồ sơ. Mỗi lần làm được nhiều nhất %(most)s; hãy lọc bớt rồi làm nhiều lần."
    )


class NobodyChosen(Invalid):
    code = "batch-nobody-chosen"
    message = _("Hãy chọn người nhận việc.")


class BatchOver(Conflict):
    code = "batch-over"
    message = _("Lần làm này đã xong, không còn hồ sơ nào để dừng.")


@transaction.atomic
def ask_batch(
    *,
    actor: Actor,
    at: datetime,
    kind: Batch.Kind,
    dossier_ids: Iterable[UUID],
    to_account_id: UUID | None = None,
    reason: str = "",
    batch_id: UUID | None = None,
) -> UUID:
    """
    Write down what is to be done and leave it to a job, which asks every right again at each dossier.

    :param batch_id: the caller's own, so that asking twice is asking once
    :raises NotAllowed: no post of the actor works on dossiers
    :raises NothingChosen, TooManyChosen: none, or more than ``MOST``
    :raises NotFound: one of them is absent, or not visible to the actor
    :raises NobodyChosen, ReasonMissing: what the act needs is not said
    """
    locks.hold(f"batch/{actor.signed_in_as}")
    if batch_id is not None and Batch.objects.visible_to(actor).filter(pk=batch_id).exists():
        return batch_id

    policies.require_worker(actor)

    ids = list(dict.fromkeys(dossier_ids))
    revisions = _revisions(actor, ids)
    if kind is Batch.Kind.HAND_OVER and to_account_id is None:
        raise NobodyChosen
    if kind is Batch.Kind.STEP_BACK:
        reason = require_reason(reason)

    batch = Batch.objects.create(
        id=batch_id or new_id(),
        account_id=actor.signed_in_as,
        kind=kind,
        to_account_id=to_account_id if kind is Batch.Kind.HAND_OVER else None,
        reason=reason if kind is Batch.Kind.STEP_BACK else "",
        asked_at=at,
    )
    BatchItem.objects.bulk_create(
        BatchItem(batch=batch, dossier_id=pk, place=place, revision=revisions[pk])
        for place, pk in enumerate(ids, 1)
    )

    ledger.record(actor=actor, at=at, event=BatchAsked(batch_id=batch.id, act=batch.kind, items=len(ids)))
    defer(work_off, batch_id=str(batch.id))
    return batch.id


@transaction.atomic
def cancel_batch(*, actor: Actor, at: datetime, batch_id: UUID) -> int:
    """
    Stop what has not begun and return how many dossiers that leaves as they are.

    What is being done at the moment is done to its end.

    :raises NotFound: absent, or another's
    :raises BatchOver: nothing is left to stop
    """
    batch = Batch.objects.visible_to(actor).select_for_update().filter(pk=batch_id).first()
    if batch is None:
        raise NotFound

    policies.require_worker(actor)

    waiting = BatchItem.objects.filter(batch=batch, outcome=BatchItem.Outcome.WAITING)
    left = list(waiting.select_for_update(skip_locked=True).values_list("pk", flat=True))
    if not left:
        raise BatchOver

    BatchItem.objects.filter(pk__in=left).update(outcome=BatchItem.Outcome.CANCELLED, done_at=at)
    batch.cancelled_at = at
    batch.save(update_fields=["cancelled_at"])

    ledger.record(actor=actor, at=at, event=BatchCancelled(batch_id=batch.id, items=len(left)))
    batches.finish(batch_id=batch.id, at=at)
    return len(left)


def _revisions(actor: Actor, ids: list[UUID]) -> dict[UUID, int]:
    if not ids:
        raise NothingChosen
    if len(ids) > MOST:
        raise TooManyChosen(count=len(ids), most=MOST)
    seen = Dossier.objects.visible_to(actor).filter(pk__in=ids)
    revisions = dict(seen.values_list("pk", "revision"))
    if len(revisions) != len(ids):
        raise NotFound
    return revisions
