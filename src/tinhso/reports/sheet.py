"""What stands on a printed report, before anybody knows in which kind of file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

Cell = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Column:
    """:param group: the heading above several; ``weight``: how wide beside the others"""

    title: str
    group: str = ""
    is_number: bool = False
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """:param totals: how many rows at the end are sums"""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: int = 0

    @property
    def has_groups(self) -> bool:
        return any(column.group for column in self.columns)

    def heads(self) -> list[tuple[str, int, tuple[Column, ...]]]:
        """Return the upper headings: text, how many columns, those columns."""
        found = []
        for group, columns in groupby(self.columns, key=lambda one: one.group or one):
            held = tuple(columns)
            found.append((group if isinstance(group, str) else held[0].title, len(held), held))
        return found

    def is_total(self, place: int) -> bool:
        return place >= len(self.rows) - self.totals


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    A report.

    :param subject: what it is about, under the title
    :param texts: (heading, paragraphs), after the tables
    :param notes: how it was counted, in small letters at the end
    :param is_wide: the page lies on its side
    """

    title: str
    subject: str
    tables: tuple[Table, ...]
    texts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    notes: tuple[str, ...] = ()
    is_wide: bool = False
    about: Sequence[str] = field(default_factory=tuple)


def plain(cell: Cell) -> str:
    """Return a cell as programs read it: a point before decimals, nothing between thousands."""
    return "" if cell is None else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def spoken(cell: Cell, missing: str = "chưa có số liệu") -> str:
    """Return a cell as people read it in Vietnamese: «1.234,5»."""
    if cell is None:
        return missing
    if isinstance(cell, str):
        return cell
    return f"{cell:,}".translate(str.maketrans(",.", ".,"))
