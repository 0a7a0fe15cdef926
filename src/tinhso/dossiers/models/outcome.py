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
