"""Putting right what a result said wrongly: answers of the form, and what officers found."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tinhso.dossiers.case import Case
from tinhso.dossiers.facts import all_answers, facts_of
from tinhso.dossiers.paperwork import page_counts
from tinhso.dossiers.places import commune_lookup
from tinhso.dossiers.refusals import FormIncomplete
from tinhso.forms import boxes, engine
from tinhso.forms.types import FieldError
from tinhso.kernel.refusals import Refusal


class NothingCorrected(Refusal):
    code = "nothing-corrected"
    message = _("Chưa có thông tin nào khác với kết quả đã ký. Hãy sửa chỗ sai rồi gửi lại.")


def apply(*, in_hand: Case, given: Mapping[str, object], at: datetime) -> dict[str, object]:
    """
    Put the right values into the dossier and return what stood there before, by question id.

    :raises NothingCorrected: no value differs
    :raises FormIncomplete: a value is not of its question's type, or breaks a rule, or nobody asked for it
    """
    known = all_answers(in_hand.dossier)
    changed = {name: value for name, value in given.items() if known.get(name) != value}
    if not changed:
        raise NothingCorrected
    found = {question.id for step in in_hand.procedure.steps for question in step.ask}
    _correct_form(in_hand, {name: value for name, value in changed.items() if name not in found}, at)
    _correct_findings(in_hand, {name: value for name, value in changed.items() if name in found}, at)
    return {name: known.get(name) for name in changed}


def _correct_form(in_hand: Case, given: Mapping[str, object], at: datetime) -> None:
    if not given:
        return
    dossier, procedure = in_hand.dossier, in_hand.procedure
    facts, counts = facts_of(dossier=dossier, at=at), page_counts(dossier.papers)
    before = engine.check_all(procedure, dossier.answers, papers=counts, facts=facts, communes=commune_lookup)
    answers, errors = engine.read_answers(
        procedure, given, answers=dossier.answers, facts=facts, communes=commune_lookup, papers=dossier.papers
    )
    answers = engine.counted_answers(procedure, answers, facts)
    after = engine.check_all(procedure, answers, papers=counts, facts=facts, communes=commune_lookup)
    # What was right on the day it was filed and is not today, such as an age, is no fault of the correction.
    new = tuple(error for error in after if error not in before)
    if errors or new:
        raise FormIncomplete((*errors, *new))
    dossier.answers = answers


def _correct_findings(in_hand: Case, given: Mapping[str, object], at: datetime) -> None:
    for run in in_hand.dossier.steps.all():
        mine = {name: value for name, value in given.items() if name in run.findings}
        if not mine:
            continue
        asked = list(in_hand.procedure.step(run.step).ask)
        values = {**run.findings, **mine}
        data: dict[str, list[str]] = {boxes.ASKED: [question.id for question in asked]}
        for question in asked:
            if not boxes.fits(question, values.get(question.id)) and question.id in mine:
                sentence = str(_("Câu trả lời không đúng kiểu của câu hỏi."))
                raise FormIncomplete((FieldError(question.id, question.id, sentence),))
            if question.id in values:
                data |= boxes.render(question, question.id, values[question.id])
        result = engine.clean_step(
            in_hand.procedure,
            run.step,
            data,
            answers={**all_answers(in_hand.dossier), **mine},
            facts=facts_of(dossier=in_hand.dossier, at=at),
            communes=commune_lookup,
        )
        if result.errors:
            raise FormIncomplete(result.errors)
        run.findings = {
            question.id: result.answers[question.id] for question in asked if question.id in result.answers
        }
        run.save(update_fields=["findings"])
