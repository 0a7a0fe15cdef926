"""Once only: what registers know of the applicant begins the form, each value with its source."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tinhso.definitions.types import Procedure
from tinhso.dossiers.facts import facts_of
from tinhso.dossiers.models import Draft
from tinhso.forms import engine
from tinhso.forms.known import fitting
from tinhso.people.types import Actor
from tinhso.registers import queries as registers
from tinhso.registers.actions.look_up import look_up
from tinhso.registers.actions.stand_in import stand_in
from tinhso.registers.types import Known


def prefill_from_registers(
    *, actor: Actor, at: datetime, draft: Draft, procedure: Procedure
) -> tuple[Known, ...]:
    """
    Put into a new draft what registers know of its applicant, where the account proves nothing; return what
    was put.

    Every look-up is noted with its purpose (``registers.actions.look_up``); the caller holds the draft and
    its right.
    """
    taken = begin_from_registers(actor=actor, at=at, draft=draft, procedure=procedure)
    if taken:
        draft.save(update_fields=["answers", "by_data"])
    return taken


def begin_from_registers(
    *, actor: Actor, at: datetime, draft: Draft, procedure: Procedure
) -> tuple[Known, ...]:
    """Do what :func:`prefill_from_registers` does, and leave the draft for the caller to save."""
    if not any(question.origin for question in procedure.questions()):
        return ()
    questions = {question.id: question for question in procedure.questions()}
    known = look_up(
        actor=actor,
        at=at,
        person_id=draft.applicant_id,
        procedure=procedure,
        subject_id=draft.pk,
        known_already=frozenset(draft.answers),
    )
    taken = tuple(one for one in known if fitting(questions[one.question], one.value) is not None)
    if taken:
        draft.answers = {**draft.answers, **{one.question: one.value for one in taken}}
        fixed = {one.question: [str(one.record_id)] for one in taken if questions[one.question].fixed}
        draft.by_data = {**draft.by_data, **fixed}
    return taken


def replace_papers(*, actor: Actor, at: datetime, draft: Draft, procedure: Procedure) -> None:
    """
    See which papers need not be given because a register has their data; the caller holds the draft.

    Called whenever answers changed and once more at filing: what was true of the record then is what counts.
    """
    before = draft.by_data
    find_replaced(actor=actor, at=at, draft=draft, procedure=procedure)
    if draft.by_data != before:
        draft.save(update_fields=["by_data"])


def find_replaced(*, actor: Actor, at: datetime, draft: Draft, procedure: Procedure) -> None:
    """Do what :func:`replace_papers` does, and leave the draft for the caller to save."""
    replaceable = {paper.id for paper in procedure.papers if paper.replaced_by}
    if not replaceable:
        return
    facts = facts_of(dossier=draft, at=at)
    found = stand_in(
        actor=actor,
        at=at,
        person_id=draft.applicant_id,
        procedure=procedure,
        answers=engine.counted_answers(procedure, draft.answers, facts),
        facts=facts,
        subject_id=draft.pk,
        before=draft.by_data,
    )
    kept = {name: ids for name, ids in draft.by_data.items() if name not in replaceable}
    draft.by_data = {**kept, **found}


@dataclass(frozen=True, slots=True)
class Origin:
    """
    Where an answer that a register began comes from.

    :param agrees: the answer is still what the register says; else ``known.value`` is what it said
    """

    known: Known
    agrees: bool


def origins_of_answers(*, subject_id: UUID, answers: Mapping[str, object]) -> Mapping[str, Origin]:
    """
    Return, by question, which register gave a value, and whether the answer is still that value.

    The caller has checked that its actor may see the draft or dossier.
    """
    looked = registers.looks_for(subject_id=subject_id)
    return {one.question: Origin(one, answers.get(one.question) == one.value) for one in looked}


def sources_of_answers(*, subject_id: UUID, answers: Mapping[str, object]) -> Mapping[str, Known]:
    """
    Return, by question, which register an answer of the draft comes from and still agrees with.

    The caller has checked that its actor may see the draft or dossier; an answer that was changed has no
    source.
    """
    origins = origins_of_answers(subject_id=subject_id, answers=answers)
    return {question: one.known for question, one in origins.items() if one.agrees}
