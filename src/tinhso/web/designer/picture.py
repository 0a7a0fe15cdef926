"""The steps of a procedure as a drawing: a row for each role, a box for each step, arrows between them."""

from dataclasses import dataclass
from itertools import pairwise

from tinhso.definitions.packs import packs_folder
from tinhso.definitions.roles import load_roles
from tinhso.definitions.types import Procedure
from tinhso.web.portal.language import say

COLUMN, ROW, LEFT, TOP = 168, 92, 132, 10
WIDE, HIGH = 140, 56
MOST_LETTERS, MOST_LINES = 19, 3


@dataclass(frozen=True, slots=True)
class Box:
    x: int
    y: int
    lines: tuple[tuple[int, str], ...]
    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Lane:
    y: int
    lines: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class StepPicture:
    """
    A drawing in units of its own.

    :param arrows: paths from step to step; ``backs`` those that lead back
    """

    width: int
    height: int
    lanes: tuple[Lane, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[str, ...]
    backs: tuple[str, ...]


def picture_of(procedure: Procedure) -> StepPicture:
    """Return the drawing of the steps."""
    names = {role.id: say(role.name) for role in load_roles(packs_folder())}
    roles = list(dict.fromkeys(step.by for step in procedure.steps))
    boxes, places = [], {}
    for index, step in enumerate(procedure.steps):
        x, y = LEFT + COLUMN * index, TOP + ROW * roles.index(step.by)
        places[step.id] = (x, y)
        kind = "signs" if step.signs else "returns" if step.returns else "when" if step.when else "plain"
        boxes.append(Box(x, y, _lines(say(step.name), x + WIDE // 2, y + HIGH // 2), kind, index + 1))
    backs = [
        _back(places[step.id], places[earlier])
        for step in procedure.steps
        for earlier in step.back_to
        if earlier in places
    ]
    ordered = [(box.x, box.y) for box in boxes]
    return StepPicture(
        width=LEFT + COLUMN * len(boxes),
        height=TOP + ROW * len(roles) + TOP,
        lanes=tuple(
            Lane(TOP + ROW * n, _lines(names.get(role, role), 0, TOP + ROW * n + HIGH // 2))
            for n, role in enumerate(roles)
        ),
        boxes=tuple(boxes),
        arrows=tuple(_arrow(one, other) for one, other in pairwise(ordered)),
        backs=tuple(backs),
    )


def _arrow(one: tuple[int, int], other: tuple[int, int]) -> str:
    (x, y), (to_x, to_y) = one, other
    start, middle, end = x + WIDE, x + WIDE + (COLUMN - WIDE) // 2, to_x
    return f"M{start} {y + HIGH // 2} H{middle} V{to_y + HIGH // 2} H{end - 2}"


def _back(one: tuple[int, int], other: tuple[int, int]) -> str:
    (x, y), (to_x, to_y) = one, other
    low = max(y, to_y) + HIGH + 14
    return f"M{x + WIDE // 2} {y + HIGH} V{low} H{to_x + WIDE // 2} V{to_y + HIGH + 2}"


def _lines(text: str, x: int, middle: int) -> tuple[tuple[int, str], ...]:
    """Return the text broken into lines, each with where it stands; ``x`` is the drawing's own business."""
    del x
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + len(word) < MOST_LETTERS:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1] + "…"]
    first = middle + 5 - 8 * (len(lines) - 1)
    return tuple((first + 16 * n, line) for n, line in enumerate(lines))
