"""Names of boxes: from a question and its place to the HTML names that carry its answer, and back."""

import re
from collections.abc import Mapping, Sequence

from tinhso.definitions.scope import ENTRY
from tinhso.definitions.types import Question, QuestionType
from tinhso.forms.kinds import KINDS, address, dates
from tinhso.forms.parts import (
    MOST_DIGITS,
    Papers,
    files_of,
    is_number,
    is_part_of,
    numbers_for,
    part_name,
)
from tinhso.forms.types import Data

ASKED = "asked"
"""Hidden boxes of this name list the questions a page really showed, so that others are not called empty."""


def box_names(question: Question, name: str) -> tuple[str, ...]:
    """Return the names of the boxes of one question; a group's are its entries'."""
    if question.type is QuestionType.DATE:
        return dates.names(name)
    if question.type is QuestionType.ADDRESS:
        return address.names(name)
    return (name,)


def first_box(question: Question, name: str) -> str:
    """Return the box that gets the focus when something is wrong."""
    if question.ask:
        typed = next((child for child in question.ask if child.type is not QuestionType.FILE), None)
        return first_box(typed, entry_name(name, 0, typed)) if typed else f"{name}-entry-1"
    return box_names(question, name)[0]


def entry_name(group_name: str, index: int, child: Question, number: int = 0) -> str:
    """
    Return the name of a question inside the entry of a group; entries count from 0.

    ``owners``, 0, ``full_name`` → ``owners-0-full_name``. A file goes by the number its entry keeps, so
    that one on its way arrives even when entries before it went: ``owners[1].card``.
    """
    if child.type is QuestionType.FILE:
        return part_name(group_name, number, child.id)
    return f"{group_name}-{index}-{child.id}"


def entry_names(group: Question, index: int, number: int) -> dict[str, str]:
    """Return the names of the questions of one entry by id."""
    return {child.id: entry_name(group.id, index, child, number) for child in group.ask}


def count_name(group_name: str) -> str:
    return f"{group_name}-count"


def number_name(group_name: str, index: int) -> str:
    """Return the hidden box that holds the number of an entry."""
    return f"{group_name}-{index}-{ENTRY}"


def last_name(group_name: str) -> str:
    """Return the hidden box that holds the highest number an entry ever had."""
    return f"{group_name}-last"


def add_name(group_name: str) -> str:
    return f"add-{group_name}"


def remove_name(group_name: str, index: int) -> str:
    return f"remove-{group_name}-{index}"


def entry_count(group: Question, name: str, data: Data) -> int:
    """Return how many entries came: by the highest index and the hidden count, at most one too many."""
    seen = [int(match[1]) + 1 for key in data if (match := _entry_key(name).fullmatch(key))]
    told = (data.get(count_name(name)) or ["0"])[-1]
    counts = [0, *seen, int(told) if told.isascii() and told.isdigit() and len(told) < 4 else 0]
    return min(max(counts), group.at_most + 1)


def entry_numbers(group: Question, data: Data, count: int) -> tuple[int, ...]:
    """Return the numbers of so many entries; what came without one gets the next."""
    borne = [_number(data, number_name(group.id, index)) for index in range(count)]
    return numbers_for(borne, after=_number(data, last_name(group.id)))


def number_boxes(group: Question, data: Data, count: int) -> dict[str, list[str]]:
    """Return the hidden boxes that keep the numbers of so many entries; none where entries bear none."""
    if not group.numbers_entries:
        return {}
    numbers = entry_numbers(group, data, count)
    last = max([_number(data, last_name(group.id)), *numbers])
    borne = {number_name(group.id, index): [str(number)] for index, number in enumerate(numbers)}
    return {last_name(group.id): [str(last)], **borne}


def _number(data: Data, box: str) -> int:
    told = (data.get(box) or [""])[-1]
    number = int(told) if told.isascii() and told.isdigit() and len(told) <= MOST_DIGITS else 0
    return number if is_number(number) else 0


def _entry_key(name: str) -> re.Pattern[str]:
    return re.compile(re.escape(name) + r"-([0-9]{1,3})-.+")


def of_question(question: Question, data: Data) -> dict[str, list[str]]:
    """Return the boxes of the data that belong to the question, exactly as typed."""
    if question.ask:
        pattern = _entry_key(question.id)
        wanted = {key for key in data if pattern.fullmatch(key) or is_part_of(question, key)}
        wanted |= {count_name(question.id), last_name(question.id)}
    else:
        wanted = set(box_names(question, question.id))
    return {key: [str(value) for value in data[key]] for key in data if key in wanted}


def with_files(questions: Sequence[Question], data: Data, papers: Papers) -> dict[str, Sequence[str]]:
    """Return the boxes with the files that were really given; a browser's word on them is nothing."""

    def takes(part: str) -> bool:
        return any(is_part_of(question, part) for question in questions)

    typed = {name: data[name] for name in data if not takes(name)}
    return typed | {part: ids for part, ids in papers.items() if takes(part)}


def standing(question: Question, typed: Data, value: object) -> dict[str, list[str]]:
    """Return what the boxes of a question hold: as typed when it was, else its answer; files as answered."""
    own = of_question(question, typed)
    if boxes := {name: box for name, box in own.items() if not is_part_of(question, name)}:
        return boxes | files_of(question, value)
    return {} if value is None else render(question, question.id, value)


def render(question: Question, name: str, value: object) -> dict[str, list[str]]:
    """Return what the boxes hold when they show this value."""
    if not question.ask:
        return KINDS[question.type].render(question, name, value)
    entries: Sequence[object] = value if isinstance(value, list) else []
    boxes: dict[str, list[str]] = {count_name(name): [str(len(entries))]}
    numbers = numbers_for([entry.get(ENTRY) if isinstance(entry, Mapping) else None for entry in entries])
    borne = {number_name(name, index): [str(number)] for index, number in enumerate(numbers)}
    boxes |= number_boxes(question, borne, len(entries))
    for index, entry in enumerate(entries):
        for child in question.ask:
            if isinstance(entry, Mapping) and entry.get(child.id) is not None:
                boxes.update(render(child, entry_name(name, index, child, numbers[index]), entry[child.id]))
    return boxes


def fits(question: Question, value: object) -> bool:
    """Return whether the value has the shape of the question's type."""
    if not question.ask:
        return KINDS[question.type].fits(question, value)
    return isinstance(value, list) and all(_entry_fits(question, entry) for entry in value)


def _entry_fits(group: Question, entry: object) -> bool:
    children = {child.id: child for child in group.ask}
    return isinstance(entry, Mapping) and all(
        (key == ENTRY and group.numbers_entries and is_number(item))
        or (key in children and (item is None or fits(children[key], item)))
        for key, item in entry.items()
    )
