"""Money that came from a bank, or by the portal's platform."""

from django.db import models
from django.db.models import Q

from tinhso.kernel.models import Entity
from tinhso.payments.models.bills import Bill
from tinhso.payments.states import Outcome


class BankTransaction(Entity):
    """
    A credit on one of our accounts, known once however often and by whatever way the bank reports it.

    :param bank: BIN of the bank that reports
    :param bank_transaction_id: the bank's own number, unique within the bank
    :param received_at: when the bank took the money
    :param source: ``callback`` or ``statement``, whichever came first
    :param raw: the report as the bank gave it
    """

    bank = models.CharField(max_length=6)
    bank_transaction_id = models.CharField(max_length=64)
    account_number = models.CharField(max_length=19)
    amount = models.BigIntegerField()
    purpose = models.CharField(max_length=255, blank=True)
    received_at = models.DateTimeField()
    booked_at = models.DateTimeField()
    source = models.CharField(max_length=12)
    raw = models.JSONField()
    bill = models.ForeignKey(Bill, models.PROTECT, null=True, related_name="credits")
    outcome = models.CharField(max_length=12, choices=[(o, o) for o in Outcome])
    reason = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "payment_bank_transaction"
        indexes = [
            models.Index(fields=["booked_at"], condition=Q(bill__isnull=True), name="credit_unmatched")
        ]
        constraints = [
            models.UniqueConstraint(fields=["bank", "bank_transaction_id"], name="credit_known_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="credit_positive"),
            models.CheckConstraint(
                condition=Q(bill__isnull=True, outcome=Outcome.UNMATCHED)
                | (Q(bill__isnull=False) & ~Q(outcome=Outcome.UNMATCHED)),
                name="credit_unmatched_has_no_bill",
            ),
        ]
