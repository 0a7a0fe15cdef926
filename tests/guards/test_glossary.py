"""GLOSSARY.md names identifiers that exist, and every model, event and move of the code has its row."""

import re
from collections.abc import Iterator
from importlib import import_module

from django.apps import apps

from tests.guards.source import ROOT, name_of, text_files
from tinhso.dossiers.moves import MOVES
from tinhso.kernel.events import Event

GLOSSARY = ROOT / "GLOSSARY.md"
COLUMNS = 4
_CODE = re.compile(r"`([A-Za-z_][\w.]*)`")
_WORD = re.compile(r"[A-Za-z_]\w*")


def absent(glossary: str, known: set[str]) -> list[str]:
    """Return identifiers between backticks, dotted ones part by part, that no source knows."""
    return sorted(
        name for name in set(_CODE.findall(glossary)) if not all(part in known for part in name.split("."))
    )


def words_of_the_source() -> set[str]:
    """Return every word of code and packs, and the names of their files."""
    known: set[str] = set()
    for path, text in text_files():
        if name_of(path).startswith(("src/", "packs/", "sandbox/")):
            known.update(_WORD.findall(text), path.stem.split("."), path.parent.parts, [path.name])
    return known


def rows(glossary: str) -> Iterator[list[str]]:
    """Yield the cells of every row of every table, heads left out."""
    for line in glossary.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[1] != "identifier" and set(cells[0]) != {"-"}:
            yield cells


def without_row(glossary: str, wanted: set[str]) -> list[str]:
    """Return the identifiers that stand in the second column of no row."""
    explained = {name for cells in rows(glossary) for name in _CODE.findall(cells[1])}
    return sorted(wanted - explained)


def incomplete(glossary: str) -> list[str]:
    """Return the terms whose row lacks a cell, or says the meaning in no sentence."""
    return [
        cells[0]
        for cells in rows(glossary)
        if len(cells) != COLUMNS or not all(cells) or not cells[-1].endswith(".")
    ]


def concepts() -> set[str]:
    """Return the names of every model and event class of the product, and of every move of a dossier."""
    for file in sorted((ROOT / "src" / "tinhso").glob("*/*events.py")):
        import_module(f"tinhso.{file.parent.name}.{file.stem}")
    models = {model.__name__ for model in apps.get_models() if model.__module__.startswith("tinhso.")}
    return models | {event.__name__ for event in events_below(Event)} | set(MOVES)


def events_below(base: type[Event]) -> Iterator[type[Event]]:
    """Yield the events of the product that are recorded; those without a kind of their own are bases."""
    for event in base.__subclasses__():
        if event.__module__.startswith("tinhso.") and "kind" in vars(event):
            yield event
        yield from events_below(event)


def test_every_model_event_and_move_has_a_row() -> None:
    assert without_row(GLOSSARY.read_text("utf-8"), concepts()) == []


def test_every_row_is_whole() -> None:
    assert incomplete(GLOSSARY.read_text("utf-8")) == []


def test_every_identifier_of_the_glossary_exists() -> None:
    assert absent(GLOSSARY.read_text("utf-8"), words_of_the_source()) == []


def test_the_guard_sees_an_identifier_that_does_not_exist() -> None:
    glossary = "| hồ sơ | `Dossier`, `actions.accept_dossier` | and `Dosier` |"
    assert absent(glossary, {"Dossier", "actions", "accept_dossier"}) == ["Dosier"]


def test_the_guard_sees_a_concept_without_a_row_and_a_row_without_a_meaning() -> None:
    glossary = (
        "| term | identifier | source | meaning |\n|---|---|---|---|\n"
        "| hồ sơ | `Dossier`, `accept` | — | What was filed. |\n"
        "| bước | `Step` | — | |\nSee `Bill`, which no row explains.\n"
    )
    assert without_row(glossary, {"Dossier", "accept", "Step", "Bill", "DossierFiled"}) == [
        "Bill",
        "DossierFiled",
    ]
    assert incomplete(glossary) == ["bước"]
    assert {"Dossier", "DossierFiled", "accept"} <= concepts()
    assert "DossierEvent" not in concepts()
