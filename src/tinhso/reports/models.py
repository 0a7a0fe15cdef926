"""Rounds of reports, returns of units and what the province made of them. What was signed only grows."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from tinhso.kernel.models import Entity
from tinhso.people.types import Actor
from tinhso.reports import policies


class State(models.TextChoices):
    """``open``: at the officer; ``submitted``: waits for the leader; ``signed``: at the province."""

    OPEN = "open"
    SUBMITTED = "submitted"
    SIGNED = "signed"
    RECEIVED = "received"


class ReportRound(Entity):
    """
    One period of one report, opened.

    :param content: the template as it was then, so that a changed file changes no report
    """

    report_id = models.CharField(max_length=60)
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=24)
    since = models.DateField()
    until = models.DateField()
    due_at = models.DateTimeField()
    content = models.JSONField()
    opened_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        db_table = "report_round"
        constraints = [
            models.UniqueConstraint(fields=["report_id", "since", "until"], name="report_round_once"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="report_round_has_days"),
        ]


class ReturnQuerySet(models.QuerySet["UnitReturn"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the agencies the actor works in; to who runs or oversees reports, all."""
        if policies.sees_all(actor):
            return self
        return self.filter(agency_id__in=policies.own_agencies(actor))


class UnitReturn(Entity):
    """
    What one agency reports in a round.

    :param values: by line, as ``values.Value`` stores them
    :param received: the version the province counts; none yet
    :param note: why it was sent back, or is being corrected
    :param revision: raised by every change; what pages and programs send along
    """

    round = models.ForeignKey(ReportRound, models.PROTECT, related_name="returns")
    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    values = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    received = models.PositiveIntegerField(null=True)
    filled_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True, help_text="when it was signed first: on time or late")
    changed_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    objects = ReturnQuerySet.as_manager()

    class Meta:
        db_table = "report_return"
        constraints = [
            models.UniqueConstraint(fields=["round", "agency"], name="report_return_once"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="report_return_state"),
        ]


class ReturnVersion(Entity):
    """
    A return as its leader signed it, for ever.

    :param document_id: the signed PDF (``papers``)
    :param reason: why it was corrected; empty of the first
    """

    of = models.ForeignKey(UnitReturn, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    values = models.JSONField()
    reason = models.TextField(blank=True)
    document_id = models.UUIDField()
    signed_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        db_table = "report_return_version"
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="report_version_number")]


class ReturnAct(Entity):
    """Something somebody did with a return. :param what: the event's last word, e.g. ``sent_back``"""

    of = models.ForeignKey(UnitReturn, models.PROTECT, related_name="acts")
    what = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "report_return_act"
        indexes = [models.Index(fields=["of", "at"], name="report_act_of_return")]


class ProvinceReport(Entity):
    """
    The province's report as it was signed, for ever.

    :param values: by line, as :class:`UnitReturn`
    :param units: ``counted``: agency code → version; ``missing``: codes of those not received
    """

    round = models.ForeignKey(ReportRound, models.PROTECT, related_name="reports")
    number = models.PositiveIntegerField()
    values = models.JSONField()
    units = models.JSONField()
    document_id = models.UUIDField()
    signed_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        db_table = "report_province"
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="report_province_number")]
