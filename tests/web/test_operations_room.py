"""The operations room in the browser: figures, what needs attention, what is behind, alerts."""

import pytest

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import HONG_GAI, Province
from tests.fixtures_trust import Trust, trust
from tests.web.client import Browser
from tinhso.facts.actions.project import project_all

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
HOME = "/ban-lam-viec/dieu-hanh/"


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def text(browser: Browser, url: str = HOME, status: int = 200) -> str:
    answer = browser.get(url)
    assert answer.status_code == status
    return str(answer.content.decode())


def test_counters_open_to_what_they_count_by_rights(browser: Browser, province: Province) -> None:
    desk.enter(browser, province.officer("chairperson"))
    empty = text(browser)
    assert "Điều hành tỉnh Quảng Ninh" in empty
    assert "Chưa có số liệu của năm nay" in empty
    assert 'data-figure="filed">0<' in empty
    desk.accepted(province, province.citizen())
    project_all(at=province.at)
    assert 'data-figure="filed">1<' in text(browser)
    part = browser.get(HOME, headers={"X-Part": "live"})
    assert b'data-figure="filed">1<' in part.content
    assert b"<html" not in part.content
    assert "Cán bộ" not in text(browser, f"{HOME}?muc=khong-co", 404)
    behind = text(browser, f"{HOME}dang-sau/filed/")
    assert "Nộp hôm nay: 1" in behind
    assert "/ban-lam-viec/ho-so/" in behind
    desk.enter(browser, province.officer("chairperson", unit=HONG_GAI))
    elsewhere = text(browser, f"{HOME}dang-sau/filed/")
    assert "1 trong 1 hồ sơ ở ngoài phạm vi của bạn" in elsewhere
    assert "/ban-lam-viec/ho-so/" not in elsewhere
