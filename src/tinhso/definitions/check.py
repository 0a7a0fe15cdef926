"""Examine packs: every mistake of every file, with its line and remedy."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from tinhso.definitions import side_lists
from tinhso.definitions.agencies import FILE as AGENCIES
from tinhso.definitions.agencies import AgencyFile
from tinhso.definitions.checks import (
    expressions,
    linked,
    once_only,
    questions,
    references,
    steps,
    template,
    worth_knowing,
)
from tinhso.definitions.checks.case import Case, Lists
from tinhso.definitions.explaining import nearest
from tinhso.definitions.index import load_index
from tinhso.definitions.kinds import Severity
from tinhso.definitions.loading import Loaded, load
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.packs import COUNTRY, packs_folder, procedure_files
from tinhso.definitions.places import Places
from tinhso.definitions.registers.check import known_registers, register_mistakes
from tinhso.definitions.roles import AgencyKindFile, LifeEventFile, RoleFile
from tinhso.definitions.sources import parse_procedure, read_source
from tinhso.definitions.standard import (
    FORM_FILE,
    STEPS_FILE,
    Standard,
    StandardForm,
    StandardSteps,
    is_standard,
)
from tinhso.definitions.types import Procedure, Strict

Model = TypeVar("Model", bound=Strict)

CHECKS: tuple[Callable[[Case], Iterator[Mistake]], ...] = (
    questions.find,
    expressions.find,
    steps.find,
    once_only.find,
    references.find,
    template.find,
    worth_knowing.find,
)


@dataclass(frozen=True, slots=True)
class Report:
    """
    What was examined and found, in the order of files and lines.

    :param procedures: how many procedures there are; facts and the whole file that replaces them are one
    :param by_code: the procedures themselves; None for one whose file has an error
    """

    mistakes: tuple[Mistake, ...]
    procedures: int
    by_code: Mapping[str, Procedure | None] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Mistake, ...]:
        return tuple(one for one in self.mistakes if one.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Mistake, ...]:
        return tuple(one for one in self.mistakes if one.severity is Severity.WARNING)


@dataclass(frozen=True, slots=True)
class Examined:
    """
    One procedure file.

    :param procedure: None if it has an error
    :param code: empty if it is unreadable
    :param derived: the file holds facts only
    """

    path: Path
    procedure: Procedure | None
    mistakes: tuple[Mistake, ...]
    code: str = ""
    code_line: int = 1
    derived: bool = False


def check_packs(packs: Path) -> Report:
    """
    Examine a folder of packs, or one procedure file.

    Shared lists come from the folder, else from the nearest folder above that has ``vietnam/roles.yaml``,
    else from the packs of this installation.
    """
    root = packs_root(packs)
    lists, found = load_lists(root)
    found += tuple(side_lists.mistakes(root))
    inside = [one for one in found if Path(one.file).resolve().is_relative_to(packs.resolve())]
    files = procedure_files(packs)
    examined = [examine(file, lists) for file in files]
    by_code = _by_code(examined)
    mistakes = [*inside, *(one for file in examined for one in file.mistakes), *_same_codes(examined)]
    mistakes += linked.bundle_mistakes(packs, by_code)
    mistakes += register_mistakes(packs, lists, by_code)
    ordered = sorted(set_of(mistakes), key=lambda one: (one.file, one.line, one.column, one.code))
    codes = {one.code or str(one.path) for one in examined}
    return Report(tuple(ordered), len(codes), by_code)


def _by_code(examined: list[Examined]) -> dict[str, Procedure | None]:
    """Return the procedures; a whole file goes before the facts of the same code."""
    return {one.code: one.procedure for one in sorted(examined, key=lambda one: not one.derived) if one.code}


def examine(path: Path, lists: Lists) -> Examined:
    """Examine one procedure file."""
    content = read_source(path)
    derived = is_standard(content)
    loaded = parse_procedure(content, lists.standard, file=str(path))
    mistakes = list(loaded.mistakes)
    if loaded.patched is not None:
        case = Case(loaded.patched, loaded.places, path, lists, derived=derived)
        mistakes += [mistake for find in CHECKS for mistake in find(case)]
    sound = loaded.value is not None and all(one.severity is Severity.WARNING for one in mistakes)
    code = loaded.patched.code if loaded.patched else ""
    line = loaded.places.spot(("code",)).line
    return Examined(path, loaded.value if sound else None, tuple(mistakes), code, line, derived)


def packs_root(packs: Path) -> Path:
    """Return the folder of shared lists that belongs to this path."""
    for folder in (packs, *packs.absolute().parents):
        if (folder / COUNTRY / "roles.yaml").is_file():
            return folder
    return packs_folder()


def load_lists(root: Path) -> tuple[Lists, tuple[Mistake, ...]]:
    """Return the shared lists and the mistakes in them; a list that cannot be read is None."""
    roles = _list(root / COUNTRY / "roles.yaml", RoleFile)
    kinds = _list(root / COUNTRY / "agency-kinds.yaml", AgencyKindFile)
    events = _list(root / COUNTRY / "life-events.yaml", LifeEventFile)
    listed = sorted(root.glob(f"*/{AGENCIES}")) or sorted(packs_folder().glob(f"*/{AGENCIES}"))
    agencies = [_list(path, AgencyFile) for path in listed]
    broken = any(one.value is None for one in agencies) or not agencies
    standard, derived_from = _standard(root, kinds)
    accounts = {
        key for one in agencies if one.value for entry in one.value.agencies for key in entry.accounts
    }
    lists = Lists(
        roles=frozenset(role.id for role in roles.value.roles) if roles.value else None,
        agency_kinds=frozenset(kind.id for kind in kinds.value.kinds) if kinds.value else None,
        life_events=frozenset(event.id for event in events.value.events) if events.value else None,
        accounts=None if broken else frozenset(accounts),
        standard=standard,
        registers=known_registers(root),
    )
    mistakes = [*roles.mistakes, *kinds.mistakes, *events.mistakes, *derived_from, *load_index(root)[1]]
    for loaded in agencies:
        mistakes += [*loaded.mistakes, *_kinds_of(loaded, lists)]
    return lists, tuple(mistakes)


def _standard(root: Path, kinds: Loaded[AgencyKindFile]) -> tuple[Standard | None, tuple[Mistake, ...]]:
    """Return the standard parts, None where one of them is not there or cannot be read."""
    form = _list(root / COUNTRY / FORM_FILE, StandardForm)
    steps = _list(root / COUNTRY / STEPS_FILE, StandardSteps)
    mistakes = form.mistakes + steps.mistakes
    if form.value is None or steps.value is None:
        return None, mistakes
    names = {kind.id: kind.name for kind in kinds.value.kinds} if kinds.value else {}
    return Standard(form.value, steps.value, names), mistakes


def set_of(mistakes: list[Mistake]) -> list[Mistake]:
    """Return the mistakes without repetitions."""
    seen: dict[tuple[object, ...], Mistake] = {}
    for one in mistakes:
        seen.setdefault((one.file, one.line, one.column, one.code, *sorted(one.data.items())), one)
    return list(seen.values())


def _list(path: Path, model: type[Model]) -> Loaded[Model]:
    if path.is_file():
        return load(path, model)
    return Loaded(None, Places(str(path), {}))


def _kinds_of(loaded: Loaded[AgencyFile], lists: Lists) -> Iterator[Mistake]:
    kinds = lists.agency_kinds
    for index, entry in enumerate(loaded.value.agencies if loaded.value else ()):
        if kinds is not None and entry.kind not in kinds:
            hint = nearest(entry.kind, sorted(kinds))
            yield loaded.places.mistake(
                ("agencies", index, "kind"), "unknown-agency-kind", name=entry.kind, hint=hint
            )


def _same_codes(examined: list[Examined]) -> Iterator[Mistake]:
    # A whole file replaces the facts of its code; two of a kind contradict each other.
    first: dict[tuple[str, bool], Path] = {}
    for one in examined:
        place = (one.code, one.derived)
        if place in first:
            data = {"name": one.code, "other": str(first[place])}
            yield Mistake(str(one.path), one.code_line, 1, "duplicate-code", data)
        elif one.code:
            first[place] = one.path
