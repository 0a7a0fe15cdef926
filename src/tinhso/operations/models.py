"""Alerts: each time a line was crossed, who took note of it, and when it was over."""

from django.db import models
from django.db.models import F, Q

from tinhso.kernel.models import Entity


class ThresholdAlert(Entity):
    """
    One crossing of one line by one agency, from its beginning to its end.

    :param rule: id of the rule in ``operations.yaml``; ``crossed`` its line as it was then
    :param count: how many dossiers there were when it began; ``highest`` the most since
    :param cleared_at: when the count had fallen far enough; None: it goes on
    :param acknowledged_by: who took note of it and said what is being done
    """

    rule = models.CharField(max_length=40)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    crossed = models.PositiveIntegerField()
    count = models.PositiveIntegerField()
    highest = models.PositiveIntegerField()
    told = models.PositiveIntegerField(default=0, help_text="how many officers were told")
    raised_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, null=True, related_name="+"
    )
    note = models.TextField(blank=True, max_length=1000)

    class Meta:
        db_table = "operations_alert"
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "agency"], condition=Q(cleared_at__isnull=True), name="one_alert_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True, note="")
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False) & ~Q(note=""),
                name="alert_acknowledged_with_a_note",
            ),
            models.CheckConstraint(
                condition=Q(cleared_at__isnull=True) | Q(cleared_at__gte=F("raised_at")),
                name="alert_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["-raised_at"], name="operations_alert_newest")]
