"""A statement the applicant makes under their own responsibility: only «yes» is an answer."""

from django.utils.translation import gettext as _

from tinhso.definitions.types import Question
from tinhso.forms.kinds.base import typed
from tinhso.forms.types import Cleaned, Data, Scene

YES = "yes"


def clean(question: Question, name: str, data: Data, scene: Scene) -> Cleaned:
    return Cleaned(True) if typed(data, name) in (YES, "on", "true") else Cleaned()


def render(question: Question, name: str, value: object) -> dict[str, list[str]]:
    return {name: [YES] if value is True else []}


def show(question: Question, value: object, scene: Scene) -> str:
    return _("Đã cam đoan") if value is True else _("Chưa cam đoan")


def fits(question: Question, value: object) -> bool:
    return isinstance(value, bool)
