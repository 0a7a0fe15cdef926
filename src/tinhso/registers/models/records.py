"""
A record is who it is; its versions are what was true of it, and from when to when we held that for true.
"""

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from tinhso.kernel.models import Entity
from tinhso.registers.columns import BoxField
from tinhso.registers.sight import reachable
from tinhso.registers.types import EnvelopeEvent, Moment, RecordState, SourceKind

if TYPE_CHECKING:
    from tinhso.people.types import Actor


class Record(Entity):
    """
    One record: the same for ever, whatever is corrected.

    :param outside_id: its id in the outside system that is the source of truth
    :param number: of the newest version, as the national envelope counts (PhienBan)
    :param received_number: the highest number an outside system sent; lower ones are ignored
    :param merged_into: the record that took this one's place
    :param split_from: the record it is a part of
    :param dossier_id: the case whose result wrote it; ``entry`` tells several of one case apart
    :param clashes_with: a record that held its key when the result was signed: to be settled by a person
    :param confirmed_at: when somebody last said that it is true
    """

    register = models.CharField(max_length=60)
    outside_id = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=RecordState, default=RecordState.IN_FORCE)
    number = models.PositiveIntegerField(default=0)
    received_number = models.PositiveIntegerField(default=0)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged", db_index=False)
    split_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts", db_index=False)
    clashes_with = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="clashes", db_index=False
    )
    dossier_id = models.UUIDField(null=True)
    entry = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    confirmed_at = models.DateTimeField()

    class Meta:
        db_table = "register_record"
        constraints = [
            models.UniqueConstraint(
                fields=["register", "outside_id"], condition=~Q(outside_id=""), name="record_of_outside"
            ),
            models.UniqueConstraint(
                fields=["dossier_id", "register", "entry"],
                condition=Q(dossier_id__isnull=False),
                name="record_of_dossier",
            ),
            models.CheckConstraint(
                condition=Q(state=RecordState.MERGED, merged_into__isnull=False)
                | ~Q(state=RecordState.MERGED) & Q(merged_into__isnull=True),
                name="record_merged_points",
            ),
        ]
        indexes = [
            models.Index(fields=["register", "state", "confirmed_at"], name="record_alive"),
            # Few records have these: an index of those alone costs the others nothing.
            models.Index(
                fields=["clashes_with"], condition=Q(clashes_with__isnull=False), name="record_clash"
            ),
            models.Index(
                fields=["merged_into"], condition=Q(merged_into__isnull=False), name="record_merged"
            ),
            models.Index(fields=["split_from"], condition=Q(split_from__isnull=False), name="record_part"),
        ]


class RecordVersionQuerySet(models.QuerySet["RecordVersion"]):
    def visible_to(self, actor: "Actor", *register_ids: str) -> Self:
        """
        Keep the versions of which the actor may see something; of what, see ``sight.seen_fields``.

        :param register_ids: only these registers, which makes a shorter question; none means all
        """
        return self.filter(reachable(actor, *register_ids))

    def now(self) -> Self:
        """Keep what we hold for true at present, of any day of the world."""
        return self.filter(known_to__isnull=True)

    def as_of(self, moment: Moment) -> Self:
        """Keep what was true in the world on the day, as we knew it at the moment; one version a record."""
        valid = Q(valid_from__lte=moment.valid) & (Q(valid_to__isnull=True) | Q(valid_to__gt=moment.valid))
        return self.known_at(moment).filter(valid)

    def known_at(self, moment: Moment) -> Self:
        """Keep what we held for true at the moment, of any day of the world."""
        if moment.known is None:
            return self.now()
        return self.filter(
            Q(known_from__lte=moment.known) & (Q(known_to__isnull=True) | Q(known_to__gt=moment.known))
        )

    def in_force(self) -> Self:
        """Leave out what says that the record is not in force."""
        return self.exclude(event=EnvelopeEvent.CANCEL)


class RecordVersion(Entity):
    """
    What is true of a record from a day to a day, and since when until when we knew it so.

    Rows are only ever added; the one change the database lets through is that ``known_to`` is closed
    (migration 0002), and no two rows of a record overlap in both times. There, too, is the index of words.

    :param valid_to: the first day on which it is true no more; none while it lasts
    :param known_to: when we learned better; none for what we hold for true now
    :param event: ``CANCEL`` says that the record is not in force in that time
    :param values: field id → value; geometry stands apart, as GeoJSON
    :param unit_key: the administrative unit it belongs to, as ``places.key_of`` names it
    :param words: what it is found by, each with who may find by it; see ``words``
    :param definition: fingerprint of the definition it was written under
    :param digest: SHA-256 of what the version says; the ledger keeps it too
    """

    # Found by ``version_history``.
    record = models.ForeignKey(Record, models.PROTECT, related_name="versions", db_index=False)
    register = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    event = models.CharField(max_length=6, choices=EnvelopeEvent)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    known_from = models.DateTimeField()
    known_to = models.DateTimeField(null=True)
    values = models.JSONField(default=dict)
    geometry = models.JSONField(null=True)
    box = BoxField(null=True)
    key = models.CharField(max_length=160, blank=True)
    unit_key = models.CharField(max_length=16, blank=True)
    sort_key = models.CharField(max_length=160, blank=True)
    words = ArrayField(models.TextField(), default=list)
    source = models.CharField(max_length=8, choices=SourceKind)
    reference = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True)
    definition = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(db_default=Now())

    objects = RecordVersionQuerySet.as_manager()

    class Meta:
        db_table = "register_version"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="version_valid_span",
            ),
            models.CheckConstraint(
                condition=Q(known_to__isnull=True) | Q(known_to__gte=F("known_from")),
                name="version_known_span",
            ),
        ]
        indexes = [
            models.Index(fields=["record", "number"], name="version_history"),
            models.Index(fields=["register", "key"], name="version_key"),
            models.Index(fields=["register", "record"], name="version_list"),
            models.Index(fields=["register", "unit_key", "record"], name="version_unit"),
            GistIndex(fields=["box"], condition=Q(box__isnull=False), name="version_box"),
        ]
