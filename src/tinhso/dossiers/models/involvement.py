"""Which agencies have a part in a case: what officers may see, and where a list begins to look."""

from django.db import models


class Involvement(models.Model):
    """
    An agency received the case, decides it, works on it or was asked about it.

    ``is_open`` is false when the case is closed for good: of an agency's hundred thousand dossiers its desk
    looks at the few hundred that are open. Written by ``sharing.share`` and ``case.Case.save``.
    """

    pk = models.CompositePrimaryKey("agency_id", "dossier_id")
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    dossier = models.ForeignKey("dossiers.Dossier", on_delete=models.PROTECT, related_name="involvements")
    is_open = models.BooleanField(default=True)

    class Meta:
        indexes = [
            # With the dossier in the index a list need not look at the rows, which lie all over the table.
            models.Index(
                fields=["agency"],
                include=["dossier"],
                condition=models.Q(is_open=True),
                name="involvement_open",
            ),
        ]
