"""What filing asked of the applicant, and what data spared them: the figures of «once only»."""

from django.db import models

from tinhso.dossiers.models.dossier import Dossier
from tinhso.kernel.models import Entity


class FilingEffort(Entity):
    """
    Counted when the dossier was filed; never after.

    :param questions: in sight of this applicant, ``prefilled`` those that a register began, ``proved`` those
        that the account answers, ``differing`` prefilled ones that the applicant answered otherwise
    :param papers: the law asks of this applicant, ``saved`` those that data stand for, ``reused`` those taken
        from what the person keeps
    """

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="effort")
    procedure_code = models.CharField(max_length=40)
    filed_at = models.DateTimeField()
    questions = models.PositiveSmallIntegerField()
    proved = models.PositiveSmallIntegerField()
    prefilled = models.PositiveSmallIntegerField()
    differing = models.PositiveSmallIntegerField()
    papers = models.PositiveSmallIntegerField()
    saved = models.PositiveSmallIntegerField()
    reused = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["procedure_code", "-filed_at"], name="effort_of_procedure")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(saved__lte=models.F("papers"), prefilled__lte=models.F("questions")),
                name="effort_adds_up",
            )
        ]
