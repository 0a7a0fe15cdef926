"""The packs on disk: what their files hold now, examined once for each content."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tinhso.definitions.check import examine, load_lists, packs_root
from tinhso.definitions.mistakes import Mistake, Severity
from tinhso.definitions.packs import find_template, procedure_files
from tinhso.definitions.template_scan import imports
from tinhso.definitions.types import Procedure

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """
    A sound procedure file.

    :param file: relative to the packs
    :param content_hash: of the YAML and its templates
    """

    file: str
    procedure: Procedure
    source: str
    templates: Mapping[str, str]
    content_hash: str


@dataclass(frozen=True, slots=True)
class Reading:
    """
    All packs at one moment.

    :param broken: files with an error, relative to the packs
    """

    candidates: tuple[Candidate, ...]
    broken: frozenset[str]
    problems: tuple[Mistake, ...]


def stamp(packs: Path) -> Stamp:
    """Return name, time and size of every file that may change a procedure."""
    found = [path for pattern in ("*.yaml", "*.typ") for path in packs.rglob(pattern)]
    stamped = []
    for path in sorted(found):
        try:
            stat = path.stat()
        except FileNotFoundError:  # gone since it was listed
            continue
        stamped.append((str(path), stat.st_mtime_ns, stat.st_size))
    return tuple(stamped)


@lru_cache(maxsize=4)
def read(packs: Path, stamped: Stamp) -> Reading:  # noqa: ARG001  (the key of the cache)
    """Return what the packs hold; ``stamped`` tells one content from another."""
    lists, problems = load_lists(packs_root(packs))
    candidates: dict[str, Candidate] = {}
    broken: set[str] = set()
    found = list(problems)
    for path in procedure_files(packs):
        file = path.relative_to(packs).as_posix()
        examined = examine(path, lists)
        found += [one for one in examined.mistakes if one.severity is Severity.ERROR]
        if examined.procedure is None:
            broken.add(file)
            continue
        candidate = _candidate(path, file, examined.procedure)
        first = candidates.setdefault(candidate.procedure.code, candidate)
        if first is not candidate:
            data = {"name": candidate.procedure.code, "other": first.file}
            found.append(Mistake(str(path), 1, 1, "duplicate-code", data))
    return Reading(tuple(candidates.values()), frozenset(broken), tuple(found))


def _candidate(path: Path, file: str, procedure: Procedure) -> Candidate:
    source = path.read_text(encoding="utf-8-sig")
    templates = _templates(path, procedure.result.template)
    content = json.dumps([source, templates], ensure_ascii=False, sort_keys=True)
    return Candidate(file, procedure, source, templates, hashlib.sha256(content.encode()).hexdigest())


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
