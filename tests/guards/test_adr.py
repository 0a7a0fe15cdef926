"""Decisions are numbered without gaps, listed, and short."""

import re
from collections.abc import Mapping

from tests.guards.source import ROOT

FOLDER = ROOT / "docs" / "adr"
LONGEST = 60
_NAME = re.compile(r"^(\d{4})-[a-z0-9-]+\.md$")
_LISTED = re.compile(r"^\| \[(\d{4})\]\(([\w.-]+)\) \| (.+) \|$", re.MULTILINE)


def disorder(pages: Mapping[str, str], index: str) -> list[str]:
    """Return what is wrong with the pages (file name → text) and the list of them."""
    numbers = [int(match[1]) for name in sorted(pages) if (match := _NAME.match(name))]
    wrong = [f"{name}: no number" for name in pages if not _NAME.match(name)]
    if numbers != list(range(1, len(numbers) + 1)):
        wrong.append(f"numbers: {numbers}")
    listed = {(name, title) for number, name, title in _LISTED.findall(index) if name.startswith(number)}
    held = {(name, _title(text)) for name, text in pages.items()}
    wrong += [f"{name}: not listed as «{title}»" for name, title in sorted(held - listed)]
    wrong += [f"{name}: listed, but not so called" for name, _title_ in sorted(listed - held)]
    wrong += [
        f"{name}: {text.count(chr(10))} lines" for name, text in pages.items() if text.count("\n") > LONGEST
    ]
    return wrong


def _title(text: str) -> str:
    return re.sub(r"^# \d+\. ", "", text.partition("\n")[0])


def test_decisions_are_numbered_listed_and_short() -> None:
    pages = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md") if path.name != "README.md"}
    assert disorder(pages, (FOLDER / "README.md").read_text("utf-8")) == []


def test_the_guard_sees_a_gap_a_page_that_is_not_listed_and_a_long_one() -> None:
    pages = {"0001-a.md": "# 1. A\n", "0003-c.md": "# 3. C\n" * 61}
    assert disorder(pages, "| [0001](0001-a.md) | A |\n| [0002](0002-b.md) | B |\n") == [
        "numbers: [1, 3]",
        "0003-c.md: not listed as «C»",
        "0002-b.md: listed, but not so called",
        "0003-c.md: 61 lines",
    ]
