"""What came of it: the result, and what the citizen thought."""

from django.db import models
from django.db.models import Q

from tinhso.dossiers.models.dossier import Dossier
from tinhso.kernel.models import Entity


class Result(Entity):
    """The signed decision of the case, granted or refused. The document itself lives in ``papers``."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="result")
    document = models.OneToOneField("papers.IssuedDocument", on_delete=models.PROTECT, related_name="+")
    granted = models.BooleanField()
    reason = models.TextField(blank=True)
    signed_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()


class ResultChange(Entity):
    """
    What was done to a result after it was signed. ``Result.document`` is the newest; this keeps the old.

    :param new_document: what took its place; none when it was revoked
    :param decision: the signed decision that revokes it
    :param replaced: answers and findings as they were before a correction, by question id
    """

    class Kind(models.TextChoices):
        CORRECTED = "corrected"
        REISSUED = "reissued"
        REVOKED = "revoked"

    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind)
    old_document = models.ForeignKey("papers.IssuedDocument", on_delete=models.PROTECT, related_name="+")
    new_document = models.ForeignKey(
        "papers.IssuedDocument", on_delete=models.PROTECT, null=True, related_name="+"
    )
    decision = models.ForeignKey(
        "papers.IssuedDocument", on_delete=models.PROTECT, null=True, related_name="+"
    )
    reason = models.TextField()
    replaced = models.JSONField(default=dict)
    changed_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["changed_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="revoked", new_document__isnull=True, decision__isnull=False)
                | ~Q(kind="revoked") & Q(new_document__isnull=False, decision__isnull=True),
                name="result_change_complete",
            ),
        ]


class Rating(Entity):
    """One rating a dossier, by whoever holds its receipt."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="rating")
    stars = models.PositiveSmallIntegerField()
    comment = models.TextField(blank=True, max_length=1000)
    rated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stars__gte=1) & Q(stars__lte=5), name="rating_one_to_five"),
        ]
