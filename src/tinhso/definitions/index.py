"""
The national list of procedures: every code a province deals with, most of them only by name.

``packs/vietnam/catalogue/index.tsv`` has the columns code, level, issuer, field, name. ``level`` is one or
more of ``commune`` and ``province`` joined by ``+``, or ``?`` where the list says nothing.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.packs import COUNTRY
from tinhso.definitions.types import Level
from tinhso.kernel.text import normalise

FILE = Path(COUNTRY) / "catalogue" / "index.tsv"
HEADER = ("code", "level", "issuer", "field", "name")
UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class Listed:
    """
    One line of the national list.

    :param levels: who decides; empty where the list does not say
    :param issuer: the ministry that published it, or a province; may be empty
    """

    code: str
    levels: tuple[Level, ...]
    issuer: str
    field: str
    name: str


def load_index(packs: Path) -> tuple[tuple[Listed, ...], tuple[Mistake, ...]]:
    """Return the list by code and the lines that cannot be read; nothing where there is no list."""
    path = packs / FILE
    try:
        stat = path.stat()
    except FileNotFoundError:
        return (), ()
    return _read(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int, _size: int) -> tuple[tuple[Listed, ...], tuple[Mistake, ...]]:
    found: dict[str, Listed] = {}
    mistakes: list[Mistake] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        columns = tuple(normalise(column) for column in line.split("\t"))
        if columns == HEADER:
            continue
        listed = _listed(columns)
        if listed is None:
            mistakes.append(Mistake(str(path), number, 1, "index-line", {"text": line[:80]}))
        elif listed.code in found:
            mistakes.append(Mistake(str(path), number, 1, "index-twice", {"name": listed.code}))
        else:
            found[listed.code] = listed
    return tuple(found[code] for code in sorted(found)), tuple(mistakes)


def _listed(columns: tuple[str, ...]) -> Listed | None:
    if len(columns) != len(HEADER) or not columns[0] or not columns[4]:
        return None
    code, level, issuer, field, name = columns
    try:
        levels = () if level == UNKNOWN else tuple(Level(one) for one in level.split("+"))
    except ValueError:
        return None
    return Listed(code, levels, issuer, field, name)
