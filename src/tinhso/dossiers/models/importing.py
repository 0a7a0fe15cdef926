"""A spreadsheet of filings: what came, what is wrong with it, and which rows have become dossiers."""

from typing import Self

from django.db import models
from django.db.models import Q

from tinhso.dossiers.models.dossier import Dossier
from tinhso.kernel.models import Entity, StoredFile
from tinhso.people.types import Actor


class ImportState(models.TextChoices):
    MAPPING = "mapping"
    CHECKING = "checking"
    CHECKED = "checked"
    LOADING = "loading"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, actor: Actor) -> Self:
        """An import is seen by the counter's officers of the agency it is filed at."""
        agencies = {post.agency_id for post in actor.posts if post.role == "one_stop"}
        return self.filter(agency_id__in=agencies) if actor.is_officer else self.none()


class Import(Entity):
    """
    One sheet of filings for one procedure; a row is one dossier, filed at the counter for who stands in it.

    :param unit_code: the commune whose agency decides
    :param file: the sheet; none once its time is over
    :param papers: id of a paper of the procedure → ``{"file": id, "name": …}``, given once for all rows;
        under ``@zip`` the archive with the files that rows name
    :param headings: of the columns, as they stand in the sheet
    :param columns: place of a column → what it holds, see ``importing.targets``
    :param declared: the officer confirmed that each applicant signed the declarations on paper
    :param attempt: which run of the job works on it; an earlier one that still lives may not go on
    :param total: rows of the sheet, known once they were checked
    :param done: rows the running job has been through
    :param sound: rows nothing is wrong with, as checked
    :param filed: rows that became dossiers by this import
    :param repeated: rows that an earlier import of the same sheet, or this one, had filed before
    """

    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    procedure_code = models.CharField(max_length=40)
    unit_code = models.CharField(max_length=5)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=255)
    headings = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    papers = models.JSONField(default=dict)
    declared = models.BooleanField(default=False)
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=9, choices=ImportState, default=ImportState.MAPPING)
    attempt = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    sound = models.PositiveIntegerField(default=0)
    filed = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)
    sentence = models.TextField(blank=True)
    uploaded_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["agency", "-uploaded_at"], name="import_newest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["loading", "done"]) | Q(confirmed_at__isnull=False),
                name="import_loads_once_confirmed",
            )
        ]


class ImportFault(models.Model):
    """
    What is wrong with one row. No value of the row is kept, only the sentence.

    :param line: of the sheet, the headings being line 1
    :param heading: of the column; empty when it concerns the whole row
    :param while_loading: found when the row was filed, not when it was checked
    """

    sheet = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="faults")
    line = models.PositiveIntegerField()
    heading = models.CharField(max_length=200, blank=True)
    sentence = models.TextField()
    while_loading = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["sheet", "line", "id"], name="import_fault_line")]


class ImportedRow(models.Model):
    """
    A row that has become a dossier; written in the transaction that filed it, so that it happens once.

    :param key: digest of procedure, commune, agency and what stands in the row; the same row of the same
        sheet, sent again in whatever file, has the same
    """

    key = models.CharField(primary_key=True, max_length=64)
    sheet = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="rows")
    line = models.PositiveIntegerField()
    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["sheet", "line"], name="imported_row_line")]


class ColumnMemory(models.Model):
    """What an agency's officers last said a heading means for a procedure."""

    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    procedure_code = models.CharField(max_length=40)
    heading = models.CharField(max_length=200)
    target = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "procedure_code", "heading"], name="column_once")
        ]
