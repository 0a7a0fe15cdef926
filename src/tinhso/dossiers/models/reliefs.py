"""Claims of an exemption or a reduction, and what the officer said of them."""

from django.db import models
from django.db.models import Q

from tinhso.dossiers.models.dossier import Dossier
from tinhso.kernel.models import Entity


class ReliefClaim(Entity):
    """
    The applicant asks to pay less of one fee, by one relief of the procedure, and proves it by a paper.

    :param full: đồng before the relief when it was claimed
    :param pays: đồng with it
    :param reason: why it was refused, or why it was granted late
    """

    class State(models.TextChoices):
        CLAIMED = "claimed"
        GRANTED = "granted"
        REFUSED = "refused"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="reliefs")
    fee = models.CharField(max_length=80)
    relief = models.CharField(max_length=80)
    proof = models.CharField(max_length=80, blank=True)
    full = models.BigIntegerField()
    pays = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.CLAIMED)
    claimed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "fee", "relief"], name="relief_claimed_once"),
            models.CheckConstraint(
                condition=Q(state="claimed", decided_at__isnull=True)
                | ~Q(state="claimed") & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="relief_decided_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(state="refused", reason=""), name="relief_refused_why"),
            models.CheckConstraint(
                condition=Q(pays__gte=0, pays__lt=models.F("full")), name="relief_spares_something"
            ),
        ]
