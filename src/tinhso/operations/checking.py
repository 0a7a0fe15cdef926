"""What is wrong with the files of operations rooms: ``tinhso check`` names it with file, line and remedy."""

from collections.abc import Iterator
from pathlib import Path

from tinhso.definitions.loading import load
from tinhso.definitions.mistakes import Mistake
from tinhso.operations.reading import FILE
from tinhso.operations.types import Board


def mistakes(packs: Path) -> Iterator[Mistake]:
    """Yield every mistake of the rooms of a folder of packs."""
    for path in sorted(packs.glob(f"*/{FILE}")):
        yield from load(path, Board).mistakes
