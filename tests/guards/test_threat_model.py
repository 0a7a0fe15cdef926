"""THREAT_MODEL.md points at files that exist: a guard that moved away is a guard nobody can find."""

import re

from tests.guards.source import ROOT

PAGE = ROOT / "THREAT_MODEL.md"
_PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)+\.(?:py|md|sh|html|yaml|sql)")
CODE = ROOT / "src" / "tinhso"


def absent(page: str) -> list[str]:
    """Return the files the page names that are neither below the code nor below the repository."""
    named = set(_PATH.findall(page))
    return sorted(name for name in named if not (CODE / name).is_file() and not (ROOT / name).is_file())


def without_a_place(page: str) -> list[str]:
    """Return what is said to be done in a table of threats without a file that does it."""
    rows = [line.strip("|").split("|") for line in page.splitlines() if re.match(r"\| [STRIDE–] \|", line)]
    return [cells[1].strip() for cells in rows if not _PATH.search(cells[2])]


def test_every_file_of_the_threat_model_exists() -> None:
    assert absent(PAGE.read_text("utf-8")) == []


def test_every_threat_has_a_file_that_meets_it() -> None:
    assert without_a_place(PAGE.read_text("utf-8")) == []


def test_every_letter_of_stride_is_thought_of() -> None:
    letters = set(re.findall(r"^\| ([STRIDE]) \|", PAGE.read_text("utf-8"), re.MULTILINE))
    assert letters == set("STRIDE")


def test_the_guard_sees_a_file_that_is_gone_and_a_promise_without_one() -> None:
    page = "| S | forged | `kernel/ledger.py`, `kernel/gone.py` | – |\n| T | changed | we take care | – |\n"
    assert absent(page) == ["kernel/gone.py"]
    assert without_a_place(page) == ["changed"]
