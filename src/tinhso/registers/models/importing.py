"""Files that become records: what came, what is wrong with its rows, and how columns were read before."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from tinhso.kernel.models import Entity, StoredFile
from tinhso.registers.models.records import Record
from tinhso.registers.types import ImportState

if TYPE_CHECKING:
    from tinhso.people.types import Actor


class RegisterImportQuerySet(models.QuerySet["RegisterImport"]):
    def visible_to(self, actor: "Actor") -> Self:
        """An import is seen by who started it: its rows may tell more than others of the register see."""
        return self.filter(account_id=actor.account_id) if actor.account_id else self.none()


class RegisterImport(Entity):
    """
    One file for one register; loaded in pieces, each in a transaction that also moves ``done`` on.

    :param account: who started it, and in whose rights rows are written; none for the system
    :param file: the bytes; none once their time is over
    :param kind: ``csv``, ``xlsx``, ``geojson``, ``shapefile`` or ``geopackage``
    :param encoding: delimiter: of a CSV, as guessed
    :param columns: as they stand in the file
    :param guessed: column → order in which its dates are written, ``dmy`` or ``mdy``, as guessed
    :param mapping: column → field, or one of ``matching.SPAN``
    :param projection: of geometry, as the file names it
    :param attempt: which run of the job works on it; an earlier one that still lives may not go on
    :param put_off: numbers of rows that wait for a record of the same file and were tried in vain so far
    :param total: rows, known once they were checked
    :param done: rows the running job has been through; a run that broke off goes on behind them
    :param doubtful: rows that were loaded, or will be, and should be looked at
    :param sentence: why it broke off
    """

    register = models.CharField(max_length=60)
    account = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=255)
    kind = models.CharField(max_length=10)
    encoding = models.CharField(max_length=40, blank=True)
    delimiter = models.CharField(max_length=1, blank=True)
    projection = models.CharField(max_length=120, blank=True)
    columns = models.JSONField(default=list)
    guessed = models.JSONField(default=dict)
    mapping = models.JSONField(default=dict)
    language = models.CharField(max_length=2, default="vi")
    state = models.CharField(max_length=9, choices=ImportState, default=ImportState.MAPPING)
    attempt = models.PositiveIntegerField(default=0)
    put_off = models.JSONField(default=list)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    doubtful = models.PositiveIntegerField(default=0)
    sentence = models.TextField(blank=True)
    started_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = RegisterImportQuerySet.as_manager()

    class Meta:
        db_table = "register_import"
        indexes = [models.Index(fields=["account", "-started_at"], name="register_import_newest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["loading", "done"]) | Q(confirmed_at__isnull=False),
                name="register_import_confirmed",
            )
        ]


class ImportLane(models.Model):
    """
    Rows of one file that are loaded beside its others, by a job of their own.

    :param first: last: numbers of rows, both included
    :param done: the last row it has been through; before it began, the one before the first
    :param attempt: which run of the job works on it; an earlier one that still lives may not go on
    """

    import_of = models.ForeignKey(RegisterImport, models.CASCADE, related_name="lanes")
    number = models.PositiveSmallIntegerField()
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    done = models.PositiveIntegerField()
    attempt = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "register_import_lane"
        constraints = [
            models.UniqueConstraint(fields=["import_of", "number"], name="register_import_lane_once")
        ]


class ImportProblem(models.Model):
    """
    What is wrong with one row, or to be looked at. No value of the row is kept but what the sentence says.

    :param row: from 1, the first below the names of the columns
    :param field: the field it is about; empty for the whole row
    :param left_out: the row is not loaded; else it is, and a person should look at it
    :param of_file: an earlier row of the file is why
    """

    import_of = models.ForeignKey(RegisterImport, models.CASCADE, related_name="problems")
    row = models.PositiveIntegerField()
    field = models.CharField(max_length=80, blank=True)
    sentence = models.TextField()
    left_out = models.BooleanField(default=True)
    of_file = models.BooleanField(default=False)

    class Meta:
        db_table = "register_import_problem"
        indexes = [models.Index(fields=["import_of", "row", "id"], name="register_import_row")]


class HeaderMemory(models.Model):
    """
    How the columns of files of this shape were last read into the register.

    :param header: SHA-256 of the folded names of the columns, in order
    """

    register = models.CharField(max_length=60)
    header = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)

    class Meta:
        db_table = "register_header_memory"
        constraints = [models.UniqueConstraint(fields=["register", "header"], name="header_once")]


class KnownRow(models.Model):
    """
    A row that became a record of a register that numbers its records itself: the same row again is known.

    :param digest: SHA-256 of the row's values
    """

    register = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    record = models.ForeignKey(Record, models.PROTECT, related_name="+")

    class Meta:
        db_table = "register_known_row"
        constraints = [models.UniqueConstraint(fields=["register", "digest"], name="known_row_once")]
