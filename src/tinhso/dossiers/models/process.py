"""How a dossier is worked on: steps, opinions asked, supplements, suspensions, one extension."""

from django.db import models
from django.db.models import Q

from tinhso.dossiers.models.dossier import Dossier
from tinhso.kernel.models import Entity


class StepRun(Entity):
    """One passage through one step of the procedure. A step entered again is another row."""

    class Outcome(models.TextChoices):
        DONE = "done"
        RETURNED = "returned"
        ENDED = "ended"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=40)
    role = models.CharField(max_length=40)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    note = models.TextField(blank=True)
    findings = models.JSONField(default=dict, help_text="answers to the step's own questions")

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(closed_at__isnull=True), name="one_open_step"
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "role", "due_at"],
                condition=Q(closed_at__isnull=True),
                name="step_open_work",
            ),
        ]


class Consultation(Entity):
    """An opinion asked of another agency while a step runs."""

    class Opinion(models.TextChoices):
        AGREE = "agree"
        DISAGREE = "disagree"
        REMARKS = "remarks"
        SILENT_CONSENT = "silent_consent"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="consultations")
    step_run = models.ForeignKey(StepRun, on_delete=models.PROTECT, related_name="consultations")
    consultation = models.CharField(max_length=40)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="+")
    opinion = models.CharField(max_length=16, choices=Opinion, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step_run", "consultation"], name="asked_once_in_a_step"),
        ]


class Supplement(Entity):
    """
    One request for all that is missing. A second one counts the dossier as late (Decision 766).

    ``items``: list of ``{"kind": "question" | "paper", "id": …, "text": …}``.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="supplements")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    items = models.JSONField()
    note = models.TextField(blank=True)
    counts_late = models.BooleanField(default=False)
    replaced = models.JSONField(default=dict, help_text="answers and papers as they were before")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(answered_at__isnull=True), name="one_open_supplement"
            ),
        ]


class Suspension(Entity):
    """A time in which the legal clock stood still because the citizen owed something."""

    class Reason(models.TextChoices):
        SUPPLEMENT = "supplement"
        PAYMENT = "payment"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="suspensions")
    reason = models.CharField(max_length=12, choices=Reason)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(ended_at__isnull=True), name="one_open_suspension"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("started_at")),
                name="suspension_ends_after_start",
            ),
        ]


class Extension(Entity):
    """The one re-appointment the law allows; a second is refused by the database."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="extension")
    extended_at = models.DateTimeField()
    old_due_at = models.DateTimeField()
    new_due_at = models.DateTimeField()
    reason = models.TextField()
