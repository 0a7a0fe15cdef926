"""The guides say what the pages say: each label in bold stands in the source, each picture exists."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

import pytest

from tinhso.web.guides import reading

WEB = Path(__file__).parents[2] / "src" / "tinhso"
CHAPTERS = sorted(reading.BOOKS.glob("*/*.md"))
LABEL = re.compile(r"\*\*([^*]+)\*\*")
PICTURE = re.compile(r"!\[(?P<words>[^\]]*)\]\((?P<file>[^)]+)\)")


@lru_cache(maxsize=1)
def source() -> str:
    """Return all that the pages may say: templates and code, with the packs' names of roles."""
    files = [*WEB.rglob("*.html"), *WEB.rglob("*.py")]
    return "\n".join(path.read_text() for path in files).casefold()


def ids(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.mark.parametrize("path", CHAPTERS, ids=ids)
def test_labels_in_bold_are_those_of_the_pages(path: Path) -> None:
    unknown = [label for label in LABEL.findall(path.read_text()) if label.casefold() not in source()]
    assert unknown == []


@pytest.mark.parametrize("path", CHAPTERS, ids=ids)
def test_pictures_exist_and_are_told_in_words(path: Path) -> None:
    for found in PICTURE.finditer(path.read_text()):
        assert (WEB / "web" / "static" / "guides" / found["file"]).is_file(), found["file"]
        assert len(found["words"]) > 8


def test_every_picture_is_in_the_table() -> None:
    table = tomllib.loads((WEB / "web" / "guides" / "pictures.toml").read_text())
    assert {path.stem for path in (WEB / "web" / "static" / "guides").iterdir()} == set(table)


@pytest.mark.parametrize("slug", reading.slugs())
def test_a_book_has_chapters_with_a_title_and_a_first_sentence(slug: str) -> None:
    book = reading.book(slug)

    assert len(book.chapters) >= 8
    assert all(chapter.title and chapter.lead and chapter.html for chapter in book.chapters)
    assert len({chapter.slug for chapter in book.chapters}) == len(book.chapters)
