"""Names of boxes: from a question and its place to the HTML names that carry its answer, and back."""

import re
from collections.abc import Mapping, Sequence

from tinhso.definitions.types import Question, QuestionType
from tinhso.forms.kinds import KINDS, address, dates
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
        return first_box(question.ask[0], entry_name(name, 0, question.ask[0]))
    return box_names(question, name)[0]


def entry_name(group_name: str, index: int, child: Question) -> str:
    """
    Return the name of a question inside the entry of a group; entries count from 0.

    ``owners``, 0, ``full_name`` → ``owners-0-full_name``
    """
    return f"{group_name}-{index}-{child.id}"


def count_name(group_name: str) -> str:
    return f"{group_name}-count"


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


def _entry_key(name: str) -> re.Pattern[str]:
    return re.compile(re.escape(name) + r"-([0-9]{1,3})-.+")


def of_question(question: Question, data: Data) -> dict[str, list[str]]:
    """Return the boxes of the data that belong to the question, exactly as typed."""
    if question.ask:
        pattern = _entry_key(question.id)
        wanted = {key for key in data if pattern.fullmatch(key)} | {count_name(question.id)}
    else:
        wanted = set(box_names(question, question.id))
    return {key: [str(value) for value in data[key]] for key in data if key in wanted}


def render(question: Question, name: str, value: object) -> dict[str, list[str]]:
    """Return what the boxes hold when they show this value."""
    if not question.ask:
        return KINDS[question.type].render(question, name, value)
    entries: Sequence[object] = value if isinstance(value, list) else []
    boxes: dict[str, list[str]] = {count_name(name): [str(len(entries))]}
    for index, entry in enumerate(entries):
        for child in question.ask:
            if isinstance(entry, Mapping) and entry.get(child.id) is not None:
                boxes.update(render(child, entry_name(name, index, child), entry[child.id]))
    return boxes


def fits(question: Question, value: object) -> bool:
    """Return whether the value has the shape of the question's type."""
    if not question.ask:
        return KINDS[question.type].fits(question, value)
    return isinstance(value, list) and all(_entry_fits(question, entry) for entry in value)


def _entry_fits(group: Question, entry: object) -> bool:
    children = {child.id: child for child in group.ask}
    return isinstance(entry, Mapping) and all(
        key in children and (item is None or fits(children[key], item)) for key, item in entry.items()
    )
