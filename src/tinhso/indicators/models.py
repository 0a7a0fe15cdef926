"""What was published and what was entered. Rows are only ever added (migration 0002)."""

from django.db import models
from django.db.models import F, Q

from tinhso.kernel.models import Entity


class PublishedFigure(Entity):
    """
    One figure as it was told, with what is needed to compute it again.

    :param definition: SHA-256 of the indicator's definition
    :param since: first day of the period; ``until`` the first day after it
    :param grouped_by: dimensions, in order; ``group`` what they are here
    :param sums: what the formula's columns add up to, as texts
    :param value: none: «chưa có số liệu»
    :param position: of the ledger; with ``without`` exactly the entries it was made of
    :param checkpoint: the signed checkpoint of the hash tree at that position, where there was one
    :param restates: what was told of the same before, where the value is another now; ``difference`` to it
    """

    indicator = models.CharField(max_length=60)
    definition = models.CharField(max_length=64)
    since = models.DateField()
    until = models.DateField()
    grouped_by = models.JSONField(default=list)
    group = models.JSONField(default=list)
    map_on = models.DateField(null=True)
    sums = models.JSONField(default=dict)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    position = models.BigIntegerField()
    without = models.JSONField(default=list)
    checkpoint = models.TextField(blank=True)
    restates = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="restated_by")
    difference = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    computed_at = models.DateTimeField()

    class Meta:
        db_table = "indicator_figure"
        indexes = [
            models.Index(fields=["indicator", "since", "until", "-computed_at"], name="figure_newest"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="figure_period_has_days"),
            models.CheckConstraint(
                condition=Q(difference__isnull=True) | Q(restates__isnull=False), name="figure_restates"
            ),
        ]


class EnteredValue(Entity):
    """
    A value that is computed elsewhere, with its proof.

    :param unit: code of the unit it is about; empty for the province
    :param document: number and name of the document that says it, dated ``document_on``
    :param replaces: the row it corrects; the newest that nothing replaces counts
    """

    indicator = models.CharField(max_length=60)
    since = models.DateField()
    until = models.DateField()
    unit = models.CharField(max_length=5, blank=True)
    value = models.DecimalField(max_digits=24, decimal_places=6)
    document = models.CharField(max_length=300)
    document_on = models.DateField()
    entered_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        db_table = "indicator_entered"
        indexes = [models.Index(fields=["indicator", "since", "until"], name="entered_of_period")]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="entered_period_has_days"),
            models.CheckConstraint(condition=~Q(document=""), name="entered_has_document"),
            models.UniqueConstraint(
                fields=["indicator", "since", "until", "unit"],
                condition=Q(replaces__isnull=True),
                name="entered_first_once",
            ),
        ]


class StandingCut(models.Model):
    """
    What an indicator comes to just now, cut in one way: pages read it and count nothing themselves.

    It is made of facts and can be thrown away at any moment. Unlike a published figure it changes.

    :param grouped_by: dimensions in order, parted by commas
    :param definition: of which it was counted; ``passes`` of which facts (``facts.types.Checkpoint``)
    :param counted_until: the first day that was not counted; of a running period the day after it was counted
    :param figures: a list of group, sums and value; numbers as texts
    :param computed_at: none: asked for, and not counted yet
    """

    indicator = models.CharField(max_length=60)
    since = models.DateField()
    until = models.DateField()
    grouped_by = models.CharField(max_length=80, blank=True)
    map_on = models.DateField(null=True)
    definition = models.CharField(max_length=64, blank=True)
    counted_until = models.DateField(null=True)
    figures = models.JSONField(default=list)
    set_apart = models.JSONField(default=list)
    position = models.BigIntegerField(default=0)
    passes = models.BigIntegerField(default=0)
    without = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    computed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "indicator_standing"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "since", "until", "grouped_by", "map_on"],
                name="standing_cut_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="standing_period_has_days"),
        ]
        indexes = [
            models.Index(fields=["asked_at"], name="standing_waiting", condition=Q(computed_at__isnull=True))
        ]
