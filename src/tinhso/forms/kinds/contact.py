"""Telephone numbers of Vietnam and e-mail addresses."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from tinhso.definitions.types import Question, QuestionType
from tinhso.forms.kinds.base import one_box, problem, typed, without_controls
from tinhso.forms.types import Cleaned, Data, Scene

_BETWEEN = re.compile(r"[\s.\-()]+")
# Mobile numbers have ten digits, fixed lines 02 + nine (numbering plan of 2014-2018).
_NATIONAL = re.compile(r"0[35789][0-9]{8}|02[0-9]{9}")


def clean(question: Question, name: str, data: Data, scene: Scene) -> Cleaned:
    text = without_controls(typed(data, name))
    if not text:
        return Cleaned()
    return _phone(name, text) if question.type is QuestionType.PHONE else _email(name, text)


def _phone(name: str, text: str) -> Cleaned:
    number = _BETWEEN.sub("", text)
    for prefix in ("+84", "0084", "84"):
        if number.startswith(prefix) and len(number) >= len(prefix) + 9:
            number = "0" + number.removeprefix(prefix).removeprefix("0")
            break
    if not _NATIONAL.fullmatch(number):
        return problem(
            name,
            _("Số điện thoại này không đúng dạng. Hãy viết như 0912 345 678 hoặc +84 912 345 678."),
        )
    return Cleaned(number)


def _email(name: str, text: str) -> Cleaned:
    try:
        validate_email(text)
    except ValidationError:
        return problem(name, _("Địa chỉ thư điện tử này không đúng dạng. Hãy viết như ten@example.vn."))
    return Cleaned(text)


render = one_box


def show(question: Question, value: object, scene: Scene) -> str:
    text = str(value)
    if question.type is QuestionType.PHONE and len(text) == 10:
        return f"{text[:4]} {text[4:7]} {text[7:]}"
    return text


def fits(question: Question, value: object) -> bool:
    return isinstance(value, str)
