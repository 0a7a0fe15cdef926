"""What the time of keeping asks of a person, record by record."""

from django.db import models

from tinhso.kernel.models import Entity
from tinhso.registers.models.records import Record


class RetentionReview(Entity):
    """
    A record whose time of keeping is over. A person says that it goes, or why it stays.

    :param ended_on: the first day on which the record was true no more
    :param due_on: the day its time was over
    :param decided_by: decided_at: who said so; ``reason`` names the decision that lets it go, or keeps it
    :param kept_until: asked again on that day
    """

    class Decision(models.TextChoices):
        OPEN = "open"
        ERASED = "erased"
        KEPT = "kept"

    register = models.CharField(max_length=60)
    record = models.ForeignKey(Record, models.PROTECT, related_name="reviews")
    ended_on = models.DateField()
    due_on = models.DateField()
    found_at = models.DateTimeField()
    decision = models.CharField(max_length=6, choices=Decision, default=Decision.OPEN)
    decided_by = models.CharField(max_length=64, blank=True)
    decided_at = models.DateTimeField(null=True)
    kept_until = models.DateField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        db_table = "register_retention_review"
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=models.Q(decision="open"), name="review_open_once"
            )
        ]
        indexes = [models.Index(fields=["register", "decision", "due_on"], name="review_open")]
