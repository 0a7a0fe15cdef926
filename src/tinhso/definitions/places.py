"""Where each part of a file stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from yaml.nodes import Node

from tinhso.definitions.mistakes import Mistake

Location = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """
    Lines and columns from 1.

    :param line: of the key, or of the item of a list
    :param value_line: of the first character of the value's text, after a quote or a block sign
    """

    line: int
    column: int
    value_line: int
    value_column: int

    @classmethod
    def of(cls, key: Node, value: Node) -> "Spot":
        """Return the spot of a key and its value."""
        style = getattr(value, "style", None)
        start, here = value.start_mark, key.start_mark
        block = style in {"|", ">"}
        return cls(
            line=here.line + 1,
            column=here.column + 1,
            value_line=start.line + (2 if block else 1),
            value_column=here.column + 3 if block else start.column + (2 if style in {"'", '"'} else 1),
        )


@dataclass(frozen=True, slots=True)
class Places:
    """The spots of one file by location, e.g. ``("form", 0, "ask", 2, "when")``."""

    file: str
    spots: Mapping[Location, Spot]

    def spot(self, at: Location) -> Spot:
        """Return the spot, or that of the nearest part around it."""
        for length in range(len(at), 0, -1):
            if found := self.spots.get(at[:length]):
                return found
        return Spot(1, 1, 1, 1)

    def mistake(self, at: Location, code: str, **data: object) -> Mistake:
        """Return a mistake standing at the key of this part."""
        spot = self.spot(at)
        return Mistake(self.file, spot.line, spot.column, code, {k: str(v) for k, v in data.items()})

    def mistake_within(
        self, at: Location, code: str, *, line: int = 1, column: int = 1, **data: object
    ) -> Mistake:
        """Return a mistake inside the text of a value, ``line`` and ``column`` counted from 1 within it."""
        spot = self.spot(at)
        shift = spot.value_column - 1 if line == 1 or spot.value_line > spot.line else 0
        place = (spot.value_line + line - 1, column + shift)
        return Mistake(self.file, *place, code, {k: str(v) for k, v in data.items()})
