"""What the room's templates take: frozen views."""

from dataclasses import dataclass

from tinhso.web.operations.drawing import Line, Map, Spark


@dataclass(frozen=True, slots=True)
class PressingLine:
    """
    One thing to do something about.

    :param look: ``bad`` or ``near``
    :param charged: who is charged; ``left`` since when, or how long is left
    :param url: to exactly what is behind it
    """

    look: str
    what: str
    about: str
    charged: str
    left: str
    url: str


@dataclass(frozen=True, slots=True)
class TabLink:
    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class CounterTile:
    """One live figure. :param id: under which the stream sends it"""

    id: str
    name: str
    shown: str
    url: str
    is_alarm: bool


@dataclass(frozen=True, slots=True)
class FigureTile:
    """
    One tile.

    :param look: ``good``, ``near``, ``bad`` or ``plain``; ``standing`` says the same in words
    :param is_up: whether the change went up; ``is_better`` whether that is good
    :param url: to the dossiers behind it; ``about_url`` to its definition
    """

    name: str
    value: str
    unit: str
    target: str
    standing: str
    look: str
    change: str
    is_up: bool
    is_better: bool
    when: str
    volume: str
    spark: Spark | None
    url: str
    about_url: str


@dataclass(frozen=True, slots=True)
class LeagueRow:
    """:param class_: of the stylesheet; ``is_gap`` stands before the row"""

    rank: int | None
    name: str
    value: str
    whole: str
    class_: int
    url: str


@dataclass(frozen=True, slots=True)
class Key:
    """One class of map and table in words."""

    class_: int
    text: str


@dataclass(frozen=True, slots=True)
class LeaguePart:
    """
    :param top: the best; ``bottom`` the last of those that are ranked
    :param between: how many stand between them; ``unranked`` how many have too little
    """

    name: str
    unit: str
    about: str
    top: tuple[LeagueRow, ...]
    bottom: tuple[LeagueRow, ...]
    between: int
    unranked: int
    least: int
    keys: tuple[Key, ...]
    has_data: bool
    has_target: bool


@dataclass(frozen=True, slots=True)
class Room:
    """
    :param wall: drawn for a screen on the wall; ``turn_to``: where it goes next, after so many seconds
    """

    title: str
    tab_id: str
    pillars: tuple[TabLink, ...]
    fields: tuple[TabLink, ...]
    as_of: str
    updated: str
    counters: tuple[CounterTile, ...]
    tiles: tuple[FigureTile, ...]
    map: Map | None
    league: LeaguePart | None
    line: Line | None
    line_name: str
    pressing: tuple[PressingLine, ...]
    pressing_more: int
    alerts: int
    wall: bool
    turn_to: str
    turn_seconds: int
    stream_url: str
    csv_url: str
    wall_url: str
    plain_url: str
