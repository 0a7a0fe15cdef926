"""The desk in a real browser: by mouse, by keyboard, on a phone."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Reader, Readers

pytestmark = pytest.mark.urls("tests.e2e.look_desk_urls")


@pytest.mark.parametrize("address", ["/desk/", "/desk/?pane=3"])
def test_the_desk_is_accessible_and_fits(reader: Reader, address: str) -> None:
    reader.go(address)
    reader.check()


def test_the_list_is_walked_by_keyboard(readers: Readers) -> None:
    page = readers.make().go("/desk/")
    rows = page.locator(".is-what a")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("searchbox")).to_be_focused()
    rows.nth(0).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("j")
    expect(rows.nth(2)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Hồ sơ 1")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Hồ sơ 1")).to_have_count(0)


def test_twelve_rows_stand_on_one_screen(readers: Readers) -> None:
    page = readers.make().go("/desk/")
    expect(page.locator(".is-what a").nth(11)).to_be_in_viewport(ratio=1)


def test_the_action_stays_in_sight(readers: Readers) -> None:
    for phone in (True, False):
        page = readers.make(phone=phone).go("/desk/?pane=3")
        expect(page.get_by_role("link", name="Ký số và trả kết quả")).to_be_in_viewport(ratio=1)


def test_on_a_phone_the_dossier_takes_the_place_of_the_list(readers: Readers) -> None:
    page = readers.make(phone=True).go("/desk/?pane=3")
    expect(page.get_by_role("heading", name="Hồ sơ 3")).to_be_visible()
    expect(page.locator(".desk-table")).to_be_hidden()
