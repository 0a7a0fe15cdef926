"""Posts, absences and mandates in a real browser: on a phone without scripts, on a screen with them."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import COPY, Province
from tests.e2e.conftest import WAYS, Readers
from tests.e2e.desk_cast import seat
from tests.fixtures_trust import Trust, trust
from tests.people_kit import sign_in
from tinhso.dossiers.models import StepRun
from tinhso.people.models import Mandate

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["trust"]


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.mark.parametrize(("phone", "scripts"), WAYS)
def test_an_officer_leaves_and_the_work_goes_on(
    province: Province, readers: Readers, phone: bool, scripts: bool
) -> None:
    examiner = province.officer("civil_status_officer")
    desk.claim(province, examiner, desk.accepted(province, province.citizen()))
    successor = desk.second(province, examiner)
    reader = seat(readers, province.officer("chairperson"), phone=phone, scripts=scripts)
    page = reader.go("/ban-lam-viec/nhan-su/")
    reader.check()
    page.get_by_role("link", name=f"Thôi vị trí {examiner.full_name}").click()
    expect(page.get_by_text("Đang giữ 1 hồ sơ")).to_be_visible()
    reader.check()
    page.get_by_label(f"Bàn giao ngay cho {successor.full_name}").check()
    page.get_by_role("button", name="Ghi thôi vị trí").click()
    expect(page.locator("#toasts")).to_contain_text("Đã ghi thời điểm thôi vị trí")
    assert StepRun.objects.get(closed_at=None).holder_id == successor.account_id


@pytest.mark.parametrize(("phone", "scripts"), WAYS)
def test_a_mandate_is_given_for_a_procedure_that_was_searched(
    province: Province, readers: Readers, phone: bool, scripts: bool
) -> None:
    province.citizen("000195000102", full_name="La Thị Nga")
    client = Client()
    sign_in(client, province.citizen().signed_in_as)
    reader = readers.make(phone=phone, scripts=scripts)
    name = settings.SESSION_COOKIE_NAME
    reader.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": reader.base_url}])
    page = reader.go("/tai-khoan/")
    page.get_by_text("Ủy quyền cho người khác làm thay").click()
    page.get_by_label("Số định danh của người đó").fill("000195000102")
    page.get_by_label("Họ và tên người đó").fill("La Thị Nga")
    page.get_by_label("Trong bao nhiêu ngày").fill("30")
    page.get_by_label("Lý do ủy quyền").fill("Tôi đi làm xa")
    page.get_by_label("Chỉ những thủ tục chọn dưới đây").check()
    page.get_by_label("Tìm thủ tục").fill("chung thuc ban sao")
    if not scripts:
        page.get_by_role("button", name="Tìm", exact=True).click()
    page.locator(f"[name=pham-vi-thu-tuc][value='{COPY}']").check()
    reader.check()
    page.get_by_role("button", name="Ủy quyền cho người này").click()
    expect(page.get_by_text("La Thị Nga").first).to_be_visible()
    assert Mandate.objects.get().scope == [COPY]
