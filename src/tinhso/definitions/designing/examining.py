"""
The check of files that lie nowhere: the reader and the checks of ``packs/``, with each mistake at its part.

The files are laid into a folder of their own for the moment, so that not one rule is written twice.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tinhso.definitions.check import examine, load_lists, packs_root
from tinhso.definitions.checks.case import Lists
from tinhso.definitions.designing.files import SOURCE, Files
from tinhso.definitions.kinds import Severity
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.packs import FOLDER, packs_folder
from tinhso.definitions.places import Location, Places
from tinhso.definitions.reading import Candidate, Stamp, candidate, stamp
from tinhso.definitions.sources import parse_procedure
from tinhso.definitions.types import Procedure


@dataclass(frozen=True, slots=True)
class Found:
    """
    One mistake where it stands.

    :param file: ``procedure.yaml``, or the template's name
    :param at: the part of the procedure; empty where it is of none, or inside a template
    """

    mistake: Mistake
    file: str
    at: Location

    @property
    def is_error(self) -> bool:
        return self.mistake.severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class Examined:
    """
    :param procedure: None while there is an error
    :param patched: the procedure with small mistakes patched over, to be looked at; None if it cannot be
    :param candidate: what may be published; None while there is an error, and for a file of facts only
    """

    found: tuple[Found, ...]
    procedure: Procedure | None
    patched: Procedure | None
    candidate: Candidate | None

    @property
    def errors(self) -> tuple[Found, ...]:
        return tuple(one for one in self.found if one.is_error)

    @property
    def warnings(self) -> tuple[Found, ...]:
        return tuple(one for one in self.found if not one.is_error)


def examined(files: Files) -> Examined:
    """Return every mistake of the files and what they hold."""
    packs = packs_folder()
    lists = _lists(packs, stamp(packs))
    content = files.source.encode()
    loaded = parse_procedure(content, lists.standard, file=SOURCE)
    with laid_out(files) as path:
        report = examine(path, lists)
        sound = report.procedure
        may = candidate(path, "", sound) if sound is not None and not report.derived else None
    found = tuple(_found(one, path, loaded.places) for one in report.mistakes)
    return Examined(
        found=tuple(sorted(found, key=lambda one: (not one.is_error, one.mistake.line, one.mistake.column))),
        procedure=sound,
        patched=loaded.value or loaded.patched,
        candidate=may,
    )


@contextmanager
def laid_out(files: Files) -> Iterator[Path]:
    """Lay the files out as a pack does, for the moment, and give the path of the YAML."""
    with TemporaryDirectory(prefix="design-") as folder:
        home = Path(folder) / FOLDER
        (home / "templates").mkdir(parents=True)
        path = home / SOURCE
        path.write_text(files.source, encoding="utf-8")
        for name, text in files.templates.items():
            (home / "templates" / Path(name).name).write_text(text, encoding="utf-8")
        yield path


def part_at(places: Places, line: int, column: int) -> Location:
    """Return the innermost part that begins at or before the place; empty at the top of the file."""
    before = [
        ((spot.line, spot.column), len(at), at)
        for at, spot in places.spots.items()
        if (spot.line, spot.column) <= (line, column)
    ]
    return max(before, default=((0, 0), 0, ()))[2] if before else ()


@lru_cache(maxsize=2)
def _lists(packs: Path, stamped: Stamp) -> Lists:  # noqa: ARG001  (the key of the cache)
    return load_lists(packs_root(packs))[0]


def _found(mistake: Mistake, path: Path, places: Places) -> Found:
    name = SOURCE if mistake.file == str(path) else Path(mistake.file).name
    at = part_at(places, mistake.line, mistake.column) if name == SOURCE else ()
    return Found(replace(mistake, file=name), name, at)
