"""Mandates: who may act for whom, in what, until when."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from tinhso.kernel.models import Entity
from tinhso.people.models.accounts import Account
from tinhso.people.models.persons import Organisation, Person


class MandateKind(models.TextChoices):
    PARENT = "parent"
    GUARDIAN = "guardian"
    REPRESENTATIVE = "representative"
    ASSISTED = "assisted"


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
