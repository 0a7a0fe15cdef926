"""Payments that were begun at the portal's payment platform."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from tinhso.kernel.models import Entity
from tinhso.payments.models.bills import Bill
from tinhso.payments.models.credits import BankTransaction
from tinhso.payments.states import PlatformState


class PlatformPaymentQuerySet(models.QuerySet["PlatformPayment"]):
    def waiting_since(self, *, before: datetime) -> Self:
        """Keep what still waits for an answer, was begun before the moment and not asked about since."""
        unasked = Q(asked_at__isnull=True) | Q(asked_at__lt=before)
        return self.filter(unasked, state=PlatformState.WAITING, begun_at__lt=before)


class PlatformPayment(Entity):
    """
    One attempt to pay a bill at the platform.

    What is stored here is what checksums are made of and what is compared: never what is posted to us.

    :param transaction_id: our number; for a reverse lookup the ``MaTraCuuTT``
    :param payment_url: where the payer goes; empty until the platform answered, and for reverse lookups
    :param told_at: of the platform's last believable callback
    :param asked_at: when we last asked by ourselves
    """

    transaction_id = models.CharField(max_length=64, unique=True)
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="platform_payments")
    amount = models.BigIntegerField()
    addition_fee = models.BigIntegerField(default=0)
    command = models.CharField(max_length=16)
    version = models.CharField(max_length=8)
    state = models.CharField(
        max_length=8, choices=[(s, s) for s in PlatformState], default=PlatformState.WAITING
    )
    payment_url = models.CharField(max_length=1000, blank=True)
    begun_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    credit = models.OneToOneField(BankTransaction, models.PROTECT, null=True, related_name="platform")
    last_error = models.CharField(max_length=200, blank=True)

    objects = PlatformPaymentQuerySet.as_manager()

    class Meta:
        db_table = "payment_platform_payment"
        indexes = [
            models.Index(
                fields=["begun_at"], condition=Q(state=PlatformState.WAITING), name="platform_waiting"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, addition_fee__gte=0), name="platform_payment_positive"
            ),
            models.CheckConstraint(
                condition=Q(state=PlatformState.PAID, credit__isnull=False, settled_at__isnull=False)
                | (~Q(state=PlatformState.PAID) & Q(credit__isnull=True)),
                name="platform_paid_has_its_credit",
            ),
        ]
