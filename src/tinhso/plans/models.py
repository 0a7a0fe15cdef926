"""What is added to a plan file while it is carried out. Rows are only ever added (migration 0002)."""

from django.db import models
from django.db.models import F, Q

from tinhso.kernel.models import Entity, StoredFile


class PlanVersion(Entity):
    """
    One content of a plan file, for ever.

    :param number: counts the versions of a plan, from 1
    :param content: the file as typed values, so that two versions can be compared
    """

    plan_id = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.JSONField()
    seen_at = models.DateTimeField()

    class Meta:
        db_table = "plan_version"
        constraints = [
            models.UniqueConstraint(fields=["plan_id", "number"], name="plan_version_number"),
        ]


class Evidence(Entity):
    """
    What proves a value or a report: a document, an address, a file.

    :param is_sample: made up for a demonstration
    """

    document_number = models.CharField(max_length=120, blank=True)
    document_on = models.DateField(null=True)
    link = models.CharField(max_length=500, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=160, blank=True)
    note = models.TextField(blank=True)
    is_sample = models.BooleanField(default=False)
    by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True


class TargetValue(Evidence):
    """
    What an officer entered for a target; it counts once somebody else has confirmed it.

    :param as_of: last day of the time it is about
    :param corrects: the value it replaces once confirmed; that one stays readable
    """

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="+")
    plan_id = models.CharField(max_length=60)
    target_id = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=20, decimal_places=4)
    as_of = models.DateField()
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "plan_target_value"
        indexes = [models.Index(fields=["plan_id", "target_id", "as_of"], name="plan_value_of_target")]


class ValueVerdict(Entity):
    """What a second person said of an entered value."""

    value = models.OneToOneField(TargetValue, models.PROTECT, related_name="verdict")
    confirmed = models.BooleanField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "plan_value_verdict"
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed=True) | ~Q(reason=""), name="plan_refusal_has_reason"
            ),
        ]


class TaskReport(Evidence):
    """
    How far a task is, with evidence; the last one rules.

    :param progress: percent, 0–100
    """

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="+")
    plan_id = models.CharField(max_length=60)
    task_id = models.CharField(max_length=60)
    progress = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "plan_task_report"
        indexes = [models.Index(fields=["plan_id", "task_id", "at"], name="plan_report_of_task")]
        constraints = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="plan_progress_at_most_100"),
        ]


class PlanDuty(Entity):
    """
    Who is in charge of a part, or what a task waits for, as said at the desk; the last goes before the file.

    :param part: ``target`` or ``task``
    :param what: ``owner`` (value: agency code) or ``blocked_by`` (value: task ids)
    """

    class What(models.TextChoices):
        OWNER = "owner"
        BLOCKED_BY = "blocked_by"

    plan_id = models.CharField(max_length=60)
    part = models.CharField(max_length=6)
    part_id = models.CharField(max_length=60)
    what = models.CharField(max_length=10, choices=What.choices)
    value = models.JSONField()
    before = models.JSONField()
    reason = models.TextField()
    by = models.ForeignKey("people.Account", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "plan_duty"
        indexes = [models.Index(fields=["plan_id", "part", "part_id", "at"], name="plan_duty_of_part")]
        constraints = [
            models.CheckConstraint(condition=~Q(value=F("before")), name="plan_duty_changes_something"),
        ]
