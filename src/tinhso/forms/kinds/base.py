"""What every type of question can do, and the little they share."""

import re
import unicodedata
from typing import Protocol

from django.utils.translation import gettext as _

from tinhso.definitions.types import Question, QuestionType
from tinhso.forms.types import Cleaned, Data, Problem, Scene


class Kind(Protocol):
    """A module of this folder. Values are as ARCHITECTURE.md lists them."""

    def clean(self, question: Question, name: str, data: Data, scene: Scene) -> Cleaned:
        """Turn what was typed into a value; nothing typed is no value and no problem."""

    def render(self, question: Question, name: str, value: object) -> dict[str, list[str]]:
        """Turn a value into what its boxes hold; ``clean`` of it gives the value back."""

    def show(self, question: Question, value: object, scene: Scene) -> str:
        """Say the value as people read it."""

    def fits(self, question: Question, value: object) -> bool:
        """Return whether the value has the shape of this type, for answers that did not come from boxes."""


def typed(data: Data, name: str) -> str:
    """Return what stands in the box, trimmed; an absent box is an empty one."""
    values = data.get(name) or [""]
    return str(values[-1]).strip()


def problem(name: str, sentence: str, **data: object) -> Cleaned:
    """Return no value and one sentence."""
    return Cleaned(problems=(Problem(name, sentence % data if data else sentence),))


def label(question: Question, scene: Scene) -> str:
    return question.label.into(scene.language)


def missing(question: Question, scene: Scene) -> str:
    """Return the sentence for a required question without an answer."""
    if question.type is QuestionType.DECLARATION:
        return _("Hãy đọc lời cam đoan và đánh dấu vào ô nếu bạn cam đoan như vậy.")
    if question.type is QuestionType.FILE:
        return _("«%(label)s» chưa có tệp nào. Hãy chụp ảnh hoặc chọn tệp.") % {
            "label": label(question, scene)
        }
    return _("«%(label)s» chưa có câu trả lời. Hãy điền mục này.") % {"label": label(question, scene)}


def without_controls(text: str, *, keep: str = "") -> str:
    """Remove control characters, marks of direction and invisible joiners, which no form asks for."""
    return "".join(
        mark for mark in text if mark in keep or unicodedata.category(mark) not in ("Cc", "Cf", "Cs")
    )


_DIGITS = re.compile(r"[0-9]+")


def is_digits(text: str) -> bool:
    """Return whether the text is ASCII digits; other scripts' digits are no number here."""
    return bool(_DIGITS.fullmatch(text))


def one_box(question: Question, name: str, value: object) -> dict[str, list[str]]:
    """Render a text as itself; for types with one box."""
    return {name: [str(value)]}
