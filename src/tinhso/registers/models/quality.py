"""What is wrong with records, day by day, and which may be there twice."""

from django.db import models
from django.db.models import F, Q

from tinhso.kernel.models import Entity
from tinhso.registers.models.records import Record
from tinhso.registers.types import Kind


class RecordFault(models.Model):
    """
    A rule that a record in force does not meet now. Written anew whenever the record is; a job checks all.

    :param rule: id of a rule of the definition, or ``required.<field>``
    """

    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(
        Record, models.CASCADE, related_name="faults", db_index=False
    )  # ``fault_once``
    register = models.CharField(max_length=60)
    unit_key = models.CharField(max_length=16, blank=True)
    rule = models.CharField(max_length=100)
    kind = models.CharField(max_length=8, choices=Kind)
    field = models.CharField(max_length=80, blank=True)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "register_fault"
        constraints = [models.UniqueConstraint(fields=["record", "rule"], name="fault_once")]
        indexes = [models.Index(fields=["register", "rule", "unit_key", "record"], name="fault_of_rule")]


class QualityDay(models.Model):
    """
    What the quality of a register was on a day, unit by unit: the trend.

    :param failing: records with a fault of the kind; ``lost``: the weights of all faults together
    """

    id = models.BigAutoField(primary_key=True)
    register = models.CharField(max_length=60)
    unit_key = models.CharField(max_length=16, blank=True)
    kind = models.CharField(max_length=8, choices=Kind)
    on = models.DateField()
    records = models.PositiveIntegerField()
    failing = models.PositiveIntegerField()
    lost = models.PositiveIntegerField()

    class Meta:
        db_table = "register_quality_day"
        constraints = [
            models.UniqueConstraint(fields=["register", "unit_key", "kind", "on"], name="quality_once_a_day")
        ]


class LikelyTwin(Entity):
    """
    Two records that may be about one thing; a person decides. ``first`` is the older one.

    :param likeness: 0 to 100
    :param why: which fields agree, by id
    :param decision: ``twins`` when they were merged, ``two`` when they are not the same
    """

    class Decision(models.TextChoices):
        OPEN = "open"
        TWINS = "twins"
        TWO = "two"

    register = models.CharField(max_length=60)
    first = models.ForeignKey(Record, models.PROTECT, related_name="+")
    second = models.ForeignKey(Record, models.PROTECT, related_name="+")
    likeness = models.PositiveSmallIntegerField()
    why = models.JSONField(default=list)
    decision = models.CharField(max_length=5, choices=Decision, default=Decision.OPEN)
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True)
    found_at = models.DateTimeField()

    class Meta:
        db_table = "register_likely_twin"
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="twins_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="twins_in_order"),
        ]
        indexes = [
            models.Index(
                fields=["register", "-likeness", "id"], condition=Q(decision="open"), name="twins_open"
            )
        ]
