"""
Lists beside the procedures that help to find and to publish them: everyday words, decisions, duties.

A broken one keeps nothing from being filed: pages do without it, and ``tinhso check`` names its mistakes.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from tinhso.definitions import announcing, paper_kinds
from tinhso.definitions.announcing import AnnouncementFile, PublishingRules
from tinhso.definitions.loading import load
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.roles import BrokenPack
from tinhso.definitions.search import everyday
from tinhso.definitions.search.everyday import EverydayWords
from tinhso.definitions.types import Strict

Found = TypeVar("Found")


def mistakes(root: Path) -> Iterator[Mistake]:
    """Yield what is wrong with the lists of a folder of packs."""
    yield from _of(root / everyday.FILE, EverydayWords)
    yield from _of(root / announcing.RULES_FILE, PublishingRules)
    yield from _of(root / paper_kinds.FILE, paper_kinds.PaperKindFile)
    for path in sorted(root.glob(f"*/{announcing.FILE}")):
        yield from _of(path, AnnouncementFile)


def or_else(read: Callable[[], Found], otherwise: Found) -> Found:
    """Return what a list says, or what holds without it where it is broken."""
    try:
        return read()
    except BrokenPack:
        return otherwise


def _of(path: Path, model: type[Strict]) -> tuple[Mistake, ...]:
    return load(path, model).mistakes if path.is_file() else ()
