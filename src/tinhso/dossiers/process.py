"""Which step comes next, where it lies, and what opens with it."""

from datetime import datetime
from uuid import UUID

from tinhso.definitions import catalogue, conditions
from tinhso.definitions import types as definitions
from tinhso.definitions.conditions import Facts
from tinhso.definitions.types import Procedure, Step
from tinhso.dossiers import announce, deadline
from tinhso.dossiers.case import Case
from tinhso.dossiers.events import OpinionAsked
from tinhso.dossiers.facts import all_answers, facts_of
from tinhso.dossiers.models import Consultation, Dossier, StepRun
from tinhso.dossiers.sharing import share
from tinhso.kernel import ledger
from tinhso.kernel.actors import LedgerActor
from tinhso.kernel.refusals import Refusal
from tinhso.people import queries as people


class NoNextStep(Refusal):
    """The definition ends here; ``tinhso check`` refuses such a file, so it is a mistake of ours."""

    code = "no-next-step"


def next_step(
    *, dossier: Dossier, procedure: Procedure, after: str, at: datetime, facts: Facts | None = None
) -> Step:
    """
    Return the first later step whose condition holds.

    :param facts: what the caller has read already; None to read it
    :raises NoNextStep: there is none
    """
    facts, answers = facts or facts_of(dossier=dossier, at=at), all_answers(dossier)
    position = [step.id for step in procedure.steps].index(after)
    for step in procedure.steps[position + 1 :]:
        if step.when is None or conditions.holds(
            step.when, procedure=procedure, answers=answers, facts=facts
        ):
            return step
    raise NoNextStep


def open_step(*, actor: LedgerActor, dossier: Dossier, step: Step, at: datetime) -> StepRun:
    """Open the step in its agency, ask the opinions that belong to it, and let all read the papers."""
    run = run_of(dossier=dossier, step=step, at=at)
    run.save(force_insert=True)
    agency_id = run.agency_id
    asked = [_ask(actor=actor, run=run, asked=opinion, at=at) for opinion in step.consult]
    agencies = [row.agency_id for row in asked]
    share(at=at, dossier=dossier, agency_ids=[dossier.agency_id, agency_id, *agencies])
    if asked:
        in_hand = Case(dossier, catalogue.of_version(dossier.version_id).procedure, run)
        for row in asked:
            announce.tell_asked(in_hand=in_hand, asked=row, at=at, template="officer_opinion_asked")
    return run


def run_of(*, dossier: Dossier, step: Step, at: datetime) -> StepRun:
    """Return the step as it would be opened now, unsaved."""
    return StepRun(
        dossier=dossier,
        step=step.id,
        role=step.by,
        agency_id=agency_of(dossier=dossier, place=step.agency),
        opened_at=at,
        due_at=deadline.step_due_at(opened=at, hours=step.hours) if step.hours else None,
    )


def _ask(*, actor: LedgerActor, run: StepRun, asked: definitions.Consultation, at: datetime) -> Consultation:
    row = Consultation.objects.create(
        dossier=run.dossier,
        step_run=run,
        consultation=asked.id,
        agency_id=agency_of(dossier=run.dossier, place=asked.agency),
        role=asked.role,
        asked_at=at,
        due_at=deadline.step_due_at(opened=at, hours=asked.hours),
    )
    event = OpinionAsked(dossier_id=run.dossier_id, consultation_id=row.id, agency_id=row.agency_id)
    ledger.record(actor=actor, at=at, event=event)
    return row


def agency_of(*, dossier: Dossier, place: str) -> UUID:
    """Return the agency a definition means by ``receiving``, ``competent`` or an agency kind."""
    if place == "receiving":
        return dossier.receiving_agency_id
    if place == "competent":
        return dossier.agency_id
    return people.competent_agency(place, dossier.agency.unit_code).id


def give_to_last_holder(*, run: StepRun) -> None:
    """Put a step that is entered again into the hands of whoever finished it before."""
    earlier = StepRun.objects.filter(dossier_id=run.dossier_id, step=run.step, closed_at__isnull=False)
    last = earlier.order_by("-closed_at").first()
    if last is not None and last.closed_by_id is not None:
        run.holder_id = last.closed_by_id
        run.save(update_fields=["holder"])
