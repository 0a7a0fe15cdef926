"""From the text of cells to boxes of a form, as if somebody typed the row."""

import re
from collections.abc import Mapping

from tinhso.definitions.types import Question, QuestionType
from tinhso.dossiers.importing.targets import COMMUNE_PART, DETAIL_PART, PART
from tinhso.forms import boxes
from tinhso.kernel.text import fold

YES = frozenset({"co", "x", "dung", "yes", "true", "1"})
NO = frozenset({"khong", "sai", "no", "false", "0"})
SEXES = {"nam": "male", "male": "male", "nu": "female", "female": "female"}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?: .*)?", re.ASCII)
_SEVERAL = re.compile(r"[;\n]")


def typed(question: Question, row: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the boxes of one question from the cells of a row, by target; none when they are empty."""
    if question.type is QuestionType.ADDRESS:
        commune, detail = (row.get(f"{question.id}{PART}{part}", "") for part in (COMMUNE_PART, DETAIL_PART))
        names = boxes.box_names(question, question.id)
        return dict(zip(names, ([commune], [detail]), strict=True)) if commune or detail else {}
    text = row.get(question.id, "")
    if not text:
        return {}
    if question.type is QuestionType.DATE:
        # The first box takes a whole date as people write it.
        return {boxes.box_names(question, question.id)[0]: [day_first(text)]}
    if question.type is QuestionType.YES_NO:
        return {question.id: [_yes_no(text)]}
    if question.type is QuestionType.ONE_OF:
        return {question.id: [_option(question, text)]}
    if question.type is QuestionType.MANY_OF:
        return {question.id: [_option(question, part) for part in _SEVERAL.split(text) if part.strip()]}
    return {question.id: [text]}


def day_first(text: str) -> str:
    """Return a date with the day before the year; what is none stays as it is."""
    found = _ISO.fullmatch(text)
    return f"{found[3]}/{found[2]}/{found[1]}" if found else text.split(" ")[0]


def _yes_no(text: str) -> str:
    said = fold(text)
    return "yes" if said in YES else "no" if said in NO else text


def _option(question: Question, text: str) -> str:
    """Return the value of the option whose value or words these are; else the text, which no option is."""
    said = fold(text)
    for option in question.options:
        if said in (option.value, fold(option.label.vi), fold(option.label.en)):
            return option.value
    return text
