"""Opinions of other agencies and of colleagues on which a step waits."""

from collections.abc import Iterable
from datetime import datetime

from tinhso.definitions.types import Step
from tinhso.dossiers.events import SilenceTakenForConsent
from tinhso.dossiers.models import Consultation, StepRun
from tinhso.dossiers.refusals import OpinionsOutstanding
from tinhso.kernel import ledger
from tinhso.people.types import system

# That silence is consent follows from the law, whoever's act brings it to light.
ACTOR = system("opinions")


def require_all_given(*, run: StepRun, step: Step, at: datetime) -> None:
    """
    Let the step end only when everyone asked has answered whose answer it waits for.

    Where the law takes silence for consent, an opinion that is overdue counts as given and is marked so.

    :raises OpinionsOutstanding: someone still owes an answer
    """
    close_silent(run=run, step=step, at=at)
    if outstanding := run.consultations.filter(answered_at__isnull=True, blocks=True).count():
        raise OpinionsOutstanding(count=outstanding)


def close_silent(*, run: StepRun, step: Step, at: datetime) -> list[Consultation]:
    """Take the silence of those who are overdue for consent where the definition says so; return them."""
    overdue = run.consultations.filter(
        answered_at__isnull=True, consultation__in=consenting(step), due_at__lt=at
    )
    closed = list(overdue)
    for asked in closed:
        asked.answered_at, asked.opinion = at, Consultation.Opinion.SILENT_CONSENT
        asked.save(update_fields=["answered_at", "opinion"])
        event = SilenceTakenForConsent(dossier_id=run.dossier_id, consultation_id=asked.id)
        ledger.record(actor=ACTOR, at=at, event=event)
    return closed


def consenting(step: Step) -> frozenset[str]:
    """Return the ids of the opinions whose silence is consent."""
    return frozenset(asked.id for asked in step.consult if asked.silence == "consent")


def awaited(rows: Iterable[Consultation], *, run: StepRun, step: Step, at: datetime) -> int:
    """Count those of the rows on which the step still waits at the moment."""
    silent = consenting(step)
    return sum(
        row.step_run_id == run.pk
        and row.answered_at is None
        and row.blocks
        and (row.due_at >= at or row.consultation not in silent)
        for row in rows
    )
