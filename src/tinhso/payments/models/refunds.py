"""Money that goes back: one row for each sum out of one source."""

from typing import Self

from django.db import models
from django.db.models import Q

from tinhso.kernel.models import Entity
from tinhso.payments.models.bills import Bill
from tinhso.payments.models.counter import CashShift, CounterReceipt
from tinhso.payments.models.credits import BankTransaction
from tinhso.payments.states import RefundReason, RefundState
from tinhso.people.types import Actor, ActorKind


class RefundQuerySet(models.QuerySet["Refund"]):
    def visible_to(self, actor: Actor) -> Self:
        """Keep the refunds of bills that the actor may see."""
        if actor.kind is ActorKind.SYSTEM:
            return self
        return self.filter(bill__in=Bill.objects.visible_to(actor))


class Refund(Entity):
    """
    A sum due back to whoever paid it, out of the credit or the cash it came with.

    Its id is what the bank knows it by: asking twice moves the money once.

    :param shift: whose till it was paid out of, in cash
    :param bank_refund_id: the bank's number for it; for what came by card or by the portal's platform the
        number of the slip or of the transfer order
    """

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="refunds")
    credit = models.ForeignKey(BankTransaction, models.PROTECT, null=True, related_name="refunds")
    counter = models.ForeignKey(CounterReceipt, models.PROTECT, null=True, related_name="refunds")
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=12, choices=[(r, r) for r in RefundReason])
    state = models.CharField(max_length=12, choices=[(s, s) for s in RefundState], default=RefundState.DUE)
    due_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    shift = models.ForeignKey(CashShift, models.PROTECT, null=True, related_name="refunds")
    bank_refund_id = models.CharField(max_length=64, blank=True)
    note = models.CharField(max_length=500, blank=True)
    last_error = models.CharField(max_length=200, blank=True)

    objects = RefundQuerySet.as_manager()

    class Meta:
        db_table = "payment_refund"
        indexes = [
            models.Index(fields=["due_at"], condition=~Q(state=RefundState.MADE), name="refund_not_made")
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_positive"),
            models.CheckConstraint(
                condition=Q(credit__isnull=True, counter__isnull=False)
                | Q(credit__isnull=False, counter__isnull=True),
                name="refund_has_one_source",
            ),
            models.CheckConstraint(
                condition=Q(state=RefundState.MADE, made_at__isnull=False)
                | (~Q(state=RefundState.MADE) & Q(made_at__isnull=True)),
                name="refund_made_has_its_moment",
            ),
        ]
