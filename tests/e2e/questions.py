"""Questions that follow from an answer: a page with scripts asks the server for them and draws them anew."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect


@contextmanager
def drawn_again(page: Page) -> Iterator[None]:
    """
    Wait, after the choice made inside, until the questions in sight are those that follow from it.

    The answer of the server is not enough: it still has to be read and put into the page, and who goes on
    before that leaves out a question that has just appeared.
    """
    page.locator("#questions").evaluate("questions => questions.setAttribute('data-before', '')")
    yield
    expect(page.locator("#questions[data-before]")).to_have_count(0)
