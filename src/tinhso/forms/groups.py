"""Repeated groups: submit buttons add and take away entries, so that no JavaScript is needed."""

import re
from typing import Literal

from tinhso.definitions.types import Question
from tinhso.forms.boxes import add_name, count_name, entry_count, of_question
from tinhso.forms.types import Data

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
    boxes = of_question(group, data)
    count = entry_count(group, group.id, data)
    if intent == "add":
        return {**boxes, count_name(group.id): [str(min(count + 1, group.at_most))]}
    if index >= count:
        return boxes
    moved: dict[str, list[str]] = {count_name(group.id): [str(count - 1)]}
    for key, values in boxes.items():
        match = re.fullmatch(re.escape(group.id) + r"-([0-9]+)-(.+)", key)
        if match is None or int(match[1]) == index:
            continue
        place = int(match[1]) - (int(match[1]) > index)
        moved[f"{group.id}-{place}-{match[2]}"] = values
    return moved
