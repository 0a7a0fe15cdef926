"""Findings as JSON, turned into the boxes an officer would have filled in."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from tinhso.api.v1.asking import actor_of
from tinhso.definitions import catalogue
from tinhso.definitions.types import Question
from tinhso.dossiers import queries
from tinhso.dossiers.refusals import FormIncomplete
from tinhso.forms import boxes
from tinhso.forms.types import Data, FieldError


def boxes_of(request: HttpRequest, dossier_id: UUID, found: Mapping[str, object]) -> Data:
    """
    Return the boxes of the open step that hold these values.

    :raises NotFound: absent, or not visible to who asks
    :raises FormIncomplete: the step asks no such question, or the value has another shape
    """
    dossier = queries.access_dossier(actor=actor_of(request), dossier_id=dossier_id)
    run = next((run for run in dossier.steps.all() if run.closed_at is None), None)
    procedure = catalogue.of_version(dossier.version_id).procedure
    asked = {question.id: question for question in (procedure.step(run.step).ask if run else ())}
    wrong = [name for name, value in found.items() if not _fits(asked.get(name), value)]
    if wrong:
        sentence = _("Bước này không có câu hỏi «%(question)s», hoặc câu trả lời không đúng kiểu.")
        raise FormIncomplete(tuple(FieldError(name, name, sentence % {"question": name}) for name in wrong))
    data: dict[str, list[str]] = {boxes.ASKED: list(asked)}
    for name, value in found.items():
        data |= boxes.render(asked[name], name, value)
    return data


def _fits(question: Question | None, value: object) -> bool:
    return question is not None and boxes.fits(question, value)
