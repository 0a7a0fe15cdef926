"""Electronic receipts, and the duties to issue them that were written down with the money."""

from typing import Self

from django.db import models
from django.db.models import Q

from tinhso.bookkeeping.types import DutyState, ReceiptKind
from tinhso.kernel.models import Entity, StoredFile
from tinhso.papers.models import IssuedDocument
from tinhso.payments.models import Bill
from tinhso.people.types import Actor, ActorKind

KINDS = [(kind, kind) for kind in ReceiptKind]


class ReceiptDuty(Entity):
    """
    A receipt that is owed: written in the transaction that booked the money, discharged once.

    :param occasion: what happened, e.g. ``paid:<bill>:0``; never twice
    :param amount: đồng of the receipt; of an adjustment what it takes away, negative
    :param last_error: code of the refusal that stands in the way; tried again until it is gone
    """

    occasion = models.CharField(max_length=100, unique=True)
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="receipt_duties")
    kind = models.CharField(max_length=12, choices=KINDS)
    amount = models.BigIntegerField()
    note = models.CharField(max_length=500, blank=True)
    owed_at = models.DateTimeField()
    state = models.CharField(
        max_length=8, choices=[(state, state) for state in DutyState], default=DutyState.OWED
    )
    last_error = models.CharField(max_length=80, blank=True)

    class Meta:
        db_table = "receipt_duty"
        indexes = [models.Index(fields=["owed_at"], condition=Q(state=DutyState.OWED), name="receipt_owed")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ReceiptKind.ADJUSTMENT, amount__lt=0)
                | (~Q(kind=ReceiptKind.ADJUSTMENT) & Q(amount__gt=0)),
                name="receipt_duty_sign_fits",
            )
        ]


class FeeReceiptQuerySet(models.QuerySet["FeeReceipt"]):
    def visible_to(self, actor: Actor) -> Self:
        """Keep the receipts of bills that the actor may see."""
        if actor.kind is ActorKind.SYSTEM:
            return self
        return self.filter(bill__in=Bill.objects.visible_to(actor))


class FeeReceipt(Entity):
    """
    One electronic receipt. Never changed, never deleted: a mistake is replaced or adjusted by another.

    :param symbol: with ``form``, ``year`` and the agency the series in which ``number`` runs without gaps
    :param about: the receipt that it replaces or adjusts
    :param total: đồng; negative for an adjustment
    :param content: what is printed, as the XML has it
    :param xml: the signed XML; ``document`` holds the signed PDF and its public token
    """

    agency_id = models.UUIDField()
    form = models.CharField(max_length=11)
    symbol = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=KINDS)
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="fee_receipts")
    duty = models.OneToOneField(ReceiptDuty, models.PROTECT, null=True, related_name="receipt")
    about = models.ForeignKey("self", models.PROTECT, null=True, related_name="followers")
    total = models.BigIntegerField()
    content = models.JSONField()
    note = models.CharField(max_length=500, blank=True)
    issued_at = models.DateTimeField()
    issued_by_id = models.UUIDField(null=True)
    xml = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    xml_sha256 = models.CharField(max_length=64, unique=True)
    document = models.OneToOneField(IssuedDocument, models.PROTECT, related_name="+")

    objects = FeeReceiptQuerySet.as_manager()

    class Meta:
        db_table = "fee_receipt"
        indexes = [models.Index(fields=["agency_id", "-issued_at"], name="fee_receipt_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["agency_id", "form", "symbol", "year", "number"], name="fee_receipt_number_once"
            ),
            models.UniqueConstraint(
                fields=["about"], condition=Q(kind=ReceiptKind.REPLACEMENT), name="fee_receipt_replaced_once"
            ),
            models.CheckConstraint(
                condition=Q(kind=ReceiptKind.ORIGINAL, about__isnull=True)
                | (~Q(kind=ReceiptKind.ORIGINAL) & Q(about__isnull=False)),
                name="fee_receipt_is_about_another",
            ),
            models.CheckConstraint(
                condition=Q(kind=ReceiptKind.ADJUSTMENT, total__lt=0)
                | (~Q(kind=ReceiptKind.ADJUSTMENT) & Q(total__gt=0)),
                name="fee_receipt_sign_fits",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=99_999_999), name="fee_receipt_digits"
            ),
        ]
