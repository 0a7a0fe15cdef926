"""The guides: a folder a book, a Markdown file a chapter, in the order of their file names."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.templatetags.static import static
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tinhso.kernel.refusals import NotFound

BOOKS = Path(__file__).parent / "books"
FILE = re.compile(r"^\d\d-(?P<slug>[a-z0-9-]+)\.md$")
HEADINGS = {"h1": "govuk-heading-l", "h2": "govuk-heading-m", "h3": "govuk-heading-s"}
CLASSES = {"paragraph_open": "govuk-body", "link_open": "govuk-link", "table_open": "govuk-table"}


@dataclass(frozen=True, slots=True)
class Chapter:
    """
    :param lead: its first paragraph, as words
    :param html: what it says, with its heading; of our own files, so it is safe to show
    """

    slug: str
    title: str
    lead: str
    html: str


@dataclass(frozen=True, slots=True)
class Book:
    slug: str
    title: str
    lead: str
    chapters: tuple[Chapter, ...]

    def place_of(self, slug: str) -> int:
        """:raises NotFound: no such chapter"""
        for place, chapter in enumerate(self.chapters):
            if chapter.slug == slug:
                return place
        raise NotFound


def book(slug: str) -> Book:
    """:raises NotFound: no such book"""
    if slug not in slugs():
        raise NotFound
    return _read(slug)


def slugs() -> tuple[str, ...]:
    """Return the books there are."""
    return tuple(sorted(folder.name for folder in BOOKS.iterdir() if folder.is_dir()))


@cache
def _read(slug: str) -> Book:
    folder = BOOKS / slug
    title, lead, _html = _drawn((folder / "index.md").read_text())
    found = ((path, FILE.match(path.name)) for path in sorted(folder.glob("*.md")))
    chapters = tuple(Chapter(name["slug"], *_drawn(path.read_text())) for path, name in found if name)
    return Book(slug, title, lead, chapters)


def _drawn(text: str) -> tuple[str, str, str]:
    """Return title, first paragraph and HTML of a chapter."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(text)
    for token in tokens:
        _dress(token)
        for inner in token.children or ():
            _dress(inner)
    words = [token.content for token in tokens if token.type == "inline"]
    return words[0], words[1], reader.renderer.render(tokens, reader.options, {})


def _dress(token: Token) -> None:
    """Give an element the look of the house, and a picture its place among the static files."""
    if token.type == "heading_open":
        token.attrJoin("class", HEADINGS[token.tag])
    elif token.type in ("bullet_list_open", "ordered_list_open"):
        kind = "bullet" if token.tag == "ul" else "number"
        token.attrJoin("class", f"govuk-list govuk-list--{kind}")
    elif token.type in CLASSES:
        token.attrJoin("class", CLASSES[token.type])
    elif token.type == "image":
        name = str(token.attrs["src"])
        token.attrs |= {"src": static(f"guides/{name}"), "loading": "lazy", "class": _shape(name)}


def _shape(name: str) -> str:
    return "ts-shot ts-shot--phone" if "-360" in name else "ts-shot"
