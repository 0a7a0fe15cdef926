"""Mandates: who may act for whom, in what, until when."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from tinhso.kernel.models import Entity
from tinhso.people.models.accounts import Account
from tinhso.people.models.agencies import Agency
from tinhso.people.models.persons import Organisation, Person


class MandateKind(models.TextChoices):
    PARENT = "parent"
    GUARDIAN = "guardian"
    REPRESENTATIVE = "representative"
    ASSISTED = "assisted"


class MandateWay(models.TextChoices):
    """How somebody who is assisted gave their word."""

    PRESENCE = "presence"
    SMS = "sms"
    PAPER = "paper"


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Mandates in time."""

    def in_force(self, at: datetime) -> Self:
        """Keep those given, begun, not ended and not revoked at the moment."""
        return self.filter(
            Q(until_at__isnull=True) | Q(until_at__gt=at),
            Q(revoked_at__isnull=True) | Q(revoked_at__gt=at),
            from_at__lte=at,
        )


class Mandate(Entity):
    """
    The right of one to act for another.

    :param agent: the person who acts; for ``assisted`` the officer's account instead, for the rest of the day
    :param scope: procedure codes; empty means every procedure that allows this kind
    :param until_at: excluded; None until revoked
    :param agency: for ``assisted``: for which agency the account assists
    :param proof_id: a paper of the principal's that shows their signature
    """

    principal = models.ForeignKey(Person, models.PROTECT, null=True, related_name="mandates_given")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="mandates_given")
    agent = models.ForeignKey(Person, models.PROTECT, null=True, related_name="mandates_held")
    agent_account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="mandates_held")
    kind = models.CharField(max_length=14, choices=MandateKind.choices)
    scope = models.JSONField(default=list)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    evidence = models.CharField(max_length=400)
    way = models.CharField(max_length=8, choices=MandateWay.choices, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    proof_id = models.UUIDField(null=True)
    given_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        db_table = "people_mandate"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(principal__isnull=True) ^ models.Q(organisation__isnull=True),
                name="mandate_has_one_principal",
            ),
            models.CheckConstraint(
                condition=models.Q(agent__isnull=True, agent_account__isnull=False, kind="assisted")
                | (models.Q(agent__isnull=False, agent_account__isnull=True) & ~models.Q(kind="assisted")),
                name="mandate_has_one_agent",
            ),
            models.CheckConstraint(
                condition=models.Q(agent__isnull=True) | ~models.Q(agent=models.F("principal")),
                name="mandate_not_to_oneself",
            ),
            models.CheckConstraint(
                condition=models.Q(until_at__isnull=True) | models.Q(until_at__gt=models.F("from_at")),
                name="mandate_ends_after_it_begins",
            ),
        ]


class MandateRequest(Entity):
    """
    A word asked of somebody by a code sent to their phone; it becomes a mandate when they say the code.

    :param code_hash: the code is kept nowhere else
    :param phone_was_known: the number was in the register before the assistant came
    :param scope: the one procedure
    """

    principal = models.ForeignKey(Person, models.PROTECT, related_name="+")
    agent_account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    scope = models.CharField(max_length=40)
    days = models.PositiveSmallIntegerField()
    phone = models.CharField(max_length=20)
    phone_was_known = models.BooleanField()
    code_hash = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    mandate = models.OneToOneField(Mandate, models.PROTECT, null=True, related_name="request")

    class Meta:
        db_table = "people_mandate_request"
        indexes = [models.Index(fields=["principal", "-asked_at"], name="mandate_request_of_person")]
