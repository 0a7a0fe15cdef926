"""A birth is registered on a phone and on a screen, with scripts and without."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import portal_kit as kit
from tests.e2e.conftest import WAYS, Reader, Readers
from tests.e2e.questions import drawn_again
from tests.papers_samples import photo
from tests.portal_kit import BIRTH
from tests.web.client import Browser
from tinhso.dossiers.models import Dossier, Draft
from tinhso.web.portal.communes import known

pytestmark = pytest.mark.django_db(transaction=True)

ANSWERS = {
    "requester.relation": "mother",
    "birth.situation": "ordinary",
    "birth.proof": "certificate",
    "birth.notice_number": "123/2026",
    "birth.notice_issuer": "Trung tâm Y tế Bình Liêu",
    "child.full_name": "Hoàng Thị Ngọc Ánh",
    "child.born_on-day": "8",
    "child.born_on-month": "3",
    "child.born_on-year": "2026",
    "child.sex": "female",
    "child.ethnicity": "09",
    "child.nationality": "Việt Nam",
    "child.birth_place-commune": "Xã Bình Liêu, Tỉnh Quảng Ninh",
    "child.home_town-commune": "xa binh lieu",
    "mother.ethnicity": "09",
    "mother.nationality": "Việt Nam",
    "parents.married": "no",
    "father.declared": "no",
    "copies.wanted": "yes",
    "copies.count": "2",
    "late.exemption": "none",
    "declaration": "yes",
}


@pytest.fixture
def province(live_server: object) -> None:
    kit.found()


def signed_in(readers: Readers, *, phone: bool, scripts: bool) -> Reader:
    """Return a reader with the session of a citizen."""
    browser = Browser()
    kit.sign_in(browser)
    reader = readers.make(phone=phone, scripts=scripts)
    value = browser.cookies["sessionid"].value
    reader.context.add_cookies([{"name": "sessionid", "value": value, "url": reader.base_url}])
    return reader


def answer(page: Page, answers: Mapping[str, str], *, scripts: bool) -> None:
    """Fill in what is in sight; scripts bring further questions, so look again until nothing is new."""
    done: set[str] = set()

    def fresh() -> list[str]:
        return [name for name in answers if name not in done and page.locator(f"[name='{name}']").count()]

    while names := fresh():
        for name in names:
            done.add(name)
            box = page.locator(f"[name='{name}']").first
            decides = box.evaluate("box => box.matches('select, [type=radio], [type=checkbox]')")
            if decides and scripts:
                with drawn_again(page):
                    choose(page, name, answers[name])
            elif decides:
                choose(page, name, answers[name])
            else:
                box.fill(answers[name])


def go_on(page: Page) -> None:
    """Press «Tiếp tục» and wait: what is filled in too early would still be sent for the page before."""
    with page.expect_navigation():
        page.get_by_role("button", name="Tiếp tục", exact=True).last.click()


def choose(page: Page, name: str, value: str) -> None:
    box = page.locator(f"[name='{name}']").first
    if box.evaluate("box => box.tagName") == "SELECT":
        box.select_option(value)
    else:
        page.locator(f"[name='{name}'][value='{value}']").check(force=True)


@pytest.mark.parametrize(("phone", "scripts"), WAYS)
@pytest.mark.usefixtures("province")
def test_a_birth_is_filed_from_the_front_door(
    readers: Readers, tmp_path: Path, phone: bool, scripts: bool
) -> None:
    notice = tmp_path / "giay-chung-sinh.jpg"
    notice.write_bytes(photo(width=900, height=640))
    reader = signed_in(readers, phone=phone, scripts=scripts)

    def look() -> None:
        # The heading is there once the page is: without scripts nothing else says that a click has led on.
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state()
        reader.check()

    page = reader.go("/")
    look()
    page.get_by_label("Tìm thủ tục").fill("lam giay khai sinh")
    page.get_by_role("button", name="Tìm").click()
    look()
    page.get_by_role("link", name="Đăng ký khai sinh", exact=True).click()
    look()
    page.get_by_role("link", name="Nộp trực tuyến").click()
    look()
    page.get_by_role("button", name="Bắt đầu khai").click()

    for _turn in range(20):
        look()
        stop = page.url.split("?")[0].rstrip("/").rsplit("/", 1)[-1]
        if stop == "kiem-tra":
            break
        if stop == "giay-to":
            page.locator("[id='paper-birth_notice']").set_input_files(notice)
            if scripts:
                expect(page.get_by_role("link", name="giay-chung-sinh.jpg")).to_be_visible()
        else:
            answer(page, ANSWERS, scripts=scripts)
        go_on(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Kiểm tra và nộp")
    page.get_by_role("button", name="Nộp hồ sơ").click()
    page.wait_for_url(re.compile("/ho-so/"))
    assert Dossier.objects.get().procedure_code == BIRTH


@pytest.mark.usefixtures("province")
def test_errors_take_the_focus_and_lead_to_their_boxes(readers: Readers) -> None:
    reader = signed_in(readers, phone=True, scripts=True)
    page = begun(reader)
    page.get_by_role("button", name="Tiếp tục", exact=True).last.click()
    expect(page).to_have_title(re.compile("^Lỗi: "))
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.get_by_role("link", name=re.compile("Bạn là ai đối với trẻ")).click()
    expect(page.locator("[id='requester.relation']")).to_be_focused()
    reader.assert_accessible()
    reader.assert_not_sideways()


@pytest.mark.usefixtures("province")
def test_the_form_saves_itself_and_communes_are_suggested(readers: Readers) -> None:
    known.cache_clear()
    reader = signed_in(readers, phone=False, scripts=True)
    page = begun(reader)
    draft = Draft.objects.get()
    page.goto(f"{reader.base_url}/to-khai/{draft.id}/child/")
    page.locator("[name='child.full_name']").fill("Hoàng Thị Ngọc Ánh")
    page.locator("[name='child.birth_place-commune']").press_sequentially("binh lieu")
    expect(page.locator("#save-state")).to_contain_text("Đã lưu nháp lúc")
    options = page.locator("[id='child.birth_place-commune-list'] option")
    expect(options.first).to_have_attribute("value", "Xã Bình Liêu, Tỉnh Quảng Ninh")
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.locator("[name='child.nationality']").fill("Việt Nam")
    draft.refresh_from_db()
    assert draft.typed["child"]["child.full_name"] == ["Hoàng Thị Ngọc Ánh"]


@pytest.mark.usefixtures("province")
def test_a_phone_offers_the_camera_first_and_a_file_too_big_is_named_at_once(
    readers: Readers, tmp_path: Path
) -> None:
    big = tmp_path / "quet.pdf"
    big.write_bytes(b"%PDF-1.7\n" + b"\0" * 11_000_000)
    reader = signed_in(readers, phone=True, scripts=True)
    page = begun(reader)
    for _turn in range(2):
        answer(page, ANSWERS, scripts=True)
        go_on(page)
    page.goto(f"{reader.base_url}/to-khai/{Draft.objects.get().id}/giay-to/")
    expect(page.locator(".ts-upload__way--camera").first).to_be_visible()
    page.locator("[id='paper-birth_notice']").set_input_files(big)
    expect(page.locator(".ts-file__problem")).to_contain_text("lớn hơn 10 MB")
    reader.check()
    assert Draft.objects.get().papers == {}


def begun(reader: Reader) -> Page:
    """Begin a birth registration and return its first page."""
    page = reader.go(f"/thu-tuc/{BIRTH}/nop/")
    page.get_by_role("button", name="Bắt đầu khai").click()
    return page
