"""Facts in PostgreSQL: the live part, and what is needed to go on reading the ledger."""

from django.db import models
from django.db.models import Q


class FactCursor(models.Model):
    """
    How far the ledger was read; one row.

    :param read_to: every position up to it was read, but for those in :class:`FactHole`
    :param passes: counts the transactions that changed facts; a row remembers the last that touched it
    :param written: the pass up to which the files hold everything
    :param rebuild_to: while facts are made anew: the position from which they are whole again
    :param read_at: when the last entry was read
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    read_to = models.BigIntegerField(default=0)
    passes = models.BigIntegerField(default=0)
    written = models.BigIntegerField(default=0)
    rebuild_to = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "fact_cursor"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="fact_cursor_is_one")]


class FactHole(models.Model):
    """
    Positions that were not there when later ones were: their transaction goes on, or was undone.

    :param writers: the transactions that were writing to the ledger then, as PostgreSQL names them
    """

    first = models.BigIntegerField(primary_key=True)
    last = models.BigIntegerField()
    writers = models.JSONField()

    class Meta:
        db_table = "fact_hole"
        constraints = [
            models.CheckConstraint(condition=Q(last__gte=models.F("first")), name="fact_hole_span")
        ]


class FactFile(models.Model):
    """
    One Parquet file: a month of one table.

    :param name: below the folder of facts
    """

    table = models.CharField(max_length=20)
    month = models.DateField()
    name = models.CharField(max_length=120)
    rows = models.BigIntegerField()

    class Meta:
        db_table = "fact_file"
        constraints = [models.UniqueConstraint(fields=["table", "month"], name="fact_file_of_month")]


class DossierFact(models.Model):
    """
    One dossier as the ledger has it now. See ``tables.DOSSIERS`` for what the columns mean.

    :param number: position of the entry that says it was filed; none until it was read
    :param pass_no: the pass that changed it last
    """

    dossier_id = models.UUIDField(primary_key=True)
    number = models.BigIntegerField(null=True, unique=True)
    pass_no = models.BigIntegerField()
    procedure = models.CharField(max_length=40, blank=True)
    field = models.CharField(max_length=160, blank=True)
    level = models.CharField(max_length=10, blank=True)
    agency = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=5, blank=True)
    channel = models.CharField(max_length=8, blank=True)
    filed_at = models.DateTimeField(null=True)
    filed_month = models.DateField(null=True)
    accepted_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, blank=True)
    waiting_since = models.DateTimeField(null=True)
    waiting_minutes = models.IntegerField(default=0)
    asks = models.SmallIntegerField(default=0)
    extensions = models.SmallIntegerField(default=0)
    steps_missed = models.SmallIntegerField(default=0)
    opinions = models.SmallIntegerField(default=0)
    changes = models.SmallIntegerField(default=0)
    questions = models.SmallIntegerField(null=True)
    proved = models.SmallIntegerField(null=True)
    prefilled = models.SmallIntegerField(null=True)
    papers = models.SmallIntegerField(null=True)
    saved = models.SmallIntegerField(null=True)
    reused = models.SmallIntegerField(null=True)
    billed = models.BigIntegerField(default=0)
    paid = models.BigIntegerField(default=0)
    paid_online = models.BigIntegerField(default=0)
    stars = models.SmallIntegerField(null=True)

    class Meta:
        db_table = "fact_dossier"
        indexes = [
            models.Index(fields=["pass_no"], name="fact_dossier_pass"),
            models.Index(fields=["filed_month"], name="fact_dossier_month"),
            # What live counters count: the filed and the ended of today, the open ones that are late or wait.
            models.Index(fields=["filed_at"], name="fact_dossier_filed"),
            models.Index(fields=["ended_at"], condition=Q(ended_at__isnull=False), name="fact_dossier_ended"),
            models.Index(fields=["due_at"], condition=Q(ended_at__isnull=True), name="fact_dossier_open_due"),
            models.Index(
                fields=["waiting_since"],
                condition=Q(ended_at__isnull=True, waiting_since__isnull=False),
                name="fact_dossier_waiting",
            ),
        ]


class EventFact(models.Model):
    """Base of facts that never change: one entry of the ledger is one row."""

    number = models.BigIntegerField(primary_key=True, help_text="position in the ledger")
    pass_no = models.BigIntegerField()
    kind = models.CharField(max_length=80)
    at = models.DateTimeField()
    month = models.DateField()

    class Meta:
        abstract = True


class OfDossier(EventFact):
    """Base of facts about a dossier, with what lists and sums go by."""

    dossier_id = models.UUIDField(null=True)
    dossier = models.BigIntegerField(null=True, help_text="its ``DossierFact.number``")
    procedure = models.CharField(max_length=40, blank=True)
    field = models.CharField(max_length=160, blank=True)
    level = models.CharField(max_length=10, blank=True)
    agency = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=5, blank=True)
    channel = models.CharField(max_length=8, blank=True)

    class Meta:
        abstract = True


class ActFact(OfDossier):
    """Something was done with a dossier. :param officer: the officer's account; none for anybody else"""

    officer = models.UUIDField(null=True)

    class Meta:
        db_table = "fact_act"
        indexes = [models.Index(fields=["pass_no"], name="fact_act_pass")]


class PaymentFact(OfDossier):
    """Something happened to money. :param amount: đồng"""

    bill_id = models.UUIDField(null=True)
    amount = models.BigIntegerField()

    class Meta:
        db_table = "fact_payment"
        indexes = [
            models.Index(fields=["pass_no"], name="fact_payment_pass"),
            models.Index(fields=["at"], name="fact_payment_at"),
        ]


class RatingFact(OfDossier):
    """Somebody said how it was. :param stars: 1–5; none where a survey was answered"""

    stars = models.SmallIntegerField(null=True)

    class Meta:
        db_table = "fact_rating"
        indexes = [models.Index(fields=["pass_no"], name="fact_rating_pass")]


class RecordFact(EventFact):
    """A record of a register changed."""

    record_id = models.UUIDField()
    register = models.CharField(max_length=80)
    source = models.CharField(max_length=40, blank=True)

    class Meta:
        db_table = "fact_record"
        indexes = [models.Index(fields=["pass_no"], name="fact_record_pass")]


class ServiceFact(models.Model):
    """A procedure as the catalogue offers it now. :param number: position of its last publication"""

    procedure = models.CharField(max_length=40, primary_key=True)
    number = models.BigIntegerField()
    pass_no = models.BigIntegerField()
    month = models.DateField()
    field = models.CharField(max_length=160, blank=True)
    level = models.CharField(max_length=10, blank=True)
    offered = models.BooleanField()
    online = models.BooleanField(default=False)
    whole_online = models.BooleanField(default=False)
    has_fee = models.BooleanField(default=False)

    class Meta:
        db_table = "fact_service"
        indexes = [models.Index(fields=["pass_no"], name="fact_service_pass")]
