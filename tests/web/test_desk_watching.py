"""Who only watches is shown everything, and is handed nothing to change a case with."""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.urls import reverse
from lxml import html as markup

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import Province
from tests.fixtures_trust import Trust, trust
from tests.web.client import Browser
from tinhso.dossiers.actions.request_supplement import request_supplement
from tinhso.dossiers.actions.write_message import write_message
from tinhso.dossiers.types import MissingItem
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
WRITE = "Nhắn cho người nộp"
LISTS = ("inbox", "search", "signing", "opinions", "batches", "people", "survey", "national", "book")
# Of the watcher's own, no case: how their list looks, what they take away from it, how they are told.
OWN = {reverse(f"desk:{name}") for name in ("columns", "filters", "exports", "notice-email")}


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def watcher(province: Province, browser: Browser) -> Actor:
    found = province.officer("supervisor", "province_committee")
    desk.enter(browser, found)
    return found


def posts_of(html: str) -> set[str]:
    """Return where the page posts to, but for the frame's own: leaving; the language is a link."""
    forms = markup.fromstring(html).iterfind(".//form")
    aims = {form.get("action", "") for form in forms if form.get("method", "").lower() == "post"}
    return aims - {reverse("account_logout")}


def links_of(html: str) -> Iterator[str]:
    """Yield where the page leads to, files and dossiers alike."""
    for one in markup.fromstring(html).iterfind(".//main//a"):
        if (url := one.get("href", "")).startswith("/"):
            yield url.partition("#")[0]


def cases(province: Province) -> tuple[UUID, ...]:
    """Return dossiers at several steps: filed, accepted, asked of, waiting for the signature."""
    citizen = province.citizen()
    asked = desk.accepted(province, citizen)
    request_supplement(
        actor=province.officer("civil_status_officer"),
        at=province.at,
        dossier_id=asked,
        items=[MissingItem("other", "", "Ảnh bị mờ.")],
    )
    filed = kit.filed(province, citizen, kit.BIRTH).dossier_id
    return filed, desk.accepted(province, citizen), asked, desk.to_sign(province, citizen)


def test_no_page_of_a_case_posts_anything(province: Province, browser: Browser) -> None:
    found = cases(province)
    desk.enter(browser, province.officer("supervisor", "province_committee"))
    for dossier_id in found:
        for url in (
            desk.url_of(dossier_id),
            desk.aside(dossier_id),
            desk.url_of(dossier_id, "trao-doi"),
        ):
            html = browser.get(url).content.decode()
            assert posts_of(html) == set(), url
            assert WRITE not in html


@pytest.mark.parametrize("route", LISTS)
def test_no_list_posts_anything_but_the_watcher_s_own(
    province: Province, watcher: Actor, browser: Browser, route: str
) -> None:
    desk.accepted(province, province.citizen())
    answer = browser.get(reverse(f"desk:{route}"))
    assert answer.status_code == 200
    assert posts_of(answer.content.decode()) <= OWN
    assert watcher.is_officer


def test_whatever_a_case_leads_to_is_open(province: Province, watcher: Actor, browser: Browser) -> None:
    dossier_id = desk.to_sign(province, province.citizen())
    for url in set(links_of(browser.get(desk.url_of(dossier_id)).content.decode())):
        # What has just happened is sealed by a job within seconds; until then the proof says so.
        assert browser.get(url).status_code == (409 if url.startswith("/so-cai/ho-so/") else 200), url
    assert watcher.is_officer


def test_who_works_on_the_case_is_offered_to_write(province: Province, browser: Browser) -> None:
    dossier_id = desk.accepted(province, province.citizen())
    desk.enter(browser, province.officer("civil_status_officer"))
    html = browser.get(desk.url_of(dossier_id)).content.decode()
    assert WRITE in html
    assert posts_of(html)


def test_what_was_said_is_read_by_who_watches(province: Province, watcher: Actor, browser: Browser) -> None:
    dossier_id = desk.accepted(province, province.citizen())
    write_message(
        actor=province.officer("civil_status_officer"),
        at=province.at,
        dossier_id=dossier_id,
        text="Mời anh chị xem lại ảnh.",
        files=[],
        client_key="1",
    )
    html = browser.get(desk.url_of(dossier_id)).content.decode()
    (thread,) = {url for url in links_of(html) if re.search(r"/trao-doi/$", url)}
    said = browser.get(thread).content.decode()
    assert "Mời anh chị xem lại ảnh." in said
    assert posts_of(said) == set()
    assert watcher.is_officer
