"""Every problem type of the API has its page."""

from collections import defaultdict

import pytest

from tests.api_kit import Caller
from tests.web.client import Browser
from tinhso.edge.statuses import NEXT_STEPS, TITLES, status_of_class
from tinhso.kernel.refusals import Refusal
from tinhso.web.problems.page_objects import entries, shelves

pytestmark = pytest.mark.django_db
INDEX = "/problems/"


def test_the_type_of_a_problem_leads_to_its_page(browser: Browser) -> None:
    refused = Caller().ask("GET", "/me").json()
    html = browser.get(refused["type"]).content.decode()
    assert refused["detail"] in html
    assert f"{refused['status']} {refused['title']}" in html


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_type_has_a_whole_page_in_both_languages(browser: Browser, language: str) -> None:
    index = browser.read_in(language).get(INDEX).content.decode()
    assert len(entries()) > 100
    for entry in entries():
        page = browser.get(f"/problems/{entry.code}")
        assert page.status_code == 200
        assert f'href="/problems/{entry.code}"' in index
        assert f"<code>{entry.code}</code>" in page.content.decode()


def test_english_pages_hold_no_vietnamese_sentence(browser: Browser) -> None:
    html = browser.read_in("en").get("/problems/stale-version").content.decode()
    assert "Read the dossier again" in html
    assert "Hồ sơ vừa" not in html


def test_what_is_filled_in_is_shown_by_its_name(browser: Browser) -> None:
    html = browser.get("/problems/held-by-another").content.decode()
    assert "<var>{holder}</var>" in html
    assert "%(" not in html


def test_a_code_nothing_refuses_with_is_not_found(browser: Browser) -> None:
    assert browser.get("/problems/no-such-code").status_code == 404


def test_a_refusal_of_any_room_is_listed_by_being_written() -> None:
    before = {entry.code for entry in entries()}
    new = type("Fresh", (Refusal,), {"code": "fresh-one", "message": "x", "__module__": "tinhso.forms.x"})
    try:
        assert {entry.code for entry in entries()} - before == {"fresh-one"}
    finally:
        del new.code  # the class itself lives on until it is collected


def test_a_code_has_one_status_whoever_refuses_with_it() -> None:
    statuses: dict[str, set[int]] = defaultdict(set)
    kinds = [Refusal]
    for kind in kinds:
        kinds += kind.__subclasses__()
        if kind.__module__.startswith("tinhso.") and "code" in vars(kind):
            statuses[kind.code].add(status_of_class(kind))
    assert {code: found for code, found in statuses.items() if len(found) > 1} == {}


def test_every_status_says_what_it_is_and_what_a_program_does_next() -> None:
    assert TITLES.keys() == NEXT_STEPS.keys()
    assert {shelf.status for shelf in shelves()} <= {status.value for status in TITLES}
