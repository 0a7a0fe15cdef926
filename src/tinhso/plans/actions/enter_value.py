"""Enter a value of a target, with what proves it."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import ledger, locks
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import Conflict, Refusal
from tinhso.people.types import Actor
from tinhso.plans import policies, versions
from tinhso.plans.duties import duties_of
from tinhso.plans.events import TargetValueEntered
from tinhso.plans.models import TargetValue
from tinhso.plans.proofs import Proof, kept
from tinhso.plans.reading import plan_file
from tinhso.plans.refusals import DayToCome, TargetMissing, ValueMissing
from tinhso.plans.types import Target
from tinhso.plans.values import awaiting, counting

LARGEST = Decimal(10) ** 15


class IsComputed(Refusal):
    code = "plan-target-computed"
    message = _(
        "Chỉ tiêu này do hệ thống tính từ hồ sơ, không nhập tay. Thấy sai thì sửa ở nơi phát sinh số liệu."
    )


class OutOfRange(Refusal):
    code = "plan-value-out-of-range"
    message = _("Số liệu phải từ %(lowest)s đến %(highest)s. Hãy xem lại đơn vị tính: %(unit)s.")


class TooPrecise(Refusal):
    code = "plan-value-too-precise"
    message = _("Chỉ tiêu này lấy tối đa %(decimals)s chữ số thập phân. Hãy làm tròn theo văn bản công bố.")


class ValuedAlready(Conflict):
    code = "plan-value-there"
    message = _(
        "Đã có số liệu đến ngày %(day)s. Muốn sửa, hãy bấm «Đính chính» ở số liệu ấy: số cũ vẫn được giữ lại."
    )


class CorrectionOfNothing(Conflict):
    code = "plan-correction-of-nothing"
    message = _(
        "Chỉ đính chính được số liệu đã xác nhận và chưa có đính chính khác. Hãy tải lại trang để xem."
    )


@transaction.atomic
def enter_value(
    *,
    actor: Actor,
    at: datetime,
    plan_id: str,
    target_id: str,
    value: Decimal,
    as_of: date,
    proof: Proof,
    corrects: UUID | None = None,
    is_sample: bool = False,
) -> UUID:
    """
    Write a value down; it counts once somebody else has confirmed it. Return its id.

    :param as_of: last day of the time the value is about
    :param corrects: the confirmed value this one is to replace; it stays readable
    :param is_sample: made up for a demonstration, and shown as such
    :raises PlanMissing, TargetMissing, ValueMissing: there is none
    :raises ExampleOnly, NotYourPlanPart: the actor may not
    :raises IsComputed, OutOfRange, TooPrecise, DayToCome, NoProof: it makes no sense
    :raises ValuedAlready, CorrectionOfNothing: another value stands there
    """
    file = plan_file(plan_id)
    target = file.plan.target(target_id)
    if target is None:
        raise TargetMissing
    locks.hold(f"plan-target/{plan_id}/{target_id}")

    owner = duties_of([plan_id])[plan_id].owner(target)
    actor = policies.require(actor=actor, deed="enter", file=file, owner=owner)

    _require_sense(target, value)
    if as_of > local(at).date():
        raise DayToCome(day=as_of.strftime("%d/%m/%Y"))
    replaced = _require_place(plan_id, target_id, as_of, corrects)
    columns = kept(proof, at=at, is_needed=True)

    row = TargetValue.objects.create(
        version=versions.current(file, at=at),
        plan_id=plan_id,
        target_id=target_id,
        value=value,
        as_of=as_of,
        corrects=replaced,
        is_sample=is_sample,
        by_id=actor.account_id,
        at=at,
        **columns,
    )

    event = TargetValueEntered(
        value_id=row.id, plan=plan_id, target=target_id, value=str(value), as_of=as_of, corrects=corrects
    )
    ledger.record(actor=actor, at=at, event=event)
    return row.id


def _require_sense(target: Target, value: Decimal) -> None:
    if target.indicator:
        raise IsComputed
    low = target.lowest if target.lowest is not None else -LARGEST
    high = target.highest if target.highest is not None else LARGEST
    if not value.is_finite() or not low <= value <= high:
        raise OutOfRange(lowest=low, highest=high, unit=target.unit.vi)
    if value != round(value, target.decimals):
        raise TooPrecise(decimals=target.decimals)


def _require_place(plan_id: str, target_id: str, as_of: date, corrects: UUID | None) -> TargetValue | None:
    rows = list(TargetValue.objects.filter(plan_id=plan_id, target_id=target_id).select_related("verdict"))
    waiting, counted = awaiting(rows), counting(rows)
    if corrects is None:
        if any(one.as_of == as_of for one in (*waiting, *counted)):
            raise ValuedAlready(day=as_of.strftime("%d/%m/%Y"))
        return None
    old = next((one for one in rows if one.id == corrects), None)
    if old is None:
        raise ValueMissing
    if old not in counted or any(one.corrects_id == old.id for one in waiting):
        raise CorrectionOfNothing
    if any(one.as_of == as_of and one != old for one in (*waiting, *counted)):
        raise ValuedAlready(day=as_of.strftime("%d/%m/%Y"))
    return old
