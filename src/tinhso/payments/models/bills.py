"""Bills, and every move they or their refunds made."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from tinhso.kernel.models import Entity
from tinhso.payments.states import BILL_MOVES, OPEN, OVER, REFUND_MOVES, WAS_PAID, BillState
from tinhso.people.types import Actor, ActorKind


class BillQuerySet(models.QuerySet["Bill"]):
    def visible_to(self, actor: Actor) -> Self:
        """Keep the bills of the payer, of whom the payer's mandate names, and of the officers' agencies."""
        if actor.kind is ActorKind.SYSTEM:
            return self
        own = {person for person in (actor.person_id, *actor.whole_principals) if person}
        return self.filter(Q(payer_person_id__in=own) | Q(agency_id__in=actor.agency_ids))

    def lapsed(self, *, before: datetime) -> Self:
        """Keep the open bills whose time was over before the moment."""
        return self.filter(state__in=OPEN, expires_at__lt=before)


class Bill(Entity):
    """
    What somebody owes an agency for one thing.

    :param subject_id: what it is for; blind, e.g. the id of a dossier
    :param purpose_key: which of the subject's bills it is; one that lives at a time
    :param lines: ``[{"code", "name", "amount", "law"}]``
    :param received: đồng that came for it altogether; always its credits and what the counter took and kept
    :param payload: the VietQR text that was shown
    """

    reference = models.CharField(max_length=25, unique=True)
    subject_id = models.UUIDField(db_index=True)
    purpose_key = models.CharField(max_length=80)
    payer_person_id = models.UUIDField(db_index=True)
    agency_id = models.UUIDField(db_index=True)
    account_bin = models.CharField(max_length=6)
    account_number = models.CharField(max_length=19)
    account_name = models.CharField(max_length=160)
    lines = models.JSONField()
    total = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    state = models.CharField(max_length=16, choices=[(s, s) for s in BillState], default=BillState.ISSUED)
    payload = models.CharField(max_length=400)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)

    objects = BillQuerySet.as_manager()

    class Meta:
        db_table = "payment_bill"
        indexes = [
            models.Index(fields=["expires_at"], condition=Q(state__in=sorted(OPEN)), name="bill_open_expiry")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id", "purpose_key"],
                condition=~Q(state__in=sorted(OVER)),
                name="bill_one_alive_per_purpose",
            ),
            models.CheckConstraint(condition=Q(total__gt=0), name="bill_total_positive"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("issued_at")), name="bill_expires_later"),
            models.CheckConstraint(
                condition=Q(state=BillState.ISSUED, received=0)
                | Q(state=BillState.PART_PAID, received__gt=0, received__lt=F("total"))
                | Q(state__in=sorted(WAS_PAID), received__gte=F("total"), paid_at__isnull=False)
                | Q(state__in=[BillState.CANCELLED, BillState.EXPIRED], received__gte=0),
                name="bill_state_fits_the_money",
            ),
        ]


def _arrows() -> Q:
    allowed = Q()
    for move in BILL_MOVES:
        allowed |= Q(refund__isnull=True, move=move.name, came_from=move.came_from, to=move.to)
    for move in REFUND_MOVES:
        allowed |= Q(refund__isnull=False, move=move.name, came_from=move.came_from, to=move.to)
    return allowed


class PaymentEvent(models.Model):
    """One move of a bill or of one of its refunds. Rows are only ever added."""

    position = models.BigAutoField(primary_key=True)
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="events")
    refund = models.ForeignKey("payments.Refund", models.PROTECT, null=True, related_name="events")
    credit = models.ForeignKey("payments.BankTransaction", models.PROTECT, null=True, related_name="+")
    receipt = models.ForeignKey("payments.CounterReceipt", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    move = models.CharField(max_length=16)
    came_from = models.CharField(max_length=16, blank=True)
    to = models.CharField(max_length=16)
    amount = models.BigIntegerField()
    actor_kind = models.CharField(max_length=12)
    actor_id = models.CharField(max_length=64, blank=True)
    post_id = models.UUIDField(null=True)

    class Meta:
        db_table = "payment_event"
        constraints = [models.CheckConstraint(condition=_arrows(), name="payment_event_is_an_arrow")]
