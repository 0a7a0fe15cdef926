"""The gallery in a real browser: every component at once."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Reader, Readers

GALLERY = "/thu-vien-giao-dien/"


def test_the_gallery_is_accessible_and_fits_the_window(reader: Reader) -> None:
    reader.go(GALLERY)
    reader.check()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_gallery_reads_the_same_without_scripts(readers: Readers, language: str) -> None:
    reader = readers.make(phone=True, scripts=False, language=language)
    page = reader.go(GALLERY)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("[data-copy]").first).to_be_hidden()
    expect(
        page.get_by_role("link", name="Rút hồ sơ" if language == "vi" else "Withdraw", exact=True)
    ).to_be_visible()


def test_a_dialog_opens_takes_the_focus_and_closes_on_escape(readers: Readers) -> None:
    page = readers.make().go(GALLERY)
    opener = page.locator("[data-opens=withdraw]")
    opener.click()
    expect(page.get_by_role("dialog", name="Rút hồ sơ này?")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#withdraw")).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_code_is_copied_and_spoken(readers: Readers) -> None:
    reader = readers.make()
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = reader.go(GALLERY)
    page.locator("[data-copy]").first.click()
    expect(page.locator("#spoken")).to_have_text("Đã chép")
    assert page.evaluate("navigator.clipboard.readText()") == "H49.22-261119-0031"


def test_the_camera_comes_first_on_touch_and_is_absent_with_a_mouse(readers: Readers) -> None:
    camera = ".ts-upload__way--camera"
    expect(readers.make(phone=True).go(GALLERY).locator(camera).first).to_be_visible()
    expect(readers.make().go(GALLERY).locator(camera).first).to_be_hidden()


def test_the_error_summary_has_the_focus_and_leads_to_its_box(readers: Readers) -> None:
    page = readers.make().go(GALLERY)
    expect(page.locator("[data-error-summary]").first).to_be_focused()
    page.get_by_role("link", name="Ngày sinh của trẻ phải ở trước ngày hôm nay").click()
    expect(page.locator("[id='d.born-year']")).to_be_focused()


def test_the_language_changes_by_a_link_and_stays(readers: Readers) -> None:
    page = readers.make(scripts=False).go(GALLERY)
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Component gallery")
    page.goto(page.url.split("?")[0])
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_scan_sees_what_it_is_there_for(readers: Readers, scripts: bool) -> None:
    reader = readers.make(phone=True, scripts=scripts)
    page = reader.go(GALLERY)
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<input name=x>')")
    with pytest.raises(AssertionError, match="label"):
        reader.check()
    page.locator("main > input[name=x]").evaluate("box => box.remove()")
    reader.check()
    page.evaluate("document.querySelector('main').style.background = '#222'")
    with pytest.raises(AssertionError, match="color-contrast"):
        reader.check()
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<pre>' + 'x'.repeat(400) + '</pre>')")
    with pytest.raises(AssertionError, match="px wide"):
        reader.assert_not_sideways()
