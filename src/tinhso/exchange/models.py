"""What came from outside, as it came; what is to go out; and what officers taught us of the others' codes."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers.models.dossier import oversees
from tinhso.kernel.models import Entity
from tinhso.people.types import Actor, ActorKind

COUNTER = "one_stop"
PROVINCE_DIGITS = 2


class EnvelopeState(models.TextChoices):
    RECEIVED = "received", _("Mới nhận")
    WAITING_ORIGINAL = "waiting_original", _("Chờ bản gốc")
    RETRYING = "retrying", _("Đang tải lại tệp")
    NEEDS_HUMAN = "needs_human", _("Cần cán bộ xử lý")
    DONE = "done", _("Đã vào hồ sơ")
    SUPERSEDED = "superseded", _("Có bản mới hơn")
    REFUSED = "refused", _("Đã từ chối")


# A job, or a human, still owes these something.
WAITING = frozenset(
    {
        EnvelopeState.RECEIVED,
        EnvelopeState.WAITING_ORIGINAL,
        EnvelopeState.RETRYING,
        EnvelopeState.NEEDS_HUMAN,
    }
)


class EnvelopeQuerySet(models.QuerySet["Envelope"]):
    def visible_to(self, actor: Actor) -> Self:
        """
        What the actor may read: the counter that of its own agency; a counter of a province's agency also
        what nobody knows whose it is; oversight everything; nobody else anything.
        """
        if actor.kind is ActorKind.SYSTEM or (actor.is_officer and oversees(actor)):
            return self
        if not actor.is_officer:
            return self.none()
        counters = [post for post in actor.posts if post.role == COUNTER]
        seen = Q(agency_id__in=[post.agency_id for post in counters])
        if any(len(post.unit_code) == PROVINCE_DIGITS for post in counters):
            seen |= Q(agency__isnull=True)
        return self.filter(seen)


class Envelope(Entity):
    """
    One version of one dossier as the national portal sent it, written down before the portal was answered.

    :param code: ``MaHoSo``
    :param is_update: the portal says it sent this dossier before
    :param digest: SHA-256 of content and ``is_update``; the same content twice is one envelope
    :param times: how often it came
    :param troubles: list of ``types.Trouble`` as JSON: why it waits
    :param choices: what an officer decided, see ``types.Choices``
    """

    code = models.CharField(max_length=60)
    is_update = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)
    payload = models.JSONField()
    received_at = models.DateTimeField()
    last_received_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=16, choices=EnvelopeState, default=EnvelopeState.RECEIVED)
    troubles = models.JSONField(default=list)
    choices = models.JSONField(default=dict)
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, null=True, related_name="+")
    tries = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)

    objects = EnvelopeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "digest"], name="envelope_content_once"),
            models.CheckConstraint(condition=Q(state__in=EnvelopeState.values), name="envelope_state_known"),
        ]
        indexes = [
            models.Index(fields=["state", "received_at"], name="envelope_state"),
            models.Index(fields=["agency", "-received_at"], name="envelope_agency"),
        ]


class Learned(Entity):
    """
    What one code of the portal means here, as an officer said once.

    :param scope: the procedure, for papers; empty else
    """

    class Kind(models.TextChoices):
        PROCEDURE = "procedure"
        UNIT = "unit"
        PAPER = "paper"

    kind = models.CharField(max_length=10, choices=Kind)
    scope = models.CharField(max_length=40, blank=True)
    theirs = models.CharField(max_length=200)
    ours = models.CharField(max_length=80)
    taught_by = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    taught_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "scope", "theirs"], name="learned_once"),
        ]


class DispatchState(models.TextChoices):
    PENDING = "pending", _("Chờ gửi")
    SENT = "sent", _("Đã gửi")
    DEAD = "dead", _("Không gửi được")


class DispatchQuerySet(models.QuerySet["Dispatch"]):
    def visible_to(self, actor: Actor) -> Self:
        """As :meth:`EnvelopeQuerySet.visible_to`; what belongs to no agency is the province's."""
        if actor.kind is ActorKind.SYSTEM or (actor.is_officer and oversees(actor)):
            return self
        if not actor.is_officer:
            return self.none()
        return self.filter(agency_id__in=[post.agency_id for post in actor.posts if post.role == COUNTER])


class Dispatch(models.Model):
    """
    One thing the portal is to be told. Those of one code go out in the order of their numbers.

    :param service: which call, see ``packs/vietnam/national-portal.yaml``
    :param status: national code 1–10 at the moment it tells of
    :param event: kind of the ledger's event it tells of; empty for a refusal without a dossier
    :param is_first: the one by which the portal comes to know the dossier
    :param note: words of its own, where there is no dossier
    """

    number = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=60)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, null=True, related_name="+")
    service = models.CharField(max_length=10, choices=[("dossier", "dossier"), ("progress", "progress")])
    is_first = models.BooleanField(default=False)
    status = models.PositiveSmallIntegerField()
    event = models.CharField(max_length=80, blank=True)
    note = models.TextField(blank=True)
    happened_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=DispatchState, default=DispatchState.PENDING)
    tries = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)

    objects = DispatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__gte=1, status__lte=10), name="dispatch_status_1_to_10"
            ),
        ]
        indexes = [
            models.Index(fields=["code", "number"], name="dispatch_code"),
            models.Index(fields=["next_at"], condition=Q(state="pending"), name="dispatch_pending"),
            models.Index(fields=["agency", "dossier"], condition=~Q(state="sent"), name="dispatch_not_sent"),
            models.Index(fields=["agency"], condition=Q(is_first=True), name="dispatch_first"),
        ]


class FeedPosition(models.Model):
    """
    How far we have read what an outside system changed.

    :param feed: the register that copies it
    :param place: behind which we ask next, as they count
    :param refused: id of a record of theirs → why its newest envelope was not taken in
    """

    feed = models.CharField(primary_key=True, max_length=60)
    place = models.BigIntegerField(default=0)
    asked_at = models.DateTimeField()
    refused = models.JSONField(default=dict)

    class Meta:
        db_table = "exchange_feed_position"
