"""Published versions of the definitions; a dossier points at the one it was filed under."""

from django.db import models
from django.db.models.functions import Now

from tinhso.kernel.models import Entity


class ProcedureVersion(Entity):
    """One content of one procedure file, with its templates; never changed, only followed by another."""

    code = models.CharField(max_length=40)
    content_hash = models.CharField(max_length=64)
    source = models.TextField(help_text="the YAML file as it was")
    definition = models.TextField(help_text="the whole procedure as JSON, as it was read or derived")
    templates = models.JSONField(default=dict, help_text="file name → Typst source, as they were")
    published_at = models.DateTimeField(db_default=Now())
    by_officer = models.BooleanField(
        default=False, help_text="first published from the desk: its templates are set under limits"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "content_hash"], name="procedure_version_content")
        ]
        indexes = [models.Index(fields=["code", "-published_at"], name="procedure_version_newest")]


class CurrentProcedure(models.Model):
    """
    Which version of a procedure new dossiers are filed under; no row, no new dossiers.

    :param file: the file it came from, relative to the packs
    :param mark: digest of all that could change what the file becomes
    :param by_officer: an officer published it from the desk; the packs' file of the same code waits
    """

    code = models.CharField(max_length=40, primary_key=True)
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="+")
    file = models.CharField(max_length=240)
    mark = models.CharField(max_length=64)
    since = models.DateTimeField()
    by_officer = models.BooleanField(default=False)
