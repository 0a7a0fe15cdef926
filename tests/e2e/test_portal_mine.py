"""What a citizen filed, owes and received, on a phone and on a screen, with scripts and without."""

from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests import dossiers_kit as kit
from tests import portal_mine_kit as mine
from tests.dossiers_kit import Province
from tests.e2e.conftest import WAYS, Reader, Readers
from tests.e2e.pages_kit import aside
from tests.fixtures_trust import Trust, trust
from tests.people_kit import sign_in
from tests.web.test_portal_mine_paying import bill_of, pay
from tinhso.dossiers.models import Dossier, Rating
from tinhso.dossiers.statuses import Status
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["trust"]
BOTH = pytest.mark.parametrize(("phone", "scripts"), WAYS)


@pytest.fixture
def province(live_server: object, trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def citizen(province: Province) -> Actor:
    return province.citizen()


def enter(reader: Reader, actor: Actor) -> Reader:
    """Give the reader the session of the actor."""
    client = Client()
    sign_in(client, actor.signed_in_as)
    value = client.cookies["sessionid"].value
    reader.context.add_cookies([{"name": "sessionid", "value": value, "url": reader.base_url}])
    return reader


def test_the_page_of_the_bill_changes_by_itself_when_the_money_comes(
    readers: Readers, province: Province, citizen: Actor
) -> None:
    owing = aside(lambda: mine.unpaid(province, citizen))
    page = enter(readers.make(phone=True), citizen).go(f"/ho-so/{owing}/thanh-toan/")
    expect(page.get_by_role("img", name="Mã VietQR để chuyển khoản")).to_be_visible()

    pay(province, owing, bill_of(owing).total)

    expect(page.get_by_role("status").filter(has_text="Đã nộp đủ")).to_be_visible()
    expect(page.get_by_role("img", name="Mã VietQR để chuyển khoản")).to_have_count(0)


@BOTH
def test_from_the_bill_to_the_verified_result(
    readers: Readers, province: Province, citizen: Actor, tmp_path: Path, phone: bool, scripts: bool
) -> None:
    owing = aside(lambda: mine.unpaid(province, citizen))
    reader = enter(readers.make(phone=phone, scripts=scripts), citizen)
    page = reader.go("/ho-so/")
    page.get_by_role("link", name="Nộp phí").click()
    pay(province, owing, bill_of(owing).total)
    page.get_by_role("link", name="Kiểm tra lại").click()
    expect(page.get_by_text("Đã nộp đủ").first).to_be_visible()

    done = aside(lambda: mine.returned(province, citizen))
    reader.go(f"/ho-so/{done}/")
    with page.expect_download() as started:
        page.get_by_role("link", name="Tải kết quả").click()
    saved = tmp_path / "ket-qua.pdf"
    started.value.save_as(saved)

    reader.go("/verify/")
    page.get_by_label("Tệp PDF").set_input_files(saved)
    page.get_by_role("button", name="Kiểm tra").click()
    expect(page.get_by_text("Đúng là văn bản chúng tôi đã ban hành")).to_be_visible()
    reader.check()


def test_a_dropped_file_is_taken(readers: Readers, province: Province) -> None:
    page = readers.make().go("/verify/")
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(['GIF89a'], 'anh.pdf', {type: 'application/pdf'}));
          const drop = new DragEvent('drop', {dataTransfer: data, cancelable: true});
          document.querySelector('.ts-drop').dispatchEvent(drop);
        }"""
    )
    page.get_by_role("button", name="Kiểm tra").click()
    expect(page.get_by_role("alert")).to_contain_text("không phải PDF")


@BOTH
def test_who_holds_the_receipt_rates(
    readers: Readers, province: Province, citizen: Actor, phone: bool, scripts: bool
) -> None:
    done = aside(lambda: mine.returned(province, citizen))
    page = readers.make(phone=phone, scripts=scripts).go(
        f"/danh-gia/{Dossier.objects.get(pk=done).rating_token}/"
    )
    page.get_by_role("button", name="Gửi đánh giá").click()
    expect(page.get_by_role("alert")).to_contain_text("Hãy chọn từ 1 đến 5 sao")
    page.get_by_label("Hài lòng (4 sao)", exact=True).check()
    page.get_by_role("button", name="Gửi đánh giá").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cảm ơn bạn đã đánh giá")
    assert Rating.objects.get().stars == 4


@BOTH
def test_a_dossier_is_taken_back_after_asking_once_more(
    readers: Readers, province: Province, citizen: Actor, phone: bool, scripts: bool
) -> None:
    owing = aside(lambda: mine.unpaid(province, citizen))
    page = enter(readers.make(phone=phone, scripts=scripts), citizen).go(f"/ho-so/{owing}/")
    page.get_by_role("link", name="Rút hồ sơ").click()
    page.get_by_role("button", name="Rút hồ sơ").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert Dossier.objects.get(pk=owing).state is Status.WITHDRAWN
