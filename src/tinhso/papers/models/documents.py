"""Issued documents: the record anybody may check a paper against."""

from typing import Self

from django.db import models
from django.db.models import Q

from tinhso.kernel.models import Entity, StoredFile
from tinhso.papers.models.papers import owners_for
from tinhso.papers.types import DocumentState
from tinhso.people.models import Account, Agency, Person
from tinhso.people.types import Actor, ActorKind


class IssuedDocumentQuerySet(models.QuerySet["IssuedDocument"]):
    """Documents, by who asks."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those the actor may read in full: their own, a principal's, those of their agency."""
        if actor.kind is ActorKind.SYSTEM:
            return self
        if actor.kind is ActorKind.ANONYMOUS:
            return self.none()
        seen = Q(holder_id__in=owners_for(actor)) | Q(agency_id__in=actor.agency_ids)
        if actor.whole_organisations:
            # A copy digitised for an organisation has no person as its holder.
            seen |= Q(kept__organisation_id__in=actor.whole_organisations)
        return self.filter(seen)


class IssuedDocument(Entity):
    """
    A document with its number. Nothing of it changes but its state.

    :param notation: what follows the number on paper
    :param about_id: what it decides, e.g. a dossier
    :param holder_mask: what the public page shows of the holder's name
    :param token: unguessable, in the QR code
    :param signatures: who signed, as the certificates said on the day
    """

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=240)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    series = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    notation = models.CharField(max_length=80)
    holder = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    holder_mask = models.CharField(max_length=80, blank=True)
    about_id = models.UUIDField(null=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    token = models.CharField(max_length=32, unique=True)
    signatures = models.JSONField(default=list)
    issued_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()
    valid_until = models.DateField(null=True)
    state = models.CharField(
        max_length=10, choices=[(state, state) for state in DocumentState], default=DocumentState.VALID
    )
    state_reason = models.CharField(max_length=500, blank=True)
    state_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    state_at = models.DateTimeField(null=True)
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="supersedes")

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta:
        db_table = "issued_document"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "series", "year", "number"], name="document_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state="valid", state_at__isnull=True, superseded_by__isnull=True)
                | Q(state="superseded", state_at__isnull=False, superseded_by__isnull=False)
                | Q(state="revoked", state_at__isnull=False) & ~Q(state_reason=""),
                name="document_state_complete",
            ),
        ]
        indexes = [
            models.Index(fields=["holder", "-issued_at"], name="document_of_holder"),
            models.Index(fields=["about_id"], name="document_about"),
            models.Index(fields=["sha256"], name="document_sha256"),
        ]

    @property
    def number_text(self) -> str:
        """Return the number as printed; below 10 with a leading 0 (Decree 30/2020, Annex I)."""
        return f"{self.number:02d}/{self.notation}"
