"""Names of people. Civil Code 2015, Article 26: no digits and no character that is not a letter."""

import unicodedata

from django.utils.translation import gettext as _

from tinhso.definitions.types import Question
from tinhso.forms.kinds.base import label, one_box, problem, typed, without_controls
from tinhso.forms.types import Cleaned, Data, Scene
from tinhso.kernel.text import normalise

# Foreign parents and peoples of the mountains write these inside names.
_BETWEEN = " '’-."


def clean(question: Question, name: str, data: Data, scene: Scene) -> Cleaned:
    text = normalise(without_controls(typed(data, name), keep="\t\n\r"))
    if not text:
        return Cleaned()
    wrong = sorted({mark for mark in text if not _belongs(mark)})
    if wrong:
        return problem(
            name,
            _("«%(label)s» có ký tự không dùng trong họ tên: %(marks)s. Hãy chỉ viết chữ cái."),
            label=label(question, scene),
            marks=" ".join(wrong),
        )
    if not any(mark.isalpha() for mark in text):
        return problem(
            name,
            _("«%(label)s» chưa có chữ cái nào. Hãy viết như trên giấy tờ."),
            label=label(question, scene),
        )
    if len(text) > question.max_length:
        return problem(
            name,
            _("«%(label)s» dài %(length)s ký tự, tối đa là %(most)s. Hãy viết như trên giấy tờ."),
            label=label(question, scene),
            length=len(text),
            most=question.max_length,
        )
    return Cleaned(text)


def _belongs(mark: str) -> bool:
    if mark in _BETWEEN or unicodedata.combining(mark):
        return True
    return mark.isalpha() and unicodedata.name(mark, "").startswith("LATIN")


render = one_box


def show(question: Question, value: object, scene: Scene) -> str:
    return str(value)


def fits(question: Question, value: object) -> bool:
    return isinstance(value, str)
