"""A day's money: what the bank and the card terminals say, and how it compares with the books."""

from typing import Self

from django.db import models
from django.db.models import Q

from tinhso.bookkeeping.types import Channel, DifferenceKind, DifferenceState
from tinhso.kernel.models import Entity
from tinhso.payments.answering import overseen_agencies
from tinhso.people.types import Actor, ActorKind


class BankLine(Entity):
    """
    One line of a bank statement, as the bank wrote it; money out is negative.

    :param day: of ``received_at`` in Vietnam
    """

    bank = models.CharField(max_length=6)
    transaction_id = models.CharField(max_length=64)
    account_number = models.CharField(max_length=19)
    amount = models.BigIntegerField()
    received_at = models.DateTimeField()
    day = models.DateField()
    purpose = models.CharField(max_length=255, blank=True)
    read_at = models.DateTimeField()

    class Meta:
        db_table = "statement_line"
        indexes = [models.Index(fields=["account_number", "day"], name="statement_line_day")]
        constraints = [models.UniqueConstraint(fields=["bank", "transaction_id"], name="statement_line_once")]


class CardLine(Entity):
    """One payment in the settlement list of a card terminal."""

    agency_id = models.UUIDField()
    terminal = models.CharField(max_length=16)
    approval_code = models.CharField(max_length=6)
    amount = models.BigIntegerField()
    day = models.DateField()
    read_at = models.DateTimeField()

    class Meta:
        db_table = "card_settlement_line"
        constraints = [
            models.UniqueConstraint(fields=["terminal", "approval_code", "day"], name="card_line_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="card_line_positive"),
        ]


class DayReportQuerySet(models.QuerySet["DayReport"]):
    def visible_to(self, actor: Actor) -> Self:
        """Keep the reports of agencies for whose money the actor answers."""
        if actor.kind is ActorKind.SYSTEM:
            return self
        return self.filter(agency_id__in=overseen_agencies(actor))


class DayReport(Entity):
    """
    One day of one agency by one channel: what we booked and what the other side says. Sums in đồng.

    :param is_told: whether the other side has said anything of the day yet
    """

    agency_id = models.UUIDField()
    day = models.DateField()
    channel = models.CharField(max_length=8, choices=[(one, one) for one in Channel])
    booked_count = models.IntegerField()
    booked_sum = models.BigIntegerField()
    told_count = models.IntegerField()
    told_sum = models.BigIntegerField()
    is_told = models.BooleanField()
    computed_at = models.DateTimeField()

    objects = DayReportQuerySet.as_manager()

    class Meta:
        db_table = "day_report"
        constraints = [
            models.UniqueConstraint(fields=["agency_id", "day", "channel"], name="day_report_once")
        ]


class Difference(Entity):
    """
    One difference of a day. Counted anew, it is the same row; what people wrote on it stays.

    :param key: tells it from the others of the report, e.g. ``late_callback:FT123``
    :param amount: đồng that it is about: booked less told
    :param facts: numbers and references for the sentence that explains it
    :param assigned_account_id: who looks at it
    :param note: how it was cleared up
    """

    report = models.ForeignKey(DayReport, models.CASCADE, related_name="differences")
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=24, choices=[(kind, kind) for kind in DifferenceKind])
    amount = models.BigIntegerField()
    facts = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=[(state, state) for state in DifferenceState])
    assigned_account_id = models.UUIDField(null=True)
    note = models.CharField(max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by_id = models.UUIDField(null=True)

    class Meta:
        db_table = "day_difference"
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="difference_once"),
            models.CheckConstraint(
                condition=Q(state=DifferenceState.CLOSED, closed_at__isnull=False) & ~Q(note="")
                | ~Q(state=DifferenceState.CLOSED) & Q(closed_at__isnull=True),
                name="difference_closed_with_a_note",
            ),
        ]
        indexes = [
            models.Index(
                fields=["assigned_account_id"],
                condition=Q(state=DifferenceState.OPEN),
                name="difference_open",
            )
        ]
