"""A real browser, with what every test of pages in it needs."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Playwright, expect, sync_playwright

from tests.e2e import accessibility
from tests.e2e.demonstration import Demonstration, running

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# How long a page may take, in milliseconds; how fast the machine is must not decide what is right.
PATIENCE = 60_000
PHONE = {"width": 360, "height": 740}
SCREEN = {"width": 1280, "height": 800}
EVERY_READER = "TINHSO_EVERY_READER" in os.environ
# (on a phone, with scripts): each of both kinds of both; where ``TINHSO_EVERY_READER`` is set all four pairs
WAYS = [(True, False), (False, True)] + ([(True, True), (False, False)] if EVERY_READER else [])
expect.set_options(timeout=PATIENCE)
judged: dict[int, set[int]] = {}  # width of the window → parts that axe has judged there


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/e2e/" in item.path.as_posix():
            item.add_marker("e2e")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    # Playwright's loop lives in this thread, and Django takes it for an asynchronous caller.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium, else Playwright's own; that without windows first, for it costs half."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    found = (shutil.which(name) for name in names)
    browser = playwright.chromium.launch(executable_path=next(filter(None, found), None), args=FLAGS)
    yield browser
    browser.close()


@dataclass
class Reader:
    """
    Somebody before a page: a phone or a screen, with JavaScript or without.

    ``page`` is Playwright's. Errors of scripts and blocked requests are gathered and must stay none.
    """

    context: BrowserContext
    page: Page
    base_url: str
    troubles: list[str]
    scripts: bool = True
    _wire: CDPSession | None = None

    def go(self, path: str) -> Page:
        """Open a page of the product."""
        self.page.goto(self.base_url + path)
        return self.page

    def check(self) -> None:
        """Assert that the open page is accessible, does not scroll sideways, and ran without errors."""
        # axe takes most of the time, and has nothing to say of parts that it has judged at this width.
        new = accessibility.parts(self.page) - self._judged
        if new or EVERY_READER:
            self.assert_accessible(() if EVERY_READER else new)
            self._judged.update(new)
        self.assert_not_sideways()
        assert self.troubles == []

    @property
    def _judged(self) -> set[int]:
        return judged.setdefault((self.page.viewport_size or PHONE)["width"], set())

    def assert_accessible(self, parts: Iterable[int] = ()) -> None:
        """
        Assert that axe finds nothing serious or critical.

        :param parts: numbers of the parts to judge; the whole page when there are none
        """
        with self._able_to_run_axe():
            grave = accessibility.faults(self.page, parts)
        assert not grave, "\n".join(grave)

    @contextmanager
    def _able_to_run_axe(self) -> Iterator[None]:
        """
        Let axe run on a page that was read without scripts.

        axe waits for promises, which a browser without scripts does not settle. The page itself stays as it
        was read: scripts passed over while reading do not run afterwards.
        """
        if self.scripts:
            yield
            return
        self._wire = self._wire or self.context.new_cdp_session(self.page)
        # A session takes back only what it has said itself.
        for off in (True, False):
            self._wire.send("Emulation.setScriptExecutionDisabled", {"value": off})
        yield
        self._wire.send("Emulation.setScriptExecutionDisabled", {"value": True})

    def assert_not_sideways(self) -> None:
        """Assert that nothing sticks out of the window."""
        width = self.page.evaluate("document.documentElement.scrollWidth")
        # A phone's own innerWidth grows with a page that is too wide.
        window = (self.page.viewport_size or PHONE)["width"]
        assert width <= window, f"the page is {width} px wide in a window of {window}"


class Readers:
    """Makes readers and closes them after the test."""

    def __init__(self, chromium: Browser, base_url: str) -> None:
        self._chromium, self._base_url = chromium, base_url
        self._made: list[BrowserContext] = []

    def make(self, *, phone: bool = False, scripts: bool = True, language: str = "vi") -> Reader:
        """
        Return somebody new, not signed in.

        :param phone: 360 × 740 with touch; else 1280 × 800 with a mouse
        """
        context = self._chromium.new_context(
            viewport=PHONE if phone else SCREEN,  # type: ignore[arg-type]
            is_mobile=phone,
            has_touch=phone,
            java_script_enabled=scripts,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
        )
        self._made.append(context)
        context.add_cookies([{"name": "django_language", "value": language, "url": self._base_url}])
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
        return Reader(context, page, self._base_url, troubles, scripts)

    def close(self) -> None:
        for context in self._made:
            context.close()


@pytest.fixture
def readers(chromium: Browser, live_server: object) -> Iterator[Readers]:
    """Makes readers of the live product: ``readers.make(phone=True, scripts=False)``."""
    made = Readers(chromium, str(live_server))
    yield made
    made.close()


@pytest.fixture(scope="session")
def demonstration() -> Iterator[Demonstration]:
    """The whole product with its stand-ins, as ``make demo`` starts it."""
    with running() as started:
        yield started


@pytest.fixture(params=["phone", "screen"])
def reader(request: pytest.FixtureRequest, readers: Readers) -> Reader:
    """One reader; the test runs twice, on a phone and on a screen."""
    return readers.make(phone=request.param == "phone")
