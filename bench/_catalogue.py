"""The whole catalogue out of the packs' files, without a database."""

from functools import lru_cache
from pathlib import Path
from uuid import uuid4

from tinhso.definitions.catalogue import Entry, Published
from tinhso.definitions.check import load_lists
from tinhso.definitions.index import load_index
from tinhso.definitions.packs import procedure_files
from tinhso.definitions.searching import Card, card_of
from tinhso.definitions.sources import parse_procedure, read_source
from tinhso.definitions.types import Procedure


@lru_cache(maxsize=1)
def cards(packs: Path) -> tuple[Card, ...]:
    """Return what every code is found by, as a process that serves pages has it."""
    offered = {law.code: Published(uuid4(), law, {}) for law in procedures(packs)}
    listed, _mistakes = load_index(packs)
    entries = [
        Entry(one.code, one.levels, one.issuer, one.field, one.name, one.code in offered) for one in listed
    ]
    known = {one.code for one in listed}
    entries += [
        Entry(code, (one.procedure.level,), "", one.procedure.field.vi, one.procedure.name.vi, True)
        for code, one in offered.items()
        if code not in known
    ]
    return tuple(card_of(entry, offered.get(entry.code)) for entry in entries)


def procedures(packs: Path) -> list[Procedure]:
    """Return every procedure file as it is. :raises RuntimeError: one is broken"""
    lists, _mistakes = load_lists(packs)
    found = []
    for path in procedure_files(packs):
        loaded = parse_procedure(read_source(path), lists.standard, file=path.name)
        if loaded.value is None:
            raise RuntimeError(f"{path}: {loaded.mistakes[0].code}")
        found.append(loaded.value)
    return found
