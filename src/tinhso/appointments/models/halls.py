"""A hall: the one-stop of an agency with its services, counters and days off."""

import secrets
from typing import Self

from django.db import models
from django.db.models import Q

from tinhso.appointments.rules import rules
from tinhso.kernel.models import Entity
from tinhso.people.types import Actor, ActorKind


def new_key() -> str:
    """Return a secret for an address: 128 bits."""
    return secrets.token_urlsafe(16)


class HallQuerySet(models.QuerySet["Hall"]):
    def visible_to(self, actor: Actor) -> Self:
        """Keep the halls whose work the actor may watch: of their agencies, or all for who oversees all."""
        said = rules().roles
        if actor.kind is ActorKind.SYSTEM or any(p.role in said.watch_everywhere for p in actor.posts):
            return self
        return self.filter(agency_id__in={p.agency_id for p in actor.posts if p.role in said.watch})


class Hall(Entity):
    """
    The one-stop of one agency, as it takes bookings and calls numbers.

    :param weekly: sessions by weekday (``"0"`` Monday): ``[["07:30", "11:30"], …]``; a weekday that is not
        named follows the calendar, an empty list closes it
    :param walk_in_percent: of a slot's places, kept for whoever comes without a booking
    :param languages: those the kiosk and the board speak
    :param board_key: opens the board's page; ``kiosk_key``: opens the kiosk's
    :param revision: counts changes of the set-up
    """

    agency = models.OneToOneField("people.Agency", models.PROTECT, related_name="hall")
    is_open = models.BooleanField(default=True)
    slot_minutes = models.PositiveSmallIntegerField()
    walk_in_percent = models.PositiveSmallIntegerField()
    horizon_days = models.PositiveSmallIntegerField()
    lead_minutes = models.PositiveSmallIntegerField()
    most_bookings = models.PositiveSmallIntegerField()
    grace_minutes = models.PositiveSmallIntegerField()
    weekly = models.JSONField(default=dict)
    languages = models.JSONField(default=list)
    board_key = models.CharField(max_length=32, unique=True, default=new_key)
    kiosk_key = models.CharField(max_length=32, unique=True, default=new_key)
    revision = models.PositiveIntegerField(default=1)

    objects = HallQuerySet.as_manager()

    class Meta:
        db_table = "appointment_hall"
        constraints = [
            models.CheckConstraint(
                condition=Q(slot_minutes__range=(5, 240), walk_in_percent__lte=100, most_bookings__gte=1),
                name="hall_sound",
            )
        ]


class Service(Entity):
    """
    A group of matters with one queue.

    :param letter: what its numbers begin with
    :param codes: procedure codes, and ``fields``: fields of procedures, that belong to it
    :param places: persons in one slot, walk-ins included
    :param minutes: expected for one person, until enough was measured
    """

    hall = models.ForeignKey(Hall, models.PROTECT, related_name="services")
    letter = models.CharField(max_length=1)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    codes = models.JSONField(default=list)
    fields = models.JSONField(default=list)
    places = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    is_open = models.BooleanField(default=True)

    class Meta:
        db_table = "appointment_service"
        ordering = ["letter"]
        constraints = [
            models.UniqueConstraint(fields=["hall", "letter"], name="service_letter_once"),
            models.CheckConstraint(condition=Q(letter__regex=r"^[A-Z]$"), name="service_letter_capital"),
            models.CheckConstraint(condition=Q(places__gte=1, minutes__gte=1), name="service_sound"),
        ]


class Counter(Entity):
    """
    A window. Who sits there is ``account_id``: one officer at one counter, one counter with one officer.

    :param post_id: the post they sit there from
    """

    hall = models.ForeignKey(Hall, models.PROTECT, related_name="counters")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120, blank=True)
    services = models.ManyToManyField(
        Service, related_name="counters", db_table="appointment_counter_service"
    )
    is_open = models.BooleanField(default=True)
    account_id = models.UUIDField(null=True, unique=True)
    post_id = models.UUIDField(null=True)
    since = models.DateTimeField(null=True)

    class Meta:
        db_table = "appointment_counter"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["hall", "number"], name="counter_number_once"),
            models.CheckConstraint(
                condition=Q(account_id__isnull=True, post_id__isnull=True, since__isnull=True)
                | Q(account_id__isnull=False, post_id__isnull=False, since__isnull=False),
                name="counter_taken_whole",
            ),
        ]


class Closure(Entity):
    """A day on which the hall is closed although the calendar says it works."""

    hall = models.ForeignKey(Hall, models.PROTECT, related_name="closures")
    on = models.DateField()
    reason = models.CharField(max_length=200)

    class Meta:
        db_table = "appointment_closure"
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["hall", "on"], name="closure_once")]
