"""Messages in the inbox, their deliveries by other ways, and what people chose."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from tinhso.kernel.models import Entity
from tinhso.people.types import Actor, ActorKind


class DeliveryState(models.TextChoices):
    """``UNCERTAIN``: it may have gone out when the connection broke; a person decides what to do."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, actor: Actor) -> Self:
        """
        Keep the messages to the actor.

        A citizen: to them and to those whose mandate for all affairs they hold. An officer: to the account;
        what they are told as a private person is not the desk's.
        """
        if actor.kind is ActorKind.OFFICER:
            return self.filter(account_id=actor.account_id)
        own = {person for person in (actor.person_id, *actor.whole_principals) if person}
        return self.filter(person_id__in=own)


class Message(Entity):
    """
    One message, in both languages as it was when it was written.

    :param person_id: the citizen it is for, or else
    :param account_id: the officer
    """

    person_id = models.UUIDField(null=True)
    account_id = models.UUIDField(null=True)
    template = models.CharField(max_length=60)
    dedupe_key = models.CharField(max_length=200)
    subject_vi = models.CharField(max_length=300)
    subject_en = models.CharField(max_length=300)
    body_vi = models.TextField()
    body_en = models.TextField()
    link = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        db_table = "notice_message"
        constraints = [
            models.UniqueConstraint(fields=["person_id", "dedupe_key"], name="notice_said_once"),
            models.UniqueConstraint(fields=["account_id", "dedupe_key"], name="notice_said_once_to_officer"),
            models.CheckConstraint(
                condition=Q(person_id__isnull=True) ^ Q(account_id__isnull=True), name="notice_is_for_one"
            ),
        ]
        indexes = [
            models.Index(fields=["person_id", "-made_at"], name="notice_inbox"),
            models.Index(fields=["person_id"], condition=Q(read_at__isnull=True), name="notice_unread"),
            models.Index(fields=["account_id", "-made_at"], name="notice_officer_inbox"),
            models.Index(
                fields=["account_id"], condition=Q(read_at__isnull=True), name="notice_officer_unread"
            ),
        ]


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def stuck(self, *, since: datetime) -> Self:
        """Keep those that somebody began to send before the moment and never finished."""
        return self.filter(state=DeliveryState.SENDING, claimed_at__lt=since)


class Delivery(Entity):
    """The message by e-mail or SMS: the text and the address as they were when it was written."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=5, choices=[("email", "email"), ("sms", "sms")])
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    segments = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=80, blank=True)
    last_error = models.CharField(max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        db_table = "notice_delivery"
        constraints = [
            models.UniqueConstraint(fields=["message", "channel"], name="notice_sent_once_by_each_way"),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.SENT, sent_at__isnull=False)
                | (~Q(state=DeliveryState.SENT) & Q(sent_at__isnull=True)),
                name="notice_sent_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.SENDING) | Q(claimed_at__isnull=False),
                name="notice_sending_is_claimed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["claimed_at"],
                condition=~Q(state__in=[DeliveryState.SENT, DeliveryState.WAITING]),
                name="notice_not_sent",
            )
        ]


class Preference(Entity):
    """By what ways, besides the inbox, a person wants to hear; all, until they say otherwise."""

    person_id = models.UUIDField(unique=True)
    email = models.BooleanField(default=True)
    sms = models.BooleanField(default=True)

    class Meta:
        db_table = "notice_preference"
