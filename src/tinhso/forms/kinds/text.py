"""Free text of one line or several: composed (NFC), without control characters."""

import re

from django.utils.translation import gettext as _

from tinhso.definitions.types import Question, QuestionType
from tinhso.forms.kinds.base import label, one_box, problem, typed, without_controls
from tinhso.forms.types import Cleaned, Data, Scene
from tinhso.kernel.text import normalise

_EMPTY_LINES = re.compile(r"\n{3,}")


def clean(question: Question, name: str, data: Data, scene: Scene) -> Cleaned:
    raw = typed(data, name)
    text = (
        _lines(raw)
        if question.type is QuestionType.LONG_TEXT
        else normalise(without_controls(raw, keep="\t\n\r"))
    )
    if not text:
        return Cleaned()
    if len(text) > question.max_length:
        return problem(
            name,
            _("«%(label)s» dài %(length)s ký tự, tối đa là %(most)s. Hãy viết ngắn lại."),
            label=label(question, scene),
            length=len(text),
            most=question.max_length,
        )
    return Cleaned(text)


def _lines(raw: str) -> str:
    text = without_controls(raw.replace("\r\n", "\n").replace("\r", "\n"), keep="\n\t")
    lines = [normalise(line) for line in text.split("\n")]
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


render = one_box


def show(question: Question, value: object, scene: Scene) -> str:
    return str(value)


def fits(question: Question, value: object) -> bool:
    return isinstance(value, str)
