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


class LedgerLeaf(models.Model):
    """
    The place of an entry in the hash tree, given when it was sealed and never changed.

    ``index`` counts from 0 without gaps, in the order of sealing, which is not that of ``position``: an entry
    that was committed late is sealed late. ``commitment`` is what the public tree shows of it.
    """

    index = models.BigIntegerField(primary_key=True)
    position = models.BigIntegerField(unique=True)
    commitment = models.BinaryField(max_length=32)

    class Meta:
        db_table = "ledger_leaf"


class LedgerCheckpoint(models.Model):
    """
    A signed statement of the tree: so many leaves, this root.

    ``at`` never runs backwards; ``behind`` says how many seconds the clock was behind it when it had jumped.
    """

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    behind = models.IntegerField(default=0)
    note = models.TextField()

    class Meta:
        db_table = "ledger_checkpoint"


class LedgerStamp(models.Model):
    """The time stamp (RFC 3161) of a checkpoint: an authority saw its note at that moment."""

    checkpoint = models.OneToOneField(
        LedgerCheckpoint, primary_key=True, on_delete=models.PROTECT, related_name="stamp"
    )
    token = models.BinaryField()
    stamped_at = models.DateTimeField()

    class Meta:
        db_table = "ledger_stamp"


class LedgerErasure(models.Model):
    """A part of an entry whose value was erased by law; its digest keeps the leaf checkable."""

    position = models.BigIntegerField()
    part = models.CharField(max_length=200)
    digest = models.BinaryField(max_length=32)
    reason = models.CharField(max_length=500)
    erased_at = models.DateTimeField()

    class Meta:
        db_table = "ledger_erasure"
        constraints = [models.UniqueConstraint(fields=["position", "part"], name="ledger_erasure_part")]


class LedgerTree(models.Model):
    """
    Where sealing stands: one row.

    ``edge`` are the hashes sealing goes on from. Every entry up to ``through`` is decided, sealed or never
    committed. ``checked`` is the leaf up to which the last round of checking came.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)
    edge = models.BinaryField(default=bytes)
    through = models.BigIntegerField(default=0)
    checked = models.BigIntegerField(default=0)

    class Meta:
        db_table = "ledger_tree"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="ledger_tree_one_row")]


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
