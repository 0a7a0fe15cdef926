"""Personal identification number: twelve digits (Law 26/2023/QH15 on identity, Article 12), opaque."""

import re

from django.utils.translation import gettext as _

from tinhso.definitions.types import Question
from tinhso.forms.kinds.base import is_digits, problem, typed, without_controls
from tinhso.forms.types import Cleaned, Data, Scene

LENGTH = 12
_BETWEEN = re.compile(r"[\s.\-]+")


def clean(question: Question, name: str, data: Data, scene: Scene) -> Cleaned:
    number = _BETWEEN.sub("", without_controls(typed(data, name)))
    if not number:
        return Cleaned()
    if not is_digits(number):
        return problem(
            name,
            _("Số định danh cá nhân chỉ gồm chữ số, ví dụ 022 191 004 512. Hãy xem lại trên thẻ căn cước."),
        )
    if len(number) != LENGTH:
        return problem(
            name,
            _("Số định danh cá nhân có 12 chữ số; số vừa nhập có %(count)s. Hãy xem lại trên thẻ căn cước."),
            count=len(number),
        )
    return Cleaned(number)


def render(question: Question, name: str, value: object) -> dict[str, list[str]]:
    return {name: [grouped(str(value))]}


def show(question: Question, value: object, scene: Scene) -> str:
    return grouped(str(value))


def fits(question: Question, value: object) -> bool:
    return isinstance(value, str)


def grouped(number: str) -> str:
    """
    Write the number in threes.

    >>> grouped("022191004512")
    '022 191 004 512'
    """
    return " ".join(number[start : start + 3] for start in range(0, len(number), 3))
