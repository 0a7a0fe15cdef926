"""Yes or no, one of several, several of several."""

from django.utils.translation import gettext as _

from tinhso.definitions.types import Question, QuestionType
from tinhso.forms.kinds.base import label, problem, typed
from tinhso.forms.types import Cleaned, Data, Scene

YES, NO = "yes", "no"


def clean(question: Question, name: str, data: Data, scene: Scene) -> Cleaned:
    if question.type is QuestionType.MANY_OF:
        return _many(question, name, data, scene)
    chosen = typed(data, name)
    if not chosen:
        return Cleaned()
    if question.type is QuestionType.YES_NO:
        return Cleaned(chosen == YES) if chosen in (YES, NO) else _unknown(question, name, scene)
    return Cleaned(chosen) if chosen in _values(question) else _unknown(question, name, scene)


def _many(question: Question, name: str, data: Data, scene: Scene) -> Cleaned:
    chosen = {value for value in data.get(name, ()) if value}
    if not chosen:
        return Cleaned()
    if not chosen <= set(_values(question)):
        return _unknown(question, name, scene)
    return Cleaned([value for value in _values(question) if value in chosen])


def _values(question: Question) -> tuple[str, ...]:
    return tuple(option.value for option in question.options)


def _unknown(question: Question, name: str, scene: Scene) -> Cleaned:
    sentence = _("«%(label)s»: lựa chọn này không có trong danh sách. Hãy chọn lại.")
    return problem(name, sentence, label=label(question, scene))


def render(question: Question, name: str, value: object) -> dict[str, list[str]]:
    if isinstance(value, bool):
        return {name: [YES if value else NO]}
    return {name: [str(item) for item in value] if isinstance(value, list) else [str(value)]}


def show(question: Question, value: object, scene: Scene) -> str:
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    labels = {option.value: option.label.into(scene.language) for option in question.options}
    chosen = value if isinstance(value, list) else [value]
    return "\n".join(labels.get(str(item), str(item)) for item in chosen)


def fits(question: Question, value: object) -> bool:
    if question.type is QuestionType.YES_NO:
        return isinstance(value, bool)
    if question.type is QuestionType.MANY_OF:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, str)
