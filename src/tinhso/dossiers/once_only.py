"""Once only: what registers know of the applicant begins the form, each value with its source."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from tinhso.definitions.types import Procedure
from tinhso.dossiers.models import Draft
from tinhso.forms.known import fitting
from tinhso.people.types import Actor
from tinhso.registers import queries as registers
from tinhso.registers.actions.look_up import look_up
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
    if not any(question.origin for question in procedure.questions()):
        return ()
    questions = {question.id: question for question in procedure.questions()}
    known = look_up(
        actor=actor, at=at, person_id=draft.applicant_id, procedure=procedure, subject_id=draft.pk
    )
    taken = tuple(
        one
        for one in known
        if one.question not in draft.answers and fitting(questions[one.question], one.value) is not None
    )
    if taken:
        draft.answers = {**draft.answers, **{one.question: one.value for one in taken}}
        draft.save(update_fields=["answers"])
    return taken


def sources_of_answers(*, subject_id: UUID, answers: Mapping[str, object]) -> Mapping[str, Known]:
    """
    Return, by question, which register an answer of the draft comes from and still agrees with.

    The caller has checked that its actor may see the draft or dossier; an answer that was changed has no
    source.
    """
    looked = registers.looks_for(subject_id=subject_id)
    return {one.question: one for one in looked if answers.get(one.question) == one.value}
