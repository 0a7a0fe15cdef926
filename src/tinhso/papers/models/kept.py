"""What people keep: results issued to them and papers digitised for them; and papers being digitised."""

from typing import Self

from django.db import models
from django.db.models import Q

from tinhso.kernel.models import Entity
from tinhso.papers.models.documents import IssuedDocument
from tinhso.papers.models.papers import owners_for
from tinhso.papers.types import KeptSource, ScanStage
from tinhso.people.models import Account, Agency, Organisation, Person
from tinhso.people.types import Actor, ActorKind


class KeptPaperQuerySet(models.QuerySet["KeptPaper"]):
    """Papers in people's keeping, by who asks."""

    def visible_to(self, actor: Actor) -> Self:
        """
        Keep one's own, those of whom one acts for in everything, those of organisations one represents.

        A mandate for some procedures reaches what these procedures issued.
        """
        if actor.kind is ActorKind.SYSTEM:
            return self
        if actor.kind is ActorKind.ANONYMOUS:
            return self.none()
        seen = Q(owner_id__in=owners_for(actor), organisation__isnull=True)
        for mandate in actor.mandates:
            if mandate.kind == "representative" and mandate.principal_organisation_id is not None:
                theirs = Q(organisation_id=mandate.principal_organisation_id)
                seen |= theirs & Q(procedure_code__in=mandate.scope) if mandate.scope else theirs
        return self.filter(seen)


class KeptPaper(Entity):
    """
    A paper in somebody's keeping. How it stands is told by its document; the keeper may only hide it.

    :param owner: who holds it, or brought it for the organisation whose it is
    :param kind: see ``Keeping``
    :param words: folded, for the search of one's own papers
    """

    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    source = models.CharField(max_length=10, choices=[(one, one) for one in KeptSource])
    document = models.OneToOneField(IssuedDocument, models.PROTECT, related_name="kept")
    procedure_code = models.CharField(max_length=40, blank=True)
    result_code = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=400)
    kept_at = models.DateTimeField()
    hidden_at = models.DateTimeField(null=True)

    objects = KeptPaperQuerySet.as_manager()

    class Meta:
        db_table = "kept_paper"
        indexes = [
            models.Index(fields=["owner", "-kept_at"], name="kept_paper_of_owner"),
            models.Index(
                fields=["organisation", "-kept_at"],
                condition=Q(organisation__isnull=False),
                name="kept_paper_of_organisation",
            ),
        ]


class Scan(Entity):
    """
    Paper being digitised at a counter: the files as they came, until an officer has compared them.

    :param pages: ids of papers, in order
    :param about_id: part: the form it is for
    """

    owner = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=240)
    pages = models.JSONField(default=list)
    about_id = models.UUIDField(null=True)
    part = models.CharField(max_length=170, blank=True)
    stage = models.CharField(max_length=9, choices=[(one, one) for one in ScanStage], default=ScanStage.TAKEN)
    taken_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    document = models.OneToOneField(IssuedDocument, models.PROTECT, null=True, related_name="scan")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "scan"
        constraints = [
            models.CheckConstraint(
                condition=Q(stage="taken", document__isnull=True, closed_at__isnull=True)
                | Q(stage="signed", document__isnull=False, closed_at__isnull=False)
                | Q(stage="discarded", document__isnull=True, closed_at__isnull=False),
                name="scan_stage_complete",
            ),
        ]
