"""Finding in the whole catalogue with keys and without scripts; every page of it on a phone and a screen."""

import pytest
from playwright.sync_api import expect

from tests import portal_kit as kit
from tests.e2e.conftest import Readers
from tests.portal_kit import BIRTH, COPY
from tests.web.test_portal_versions import dearer
from tinhso.definitions import searching

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = {
    "everything": "/thu-tuc/",
    "found": "/thu-tuc/?q=doi+bang+lai&nop=tai-day",
    "nothing": "/thu-tuc/?q=zzqx",
    "unhandled": "/thu-tuc/2.002352/",
    "history": f"/thu-tuc/{COPY}/lich-su/",
    "comparison": f"/thu-tuc/{COPY}/so-sanh/",
    "poster": f"/thu-tuc/{BIRTH}/niem-yet/",
    "publicity": "/thu-tuc/cong-khai/",
    "open data": "/thu-tuc/du-lieu-mo/",
}


def offer() -> None:
    """Lay the index out before anybody waits for a page."""
    kit.found()
    searching.search()


def test_every_page_of_the_catalogue_holds_on_a_phone_and_on_a_screen(
    live_server: object, readers: Readers
) -> None:
    offer()
    dearer(COPY)
    searching.search()
    for phone in (True, False):
        reader = readers.make(phone=phone)
        for path in PAGES.values():
            reader.go(path)
            reader.check()


def test_suggestions_come_while_typing_and_are_chosen_with_keys(
    live_server: object, readers: Readers
) -> None:
    offer()
    reader = readers.make()
    page = reader.go("/")
    box = page.get_by_role("combobox", name="Tìm thủ tục")

    box.type("khai si")
    first = page.get_by_role("option").first
    expect(first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    reader.check()

    box.press("Escape")
    expect(first).to_be_hidden()

    box.type("nh")
    expect(first).to_be_visible()
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "suggested-1")
    chosen = first.get_attribute("data-url")
    box.press("Enter")
    page.wait_for_url(f"**{chosen}")
    assert reader.troubles == []


def test_without_scripts_the_box_is_a_form_and_facets_are_links(
    live_server: object, readers: Readers
) -> None:
    offer()
    reader = readers.make(phone=True, scripts=False)
    page = reader.go("/")
    page.get_by_label("Tìm thủ tục").fill("lam giay khai sinh")
    page.get_by_role("button", name="Tìm").click()
    expect(page.get_by_role("link", name="Đăng ký khai sinh", exact=True)).to_be_visible()

    page.get_by_role("link", name="Lọc kết quả").click()
    page.get_by_role("navigation", name="Lọc kết quả").get_by_role("link", name="Nộp được tại đây").click()
    expect(page).to_have_url(f"{reader.base_url}/thu-tuc/?q=lam+giay+khai+sinh&nop=tai-day")
    reader.check()
