"""Slots and the bookings that hold their places."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from tinhso.appointments.models.halls import Service
from tinhso.appointments.rules import rules
from tinhso.appointments.states import BookingState
from tinhso.kernel.models import Entity
from tinhso.people.types import Actor, ActorKind


class Slot(Entity):
    """
    One interval of one service, from the first booking on.

    :param places: that may be booked; :param taken: that are. A place is never given twice: the database
        refuses ``taken > places``, and at every commit ``taken`` is the number of bookings that hold one
    """

    service = models.ForeignKey(Service, models.PROTECT, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    places = models.PositiveSmallIntegerField()
    taken = models.PositiveSmallIntegerField(default=0)

    class Meta:
        db_table = "appointment_slot"
        constraints = [
            models.UniqueConstraint(fields=["service", "starts_at"], name="slot_once"),
            models.CheckConstraint(condition=Q(taken__lte=F("places")), name="slot_never_overbooked"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="slot_ends_after_it_starts"),
        ]


class BookingQuerySet(models.QuerySet["Booking"]):
    def visible_to(self, actor: Actor) -> Self:
        """Keep one's own, those of persons one acts for, and those of the halls one works in."""
        if actor.kind is ActorKind.SYSTEM:
            return self
        own = {person for person in (actor.person_id, *actor.whole_principals) if person}
        serving = {p.agency_id for p in actor.posts if p.role in rules().roles.serve}
        return self.filter(Q(person_id__in=own) | Q(slot__service__hall__agency_id__in=serving))

    def open(self) -> Self:
        return self.filter(state__in=[s for s in BookingState if s.is_open])


class Booking(Entity):
    """
    One person's place in one slot.

    :param code: what is typed or scanned at the kiosk
    :param procedure_code: what they come for, when they said so
    :param channel: ``portal``, ``counter`` or ``phone``
    :param account_id: who made it
    :param reason: why it was cancelled or lost its time
    """

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="bookings")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    code = models.CharField(max_length=8, unique=True)
    procedure_code = models.CharField(max_length=40, blank=True)
    state = models.CharField(
        max_length=9, choices=[(s, s) for s in BookingState], default=BookingState.BOOKED
    )
    channel = models.CharField(max_length=8)
    account_id = models.UUIDField(null=True)
    booked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        db_table = "appointment_booking"
        indexes = [models.Index(fields=["person", "-booked_at"], name="booking_of_person")]
        constraints = [
            # A double click, or a second try in another window, is the same booking.
            models.UniqueConstraint(
                fields=["person", "slot"], condition=Q(state=BookingState.BOOKED), name="booking_slot_once"
            ),
        ]
