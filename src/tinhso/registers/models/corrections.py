"""Requests to put a record right: who said what is wrong, what is right, and what became of it."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from tinhso.kernel.models import Entity
from tinhso.registers.models.records import Record, RecordVersion
from tinhso.registers.sight import corrections_charged, corrections_reachable
from tinhso.registers.types import CORRECTION_OPEN, CorrectionState

if TYPE_CHECKING:
    from tinhso.people.types import Actor


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def visible_to(self, actor: "Actor") -> Self:
        """Keep those the actor asked for, those about them, and of officers those of records they read."""
        return self.filter(corrections_reachable(actor))

    def charged_to(self, actor: "Actor") -> Self:
        """Keep those the actor may decide."""
        return self.filter(corrections_charged(actor))

    def open(self) -> Self:
        return self.filter(state__in=CORRECTION_OPEN)

    def overdue(self, *, at: datetime) -> Self:
        return self.open().filter(due_at__lt=at)


class Correction(Entity):
    """
    One request about one field of one record.

    :param number: «DC-2026-000012»
    :param version: what the register said when it was asked for; ``said`` the value of the field then
    :param right: the value as the person says it is; None takes it away
    :param proof: in words; ``paper_ids`` the papers shown with it
    :param person_id: whom it is about, and who is told; None where nobody is known
    :param subject_id: the draft or dossier at which it was noticed
    :param since: the day from which the value changed; None: it was always wrong
    :param due_at: when the five that run now end
    :param longest_at: when all of it must be over
    :param question: what the office asked; ``answer`` what it was told
    :param written_number: of the record's version that put it right
    """

    number = models.CharField(max_length=20, unique=True)
    record = models.ForeignKey(Record, models.PROTECT, related_name="corrections")
    version = models.ForeignKey(RecordVersion, models.PROTECT, related_name="+")
    register = models.CharField(max_length=60)
    unit_key = models.CharField(max_length=16, blank=True)
    field = models.CharField(max_length=80)
    said = models.JSONField(null=True)
    right = models.JSONField(null=True)
    since = models.DateField(null=True)
    proof = models.TextField()
    paper_ids = models.JSONField(default=list)
    person_id = models.UUIDField(null=True)
    asked_by = models.CharField(max_length=64)
    by_officer = models.BooleanField(default=False)
    subject_id = models.UUIDField(null=True)
    state = models.CharField(max_length=8, choices=CorrectionState, default=CorrectionState.OPENED)
    question = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    longest_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=64, blank=True)
    written_number = models.PositiveIntegerField(null=True)
    revision = models.PositiveIntegerField(default=1)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        db_table = "register_correction"
        constraints = [
            models.UniqueConstraint(
                fields=["record", "field"],
                condition=Q(state__in=CORRECTION_OPEN),
                name="correction_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CORRECTION_OPEN, closed_at__isnull=True)
                | ~Q(state__in=CORRECTION_OPEN) & Q(closed_at__isnull=False),
                name="correction_closed_when",
            ),
            models.CheckConstraint(condition=~Q(state="refused", reason=""), name="correction_refused_why"),
        ]
        indexes = [
            models.Index(fields=["register", "unit_key", "due_at", "id"], name="correction_of_office"),
            models.Index(fields=["state", "due_at", "id"], name="correction_due"),
            models.Index(fields=["person_id", "-opened_at"], name="correction_of_person"),
            models.Index(fields=["asked_by", "-opened_at"], name="correction_asked_by"),
        ]


class Consent(Entity):
    """
    A person agreed that a register may be asked for one procedure; who takes it back adds the day.

    :param wording: what stood on the page, word for word, in ``language``; ``digest`` its SHA-256, also in
        the ledger
    :param law: the line of the law that asks for consent, as of the definition then
    :param way: ``online``, ``counter`` or ``post``: where it was given
    """

    person_id = models.UUIDField()
    register = models.CharField(max_length=60)
    procedure = models.CharField(max_length=40)
    wording = models.TextField()
    language = models.CharField(max_length=2)
    digest = models.CharField(max_length=64)
    law = models.TextField()
    way = models.CharField(max_length=8)
    subject_id = models.UUIDField(null=True)
    given_by = models.CharField(max_length=64)
    given_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "register_consent"
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "register", "procedure"],
                condition=Q(revoked_at__isnull=True),
                name="consent_once",
            ),
        ]
        indexes = [models.Index(fields=["person_id", "-given_at"], name="consent_of_person")]
