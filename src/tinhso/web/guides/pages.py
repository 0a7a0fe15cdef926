"""The guides for citizens and officers: contents, one chapter, the whole book to print."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tinhso.web.guides.reading import Book, Chapter, book


@dataclass(frozen=True, slots=True)
class ChapterPage:
    book: Book
    chapter: Chapter
    number: int
    before: Chapter | None
    after: Chapter | None


@require_safe
def contents(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what the book has. :raises NotFound: no such book"""
    return render(request, "guides/contents.html", {"book": book(slug)})


@require_safe
def whole(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the whole book on one page, to print. :raises NotFound: no such book"""
    return render(request, "guides/whole.html", {"book": book(slug)})


@require_safe
def chapter(request: HttpRequest, slug: str, chapter_slug: str) -> HttpResponse:
    """Show one chapter. :raises NotFound: no such book or chapter"""
    return render(request, "guides/chapter.html", {"page": _page(book(slug), chapter_slug)})


def _page(of: Book, slug: str) -> ChapterPage:
    place = of.place_of(slug)
    chapters = of.chapters
    return ChapterPage(
        book=of,
        chapter=chapters[place],
        number=place + 1,
        before=chapters[place - 1] if place else None,
        after=chapters[place + 1] if place + 1 < len(chapters) else None,
    )
