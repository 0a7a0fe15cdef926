"""Dates in three boxes: day, month, year."""

import re
from datetime import date

from django.utils.translation import gettext as _

from tinhso.definitions.types import Question
from tinhso.forms.kinds.base import is_digits, label, typed, without_controls
from tinhso.forms.types import Cleaned, Data, Problem, Scene

PARTS = ("day", "month", "year")
_WHOLE = re.compile(r"(\d{1,2})[/\-. ](\d{1,2})[/\-. ](\d{4})", re.ASCII)
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST_YEAR, LAST_YEAR = 1850, 2199


def names(name: str) -> tuple[str, str, str]:
    """Return the names of the three boxes."""
    return f"{name}-day", f"{name}-month", f"{name}-year"


def clean(question: Question, name: str, data: Data, scene: Scene) -> Cleaned:
    boxes = [without_controls(typed(data, box)) for box in names(name)]
    if boxes[0] and not boxes[1] and not boxes[2] and (whole := _WHOLE.fullmatch(boxes[0])):
        boxes = list(whole.groups())
    if not any(boxes):
        return Cleaned()
    problems = _absent(question, name, boxes, scene) or _malformed(question, name, boxes, scene)
    if problems:
        return Cleaned(problems=tuple(problems))
    day, month, year = (int(box) for box in boxes)
    try:
        return Cleaned(date(year, month, day).isoformat())
    except ValueError:
        sentence = _("«%(label)s»: tháng %(month)s năm %(year)s không có ngày %(day)s. Hãy xem lại ngày.")
        told = {"label": label(question, scene), "day": day, "month": month, "year": year}
        return Cleaned(problems=(Problem(names(name)[0], sentence % told),))


def _absent(question: Question, name: str, boxes: list[str], scene: Scene) -> list[Problem]:
    absent = [index for index, box in enumerate(boxes) if not box]
    if not absent:
        return []
    if absent == [0, 1]:
        sentence = _("«%(label)s» mới có năm. Hãy điền thêm ngày và tháng như trên giấy tờ.")
    else:
        sentence = _("«%(label)s» còn thiếu %(parts)s. Hãy điền đủ ngày, tháng và năm.")
    parts = ", ".join(_part_names()[index] for index in absent)
    told = {"label": label(question, scene), "parts": parts}
    return [Problem(names(name)[absent[0]], sentence % told)]


def _part_names() -> tuple[str, str, str]:
    return _("ngày"), _("tháng"), _("năm")


def _malformed(question: Question, name: str, boxes: list[str], scene: Scene) -> list[Problem]:
    sentences = (
        _("«%(label)s»: ngày là một số từ 1 đến 31."),
        _("«%(label)s»: tháng là một số từ 1 đến 12."),
        _("«%(label)s»: năm có đủ bốn chữ số, ví dụ 1991."),
    )
    bounds = ((1, 31), (1, 12), (FIRST_YEAR, LAST_YEAR))
    told = {"label": label(question, scene)}
    return [
        Problem(box_name, sentence % told)
        for box_name, box, sentence, (low, high) in zip(names(name), boxes, sentences, bounds, strict=True)
        if not (is_digits(box) and len(box) <= 4 and low <= int(box) <= high)
    ]


def render(question: Question, name: str, value: object) -> dict[str, list[str]]:
    year, month, day = str(value).split("-")
    return dict(zip(names(name), ([str(int(day))], [str(int(month))], [year]), strict=True))


def show(question: Question, value: object, scene: Scene) -> str:
    return date.fromisoformat(str(value)).strftime("%d/%m/%Y")


def fits(question: Question, value: object) -> bool:
    if not isinstance(value, str) or not _ISO.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
