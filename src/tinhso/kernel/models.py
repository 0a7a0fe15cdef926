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
