"""Repeated groups: submit buttons add and take away entries, so that no JavaScript is needed."""

import re
from typing import Literal

from tinhso.definitions.types import Question
from tinhso.forms.boxes import (
    add_name,
    count_name,
    entry_count,
    entry_numbers,
    number_boxes,
    of_question,
)
from tinhso.forms.parts import Papers, without_entries
from tinhso.forms.types import Data, PageResult

Intent = Literal["save", "add", "remove", "refresh"]

REFRESH = "refresh"
"""A page sent under this name only wants to see what its answers show or hide; autosave uses it too."""


def intent_of(groups: tuple[Question, ...], data: Data) -> tuple[Intent, Question | None, int]:
    """Return which button sent the page, for which group, and the entry to take away."""
    if REFRESH in data:
        return "refresh", None, -1
    for group in groups:
        if add_name(group.id) in data:
            return "add", group, -1
        pattern = re.compile(r"remove-" + re.escape(group.id) + r"-([0-9]{1,3})")
        for key in data:
            if match := pattern.fullmatch(key):
                return "remove", group, int(match[1])
    return "save", None, -1


def with_intent(intent: Intent, group: Question, index: int, data: Data) -> dict[str, list[str]]:
    """Return the group's boxes after the button did its work; every other entry keeps what was typed."""
    count = entry_count(group, group.id, data)
    boxes = of_question(group, data) | number_boxes(group, data, count)
    if intent == "add":
        more = min(count + 1, group.at_most)
        return {**boxes, **number_boxes(group, boxes, more), count_name(group.id): [str(more)]}
    if index >= count:
        return boxes
    moved: dict[str, list[str]] = {}
    gone = {entry_numbers(group, boxes, count)[index]}
    for key, values in without_entries(boxes, group, gone).items():
        match = re.fullmatch(re.escape(group.id) + r"-([0-9]+)-(.+)", key)
        if match is None:
            moved[key] = values
        elif int(match[1]) != index:
            place = int(match[1]) - (int(match[1]) > index)
            moved[f"{group.id}-{place}-{match[2]}"] = values
    return moved | {count_name(group.id): [str(count - 1)]}


def papers_left(group: Question, data: Data, result: PageResult, papers: Papers) -> dict[str, list[str]]:
    """
    Return the files by part without those of the entry that a button of this page took away.

    An entry that is merely absent keeps its files: an older copy of the page may have been sent late.
    """
    before, after = (
        entry_numbers(group, boxes, entry_count(group, group.id, boxes)) for boxes in (data, result.typed)
    )
    gone = set(before) - set(after) if result.intent == "remove" else set()
    return without_entries(papers, group, gone)
