"""
Where a file belongs. Its part has a name: a paper's id, a question's, or ``children[2].birth_proof``.

The 2 is the number of the entry, kept under ``entry`` in its answers. It stays with the entry when others go
or change places, and is not given again; people read the entry's place in the list instead.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tinhso.definitions.scope import ENTRY
from tinhso.definitions.types import Procedure, Question, QuestionType
from tinhso.forms.types import Answers

Papers = Mapping[str, Sequence[str]]

MOST_DIGITS = 6
_PART = re.compile(r"([a-z][a-z0-9_.]*)\[([1-9][0-9]{0,%s})\]\.([a-z][a-z0-9_.]*)" % (MOST_DIGITS - 1))


@dataclass(frozen=True, slots=True)
class Place:
    """
    The question a file answers.

    :param question: the question of the page; a group when ``number`` is not 0
    :param asked: the question of type file itself
    :param number: of the entry; 0 outside groups
    """

    question: Question
    asked: Question
    number: int = 0


def part_name(group_id: str, number: int, child_id: str) -> str:
    return f"{group_id}[{number}].{child_id}"


def place_of(procedure: Procedure, part: str) -> Place | None:
    """Return the place a part names; None when no question of the form takes files under it."""
    for question in procedure.questions():
        if question.type is QuestionType.FILE and question.id == part:
            return Place(question, question)
        number, child = _inside(question, part)
        if child is not None:
            return Place(question, child, number)
    return None


def is_part_of(question: Question, part: str) -> bool:
    """Return whether a file of this part answers the question, or one of its entries."""
    if question.type is QuestionType.FILE:
        return question.id == part
    return _inside(question, part)[1] is not None


def is_number(value: object) -> bool:
    """Return whether the value can number an entry."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**MOST_DIGITS


def numbers_for(borne: Sequence[object], *, after: int = 0) -> tuple[int, ...]:
    """
    Return a number for each entry: the one it bears, or one that none bore before.

    :param borne: what the entries bear; anything that is no number, or an earlier entry's, is none
    :param after: the highest number given so far
    """
    taken = [number for number in borne if isinstance(number, int) and is_number(number)]
    last = max([after, *taken])
    numbers: list[int] = []
    for number in borne:
        if not isinstance(number, int) or not is_number(number) or number in numbers:
            number = last = last + 1
        numbers.append(number)
    return tuple(numbers)


def numbered(value: object, *, after: int = 0) -> list[dict[str, object]]:
    """Return the entries of a group's answer, each with its number."""
    entries = [entry for entry in value if isinstance(entry, Mapping)] if isinstance(value, list) else []
    numbers = numbers_for([entry.get(ENTRY) for entry in entries], after=after)
    return [{**entry, ENTRY: number} for number, entry in zip(numbers, entries, strict=True)]


def number_in(entry: Mapping[str, object]) -> int:
    """Return the number of an entry; 0 when it bears none."""
    number = entry.get(ENTRY)
    return number if isinstance(number, int) and is_number(number) else 0


def files_of(question: Question, value: object) -> dict[str, list[str]]:
    """Return the files of one answer by part."""
    if question.type is QuestionType.FILE:
        return {question.id: list(value)} if isinstance(value, list) and value else {}
    found: dict[str, list[str]] = {}
    for entry in numbered(value) if question.numbers_entries else ():
        for child in _file_questions(question):
            ids = entry.get(child.id)
            if isinstance(ids, list) and ids:
                found[part_name(question.id, number_in(entry), child.id)] = list(ids)
    return found


def files_in(procedure: Procedure, answers: Answers) -> dict[str, list[str]]:
    """Return the files these answers hold by part, in the order of the form."""
    return {
        part: ids
        for question in procedure.questions()
        for part, ids in files_of(question, answers.get(question.id)).items()
    }


def put_files(procedure: Procedure, answers: Answers, part: str, ids: Sequence[str]) -> dict[str, object]:
    """Return the answers with exactly these files in the part; a paper's part is no answer."""
    place = place_of(procedure, part)
    if place is None:
        return dict(answers)
    before = answers.get(place.question.id)
    value = _put_into_entry(place, before, ids) if place.number else list(ids)
    kept = {name: answer for name, answer in answers.items() if name != place.question.id}
    return {**kept, place.question.id: value} if value else kept


def without_entries(papers: Papers, group: Question, gone: Collection[int]) -> dict[str, list[str]]:
    """Return the files by part without those of the entries that are gone."""
    return {part: list(ids) for part, ids in papers.items() if _inside(group, part)[0] not in gone}


def entries_with_files(papers: Papers, group: Question) -> frozenset[int]:
    """Return the numbers of the entries something was given for."""
    return frozenset(number for part in papers if (number := _inside(group, part)[0]))


def part_names(procedure: Procedure, answers: Answers, language: str) -> dict[str, str]:
    """Return what people call each part of a dossier with these answers, papers first."""
    named = {paper.id: paper.name.into(language) for paper in procedure.papers}
    for question in procedure.questions():
        label = question.label.into(language)
        if question.type is QuestionType.FILE:
            named[question.id] = label
        named |= _names_inside(question, label, answers.get(question.id), language)
    return named


def _names_inside(group: Question, label: str, value: object, language: str) -> dict[str, str]:
    return {
        part_name(group.id, number_in(entry), child.id): f"{label} {place} · {child.label.into(language)}"
        for place, entry in enumerate(numbered(value) if group.numbers_entries else (), start=1)
        for child in _file_questions(group)
    }


def _inside(group: Question, part: str) -> tuple[int, Question | None]:
    """Return the entry's number and the question inside the group; 0 and None for a part of another."""
    match = _PART.fullmatch(part)
    if match is None or match[1] != group.id:
        return 0, None
    child = next((child for child in _file_questions(group) if child.id == match[3]), None)
    return (int(match[2]), child) if child else (0, None)


def _file_questions(group: Question) -> Iterator[Question]:
    return (child for child in group.ask if child.type is QuestionType.FILE)


def _put_into_entry(place: Place, value: object, ids: Sequence[str]) -> list[dict[str, object]]:
    entries = numbered(value)
    entry = next((one for one in entries if one[ENTRY] == place.number), None)
    if entry is None:
        entry = {ENTRY: place.number}
        later = (index for index, one in enumerate(entries) if number_in(one) > place.number)
        entries.insert(next(later, len(entries)), entry)
    entry.pop(place.asked.id, None)
    if ids:
        entry[place.asked.id] = list(ids)
    return [one for one in entries if one is not entry or set(one) != {ENTRY}]
