"""The desk in a real browser: phone and screen, with JavaScript and without, by mouse and by keyboard."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import BIRTH, Province
from tests.e2e.conftest import WAYS, Readers
from tests.e2e.desk_cast import busy_desk, seat
from tests.e2e.pages_kit import aside
from tests.fixtures_trust import Trust, trust
from tinhso.dossiers.actions.work_batch import work_next
from tinhso.dossiers.models import Batch, BatchItem, Dossier
from tinhso.kernel import clock

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["trust"]
LIST = "[data-list] tbody tr"


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.mark.parametrize(("phone", "scripts"), WAYS)
def test_a_birth_is_accepted_examined_and_signed(
    province: Province, readers: Readers, phone: bool, scripts: bool
) -> None:
    dossier_id = kit.filed(province, province.citizen(), BIRTH).dossier_id
    desk.pay(province, dossier_id)
    for role, button, told in (
        ("one_stop", "Tiếp nhận và hẹn trả", "Đã tiếp nhận"),
        ("civil_status_officer", "Chuyển bước: Ký Giấy khai sinh", "Đã chuyển bước"),
        ("chairperson", "Ký số và trả kết quả", "Đã ký số kết quả số"),
    ):
        reader = seat(readers, province.officer(role), phone=phone, scripts=scripts)
        page = reader.go(desk.HOME)
        page.get_by_role("link", name="Đăng ký khai sinh").first.click()
        expect(page.locator("#pane h2")).to_be_visible()
        if role == "civil_status_officer":
            page.get_by_label("Sổ đăng ký khai sinh").fill("01/2026")
        page.get_by_role("button", name=button).click()
        expect(page.locator("#toasts")).to_contain_text(told)
    assert Dossier.objects.get(pk=dossier_id).status == "returned"


def test_the_keyboard_finds_chooses_and_closes(province: Province, readers: Readers) -> None:
    busy_desk(province)
    reader = seat(readers, province.officer("chairperson"))
    page = reader.go("/ban-lam-viec/?muc=dang-xu-ly")
    page.keyboard.press("/")
    expect(page.locator("#desk-find")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    second = page.locator(LIST).nth(1).locator(".is-what a")
    expect(second).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#pane-title")).to_be_focused()
    expect(page).to_have_url(re.compile("ho-so="))
    expect(page.locator(LIST).nth(1)).to_have_class("is-current")
    reader.check()
    page.keyboard.press("Escape")
    expect(page.locator("#pane")).to_be_hidden()
    expect(second).to_be_focused()
    page.go_back()
    expect(page.locator("#pane-title")).to_be_visible()


def test_another_act_opens_beside_and_what_is_wrong_is_said_with_nothing_lost(
    province: Province, readers: Readers
) -> None:
    dossier_id = desk.accepted(province, province.citizen())
    reader = seat(readers, province.officer("civil_status_officer"))
    page = reader.go(desk.aside(dossier_id))
    open_other(page, "Hẹn lại")
    dialog = page.locator("#act-dialog")
    expect(dialog).to_be_visible()
    reader.assert_accessible()
    dialog.get_by_label("Lý do bằng lời của bạn").fill("Cần xác minh tại bệnh viện.")
    dialog.get_by_role("button", name="Xin lỗi và hẹn lại").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    expect(page.get_by_label("Lý do bằng lời của bạn")).to_have_value("Cần xác minh tại bệnh viện.")


def test_a_menu_of_the_list_acts_at_once(province: Province, readers: Readers) -> None:
    busy_desk(province)
    reader = seat(readers, province.officer("one_stop"))
    page = reader.go(desk.HOME)
    before = page.locator(LIST).count()
    page.locator("select[name=thu-tuc]").select_option(BIRTH)
    expect(page).to_have_url(re.compile(r"\?muc=cua-toi&thu-tuc=1\.001193$"))
    assert page.locator(LIST).count() < before
    reader.check()


def test_the_chosen_results_are_counted_and_signed(province: Province, readers: Readers) -> None:
    for _turn in range(2):
        desk.to_sign(province, province.citizen())
    reader = seat(readers, province.officer("chairperson"))
    page = reader.go("/ban-lam-viec/trinh-ky/")
    page.get_by_label("Chọn tất cả").check()
    page.get_by_role("button", name="Ký số 2 hồ sơ").click()
    page.wait_for_url("**/viec-loat/**")
    assert aside(work_off) == 2
    page.reload()
    reader.check()
    assert aside(lambda: Dossier.objects.filter(result__isnull=False).count()) == 2


def work_off() -> int:
    """Do what the job does with the only batch; return how many of it were done."""
    batch = Batch.objects.get()
    while work_next(at=clock.now(), batch_id=batch.pk):
        pass
    return batch.items.filter(outcome=BatchItem.Outcome.DONE).count()


def test_a_session_that_ended_leads_to_the_door_and_back_to_the_same_dossier(
    province: Province, readers: Readers
) -> None:
    dossier_id = desk.accepted(province, province.citizen())
    reader = seat(readers, province.officer("civil_status_officer"))
    page = reader.go(desk.HOME)
    reader.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.locator(LIST).first.locator(".is-what a").click()
    page.wait_for_url("**/dang-nhap/**")
    expect(page.locator("#pane")).to_have_count(0)
    assert f"ho-so%3D{dossier_id}" in page.url


def test_on_a_phone_the_acts_leave_room_for_the_dossier(province: Province, readers: Readers) -> None:
    dossier_id = desk.accepted(province, province.citizen())
    reader = seat(readers, province.officer("civil_status_officer"), phone=True)
    for address in (desk.aside(dossier_id), desk.url_of(dossier_id)):
        page = reader.go(address)
        expect(page.get_by_role("button", name="Chuyển bước")).to_be_in_viewport(ratio=1)
        expect(page.locator(".desk-rail")).to_be_hidden()


def test_on_paper_a_dossier_is_whole(province: Province, readers: Readers) -> None:
    dossier_id = desk.accepted(province, province.citizen())
    reader = seat(readers, province.officer("civil_status_officer"))
    page = reader.go(desk.url_of(dossier_id))
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Chuyển bước")).to_be_hidden()
    inside, shown = page.evaluate("(e => [e.scrollHeight, e.clientHeight])(document.querySelector('main'))")
    assert inside <= shown, "what does not fit the window is cut off"


def open_other(page: Page, name: str) -> None:
    """Open an act of the menu «Việc khác»."""
    page.get_by_text("Việc khác").click()
    page.get_by_role("link", name=name).click()
