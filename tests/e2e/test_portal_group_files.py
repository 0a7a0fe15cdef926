"""Two children, each with its certificate, on a phone: sent by a script, refused, taken away, filed."""

import re
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Locator, Page, Request, Route, expect
from pytest_django import Settings

from tests import portal_kit as kit
from tests.children_kit import CHILDREN, PAGE, offer_children, proof
from tests.e2e.conftest import Reader, Readers
from tests.e2e.questions import drawn_again
from tests.e2e.test_portal_apply import go_on
from tests.papers_samples import photo
from tests.web.client import Browser
from tinhso.cli._player.browser import Browser as Player
from tinhso.cli._player.filing import Filing
from tinhso.cli._player.story import Story
from tinhso.definitions import catalogue
from tinhso.dossiers.models import Dossier, Draft

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pictures(tmp_path: Path) -> dict[str, Path]:
    """Return files by name: two certificates and a song."""
    content = {"an.jpg": photo(width=900, height=640), "binh.jpg": photo(width=901, height=640)}
    content |= {"bai-hat.jpg": b"ID3\x03" + b"\0" * 500}
    for name, data in content.items():
        (tmp_path / name).write_bytes(data)
    return {name: tmp_path / name for name in content}


@pytest.fixture
def draft_id(live_server: object, settings: Settings, tmp_path: Path) -> UUID:
    offer_children(settings, tmp_path)
    kit.found()
    browser = Browser()
    kit.sign_in(browser)
    return kit.start(browser, CHILDREN)


def signed_in(readers: Readers, *, scripts: bool = True, phone: bool = True) -> Reader:
    browser = Browser()
    kit.sign_in(browser)
    reader = readers.make(phone=phone, scripts=scripts)
    value = browser.cookies["sessionid"].value
    reader.context.add_cookies([{"name": "sessionid", "value": value, "url": reader.base_url}])
    return reader


def give(page: Page, number: int, file: Path, name: str = "birth_proof") -> None:
    page.locator(f"[id='{proof(number, name)}']").set_input_files(file)


def declare(page: Page, place: int, name: str, *, adopted: bool = False) -> None:
    page.locator(f"[name='children-{place}-full_name']").fill(name)
    choice = page.locator(f"[name='children-{place}-adopted'][value='{'yes' if adopted else 'no'}']")
    with drawn_again(page):
        choice.check(force=True)


def entry(page: Page, place: int) -> Locator:
    return page.locator(f"#children-entry-{place}")


@pytest.mark.parametrize("phone", [True, False])
def test_two_children_each_with_a_file_are_filed_with_scripts(
    readers: Readers, draft_id: UUID, pictures: dict[str, Path], phone: bool
) -> None:
    reader = signed_in(readers, phone=phone)
    page = reader.go(f"/to-khai/{draft_id}/{PAGE}/")
    give(page, 1, pictures["an.jpg"])
    expect(entry(page, 1).get_by_role("link", name="an.jpg")).to_be_visible()
    declare(page, 0, "Hoàng Gia An")
    expect(entry(page, 1).get_by_role("link", name="an.jpg")).to_be_visible()
    page.get_by_role("button", name="Thêm một mục").click()

    declare(page, 1, "Hoàng Gia Bình", adopted=True)
    give(page, 2, pictures["bai-hat.jpg"])
    expect(entry(page, 2).get_by_text("không thuộc loại được nhận")).to_be_visible()
    expect(page.locator("[name='children-1-full_name']")).to_have_value("Hoàng Gia Bình")
    reader.troubles.clear()  # The browser logs a refused upload (422) by itself.
    give(page, 2, pictures["binh.jpg"])
    give(page, 2, pictures["binh.jpg"], "adoption_proof")
    expect(entry(page, 2).get_by_role("link", name="binh.jpg")).to_have_count(2)
    reader.check()

    entry(page, 1).get_by_role("button", name="Bỏ mục 1").click()
    expect(page.locator("[name='children-0-full_name']")).to_have_value("Hoàng Gia Bình")
    expect(page.get_by_role("link", name="an.jpg")).to_have_count(0)
    expect(entry(page, 1).get_by_role("link", name="binh.jpg")).to_have_count(2)
    entry(page, 1).get_by_role("button", name=re.compile("^Bỏ binh.jpg")).last.click()
    expect(entry(page, 1).get_by_role("link", name="binh.jpg")).to_have_count(1)
    page.get_by_role("button", name="Tiếp tục", exact=True).last.click()
    expect(page.locator(".govuk-error-summary a")).to_have_attribute("href", f"#{proof(2, 'adoption_proof')}")
    page.locator(".govuk-error-summary a").click()
    assert page.evaluate("() => document.activeElement.id") == proof(2, "adoption_proof")
    reader.assert_accessible()
    reader.assert_not_sideways()
    reader.troubles.clear()

    give(page, 2, pictures["an.jpg"], "adoption_proof")
    page.get_by_role("button", name="Tiếp tục", exact=True).last.click()
    page.wait_for_url(re.compile("family_photo"))
    go_on(page)
    go_on(page)
    page.get_by_role("button", name="Nộp hồ sơ").click()
    page.wait_for_url(re.compile("/ho-so/"))
    assert Dossier.objects.get().papers.keys() == {proof(2), proof(2, "adoption_proof")}
    expect(page.get_by_text("Con 1 · Giấy khai sinh")).to_be_visible()
    reader.check()


def test_a_form_sent_while_a_file_is_on_its_way_waits_for_it(
    readers: Readers, draft_id: UUID, pictures: dict[str, Path]
) -> None:
    reader = signed_in(readers)
    page = reader.go(f"/to-khai/{draft_id}/{PAGE}/")
    declare(page, 0, "Hoàng Gia An")
    held: list[Route] = []
    page.route("**/tep/", lambda route: held.append(route))
    with page.expect_request(lambda request: request.url.endswith("/tep/")):
        give(page, 1, pictures["an.jpg"])
    expect(entry(page, 1).locator("progress")).to_be_visible()

    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.is_navigation_request() else None)
    page.get_by_role("button", name="Thêm một mục").click()
    page.wait_for_timeout(300)
    assert sent == []
    held[0].continue_()

    page.wait_for_url(re.compile("#children-entry-2"))
    expect(entry(page, 1).get_by_role("link", name="an.jpg")).to_be_visible()
    assert list(Draft.objects.get().papers) == [proof(1)]


def test_a_file_that_does_not_arrive_can_be_sent_again_and_keeps_the_page(
    readers: Readers, draft_id: UUID, pictures: dict[str, Path]
) -> None:
    reader = signed_in(readers)
    page = reader.go(f"/to-khai/{draft_id}/{PAGE}/")
    page.route("**/tep/", lambda route: route.abort(), times=1)
    give(page, 1, pictures["an.jpg"])
    again = entry(page, 1).get_by_role("button", name="Thử lại")
    expect(again).to_be_visible()
    declare(page, 0, "Hoàng Gia An")
    expect(again).to_be_visible()
    again.click()
    expect(entry(page, 1).get_by_role("link", name="an.jpg")).to_be_visible()


def test_two_children_each_with_a_file_are_filed_without_scripts(
    readers: Readers, draft_id: UUID, pictures: dict[str, Path]
) -> None:
    reader = signed_in(readers, scripts=False)
    page = reader.go(f"/to-khai/{draft_id}/{PAGE}/")
    page.locator("[name='children-0-full_name']").fill("Hoàng Gia An")
    page.locator("[name='children-0-adopted'][value='no']").check(force=True)
    give(page, 1, pictures["an.jpg"])
    page.get_by_role("button", name="Thêm một mục").click()
    expect(entry(page, 1).get_by_role("link", name="an.jpg")).to_be_visible()
    page.locator("[name='children-1-full_name']").fill("Hoàng Gia Bình")
    page.locator("[name='children-1-adopted'][value='no']").check(force=True)
    give(page, 2, pictures["bai-hat.jpg"])
    page.get_by_role("button", name="Tiếp tục", exact=True).last.click()
    expect(entry(page, 2).get_by_text("không thuộc loại được nhận")).to_be_visible()
    expect(page.locator("[name='children-1-full_name']")).to_have_value("Hoàng Gia Bình")
    give(page, 2, pictures["binh.jpg"])
    page.get_by_role("button", name="Tiếp tục", exact=True).last.click()
    page.wait_for_url(re.compile("family_photo"))
    assert Draft.objects.get().papers.keys() == {proof(1), proof(2)}


def test_the_scripted_player_hands_in_what_the_example_says(live_server: object, draft_id: UUID) -> None:
    del draft_id
    browser, signed = Player(str(live_server)), Browser()
    kit.sign_in(signed)
    browser.client.cookies.set("sessionid", signed.cookies["sessionid"].value)
    procedure = catalogue.current(CHILDREN).procedure
    filing = Filing(browser, Story(lambda _line: None), procedure, procedure.examples[0], "Chíu")

    filing.file(commune=kit.BINH_LIEU)

    assert Dossier.objects.get().papers.keys() == set(procedure.examples[0].papers)
