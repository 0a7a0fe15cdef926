"""
The packs on disk: which procedure files lie there, and what those that changed hold.

Every file has a mark, a digest of all that may change what it becomes. Looking at marks is cheap; a file is
examined only where its mark is new.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tinhso.definitions import deriving, standard
from tinhso.definitions.agencies import FILE as AGENCIES
from tinhso.definitions.check import examine, load_lists, packs_root
from tinhso.definitions.kinds import Severity
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.packs import COUNTRY, find_template, procedure_files
from tinhso.definitions.standard import FORM_FILE, STEPS_FILE, is_standard
from tinhso.definitions.template_scan import imports
from tinhso.definitions.types import Procedure

Stamp = tuple[tuple[str, int, int], ...]

LISTS = ("roles.yaml", "agency-kinds.yaml", "life-events.yaml")
_CODE = re.compile(rb"""^code: *["']?([^"'\s#]+)["']? *(?:#.*)?$""", re.MULTILINE)
_TEMPLATE = re.compile(rb"[\w.-]+\.typ\b")
_PROGRAM = (Path(standard.__file__), *sorted(Path(deriving.__file__).parent.glob("*.py")))


@dataclass(frozen=True, slots=True)
class Sighting:
    """
    One procedure file as it lies there.

    :param file: relative to the packs
    :param code: as its first lines say; the file's own name where they say nothing
    :param mark: digest of the file, its templates, the shared lists and what it may be derived from
    """

    path: Path
    file: str
    code: str
    mark: str


@dataclass(frozen=True, slots=True)
class Sights:
    """
    The packs at one moment.

    :param files: the file that counts for each code
    :param mistakes: files that contradict each other
    """

    files: tuple[Sighting, ...]
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """
    A sound procedure file.

    :param definition: the whole procedure as JSON
    :param content_hash: of the YAML and its templates, and of the definition where it was derived
    """

    sighting: Sighting
    code: str
    source: str
    templates: Mapping[str, str]
    definition: str
    content_hash: str


@dataclass(frozen=True, slots=True)
class Reading:
    """
    The files that were examined.

    :param broken: files with an error, relative to the packs
    """

    candidates: tuple[Candidate, ...]
    broken: frozenset[str]
    problems: tuple[Mistake, ...]


def stamp(packs: Path) -> Stamp:
    """Return name, time and size of every file that may change a procedure."""
    return tuple(sorted(_stamps(str(packs))))


@lru_cache(maxsize=2)
def sight(packs: Path, stamped: Stamp) -> Sights:  # noqa: ARG001  (the key of the cache)
    """Return the procedure files; ``stamped`` tells one content from another."""
    shared = _digest(
        *(packs_root(packs) / COUNTRY / name for name in LISTS), *sorted(packs.glob(f"*/{AGENCIES}"))
    )
    steps = packs_root(packs) / COUNTRY / STEPS_FILE
    _template_digest.cache_clear()
    parts = _digest(*(packs_root(packs) / COUNTRY / name for name in (FORM_FILE, STEPS_FILE)), *_PROGRAM)
    chosen: dict[str, tuple[bool, Sighting]] = {}
    mistakes: list[Mistake] = []
    for path in procedure_files(packs):
        content = path.read_bytes()
        derived = is_standard(content)
        if derived:
            seen = _sighting(packs, path, content, shared + parts, _content(steps))
        else:
            seen = _sighting(packs, path, content, shared, b"")
        first = chosen.setdefault(seen.code, (derived, seen))
        if first[1] is seen:
            continue
        if first[0] == derived:
            data = {"name": seen.code, "other": first[1].file}
            mistakes.append(Mistake(str(path), 1, 1, "duplicate-code", data))
        elif first[0]:  # a whole file replaces the facts of its code
            chosen[seen.code] = (derived, seen)
    return Sights(tuple(seen for _, seen in chosen.values()), tuple(mistakes))


@lru_cache(maxsize=4)
def read(packs: Path, wanted: tuple[Sighting, ...]) -> Reading:
    """Examine the files and return what they hold."""
    lists, problems = load_lists(packs_root(packs))
    candidates: list[Candidate] = []
    broken: set[str] = set()
    found = list(problems)
    for seen in wanted:
        examined = examine(seen.path, lists)
        found += [one for one in examined.mistakes if one.severity is Severity.ERROR]
        if examined.procedure is None:
            broken.add(seen.file)
        else:
            candidates.append(_candidate(seen, examined.procedure, derived=examined.derived))
    return Reading(tuple(candidates), frozenset(broken), tuple(found))


def says(path: Path, source: str, templates: Mapping[str, str]) -> bool:
    """Tell whether the file and its templates are these, word for word."""
    if path.read_text(encoding="utf-8-sig") != source:
        return False
    return all(_templates(path, name).get(name) == text for name, text in templates.items())


def candidate(path: Path, file: str, procedure: Procedure) -> Candidate:
    """Return a whole file that lies anywhere as what may be published, sound as it was found."""
    seen = Sighting(path, file, procedure.code, "")
    return _candidate(seen, procedure, derived=False)


def _sighting(packs: Path, path: Path, content: bytes, around: str, named_around: bytes) -> Sighting:
    said = _CODE.search(content)
    code = said[1].decode("utf-8", "replace") if said else path.name
    names = sorted({name.decode() for name in _TEMPLATE.findall(content + named_around)})
    templates = "".join(_template_digest(path.parent, name) for name in names)
    mark = hashlib.sha256(content + templates.encode() + around.encode()).hexdigest()
    return Sighting(path, path.relative_to(packs).as_posix(), code, mark)


def _candidate(seen: Sighting, procedure: Procedure, *, derived: bool) -> Candidate:
    source = seen.path.read_text(encoding="utf-8-sig")
    templates = _templates(seen.path, procedure.result.template)
    definition = procedure.model_dump_json(by_alias=True, exclude_defaults=True)
    parts = [source, templates, definition] if derived else [source, templates]
    content = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    content_hash = hashlib.sha256(content.encode()).hexdigest()
    return Candidate(seen, procedure.code, source, templates, definition, content_hash)


def _templates(path: Path, name: str) -> dict[str, str]:
    """Return the template and the files beside it that it imports; shared ones belong to the house."""
    found: dict[str, str] = {}
    waiting = [name]
    while waiting:
        wanted = waiting.pop()
        template = None if wanted in found else find_template(path, wanted)
        if template is not None:
            found[wanted] = template.read_text(encoding="utf-8")
            waiting += imports(found[wanted])
    return found


@lru_cache(maxsize=1024)
def _template_digest(folder: Path, name: str) -> str:
    """Return a digest of the template and what it imports; forgotten when the packs are looked at anew."""
    found = json.dumps(_templates(folder / "_", name), sort_keys=True)
    return hashlib.sha256(found.encode()).hexdigest()


def _digest(*paths: Path) -> str:
    return hashlib.sha256(b"".join(hashlib.sha256(_content(path)).digest() for path in paths)).hexdigest()


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _stamps(folder: str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                if entry.is_dir():
                    yield from _stamps(entry.path)
                elif entry.name.endswith((".yaml", ".typ")):
                    stat = entry.stat()
                    yield entry.path, stat.st_mtime_ns, stat.st_size
            except FileNotFoundError:  # gone since it was listed
                continue
