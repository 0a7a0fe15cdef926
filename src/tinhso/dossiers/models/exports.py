"""What an officer had written out of the lists."""

from typing import Self

from django.db import models
from django.db.models import Q

from tinhso.kernel.models import Entity, StoredFile
from tinhso.people.types import Actor


class ExportState(models.TextChoices):
    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    CANCELLED = "cancelled"
    FAILED = "failed"
    EXPIRED = "expired"


UNDER_WAY = (ExportState.WAITING, ExportState.RUNNING)


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, actor: Actor) -> Self:
        """An export is seen by the officer who asked for it, and by nobody else."""
        if actor.account_id is None or not actor.is_officer:
            return self.none()
        return self.filter(account_id=actor.account_id)


class Export(Entity):
    """
    A list of dossiers, their papers, or records of a register, as one file that is kept for a day.

    :param selection: see ``selecting.Selection`` and ``exporting.record_selection``
    :param attempt: which run of the job writes it; an earlier one that still lives may not finish it
    :param total: dossiers or records it will hold, known once the job counted them
    :param left_out: papers the officer may not read, or whose bytes are damaged
    :param agencies: whose dossiers the officer could see when it was written; «*» for all of the province;
        of records, which field in which unit
    :param problem: code of the refusal that ended it; ``sentence`` as the officer reads it
    """

    class Format(models.TextChoices):
        CSV = "csv"
        XLSX = "xlsx"
        ZIP = "zip"
        GEOJSON = "geojson"

    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    format = models.CharField(max_length=7, choices=Format)
    selection = models.JSONField(default=dict)
    selection_key = models.CharField(max_length=64)
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=9, choices=ExportState, default=ExportState.WAITING)
    attempt = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    done = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)
    agencies = models.JSONField(default=list)
    problem = models.CharField(max_length=40, blank=True)
    sentence = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["account", "-asked_at"], name="export_newest"),
            models.Index(fields=["expires_at"], condition=Q(state=ExportState.READY), name="export_expiring"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "format", "selection_key"],
                condition=Q(state__in=["waiting", "running"]),
                name="export_once_under_way",
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(file__isnull=False, expires_at__isnull=False),
                name="export_ready_has_file",
            ),
        ]
