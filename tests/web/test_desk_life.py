"""A birth registered at the desk: accept, advance, sign, as officers without JavaScript do it."""

import pytest

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import BIRTH, Province
from tests.fixtures_trust import Trust, trust
from tests.web.client import Browser
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.statuses import Status

pytestmark = pytest.mark.django_db
__all__ = ["trust"]


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def test_a_birth_goes_from_the_inbox_to_the_signed_result(province: Province, browser: Browser) -> None:
    dossier_id = kit.filed(province, province.citizen(), BIRTH).dossier_id
    desk.pay(province, dossier_id)
    for role, act, words in (
        ("one_stop", "tiep-nhan", "Tiếp nhận và hẹn trả"),
        ("civil_status_officer", "chuyen-buoc", "Chuyển bước: Ký Giấy khai sinh"),
        ("chairperson", "ky", "Ký số và trả kết quả"),
    ):
        desk.enter(browser, province.officer(role))
        panel = browser.get(desk.aside(dossier_id)).content.decode()
        assert words in panel
        assert desk.url_of(dossier_id, act) in panel
        answer = browser.post(desk.url_of(dossier_id, act), desk.form(dossier_id))
        assert answer.status_code == 302, answer.content.decode()
    dossier = Dossier.objects.get(pk=dossier_id)
    assert dossier.state is Status.RETURNED
    page = browser.get(desk.url_of(dossier_id)).content.decode()
    assert "Đã ký số kết quả số" in page
    assert "/KS" in page
