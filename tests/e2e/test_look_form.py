"""A form's scripts: what the server is sent, and what the reader sees and hears."""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e import look_urls
from tests.e2e.conftest import Reader, Readers

pytestmark = pytest.mark.urls("tests.e2e.look_urls")


@pytest.fixture(autouse=True)
def _forget() -> None:
    look_urls.sent.clear()
    look_urls.uploads.clear()


def big_photo() -> bytes:
    noise = Image.effect_noise((3600, 2700), 90).convert("RGB")
    file = BytesIO()
    noise.save(file, "JPEG", quality=95)
    return file.getvalue()


def test_the_form_is_accessible_and_fits(reader: Reader) -> None:
    reader.go("/form/")
    reader.check()


def test_typing_saves_by_itself_and_says_when(readers: Readers) -> None:
    page = readers.make().go("/form/")
    page.get_by_label("Chủ xe").fill("Hoàng Văn Chíu")
    expect(page.locator("#save-state")).to_have_text("Đã lưu nháp lúc 09:41.")
    assert [(one["do"], one["owner"]) for one in look_urls.sent] == [(["autosave"], ["Hoàng Văn Chíu"])]


def test_without_a_network_the_state_says_so_and_saves_later(readers: Readers) -> None:
    reader = readers.make()
    page = reader.go("/form/")
    reader.context.set_offline(True)
    page.get_by_label("Chủ xe").fill("Chíu")
    expect(page.locator("#save-state")).to_contain_text("Đang mất mạng")
    reader.context.set_offline(False)
    expect(page.locator("#save-state")).to_have_text("Đã lưu nháp lúc 09:41.")


def test_a_choice_reveals_its_question_keeps_the_focus_and_speaks(readers: Readers) -> None:
    page = readers.make().go("/form/")
    page.get_by_label("Chủ xe").fill("Chíu")
    page.get_by_label("Có xe", exact=True).check()
    expect(page.get_by_label("Biển số")).to_be_visible()
    expect(page.get_by_label("Có xe", exact=True)).to_be_focused()
    expect(page.get_by_label("Chủ xe")).to_have_value("Chíu")
    expect(page.locator("#spoken")).to_have_text("Có thêm câu hỏi ở dưới.")
    page.get_by_label("Không có").check()
    expect(page.get_by_label("Biển số")).to_have_count(0)


def test_without_scripts_the_whole_form_is_sent(readers: Readers) -> None:
    page = readers.make(phone=True, scripts=False).go("/form/")
    page.get_by_label("Chủ xe").fill("Chíu")
    page.get_by_label("Có xe", exact=True).check()
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_label("Biển số")).to_be_visible()
    assert "do" not in look_urls.sent[-1]


def choose(page: Page, *files: tuple[str, str, bytes]) -> None:
    given = [{"name": name, "mimeType": kind, "buffer": content} for name, kind, content in files]
    page.locator(".ts-upload__way--file input").set_input_files(given)  # type: ignore[arg-type]


def test_a_big_photo_shrinks_on_the_device(readers: Readers) -> None:
    photo = big_photo()
    page = readers.make().go("/form/")
    choose(page, ("xe.jpg", "image/jpeg", photo))
    expect(page.locator(".ts-file strong")).to_have_text("xe.jpg")
    [(name, size)] = look_urls.uploads
    assert name == "xe.jpg"
    assert size < len(photo) / 2


def test_a_pdf_goes_as_it_is_and_can_be_taken_away(readers: Readers) -> None:
    page = readers.make().go("/form/")
    choose(page, ("a.pdf", "application/pdf", b"%PDF-1.7 " + b"x" * 2_000_000))
    expect(page.locator(".ts-file strong")).to_have_text("a.pdf")
    assert look_urls.uploads == [("a.pdf", 2_000_009)]
    page.get_by_role("button", name=re.compile("Bỏ")).click()
    expect(page.locator(".ts-file")).to_have_count(0)


def test_a_failed_upload_can_be_tried_again_alone(readers: Readers) -> None:
    page = readers.make().go("/form/")
    page.route("**/form/upload/", lambda route: route.abort())
    choose(page, ("a.pdf", "application/pdf", b"%PDF-1.7"))
    again = page.get_by_role("button", name="Thử lại")
    expect(again).to_be_visible()
    page.unroute("**/form/upload/")
    again.click()
    expect(page.locator(".ts-file strong")).to_have_text("a.pdf")


def test_communes_are_suggested_while_typing(readers: Readers) -> None:
    page = readers.make().go("/form/")
    page.get_by_label("Xã, phường, đặc khu").press_sequentially("bình")
    expect(page.locator("datalist option")).to_have_count(1)
    expect(page.locator("datalist option")).to_have_attribute("value", "Xã Bình Liêu")


def test_a_double_click_sends_once(readers: Readers) -> None:
    page = readers.make().go("/form/")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name="Tiếp tục").dblclick()
    page.wait_for_load_state("networkidle")
    assert len(look_urls.sent) == 1
