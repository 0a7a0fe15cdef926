"""What records hold, and who was told of them."""

from django.db import models

from tinhso.kernel.models import Entity
from tinhso.registers.models.records import Record, RecordVersion
from tinhso.registers.types import LookPurpose


class HeldValue(models.Model):
    """
    A key, or a value of a unique field, and the one record that holds it now.

    :param field: the field's id; ``key`` for the key
    """

    id = models.BigAutoField(primary_key=True)
    register = models.CharField(max_length=60)
    field = models.CharField(max_length=80)
    value = models.CharField(max_length=160)
    record = models.ForeignKey(Record, models.PROTECT, related_name="held")

    class Meta:
        db_table = "register_held_value"
        constraints = [
            models.UniqueConstraint(fields=["register", "field", "value"], name="held_by_one_record")
        ]


class RegisterLook(Entity):
    """
    A register was asked instead of a person: which value of whom, for what. Only ever added to.

    :param subject_id: the draft or dossier it was for
    :param question: the question it answered
    :param purpose: a code; ``purpose_words`` the words the person reads, by language
    """

    at = models.DateTimeField()
    person_id = models.UUIDField()
    actor_id = models.CharField(max_length=64)
    version = models.ForeignKey(RecordVersion, models.PROTECT, related_name="+")
    field = models.CharField(max_length=80)
    subject_id = models.UUIDField()
    question = models.CharField(max_length=80)
    purpose = models.CharField(max_length=8, choices=LookPurpose)
    purpose_words = models.JSONField()

    class Meta:
        db_table = "register_look"
        indexes = [
            models.Index(fields=["subject_id"], name="look_for"),
            models.Index(fields=["person_id", "-at"], name="look_at"),
        ]
