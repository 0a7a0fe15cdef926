"""Uploaded papers, and the agencies that may read them."""

from typing import Self

from django.db import models
from django.db.models import Q

from tinhso.kernel.models import Entity, StoredFile
from tinhso.papers.types import CameFrom, ScanState
from tinhso.people.models import Agency, Person
from tinhso.people.types import Actor, ActorKind


class PaperQuerySet(models.QuerySet["Paper"]):
    """Papers, by who asks."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those the actor may read: their own, those of a principal, those granted to their agency."""
        if actor.kind is ActorKind.SYSTEM:
            return self
        if actor.kind is ActorKind.ANONYMOUS:
            return self.none()
        seen = Q(owner_id__in=owners_for(actor))
        if actor.agency_ids:
            granted = PaperGrant.objects.filter(agency_id__in=actor.agency_ids).values("paper_id")
            seen |= Q(pk__in=granted)
        return self.filter(seen)


def owners_for(actor: Actor) -> set[object]:
    """Return the persons for whom the actor may hand in and read papers: oneself and one's principals."""
    return set(actor.whole_principals) | ({actor.person_id} if actor.person_id else set())


class Paper(Entity):
    """
    One file that somebody handed in. The original never changes; what is shown is derived from it.

    ``sha256`` repeats the original's, so that the database can refuse the same file twice for one owner.
    One taken from somebody's keeping shares the file of the document it is.
    """

    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    original = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    display = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    preview = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=80)
    pages = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=12, choices=[(state, state) for state in ScanState])
    flags = models.JSONField(default=list)
    client_key = models.CharField(max_length=80, blank=True)
    came_from = models.CharField(
        max_length=14, choices=[(one, one) for one in CameFrom], default=CameFrom.UPLOAD
    )
    kept = models.ForeignKey("papers.KeptPaper", models.PROTECT, null=True, related_name="uses")
    received_at = models.DateTimeField()

    objects = PaperQuerySet.as_manager()

    class Meta:
        db_table = "paper"
        constraints = [
            models.UniqueConstraint(fields=["owner", "sha256", "client_key"], name="paper_once_per_owner"),
            models.CheckConstraint(condition=Q(pages__gt=0), name="paper_has_a_page"),
        ]
        indexes = [models.Index(fields=["owner", "-received_at"], name="paper_of_owner")]


class PaperGrant(Entity):
    """An agency may read a paper; given when the dossier it belongs to is filed with the agency."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="grants")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()

    class Meta:
        db_table = "paper_grant"
        constraints = [models.UniqueConstraint(fields=["paper", "agency"], name="paper_grant_once")]
        indexes = [models.Index(fields=["agency", "paper"], name="paper_grant_agency")]
