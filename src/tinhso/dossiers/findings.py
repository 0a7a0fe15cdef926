"""What officers find and write down at their steps; templates and later steps read it like answers."""

from datetime import datetime

from tinhso.dossiers.case import Case
from tinhso.dossiers.facts import all_answers, facts_of
from tinhso.dossiers.places import commune_lookup
from tinhso.dossiers.refusals import FormIncomplete
from tinhso.forms import engine
from tinhso.forms.types import Data


def take(*, in_hand: Case, data: Data | None, at: datetime) -> None:
    """
    Check what the officer filled in at the open step and keep it with the step.

    :param data: HTML name → values; None counts as nothing filled in
    :raises FormIncomplete: an answer the step asks for is missing or wrong
    """
    if not in_hand.step.ask:
        return
    result = engine.clean_step(
        in_hand.procedure,
        in_hand.step.id,
        data or {},
        answers=all_answers(in_hand.dossier),
        facts=facts_of(dossier=in_hand.dossier, at=at),
        communes=commune_lookup,
    )
    if result.errors:
        raise FormIncomplete(result.errors)
    asked = {question.id for question in in_hand.step.ask}
    in_hand.open_run.findings = {name: value for name, value in result.answers.items() if name in asked}
