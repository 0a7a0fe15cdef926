"""
Records whose time of keeping is over: found each night, let go or kept by a person who says why.

Nothing goes by itself. Records are destroyed by a decision of who may take it (Luật Lưu trữ 33/2024/QH15;
mem): the reason names it. What was said is emptied then in every version, and that it was said stays: the
digests, the days and the ledger prove which record it was and that nobody changed it before.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils.translation import gettext_lazy as _

from tinhso.definitions.registers.reading import register
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel import ledger, locks
from tinhso.kernel.clock import local
from tinhso.kernel.ids import new_id
from tinhso.kernel.refusals import Conflict, Invalid
from tinhso.people.policies import require_system
from tinhso.people.types import Actor
from tinhso.registers import hand, policies
from tinhso.registers.events import RetentionDecided, RetentionReviewed
from tinhso.registers.models import HeldValue, RecordFault, RecordVersion, RetentionReview
from tinhso.registers.reasons import require_reason
from tinhso.registers.refusals import RecordMissing
from tinhso.registers.types import EnvelopeEvent, RecordState

FOUND_AT_ONCE = 5000
EMPTY: dict[str, object] = {
    "values": {},
    "geometry": None,
    "box": None,
    "words": [],
    "key": "",
    "sort_key": "",
}


class ReviewDecided(Conflict):
    code = "retention-decided"
    message = _("Việc lưu trữ của bản ghi này đã được quyết định rồi. Hãy tải lại danh sách.")


class StillInForce(Conflict):
    code = "retention-in-force"
    message = _("Bản ghi này đang có hiệu lực trở lại nên không hủy được. Hãy chọn giữ lại.")


class KeptUntilPast(Invalid):
    code = "retention-kept-until"
    message = _("Ngày rà soát lại phải sau hôm nay. Hãy chọn ngày khác.")


@transaction.atomic
def review_retention(*, actor: Actor, at: datetime, register_id: str) -> int:
    """
    Write down which records have been over for longer than the register says; return how many are new.

    A register that keeps for ever has none. :raises NotAllowed: not the system itself
    """
    definition = register(register_id)
    locks.hold(f"registers/retention/{register_id}")

    require_system(actor)

    years = definition.retention.years
    if years is None:
        return 0
    today = local(at).date()
    ended = _ended(definition, before=_years_before(today, years), today=today)

    rows = [
        RetentionReview(
            register=register_id,
            record_id=record_id,
            ended_on=ended_on,
            due_on=_years_before(ended_on, -years),
            found_at=at,
        )
        for record_id, ended_on in ended
    ]
    RetentionReview.objects.bulk_create(rows)

    event = RetentionReviewed(review_id=new_id(), register=register_id, found=len(rows))
    ledger.record(actor=actor, at=at, event=event)
    return len(rows)


@transaction.atomic
def decide_retention(
    *, actor: Actor, at: datetime, review_id: UUID, erase: bool, reason: str, kept_until: date | None = None
) -> None:
    """
    Let the record go, or keep it.

    :param reason: names the decision that lets it go, or says why it stays
    :param kept_until: when it stays: asked again on that day; none for good
    :raises RecordMissing: there is no such review, or the actor does not see the record
    :raises NotYourRegister, TruthIsOutside: the actor may not settle records of the register
    :raises ReviewDecided, StillInForce, KeptUntilPast, ReasonNeeded: as they say
    """
    review = RetentionReview.objects.select_for_update(no_key=True).filter(pk=review_id).first()
    if review is None:
        raise RecordMissing
    in_hand = hand.lock(actor=actor, at=at, record_id=review.record_id, emptied=True)

    actor = policies.require_writer(
        actor=actor, definition=in_hand.definition, unit_keys=in_hand.unit_keys, deed="settle"
    )

    if review.decision != RetentionReview.Decision.OPEN:
        raise ReviewDecided
    if kept_until is not None and kept_until <= in_hand.today:
        raise KeptUntilPast
    if erase and any(_stands(one, review.due_on) for one in in_hand.versions):
        raise StillInForce
    review.reason = require_reason(reason)

    review.decision = RetentionReview.Decision.ERASED if erase else RetentionReview.Decision.KEPT
    review.decided_by, review.decided_at = actor.ref.id, at
    review.kept_until = None if erase else kept_until
    review.save()
    versions = RecordVersion.objects.filter(record_id=review.record_id)
    digests = tuple(versions.order_by("known_from", "valid_from").values_list("digest", flat=True))
    if erase:
        versions.update(**EMPTY)
        HeldValue.objects.filter(record_id=review.record_id).delete()
        RecordFault.objects.filter(record_id=review.record_id).delete()

    event = RetentionDecided(
        review_id=review_id,
        register=review.register,
        record_id=review.record_id,
        decision=review.decision,
        digests=digests,
    )
    ledger.record(actor=actor, at=at, event=event)


def _ended(definition: RegisterDefinition, *, before: date, today: date) -> list[tuple[UUID, date]]:
    """Return the records that were over by the day and are not being looked at, with their last day."""
    known = RecordVersion.objects.now().filter(register=definition.id).exclude(values={})
    asked = RetentionReview.objects.filter(register=definition.id)
    waiting = asked.filter(Q(decision="open") | Q(decision="erased"))
    kept = asked.filter(Q(decision="kept") & (Q(kept_until__isnull=True) | Q(kept_until__gt=today)))
    rows = known.exclude(record_id__in=waiting.values("record_id")).exclude(
        record_id__in=kept.values("record_id")
    )
    in_force = ~Q(event=EnvelopeEvent.CANCEL)
    gone = Q(record__state__in=[RecordState.CANCELLED, RecordState.MERGED, RecordState.SPLIT])
    counted = rows.values("record_id").annotate(
        last=Max("valid_to", filter=in_force),
        lasting=Count("pk", filter=in_force & Q(valid_to__isnull=True)),
        left=Max("record__updated_at"),
        is_gone=Count("pk", filter=gone),
    )
    found = counted.filter(Q(lasting=0, last__lt=before) | Q(is_gone__gt=0, left__date__lt=before)).order_by(
        "record_id"
    )
    return [
        (one["record_id"], one["last"] if one["last"] and not one["is_gone"] else one["left"].date())
        for one in found[:FOUND_AT_ONCE]
    ]


def _stands(version: RecordVersion, due_on: date) -> bool:
    """Tell whether the version says that the record is in force after the time it was to be over."""
    lasts = version.valid_to is None or version.valid_to > due_on
    return version.event != EnvelopeEvent.CANCEL and lasts and version.record.state == RecordState.IN_FORCE


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
