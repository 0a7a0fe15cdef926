"""Procedures being written at the desk: their files, every edit, and who proposes them."""

from typing import Self

from django.db import models
from django.db.models import Q

from tinhso.designs.roles import EDITOR, PUBLISHER
from tinhso.kernel.models import Entity
from tinhso.people.types import Actor


class DesignQuerySet(models.QuerySet["Design"]):
    def visible_to(self, actor: Actor) -> Self:
        """A design is seen by those who write or publish the catalogue in the agency it belongs to."""
        agencies = {post.agency_id for post in actor.posts if post.role in (EDITOR, PUBLISHER)}
        return self.filter(agency_id__in=agencies) if actor.is_officer else self.none()

    def open(self) -> Self:
        return self.filter(state__in=(Design.State.DRAFT, Design.State.PROPOSED))


class Design(Entity):
    """
    One procedure's files under change.

    :param code: as the file says now; empty where it cannot be read
    :param title: the procedure's name as the file says now
    :param based_on: the version it was taken from; None for an import, and for a copy under another code
    :param applied: how many of its edits hold; those after it were undone and may be redone
    :param revision: counts every change, so that two who write at once notice each other
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        PROPOSED = "proposed"
        PUBLISHED = "published"
        DISCARDED = "discarded"

    code = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=500, blank=True)
    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="+")
    made_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    source = models.TextField()
    templates = models.JSONField(default=dict)
    based_on = models.ForeignKey("definitions.ProcedureVersion", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    applied = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)
    proposed_by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    decision = models.CharField(max_length=120, blank=True)
    returned = models.TextField(blank=True, help_text="why whoever publishes gave it back")
    published = models.ForeignKey("definitions.ProcedureVersion", models.PROTECT, null=True, related_name="+")

    objects = DesignQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["agency", "state", "-changed_at"], name="design_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(proposed_by__isnull=False) | ~Q(state="proposed"),
                name="design_proposed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(published__isnull=False) | ~Q(state="published"),
                name="design_published_as_a_version",
            ),
        ]


class DesignEdit(Entity):
    """
    One change of one file, so that it can be undone and done again.

    :param what: ``set``, ``add``, ``remove``, ``move``, ``write`` or ``start``
    :param place: of the part in the file, ``form.0.ask.2``; ``subject``: how a reader knows it
    :param before: after: the whole file; null where there was or is none
    """

    design = models.ForeignKey(Design, models.CASCADE, related_name="edits")
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=8)
    place = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    file = models.CharField(max_length=80)
    before = models.TextField(null=True)
    after = models.TextField(null=True)
    by = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["design", "number"], name="design_edit_number")]
