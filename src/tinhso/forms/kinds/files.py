"""Files: ids of papers the web layer has taken in; this type only keeps their list."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhso.definitions.types import Question
from tinhso.forms.kinds.base import label, problem
from tinhso.forms.types import Cleaned, Data, Scene


def clean(question: Question, name: str, data: Data, scene: Scene) -> Cleaned:
    ids = list(dict.fromkeys(value.strip() for value in data.get(name, ()) if value.strip()))
    if not ids:
        return Cleaned()
    if len(ids) > question.at_most:
        sentence = _("«%(label)s» nhận tối đa %(most)s tệp. Hãy bỏ bớt.")
        return problem(name, sentence, label=label(question, scene), most=question.at_most)
    if len(ids) < question.at_least:
        sentence = _("«%(label)s» cần ít nhất %(least)s tệp, mới có %(given)s. Hãy thêm cho đủ.")
        told = {"label": label(question, scene), "least": question.at_least, "given": len(ids)}
        return problem(name, sentence, **told)
    try:
        return Cleaned([str(UUID(value)) for value in ids])
    except ValueError:
        return problem(
            name, _("«%(label)s»: tệp này chưa tải lên xong. Hãy tải lại."), label=label(question, scene)
        )


def render(question: Question, name: str, value: object) -> dict[str, list[str]]:
    return {name: [str(item) for item in value] if isinstance(value, list) else []}


def show(question: Question, value: object, scene: Scene) -> str:
    count = len(value) if isinstance(value, list) else 0
    return ngettext("%(count)s tệp", "%(count)s tệp", count) % {"count": count}


def fits(question: Question, value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
