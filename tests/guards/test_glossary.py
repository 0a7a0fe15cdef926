"""GLOSSARY.md names identifiers that exist; a term whose code was renamed would mislead."""

import re

import pytest

from tests.guards.source import ROOT, name_of, text_files

GLOSSARY = ROOT / "GLOSSARY.md"
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


@pytest.mark.skipif(not GLOSSARY.exists(), reason="there is no glossary yet")
def test_every_identifier_of_the_glossary_exists() -> None:
    assert absent(GLOSSARY.read_text("utf-8"), words_of_the_source()) == []


def test_the_guard_sees_an_identifier_that_does_not_exist() -> None:
    glossary = "| hồ sơ | `Dossier`, `actions.accept_dossier` | and `Dosier` |"
    assert absent(glossary, {"Dossier", "actions", "accept_dossier"}) == ["Dosier"]
