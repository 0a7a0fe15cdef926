"""One act on many dossiers, asked for once and done one dossier at a time."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers.models.dossier import Dossier
from tinhso.kernel.models import Entity
from tinhso.people.types import Actor, ActorKind


class BatchQuerySet(models.QuerySet["Batch"]):
    def visible_to(self, actor: Actor) -> Self:
        """Keep those the officer asked for themselves; the system sees all."""
        if actor.kind is ActorKind.SYSTEM:
            return self
        if not actor.is_officer or actor.account_id is None:
            return self.none()
        return self.filter(account_id=actor.account_id)


class Batch(Entity):
    """
    What an officer asked to be done to many dossiers. A job does it, item by item; see ``BatchItem``.

    :param to_account: who gets the steps that are handed over
    :param reason: why they go back a step
    :param cancelled_at: when the officer stopped what had not begun
    :param finished_at: when nothing was left to do
    """

    class Kind(models.TextChoices):
        CLAIM = "claim", _("Nhận việc")
        HAND_OVER = "hand_over", _("Bàn giao")
        SIGN = "sign", _("Ký số")
        STEP_BACK = "step_back", _("Trả lại bước trước")

    account = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    to_account = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="hand_over", to_account__isnull=False)
                | ~Q(kind="hand_over") & Q(to_account__isnull=True),
                name="batch_hands_over_to_somebody",
            ),
        ]
        indexes = [models.Index(fields=["account", "-asked_at"], name="batch_newest")]


class BatchItem(Entity):
    """
    One dossier of a batch. Its outcome is written in the transaction of the act itself, so it happens once.

    :param revision: of the dossier when the batch was asked for
    :param number: of the document that was signed
    :param problem: code of the refusal
    :param detail: its sentence, by language
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        REFUSED = "refused"
        CANCELLED = "cancelled"

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="items")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    revision = models.PositiveIntegerField()
    outcome = models.CharField(max_length=9, choices=Outcome, default=Outcome.WAITING)
    number = models.CharField(max_length=120, blank=True)
    problem = models.CharField(max_length=60, blank=True)
    detail = models.JSONField(default=dict)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "dossier"], name="once_in_a_batch"),
            models.CheckConstraint(
                condition=Q(outcome="waiting", done_at__isnull=True)
                | ~Q(outcome="waiting") & Q(done_at__isnull=False),
                name="batch_item_done_has_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["batch", "place"], condition=Q(outcome="waiting"), name="batch_item_waiting")
        ]
