"""What applicant and office write to each other about one dossier."""

from django.db import models
from django.db.models import Q

from tinhso.dossiers.models.dossier import Dossier
from tinhso.kernel.models import Entity


class CaseMessage(Entity):
    """
    One message of the thread of a dossier. Nothing of it changes but that the other side has read it.

    :param side: who wrote: the applicant's side, or the office
    :param agency: the agency the officer wrote from; none of the applicant's side
    :param papers: ids of the files that came with it; they belong to the applicant, whoever sent them
    :param client_key: the form's name for this sending, so that a second click sends nothing twice
    :param read_at: when the other side read it first
    """

    class Side(models.TextChoices):
        APPLICANT = "applicant"
        OFFICE = "office"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="messages")
    side = models.CharField(max_length=9, choices=Side)
    author = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)
    papers = models.JSONField(default=list)
    client_key = models.CharField(max_length=40, blank=True)
    written_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["written_at", "id"]
        indexes = [
            models.Index(fields=["dossier", "written_at"], name="message_of_dossier"),
            models.Index(
                fields=["dossier", "side"], condition=Q(read_at__isnull=True), name="message_unread"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "author", "client_key"],
                condition=~Q(client_key=""),
                name="message_sent_once",
            ),
            models.CheckConstraint(
                condition=Q(side="office", agency__isnull=False) | Q(side="applicant", agency__isnull=True),
                name="message_office_has_agency",
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__isnull=False, read_by__isnull=False),
                name="message_read_by_somebody",
            ),
        ]
