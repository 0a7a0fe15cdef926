"""What is wrong with the register files of a folder of packs."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tinhso.definitions.checks.case import Lists
from tinhso.definitions.checks.linked import Procedures
from tinhso.definitions.explaining import nearest
from tinhso.definitions.loading import Loaded, load
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.places import Location, Places
from tinhso.definitions.registers.check_rules import expression_mistakes
from tinhso.definitions.registers.check_writing import writing_mistakes
from tinhso.definitions.registers.reading import register_files
from tinhso.definitions.registers.types import (
    GEOMETRY,
    KEY_WORDS,
    SEVERAL,
    FieldType,
    Grant,
    RegisterDefinition,
)


@dataclass(frozen=True, slots=True)
class Looked:
    """One register file under examination, among all of them."""

    definition: RegisterDefinition
    places: Places
    lists: Lists
    procedures: Procedures
    all: Mapping[str, RegisterDefinition]


def known_registers(packs: Path) -> Mapping[str, Mapping[str, str]] | None:
    """Return register id → field → type, for whoever names them; None where no pack has a register."""
    loaded = (load(path, RegisterDefinition).patched for path in register_files(packs))
    return {one.id: {field.id: field.type.value for field in one.fields} for one in loaded if one} or None


def register_mistakes(packs: Path, lists: Lists, procedures: Procedures) -> Iterator[Mistake]:
    """
    Yield every mistake of the registers of a folder of packs.

    :param procedures: what the packs hold, by code; None for one whose own file has an error
    """
    loaded = {path: load(path, RegisterDefinition) for path in register_files(packs)}
    by_id = {one.patched.id: one.patched for one in loaded.values() if one.patched is not None}
    yield from _names(loaded)
    for one in loaded.values():
        yield from one.mistakes
        if one.patched is not None:
            looked = Looked(one.patched, one.places, lists, procedures, by_id)
            for find in CHECKS:
                yield from find(looked)


def _names(loaded: Mapping[Path, Loaded[RegisterDefinition]]) -> Iterator[Mistake]:
    first: dict[str, Path] = {}
    for path, one in loaded.items():
        if one.patched is None:
            continue
        if path.stem != one.patched.id:
            yield one.places.mistake(("id",), "register-file-name", name=one.patched.id)
        elif first.setdefault(one.patched.id, path) != path:
            yield one.places.mistake(
                ("id",), "register-twice", name=one.patched.id, other=first[one.patched.id]
            )


def _fields(looked: Looked) -> Iterator[Mistake]:
    seen: dict[str, int] = {}
    for index, field in enumerate(looked.definition.fields):
        at = ("fields", index)
        line = looked.places.spot((*at, "id")).line
        if field.id in seen:
            yield looked.places.mistake((*at, "id"), "duplicate-id", name=field.id, other=seen[field.id])
        seen.setdefault(field.id, line)
        if field.id in KEY_WORDS or field.id == "key":
            yield looked.places.mistake((*at, "id"), "reserved-id", name=field.id, word=field.id)
        if (field.type is FieldType.CHOICE) != bool(field.options):
            code = "options-unused" if field.options else "no-options"
            yield looked.places.mistake((*at, "type"), code, name=field.id, type=field.type)
        if (field.type is FieldType.RELATION) != bool(field.register_id):
            yield looked.places.mistake((*at, "type"), "register-relation", name=field.id)
        elif field.register_id and field.register_id not in looked.all:
            yield _unknown_register(looked, (*at, "register"), field.register_id)
        if field.several and field.type not in SEVERAL:
            yield _wrong(looked, (*at, "several"), field.id, "text, choice")
        if field.partial and field.type is not FieldType.DATE:
            yield _wrong(looked, (*at, "partial"), field.id, "date")
        if field.unique and (field.several or field.type in GEOMETRY):
            yield _wrong(looked, (*at, "unique"), field.id, "text, personal_id, …")


def _unknown_register(looked: Looked, at: Location, name: str) -> Mistake:
    return looked.places.mistake(at, "register-unknown", name=name, hint=nearest(name, sorted(looked.all)))


def _wrong(looked: Looked, at: Location, name: str, wanted: str) -> Mistake:
    field = looked.definition.by_id.get(name)
    return looked.places.mistake(
        at, "register-wrong-type", name=name, type=field.type if field else "?", wanted=wanted
    )


def _one(looked: Looked, at: Location, name: str | None, *wanted: FieldType) -> Iterator[Mistake]:
    """Yield a mistake where the name is no field, or one of another type."""
    if name is None:
        return
    field = looked.definition.by_id.get(name)
    if field is None:
        hint = nearest(name, sorted(looked.definition.by_id))
        yield looked.places.mistake(at, "register-unknown-field", name=name, hint=hint)
    elif wanted and field.type not in wanted:
        yield _wrong(looked, at, name, ", ".join(wanted))


def _named(looked: Looked) -> Iterator[Mistake]:
    """Yield the names of fields that lead nowhere, outside of rules and writings."""
    one = looked.definition
    yield from _one(looked, ("unit",), one.unit, FieldType.UNIT)
    yield from _one(looked, ("parent",), one.parent, FieldType.RELATION)
    yield from _one(looked, ("geometry",), one.geometry, *GEOMETRY)
    if one.parent in one.by_id and one.by_id[one.parent].register_id != one.id:
        yield _wrong(looked, ("parent",), one.parent, f"relation, register: {one.id}")
    for index, name in enumerate(one.title):
        yield from _one(looked, ("title", index), name)
    for index, name in enumerate(one.subjects):
        yield from _one(looked, ("subjects", index), name, FieldType.PERSONAL_ID)
    for name in one.key.names:
        if name not in KEY_WORDS:
            yield from _one(looked, ("key", "pattern"), name)
    for index, field in enumerate(one.fields):
        if field.type in GEOMETRY and field.id != one.geometry:
            yield looked.places.mistake(("fields", index, "id"), "register-second-geometry", name=field.id)


def _public(looked: Looked) -> Iterator[Mistake]:
    public = looked.definition.public
    for index, name in enumerate(public.fields if public else ()):
        yield from _one(looked, ("public", "fields", index), name)
        field = looked.definition.by_id.get(name)
        if field and field.personal:
            yield looked.places.mistake(("public", "fields", index), "register-public-personal", name=name)
        if field and field.seen_by:
            yield looked.places.mistake(("public", "fields", index), "register-public-hidden", name=name)


def _rights(looked: Looked) -> Iterator[Mistake]:
    access = looked.definition.access
    for part, grants in (("read", access.read), ("write", access.write), ("settle", access.settle)):
        for index, grant in enumerate(grants):
            yield from _grant(looked, ("access", part, index), grant)
    roles = looked.lists.roles
    for index, field in enumerate(looked.definition.fields):
        for role in field.seen_by:
            if roles is not None and role not in {*roles, "subject"}:
                at = ("fields", index, "seen_by")
                yield looked.places.mistake(at, "unknown-role", name=role, hint=nearest(role, sorted(roles)))


def _grant(looked: Looked, at: Location, grant: Grant) -> Iterator[Mistake]:
    for role in grant.roles:
        if looked.lists.roles is not None and role not in looked.lists.roles:
            hint = nearest(role, sorted(looked.lists.roles))
            yield looked.places.mistake((*at, "roles"), "unknown-role", name=role, hint=hint)
    for kind in grant.agencies:
        if looked.lists.agency_kinds is not None and kind not in looked.lists.agency_kinds:
            hint = nearest(kind, sorted(looked.lists.agency_kinds))
            yield looked.places.mistake((*at, "agencies"), "unknown-agency-kind", name=kind, hint=hint)
    if grant.scope == "unit" and looked.definition.unit is None:
        yield looked.places.mistake((*at, "scope"), "register-no-unit")


def _rules(looked: Looked) -> Iterator[Mistake]:
    for index, rule in enumerate(looked.definition.quality):
        yield from _one(looked, ("quality", index, "field"), rule.field)
        yield from expression_mistakes(
            looked.definition, looked.places, ("quality", index, "must"), rule.must
        )


def _writing(looked: Looked) -> Iterator[Mistake]:
    yield from writing_mistakes(looked.definition, looked.places, looked.procedures)


CHECKS: tuple[Callable[[Looked], Iterator[Mistake]], ...] = (
    _fields,
    _named,
    _public,
    _rights,
    _rules,
    _writing,
)
