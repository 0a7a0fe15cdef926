"""Numbers, and their passages through queues."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Case, Q, Value, When

from tinhso.appointments.models.bookings import Booking
from tinhso.appointments.models.halls import Counter, Hall, Service, new_key
from tinhso.appointments.states import AT_COUNTER, OPEN_TURN, TurnState
from tinhso.kernel.models import Entity


class Ticket(Entity):
    """
    A number of one day. It bears no name.

    :param letter: of the service it was drawn for, and ``number`` from 1 each day without gaps
    :param token: opens the page on which its holder follows it
    :param priority: a group of ``one-stop.yaml``, or empty
    :param request_key: what the kiosk sends along: the same one draws one number
    """

    hall = models.ForeignKey(Hall, models.PROTECT, related_name="tickets")
    on = models.DateField()
    letter = models.CharField(max_length=1)
    number = models.PositiveIntegerField()
    token = models.CharField(max_length=32, unique=True, default=new_key)
    booking = models.OneToOneField(Booking, models.PROTECT, null=True, related_name="ticket")
    priority = models.CharField(max_length=20, blank=True)
    issued_at = models.DateTimeField()
    request_key = models.UUIDField(null=True, unique=True)

    class Meta:
        db_table = "appointment_ticket"
        constraints = [
            models.UniqueConstraint(fields=["hall", "on", "letter", "number"], name="ticket_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="ticket_number_positive"),
        ]

    @property
    def label(self) -> str:
        """Return the number as it is called, e.g. ``A012``."""
        return f"{self.letter}{self.number:03}"


class TurnQuerySet(models.QuerySet["Turn"]):
    def of_day(self, hall: Hall, on: date) -> Self:
        return self.filter(ticket__hall=hall, ticket__on=on)

    def open(self) -> Self:
        return self.filter(state__in=OPEN_TURN)

    def in_order(self, at: datetime) -> Self:
        """
        Sort those who wait by who is called first: priority groups, then booked slots that have begun, then
        first come. Who comes before the slot of their booking stands among the others at the slot's start.
        """
        rank = Case(
            When(urgent=True, then=Value(0)),
            When(booked_for__lte=at, then=Value(1)),
            default=Value(2),
        )
        return self.order_by(rank, "ranked_at", "joined_at", "id")


class Turn(Entity):
    """
    One passage of a number through the queue of one service. A transfer ends one and begins another.

    :param urgent: its holder belongs to a priority group
    :param booked_for: start of the slot that was kept; none for a walk-in, and for who came too late
    :param joined_at: since when it waits here
    :param ranked_at: its place among its equals: the slot's start, or since when it has waited anywhere
    :param called_at: when it was first called; ``last_called_at``: and last; ``calls``: how often
    :param started_at: when it began to be served; ``ended_at``: when it left this queue
    """

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="turns")
    service = models.ForeignKey(Service, models.PROTECT, related_name="turns")
    state = models.CharField(max_length=11, choices=[(s, s) for s in TurnState], default=TurnState.WAITING)
    urgent = models.BooleanField(default=False)
    booked_for = models.DateTimeField(null=True)
    joined_at = models.DateTimeField()
    ranked_at = models.DateTimeField()
    counter = models.ForeignKey(Counter, models.PROTECT, null=True, related_name="turns")
    account_id = models.UUIDField(null=True)
    called_at = models.DateTimeField(null=True)
    last_called_at = models.DateTimeField(null=True)
    calls = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = TurnQuerySet.as_manager()

    class Meta:
        db_table = "appointment_turn"
        indexes = [
            models.Index(
                fields=["service", "joined_at"], condition=Q(state=TurnState.WAITING), name="turn_waiting"
            ),
            models.Index(fields=["service", "-joined_at"], name="turn_of_service"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], condition=Q(state__in=OPEN_TURN), name="turn_one_open"
            ),
            models.UniqueConstraint(
                fields=["account_id"], condition=Q(state__in=AT_COUNTER), name="turn_one_per_officer"
            ),
            models.UniqueConstraint(
                fields=["counter"], condition=Q(state__in=AT_COUNTER), name="turn_one_per_counter"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=AT_COUNTER)
                | Q(counter__isnull=False, account_id__isnull=False, called_at__isnull=False),
                name="turn_at_counter_has_one",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_TURN, ended_at__isnull=True)
                | (~Q(state__in=OPEN_TURN) & Q(ended_at__isnull=False)),
                name="turn_ended_when_over",
            ),
        ]
