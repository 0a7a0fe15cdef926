"""Opinions of other agencies on which a step waits."""

from datetime import datetime

from tinhso.definitions.types import Step
from tinhso.dossiers.models import Consultation, StepRun
from tinhso.dossiers.refusals import OpinionsOutstanding


def require_all_given(*, run: StepRun, step: Step, at: datetime) -> None:
    """
    Let the step end only when everyone asked has answered.

    Where the law takes silence for consent, an opinion that is overdue counts as given and is marked so.

    :raises OpinionsOutstanding: someone still owes an answer
    """
    consenting = {asked.id for asked in step.consult if asked.silence == "consent"}
    unanswered = run.consultations.filter(answered_at__isnull=True)
    silent = unanswered.filter(consultation__in=consenting, due_at__lt=at)
    silent.update(answered_at=at, opinion=Consultation.Opinion.SILENT_CONSENT)
    if outstanding := unanswered.count():
        raise OpinionsOutstanding(count=outstanding)
