"""Do one dossier of a batch: the act and its outcome in one transaction, every right asked anew."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tinhso.definitions import catalogue
from tinhso.dossiers import batches
from tinhso.dossiers.actions.advance import NoSuchWayBack, step_back
from tinhso.dossiers.actions.claim import claim_step, hand_over_step
from tinhso.dossiers.actions.sign_result import sign_result
from tinhso.dossiers.models import Batch, BatchItem, StepRun
from tinhso.kernel.refusals import NotAllowed, NotFound, Refusal
from tinhso.people import queries as people
from tinhso.people.types import Actor

log = logging.getLogger(__name__)


class NoLongerSeen(NotAllowed):
    code = "batch-no-longer-seen"
    message = _("Bạn không còn quyền với hồ sơ này nên việc không được làm. Hồ sơ giữ nguyên.")


class Unforeseen(Refusal):
    code = "batch-unforeseen"
    message = _("Hệ thống gặp lỗi ở hồ sơ này; hồ sơ giữ nguyên. Hãy mở hồ sơ và làm lại, hoặc gọi 1022.")


def work_next(*, at: datetime, batch_id: UUID) -> bool:
    """
    Do the next dossier that waits; return False when none is left.

    Two workers may do one batch: each takes items that the other does not hold.
    """
    with transaction.atomic():
        waiting = BatchItem.objects.filter(batch_id=batch_id, outcome=BatchItem.Outcome.WAITING)
        locked = waiting.select_for_update(of=("self",), skip_locked=True).select_related("batch")
        item = locked.order_by("place").first()
        if item is None:
            batches.finish(batch_id=batch_id, at=at)
            return False
        _do(item, at=at)
        item.done_at = at
        item.save()
    return True


def _do(item: BatchItem, *, at: datetime) -> None:
    """Act and write down what came of it; a refusal undoes the act alone."""
    try:
        with transaction.atomic():
            actor = people.actor_of(item.batch.account_id, at=at)
            item.number = ACTS[Batch.Kind(item.batch.kind)](item, actor, at)
    except NotFound:
        _refused(item, NoLongerSeen())
    except Refusal as refusal:
        _refused(item, refusal)
    except DatabaseError:
        # Of the moment, not of the dossier: the job comes again.
        raise
    except Exception:
        log.exception("batch item %s failed", item.pk)
        _refused(item, Unforeseen())
    else:
        item.outcome = BatchItem.Outcome.DONE


def _refused(item: BatchItem, refusal: Refusal) -> None:
    item.outcome, item.problem, item.number = BatchItem.Outcome.REFUSED, refusal.code, ""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            item.detail[language] = refusal.sentence()


def _claim(item: BatchItem, actor: Actor, at: datetime) -> str:
    claim_step(actor=actor, at=at, dossier_id=item.dossier_id)
    return ""


def _hand_over(item: BatchItem, actor: Actor, at: datetime) -> str:
    assert item.batch.to_account_id is not None
    hand_over_step(actor=actor, at=at, dossier_id=item.dossier_id, to_account_id=item.batch.to_account_id)
    return ""


def _sign(item: BatchItem, actor: Actor, at: datetime) -> str:
    # What is signed is what lay there when the officer asked: whatever changed since is looked at again.
    signed = sign_result(actor=actor, at=at, dossier_id=item.dossier_id, revision=item.revision)
    return signed.number


def _step_back(item: BatchItem, actor: Actor, at: datetime) -> str:
    to_step = _previous(item)
    step_back(actor=actor, at=at, dossier_id=item.dossier_id, to_step=to_step, reason=item.batch.reason)
    return ""


def _previous(item: BatchItem) -> str:
    """Return the nearest earlier step the definition lets the open one go back to; the act looks again."""
    runs = StepRun.objects.filter(dossier_id=item.dossier_id, closed_at__isnull=True)
    open_run = runs.select_related("dossier").first()
    if open_run is None:
        raise NoSuchWayBack
    procedure = catalogue.of_version(open_run.dossier.version_id).procedure
    allowed = procedure.step(open_run.step).back_to
    earlier = [step.id for step in procedure.steps if step.id in allowed]
    if not earlier:
        raise NoSuchWayBack
    return earlier[-1]


ACTS: Mapping[Batch.Kind, Callable[[BatchItem, Actor, datetime], str]] = {
    Batch.Kind.CLAIM: _claim,
    Batch.Kind.HAND_OVER: _hand_over,
    Batch.Kind.SIGN: _sign,
    Batch.Kind.STEP_BACK: _step_back,
}
