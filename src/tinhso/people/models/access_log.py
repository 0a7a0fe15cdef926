"""Who looked at whose data, and why: only ever added to, the database forbids the rest (migration 0002)."""

from django.db import models

from tinhso.kernel.models import Entity


class PersonAccess(Entity):
    """
    One look at one person's data. Plain ids: the entry outlives what it points at.

    :param purpose: a code of ``types.AccessPurpose``
    :param subject_id: the dossier, paper … in whose course it happened
    """

    at = models.DateTimeField()
    person_id = models.UUIDField()
    actor_kind = models.CharField(max_length=12)
    actor_id = models.CharField(max_length=64, blank=True)
    actor_name = models.CharField(max_length=160, blank=True)
    post_title = models.CharField(max_length=160, blank=True)
    agency_id = models.UUIDField(null=True)
    purpose = models.CharField(max_length=40)
    reason = models.CharField(max_length=240, blank=True)
    subject_id = models.UUIDField(null=True)

    class Meta:
        db_table = "people_access"
        indexes = [models.Index(fields=["person_id", "-at"], name="person_access_newest")]
