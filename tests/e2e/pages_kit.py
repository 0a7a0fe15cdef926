"""
Every page, met by everybody: on a phone and on a screen, in both languages, with scripts and without.

A stop is one state of one page. A :class:`Walk` has four readers, so that every pair of size, language and
scripts is met, and gathers what axe finds, what scrolls sideways, and what scripts complain of.
The first state of a page is looked at on a phone and on a screen, a further one by one of them, and they take
turns at it; where ``TINHSO_EVERY_READER`` is set all four look at everything, which takes thrice as long.
``TINHSO_READERS`` names those who come.
With ``TINHSO_PICTURES=<folder>`` it leaves a picture of each, to be looked at.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from django.conf import settings
from django.db import connections
from django.urls import get_resolver, resolve, reverse
from playwright.sync_api import Page, Response

from tests.e2e.conftest import EVERY_READER, Reader, Readers

T = TypeVar("T")
Act = Callable[[Page], None]
EVERYBODY: Mapping[str, Mapping[str, Any]] = {
    "phone-vi": {"phone": True, "language": "vi", "scripts": False},
    "phone-en": {"phone": True, "language": "en", "scripts": True},
    "screen-vi": {"phone": False, "language": "vi", "scripts": True},
    "screen-en": {"phone": False, "language": "en", "scripts": False},
}
WANTED = os.environ.get("TINHSO_READERS", " ".join(EVERYBODY)).split()
READERS = {name: how for name, how in EVERYBODY.items() if name in WANTED}
PICTURES = os.environ.get("TINHSO_PICTURES", "")


@dataclass(frozen=True)
class Stop:
    """
    One state of one page.

    :param name: of the state and its picture, unique in a table
    :param route: name of the address the state stands at, e.g. ``portal:pay``; empty where there is none
    :param scene: whose ids fill the address
    :param who: who looks; nobody when empty
    :param given: further parts of the address, over those of the scene
    :param acts: done in the browser one after the other once the page is open: fill in, choose, send
    :param start: path to open first when the acts lead from another page
    :param posted: the form of that page is sent to this address, as by a page left open whose subject is gone
    :param status: of the answer that is looked at
    :param scripts: who comes: only readers with scripts, or without; all when None
    """

    name: str
    route: str = ""
    scene: str = ""
    who: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    acts: tuple[Act, ...] = ()
    start: str = ""
    posted: bool = False
    status: int = 200
    scripts: bool | None = None


@dataclass
class Stage:
    """
    What a walk plays on.

    :param scenes: scene → part of an address → value; the scene «» holds for all
    :param sessions: who → value of their session's cookie
    """

    scenes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sessions: Mapping[str, str] = field(default_factory=dict)

    def path(self, stop: Stop) -> str:
        if not stop.route:
            return stop.start
        known = {**self.scenes.get("", {}), **self.scenes.get(stop.scene, {}), **stop.given}
        names = next(names for names in named_routes()[stop.route] if set(names) <= set(known))
        return reverse(stop.route, kwargs={name: known[name] for name in names}) + stop.query.format(**known)


class Walk:
    """Four readers who look at stops and say at the end what was wrong."""

    def __init__(self, readers: Readers, stage: Stage) -> None:
        self._stage = stage
        self._readers = {name: readers.make(**how) for name, how in READERS.items()}
        self._answers: dict[str, int] = {}
        self._faults: list[str] = []
        self._turns = Counter[str]()
        for name, reader in self._readers.items():
            reader.page.on("response", partial(self._note, name))

    def see(self, stops: Iterable[Stop]) -> None:
        """Look at all stops, each before the next is asked for."""
        for stop in stops:
            for name, reader in self._coming(stop):
                self._enter(reader, stop.who)
                try:
                    self._look(name, reader, stop)
                except Exception as fault:
                    self._faults.append(f"{stop.name} ({name}): {str(fault)[:1200]}")

    def _coming(self, stop: Stop) -> list[tuple[str, Reader]]:
        """Return who looks: a phone and a screen at a page's first state, one in turn at a further one."""
        fit = [one for one in self._readers.items() if stop.scripts in (None, one[1].scripts)]
        page = stop.route or stop.name
        turn = self._turns[page]
        self._turns[page] += 1
        if EVERY_READER:
            return fit
        first = len(self._turns) % 2  # phone-vi and screen-vi at one page, phone-en and screen-en at the next
        if turn:
            return fit[(first + turn) % len(fit) :][:1]
        return fit[first::2] if len(fit) == len(EVERYBODY) else fit

    def assert_nothing_wrong(self) -> None:
        assert not self._faults, f"{len(self._faults)} faults\n" + "\n\n".join(self._faults)

    def _enter(self, reader: Reader, who: str) -> None:
        reader.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
        if who:
            value = self._stage.sessions[who]
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": reader.base_url}
            reader.context.add_cookies([cookie])  # type: ignore[list-item]

    def _look(self, name: str, reader: Reader, stop: Stop) -> None:
        reader.troubles.clear()
        page = reader.go(stop.start or self._stage.path(stop))
        for act in stop.acts:
            act(page)
        if stop.posted:
            _post(page, self._stage.path(stop))
        page.wait_for_load_state()
        picture(page, f"{stop.name}-{name}")
        path = page.url.removeprefix(reader.base_url).split("?")[0].split("#")[0]
        assert not stop.route or resolve(path).view_name == stop.route, f"the page is {page.url}"
        assert self._answers[name] == stop.status, f"answered {self._answers[name]}, not {stop.status}"
        assert page.locator("html").get_attribute("lang") == READERS[name]["language"], "another language"
        # The browser itself says in the console that a page came with 4xx, or that a file was refused.
        refused = (f"status of {stop.status}", "status of 422")
        reader.troubles[:] = [said for said in reader.troubles if not any(word in said for word in refused)]
        reader.check()

    def _note(self, name: str, answer: Response) -> None:
        if answer.request.is_navigation_request() and not 300 <= answer.status < 400:
            self._answers[name] = answer.status


def walk(readers: Readers, stage: Stage, stops: Iterable[Stop]) -> None:
    """Look at all stops and say what was wrong with any."""
    walking = Walk(readers, stage)
    walking.see(stops)
    walking.assert_nothing_wrong()


def fill(selector: str, value: str) -> Act:
    """Type a value into a box."""
    return lambda page: page.locator(selector).first.fill(value)


def choose(selector: str) -> Act:
    """Choose a radio button or tick a box."""
    return lambda page: page.locator(selector).first.check(force=True)


def give(selector: str, name: str, content: Callable[[], bytes]) -> Act:
    """Choose a file in a box for files."""
    return lambda page: page.locator(selector).first.set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content()}
    )


def send(selector: str = "main form button.govuk-button:not([aria-hidden])") -> Act:
    """Press what sends the form, and wait for the page that comes back."""

    def act(page: Page) -> None:
        with page.expect_navigation():
            page.locator(selector).first.click()

    return act


def _post(page: Page, path: str) -> None:
    with page.expect_navigation():
        page.locator("main form[method=post]").first.evaluate(
            "(form, path) => { form.action = path; form.submit(); }", path
        )


def unfold(page: Page) -> None:
    """Open everything that is folded away in the content, as who reads it all does."""
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true })")


def forget_the_form_token(page: Page) -> None:
    """Lose the cookie that proves a form is ours, as when it was cleared meanwhile."""
    page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)


def picture(page: Page, name: str) -> None:
    """Leave a picture of the whole page where ``TINHSO_PICTURES`` says."""
    if not PICTURES:
        return
    size = page.viewport_size
    assert size
    # Not by ``full_page``: a phone's picture would be taken as if it had a mouse.
    whole = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": max(whole, size["height"])})
    page.screenshot(path=f"{PICTURES}/{name}.png")
    page.set_viewport_size(size)


def named_routes() -> dict[str, list[tuple[str, ...]]]:
    """Return every named address: name with its areas, e.g. ``portal:pay`` → names of its parts, each way."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for name, parts in _named(get_resolver(), ""):
        found.setdefault(name, []).append(parts)
    return found


def _named(resolver: Any, prefix: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from _named(entry, inner)
        elif entry.name:
            yield f"{prefix}{entry.name}", tuple(entry.pattern.converters)


def aside(act: Callable[[], T]) -> T:
    """Act in another thread: signing runs a loop of its own, and Playwright's runs in this one."""

    def run() -> T:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as one:
        return one.submit(run).result()
