"""From the text of cells to boxes of a form, as if somebody typed the row."""

import re
from collections.abc import Mapping

from tinhso.definitions.types import Procedure, Question, QuestionType
from tinhso.dossiers.importing.targets import COMMUNE_PART, DETAIL_PART, EACH, FILE, PART, entry_cell
from tinhso.forms import boxes
from tinhso.forms.parts import part_name
from tinhso.kernel.text import fold

YES = frozenset({"co", "x", "dung", "yes", "true", "1"})
NO = frozenset({"khong", "sai", "no", "false", "0"})
SEXES = {"nam": "male", "male": "male", "nu": "female", "female": "female"}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?: .*)?", re.ASCII)
_SEVERAL = re.compile(r"[;\n]")


def typed(
    question: Question, row: Mapping[str, str], *, source: str = "", name: str = ""
) -> dict[str, list[str]]:
    """
    Return the boxes of one question from the cells of a row, by target; none when they are empty.

    :param source: the target its cells are found under, when it is not its id
    :param name: the name its boxes begin with, when it is not its id
    """
    source, name = source or question.id, name or question.id
    if question.type is QuestionType.ADDRESS:
        commune, detail = (row.get(f"{source}{PART}{part}", "") for part in (COMMUNE_PART, DETAIL_PART))
        names = boxes.box_names(question, name)
        return dict(zip(names, ([commune], [detail]), strict=True)) if commune or detail else {}
    text = row.get(source, "")
    if not text:
        return {}
    if question.type is QuestionType.DATE:
        # The first box takes a whole date as people write it.
        return {boxes.box_names(question, name)[0]: [day_first(text)]}
    if question.type is QuestionType.YES_NO:
        return {name: [_yes_no(text)]}
    if question.type is QuestionType.ONE_OF:
        return {name: [_option(question, text)]}
    if question.type is QuestionType.MANY_OF:
        return {name: [_option(question, part) for part in _SEVERAL.split(text) if part.strip()]}
    return {name: [text]}


def entries_typed(group: Question, row: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the boxes of a group's entries; an entry of which every cell is empty is none."""
    numbers = entry_numbers(group, row)
    found: dict[str, list[str]] = {}
    for index, number in enumerate(numbers):
        for child in group.ask:
            if child.type is not QuestionType.FILE:
                source = f"{group.id}{EACH}{number}.{child.id}"
                found |= typed(child, row, source=source, name=boxes.entry_name(group.id, index, child))
    if not numbers:
        return {}
    count = {boxes.count_name(group.id): [str(len(numbers))]}
    return count | boxes.number_boxes(group, {}, len(numbers)) | found


def entry_numbers(group: Question, row: Mapping[str, str]) -> list[int]:
    """Return which entries of the group a row has something of, in order; their places count from 1."""
    found = (entry_cell(target) for target in row)
    return sorted({cell.number for cell in found if cell and cell.group == group.id and cell.number})


def file_names(procedure: Procedure, row: Mapping[str, str]) -> dict[str, list[str]]:
    """Return part of the dossier (``forms.parts``) → names of the files a row gives for it."""
    groups = {question.id: question for question in procedure.questions()}
    found: dict[str, list[str]] = {}
    for target, text in row.items():
        if not target.startswith(FILE):
            continue
        names = [name.strip() for name in _SEVERAL.split(text) if name.strip()]
        cell = entry_cell(target)
        if cell is None:
            found[target.removeprefix(FILE)] = names
        elif cell.group in groups:
            place = entry_numbers(groups[cell.group], row).index(cell.number) + 1
            found[part_name(cell.group, place, cell.rest)] = names
    return found


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
