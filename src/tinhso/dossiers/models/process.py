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
            models.Index(fields=["due_at"], condition=Q(closed_at__isnull=True), name="step_open_due"),
        ]


class Consultation(Entity):
    """
    An opinion asked of another agency, or of a colleague, while a step runs.

    :param consultation: its id in the definition; empty for one that an officer asked
    :param question: what an officer asked, in their own words
    :param asked_by: the officer who asked; none when the definition did
    :param to_account: the colleague who was asked; none when an agency was
    :param blocks: the step does not end before it is answered
    :param papers: ids of the papers that go with an officer's question
    :param reminded_at: when who was asked was last reminded
    """

    class Opinion(models.TextChoices):
        AGREE = "agree"
        DISAGREE = "disagree"
        REMARKS = "remarks"
        SILENT_CONSENT = "silent_consent"
        WITHDRAWN = "withdrawn"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="consultations")
    step_run = models.ForeignKey(StepRun, on_delete=models.PROTECT, related_name="consultations")
    consultation = models.CharField(max_length=40, blank=True)
    question = models.TextField(blank=True, max_length=2000)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="+")
    to_account = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="+")
    blocks = models.BooleanField(default=True)
    papers = models.JSONField(default=list)
    due_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="+")
    opinion = models.CharField(max_length=16, choices=Opinion, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["step_run", "consultation"],
                condition=~Q(consultation=""),
                name="asked_once_in_a_step",
            ),
            models.CheckConstraint(
                condition=~Q(consultation="") | Q(asked_by__isnull=False) & ~Q(question=""),
                name="asked_by_definition_or_officer",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(answered_at__isnull=True), name="consultation_unanswered"
            ),
        ]

    @property
    def is_ad_hoc(self) -> bool:
        """Tell whether an officer asked, and not the definition."""
        return not self.consultation


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
    asked_late = models.BooleanField(
        default=False, help_text="after the working days the law gives for it; it is possible all the same"
    )
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


class Alert(Entity):
    """
    One warning about one deadline: raised once for a dossier, a kind and the moment it is about.

    A deadline that moves is another deadline, and is warned of anew.
    """

    class Kind(models.TextChoices):
        NEAR = "near"
        MISSED = "missed"
        STEP_MISSED = "step_missed"

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="alerts")
    kind = models.CharField(max_length=12, choices=Kind)
    due_at = models.DateTimeField()
    raised_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "kind", "due_at"], name="warned_once"),
        ]


class Note(Entity):
    """
    A private note of an officer, for colleagues of the same agency; citizens and other agencies never see it.

    One that was deleted is struck out and kept.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="notes")
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=2000)
    written_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["dossier", "written_at"], name="note_of_dossier")]
