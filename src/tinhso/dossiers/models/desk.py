"""What officers keep for their own work: filters by name, columns, sentences used again."""

from typing import Self

from django.db import models
from django.db.models import Q

from tinhso.dossiers.models.dossier import BLIND_ROLES
from tinhso.kernel.models import Entity
from tinhso.people.types import Actor


class DeskSetting(models.Model):
    """
    How one officer has arranged the desk; no row means as it comes. One row, so that a list asks once.

    :param columns: ids of the columns beside deadline and procedure, in order
    :param filters: ``[{"id": …, "name": …, "query": …}]``; ``query`` is the query string of a list
    """

    account = models.OneToOneField(
        "people.Account", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    columns = models.JSONField(null=True)
    filters = models.JSONField(default=list)


class ReasonTemplateQuerySet(models.QuerySet["ReasonTemplate"]):
    def visible_to(self, actor: Actor) -> Self:
        """Keep those of the agencies in which the officer works."""
        if not actor.is_officer:
            return self.none()
        agencies = {post.agency_id for post in actor.posts if post.role not in BLIND_ROLES}
        return self.filter(agency_id__in=agencies)

    def in_use(self) -> Self:
        return self.filter(struck_at__isnull=True)


class ReasonTemplate(Entity):
    """
    A sentence that officers of an agency use again when an act wants a reason.

    :param act: the act it is for, of ``reason_templates.ACTS``; empty for every act
    :param struck_at: when it was put out of use; it is kept
    """

    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=20, blank=True)
    text = models.TextField(max_length=1000)
    author = models.ForeignKey("people.Account", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)

    objects = ReasonTemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "act", "text"],
                condition=Q(struck_at__isnull=True),
                name="reason_template_once",
            ),
        ]
