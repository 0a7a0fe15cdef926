"""
The map as a drawing: activities in one column in the order in which they come, passages as arcs beside it.

What leads on is drawn at the right, what leads back at the left; neighbours are joined by a line. The wider a
line, the more dossiers took it; the darker, the more of all the time was spent on it. Lengths are whole
numbers in the drawing's own units, so that no language writes them with a comma.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from tinhso.flows.types import Activity, Flow, Passage

WIDTH, BOX, HEIGHT, GAP, TOP = 980, 360, 46, 40, 8
LEFT = (WIDTH - BOX) // 2
STEP = HEIGHT + GAP
NEAR, FAR, EACH = 34, 270, 30
THIN, THICK = 2, 10
LETTER = 7.2
TONES = ("calm", "slow", "slowest")
SLOWEST, SLOW = 0.25, 0.08
# Of the dossiers; rarer passages are drawn on demand.
COMMON = 0.05


@dataclass(frozen=True, slots=True)
class Node:
    """:param y: of its upper edge; the name and its detail stand at ``name_y`` and ``detail_y``"""

    y: int
    name_y: int
    detail_y: int
    name: str
    whole_name: str
    detail: str


@dataclass(frozen=True, slots=True)
class Arc:
    """
    :param path: SVG path data
    :param tone: ``calm``, ``slow`` or ``slowest`` by its share of all the time
    :param label: how long half of them took at most, at ``at``; ``title`` says all of it
    :param anchor: SVG text-anchor of the label
    """

    path: str
    width: int
    tone: str
    title: str
    label: str
    at: tuple[int, int]
    anchor: str
    is_back: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """:param hidden: passages that are too rare to be drawn"""

    width: int
    height: int
    left: int
    text_left: int
    box: int
    box_height: int
    nodes: tuple[Node, ...]
    arcs: tuple[Arc, ...]
    hidden: int
    tones: tuple[str, ...] = TONES


def drawn(
    flow: Flow,
    *,
    names: Callable[[str], str],
    detail: Callable[[Activity], str],
    lasting: Callable[[Passage], str],
    title: Callable[[Passage], str],
    rare: bool = False,
) -> Drawing:
    """
    Lay the flow out.

    :param rare: draw every passage, however few dossiers took it
    """
    rows = {one.key: number for number, one in enumerate(flow.activities)}
    shown = tuple(flow.passages if rare else common(flow))
    nodes = (
        _node(TOP + number * STEP, names(one.key), detail(one)) for number, one in enumerate(flow.activities)
    )
    arcs = _arcs(shown, flow.passages, rows, lasting, title)
    return Drawing(
        width=WIDTH,
        height=TOP + len(rows) * STEP - GAP + TOP,
        left=LEFT,
        text_left=LEFT + 14,
        box=BOX,
        box_height=HEIGHT,
        nodes=tuple(nodes),
        arcs=tuple(_apart(arcs)),
        hidden=len(flow.passages) - len(shown),
    )


def common(flow: Flow) -> Iterable[Passage]:
    """Return the passages of more than a few, and for each activity at least its commonest way in and out."""
    best: set[Passage] = set()
    for one in flow.activities:
        ways_in = [passage for passage in flow.passages if passage.target == one.key]
        ways_out = [passage for passage in flow.passages if passage.source == one.key]
        best |= {max(ways, key=lambda passage: passage.times) for ways in (ways_in, ways_out) if ways}
    least = COMMON * flow.dossiers
    return (one for one in flow.passages if one.dossiers >= least or one in best)


def _node(y: int, name: str, detail: str) -> Node:
    return Node(y, y + 19, y + 37, _cut(name), name, detail)


def _arcs(
    shown: Sequence[Passage],
    every: Sequence[Passage],
    rows: dict[str, int],
    lasting: Callable[[Passage], str],
    title: Callable[[Passage], str],
) -> list[Arc]:
    most = max((one.times for one in every), default=1)
    time = sum((one.total.total_seconds() for one in every), 0.0) or 1.0
    return [
        _arc(
            (rows[one.source], rows[one.target]),
            width=round(THIN + (THICK - THIN) * sqrt(one.times / most)),
            tone=_tone(one.total.total_seconds() / time),
            label=lasting(one),
            title=title(one),
        )
        for one in shown
    ]


def _arc(rows: tuple[int, int], *, width: int, tone: str, label: str, title: str) -> Arc:
    first, last = rows
    if last == first + 1:
        x, y = WIDTH // 2, TOP + first * STEP + HEIGHT
        path, at, anchor = f"M{x} {y}V{y + GAP - 4}", (x + 12, y + GAP // 2 + 4), "start"
    else:
        path, at, anchor = _bow(first, last)
    return Arc(path, width, tone, title, label, at, anchor, is_back=last <= first)


def _bow(first: int, last: int) -> tuple[str, tuple[int, int], str]:
    """Return a bow at the right for what leads on, at the left for what leads back or stays."""
    is_back = last <= first
    side, edge, anchor = (-1, LEFT, "end") if is_back else (1, LEFT + BOX, "start")
    start, end = (TOP + row * STEP + HEIGHT // 2 for row in (first, last))
    start, end = (start + 10, end - 10) if first == last else (start, end)
    bulge = min(FAR, NEAR + EACH * abs(last - first)) * side
    path = f"M{edge} {start}C{edge + bulge} {start} {edge + bulge} {end} {edge + 4 * side} {end}"
    return path, (edge + bulge * 3 // 4 + 8 * side, (start + end) // 2 + 4), anchor


def _tone(part: float) -> str:
    return "slowest" if part >= SLOWEST else "slow" if part >= SLOW else "calm"


def _apart(arcs: Iterable[Arc]) -> Iterable[Arc]:
    """Leave out labels that would stand on another one; the table beside the drawing has them all."""
    taken: list[tuple[float, float, float]] = []
    for arc in sorted(arcs, key=lambda arc: -arc.width):
        x, y = arc.at
        length = LETTER * len(arc.label)
        left = x - length if arc.anchor == "end" else x
        free = all(abs(y - other) > 14 or left > end or left + length < begin for begin, end, other in taken)
        if free:
            taken.append((left, left + length, y))
        label = arc.label if free else ""
        yield Arc(arc.path, arc.width, arc.tone, arc.title, label, arc.at, arc.anchor, arc.is_back)


def _cut(name: str) -> str:
    room = int((BOX - 24) / LETTER)
    return name if len(name) <= room else f"{name[: room - 1].rstrip()}…"
