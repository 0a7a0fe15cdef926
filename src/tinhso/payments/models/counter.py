"""Money taken at the counter, what was taken back by a storno, and the shifts it belongs to."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from tinhso.kernel.models import Entity
from tinhso.payments.answering import overseen_agencies
from tinhso.payments.models.bills import Bill
from tinhso.payments.states import Means
from tinhso.people.types import Actor, ActorKind


class CashShiftQuerySet(models.QuerySet["CashShift"]):
    def visible_to(self, actor: Actor) -> Self:
        """Keep the officer's own shifts, and those of agencies for whose money they answer."""
        if actor.kind is ActorKind.SYSTEM:
            return self
        if actor.account_id is None:
            return self.none()
        return self.filter(Q(account_id=actor.account_id) | Q(agency_id__in=overseen_agencies(actor)))


class CashShift(Entity):
    """
    The time one officer keeps one till.

    :param opening: đồng that lay in it at the beginning
    :param expected: đồng that should lie in it at the end
    :param counted: đồng that did
    :param handed_over: đồng of those that went to the treasury; the rest stays for the next opening
    :param slip: number of the treasury's paper for that
    :param note: why what was counted differs from what was expected
    """

    agency_id = models.UUIDField()
    account_id = models.UUIDField(db_index=True)
    post_id = models.UUIDField()
    opened_at = models.DateTimeField()
    opening = models.BigIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    expected = models.BigIntegerField(null=True)
    counted = models.BigIntegerField(null=True)
    handed_over = models.BigIntegerField(null=True)
    slip = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=500, blank=True)

    objects = CashShiftQuerySet.as_manager()

    class Meta:
        db_table = "payment_cash_shift"
        indexes = [models.Index(fields=["agency_id", "-opened_at"], name="cash_shift_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["account_id", "agency_id"],
                condition=Q(closed_at__isnull=True),
                name="cash_shift_one_open",
            ),
            models.CheckConstraint(condition=Q(opening__gte=0), name="cash_shift_opening_not_negative"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, counted__isnull=True, handed_over__isnull=True)
                | Q(
                    closed_at__isnull=False,
                    expected__isnull=False,
                    counted__gte=0,
                    handed_over__gte=0,
                    handed_over__lte=F("counted"),
                ),
                name="cash_shift_closed_is_counted",
            ),
        ]


class CounterReceipt(Entity):
    """
    Money taken at the counter; never changed, never deleted. A mistake is taken back by a storno.

    :param number: runs without gaps within the agency, the means and the year
    :param terminal: number of the card terminal; empty for cash
    :param approval_code: what the terminal printed; empty for cash
    """

    number = models.CharField(max_length=60, unique=True)
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="counter")
    shift = models.ForeignKey(CashShift, models.PROTECT, related_name="receipts")
    amount = models.BigIntegerField()
    means = models.CharField(max_length=8, choices=[(m, m) for m in Means], default=Means.CASH)
    terminal = models.CharField(max_length=16, blank=True)
    approval_code = models.CharField(max_length=6, blank=True)
    taken_at = models.DateTimeField()
    cashier_account_id = models.UUIDField()
    post_id = models.UUIDField()

    class Meta:
        db_table = "payment_counter_receipt"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="counter_positive"),
            models.CheckConstraint(
                condition=Q(means=Means.CASH, terminal="", approval_code="")
                | (Q(means=Means.CARD) & ~Q(terminal="") & ~Q(approval_code="")),
                name="counter_card_has_its_slip",
            ),
        ]


class CounterStorno(Entity):
    """A receipt taken back whole, because it should never have been written; never changed, never deleted."""

    receipt = models.OneToOneField(CounterReceipt, models.PROTECT, related_name="storno")
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="stornos")
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=500)
    made_at = models.DateTimeField()
    account_id = models.UUIDField()
    post_id = models.UUIDField()

    class Meta:
        db_table = "payment_counter_storno"
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="storno_positive"),
            models.CheckConstraint(condition=~Q(reason=""), name="storno_has_its_reason"),
        ]
