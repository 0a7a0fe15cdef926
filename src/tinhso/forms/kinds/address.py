"""Addresses by today's communes: a unit in force, and the words below it (house, street, hamlet)."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from tinhso.definitions.types import Question
from tinhso.forms.kinds.base import is_digits, label, problem, typed, without_controls
from tinhso.forms.types import Cleaned, CommuneMatch, Data, Problem, Scene
from tinhso.kernel.text import normalise


def names(name: str) -> tuple[str, str]:
    """Return the names of the two boxes."""
    return f"{name}-commune", f"{name}-detail"


def clean(question: Question, name: str, data: Data, scene: Scene) -> Cleaned:
    commune_box, detail_box = names(name)
    written, detail = (normalise(without_controls(typed(data, box))) for box in (commune_box, detail_box))
    if not written and not detail:
        return Cleaned()
    if len(detail) > question.max_length:
        sentence = _("«%(label)s»: số nhà, đường, thôn dài quá %(most)s ký tự. Hãy viết ngắn lại.")
        return problem(detail_box, sentence, label=label(question, scene), most=question.max_length)
    if not written:
        sentence = _("«%(label)s» còn thiếu xã, phường hoặc đặc khu. Hãy chọn trong danh sách.")
        return problem(commune_box, sentence, label=label(question, scene))
    code, sentence = _code_of(written, scene)
    if sentence:
        return Cleaned(problems=(Problem(commune_box, sentence),))
    return Cleaned({"commune": code, "detail": detail})


def _code_of(written: str, scene: Scene) -> tuple[str, str]:
    if scene.communes is None:
        return (written, "") if is_digits(written) else ("", _unknown(written))
    match = scene.communes(written, scene.today)
    if match is None:
        return "", _unknown(written)
    return (match.code, "") if match.code else ("", _gone(written, match))


def _unknown(written: str) -> str:
    sentence = _("Không tìm thấy xã, phường, đặc khu «%(written)s». Hãy chọn trong danh sách.")
    return sentence % {"written": written}


def _gone(written: str, match: CommuneMatch) -> str:
    told = {"name": match.name or written, "successors": "; ".join(match.successors)}
    if len(match.successors) == 1:
        return _("%(name)s nay thuộc %(successors)s. Hãy chọn đơn vị mới này.") % told
    if match.successors:
        return (
            _("%(name)s nay thuộc nhiều đơn vị: %(successors)s. Hãy chọn đúng đơn vị nơi có địa chỉ này.")
            % told
        )
    return _("%(name)s không còn là một đơn vị hành chính. Hãy chọn đơn vị hiện nay.") % told


def render(question: Question, name: str, value: object) -> dict[str, list[str]]:
    parts = value if isinstance(value, Mapping) else {}
    commune_box, detail_box = names(name)
    return {commune_box: [str(parts.get("commune", ""))], detail_box: [str(parts.get("detail", ""))]}


def show(question: Question, value: object, scene: Scene) -> str:
    parts = value if isinstance(value, Mapping) else {}
    code = str(parts.get("commune", ""))
    match = scene.communes(code, scene.today) if scene.communes else None
    # An address kept from before a merger still has a name, and it is the one the applicant gave.
    return ", ".join(part for part in (str(parts.get("detail", "")), match.name if match else code) if part)


def fits(question: Question, value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and set(value) <= {"commune", "detail"}
        and all(isinstance(part, str) for part in value.values())
    )
