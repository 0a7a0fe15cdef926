"""ARCHITECTURE.md and docs/doors.md: every room has a row, every door is as written, every word exists."""

import re

import pytest
from scripts import doors

from tests.guards.source import ROOT
from tests.guards.test_glossary import absent, words_of_the_source

PAGE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
DOORS = doors.PAGE.read_text("utf-8")
LONGEST = 250
_ROW = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)


def rooms_without_a_row(page: str, rooms: set[str]) -> list[str]:
    """Return the rooms no table names, and the rows of rooms that are gone."""
    return sorted(rooms ^ set(_ROW.findall(page)))


def test_every_room_has_a_row() -> None:
    rooms = {file.parent.name for file in (ROOT / "src" / "tinhso").glob("*/__init__.py")}
    assert rooms_without_a_row(PAGE, rooms) == []


def test_every_door_is_as_it_is_written() -> None:
    (written,) = doors.PLACE.findall(DOORS)
    assert written == doors.rewritten(written), "run: python -m scripts.doors"


def test_every_word_of_code_exists() -> None:
    names = {path.name.rpartition(".")[0] for path in ROOT.iterdir()} | {"md", "toml", "STANDARD"}
    assert absent(PAGE + DOORS, words_of_the_source() | names) == []


def test_the_plan_stays_short() -> None:
    assert len(PAGE.splitlines()) <= LONGEST


def test_the_guard_sees_a_room_without_a_row_and_a_row_without_a_room() -> None:
    assert rooms_without_a_row("| `kernel` | ids |\n| `cellar` | wine |\n", {"kernel", "web"}) == [
        "cellar",
        "web",
    ]


def test_the_guard_sees_a_door_that_is_gone_and_one_that_changed() -> None:
    with pytest.raises(doors.NoSuchDoor, match="lose"):
        doors.rewritten("- **`kernel`** `files.lose(stored_file_id)`\n")

    old = "- **`papers.actions`** `grant_paper(…, paper_id)`\n"
    assert doors.rewritten(old) == "- **`papers.actions`** `grant_paper(…, paper_id, agency_id)`\n"
