"""Tables of the kernel, and the base of everybody else's."""

from django.db import models
from django.db.models.functions import Now

from tinhso.kernel.ids import new_id


class Entity(models.Model):
    """A row with a UUIDv7 key."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class LedgerEntry(models.Model):
    """
    One thing that happened. Rows are only ever added: the database itself forbids the rest.

    ``payload`` holds identifiers and facts, never a name or an address: erasing a person leaves it whole.
    """

    position = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=new_id, editable=False)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    kind = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    actor_kind = models.CharField(max_length=12)
    actor_id = models.CharField(max_length=64, blank=True)
    post_id = models.UUIDField(null=True)
    for_person_id = models.UUIDField(null=True)
    payload = models.JSONField(default=dict)
    salt = models.BinaryField(max_length=16)

    class Meta:
        db_table = "ledger_entry"
        indexes = [
            models.Index(fields=["subject_id", "position"], name="ledger_subject"),
            models.Index(fields=["kind", "at"], name="ledger_kind_at"),
        ]


class IdempotencyRecord(Entity):
    """A request that was carried out once, with the answer to give whenever it comes again."""

    scope = models.CharField(max_length=120)
    key = models.CharField(max_length=200)
    request_hash = models.CharField(max_length=64)
    response = models.JSONField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "idempotency_record"
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="idempotency_scope_key")]
        indexes = [models.Index(fields=["expires_at"], name="idempotency_expiry")]


class Sequence(models.Model):
    """The last number given out in a series."""

    series = models.CharField(primary_key=True, max_length=160)
    last = models.BigIntegerField()

    class Meta:
        db_table = "number_sequence"
        constraints = [
            models.CheckConstraint(condition=models.Q(last__gt=0), name="number_sequence_positive")
        ]


class StoredFile(Entity):
    """
    One encrypted file: what it is, and its own key, wrapped by a key of the ring.

    ``sha256`` and ``size`` are of the plain text. The blob in the storage carries the row's id as its name.
    """

    media_type = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    key_id = models.CharField(max_length=40)
    wrapped_key = models.BinaryField(max_length=60)
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "stored_file"
        indexes = [
            models.Index(fields=["key_id", "id"], name="stored_file_key"),
            models.Index(fields=["sha256"], name="stored_file_sha256"),
        ]
