"""Confirm or refuse a value somebody else entered."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import ledger
from tinhso.kernel.refusals import NotAllowed
from tinhso.kernel.text import normalise
from tinhso.people.types import Actor, ActorKind
from tinhso.plans import policies
from tinhso.plans.duties import duties_of
from tinhso.plans.events import TargetValueConfirmed, TargetValueRefused
from tinhso.plans.models import TargetValue, ValueVerdict
from tinhso.plans.reading import plan_file
from tinhso.plans.refusals import DecidedAlready, ReasonNeeded, TargetMissing, ValueMissing


class OwnValue(NotAllowed):
    code = "plan-own-value"
    message = _("Số liệu do chính bạn nhập nên người khác phải xác nhận.")


@transaction.atomic
def confirm_value(*, actor: Actor, at: datetime, value_id: UUID) -> None:
    """
    Let the value count; the one it corrects counts no longer, and stays readable.

    :raises ValueMissing, PlanMissing, TargetMissing: there is none
    :raises ExampleOnly, NotYourPlanPart, OwnValue: the actor may not
    :raises DecidedAlready: somebody has decided
    """
    row, actor = _open(actor, value_id)

    ValueVerdict.objects.create(value=row, confirmed=True, by_id=actor.account_id, at=at)

    event = TargetValueConfirmed(value_id=row.id, plan=row.plan_id, target=row.target_id)
    ledger.record(actor=actor, at=at, event=event)


@transaction.atomic
def refuse_value(*, actor: Actor, at: datetime, value_id: UUID, reason: str) -> None:
    """
    Send the value back with a reason; it never counts, and stays readable.

    :raises ReasonNeeded: without one; and as :func:`confirm_value`
    """
    row, actor = _open(actor, value_id)

    words = normalise(reason)
    if not words:
        raise ReasonNeeded

    ValueVerdict.objects.create(value=row, confirmed=False, reason=words, by_id=actor.account_id, at=at)

    event = TargetValueRefused(value_id=row.id, plan=row.plan_id, target=row.target_id)
    ledger.record(actor=actor, at=at, event=event)


def _open(actor: Actor, value_id: UUID) -> tuple[TargetValue, Actor]:
    """Lock the value and return it with the actor as acting from their post."""
    row = TargetValue.objects.select_for_update().filter(pk=value_id).first()
    if row is None or not policies.sees_desk(actor):
        raise ValueMissing
    file = plan_file(row.plan_id)
    target = file.plan.target(row.target_id)
    if target is None:
        raise TargetMissing
    owner = duties_of([row.plan_id])[row.plan_id].owner(target)
    actor = policies.require(actor=actor, deed="confirm", file=file, owner=owner)
    if actor.kind is not ActorKind.SYSTEM and row.by_id == actor.account_id:
        raise OwnValue
    if ValueVerdict.objects.filter(value=row).exists():
        raise DecidedAlready
    return row, actor
