"""How long procedures really took: computed from finished dossiers, replaced whole by a job."""

from django.db import models
from django.db.models import Q

from tinhso.kernel.models import Entity


class UsualDuration(Entity):
    """
    How long the dossiers of one procedure took that were decided in the days before.

    :param agency: the agency that received them; none for all of the province
    :param cases: how many dossiers it rests on
    :param fast: working minutes from filing to decision within which one in ten was done; none when
        there were too few dossiers to say
    :param typical: the same for one half
    :param slow: the same for nine in ten
    """

    procedure_code = models.CharField(max_length=40)
    agency = models.ForeignKey("people.Agency", on_delete=models.CASCADE, null=True, related_name="+")
    cases = models.PositiveIntegerField()
    fast = models.PositiveIntegerField(null=True)
    typical = models.PositiveIntegerField(null=True)
    slow = models.PositiveIntegerField(null=True)
    since = models.DateTimeField()
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure_code", "agency"], nulls_distinct=False, name="duration_once"
            ),
            models.CheckConstraint(
                condition=Q(fast__isnull=True, typical__isnull=True, slow__isnull=True)
                | Q(fast__lte=models.F("typical"), typical__lte=models.F("slow")),
                name="duration_in_order",
            ),
        ]
