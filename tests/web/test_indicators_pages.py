"""Figures in the browser: officers read them down to the dossiers, citizens what was published."""

from decimal import Decimal

import pytest

from tests import agencies_kit, plans_kit
from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import BIRTH, HONG_GAI
from tests.facts_kit import Life, at, decided
from tests.fixtures_trust import Trust, trust
from tests.perf.queries import within
from tests.web.client import Browser
from tinhso.facts.actions.project import project_all
from tinhso.facts.models import DossierFact
from tinhso.indicators.actions.publish import publish
from tinhso.indicators.actions.refresh import count_waiting, refresh
from tinhso.indicators.formulas import Period
from tinhso.indicators.models import EnteredValue, PublishedFigure, StandingCut
from tinhso.kernel.clock import local
from tinhso.people.types import system

__all__ = ["trust"]
pytestmark = pytest.mark.django_db
HOME, PUBLIC = "/ban-lam-viec/chi-tieu/", "/so-lieu/"
ON_TIME, SYNCHRONISED, OFFICERS = "766-2.1", "766-1.4", "tt01-officer"
PAGE = f"{HOME}{ON_TIME}/"
NOW = at("2026-09-01")
AUGUST = Period.month(2026, 8)
SYSTEM = system("test")


def text(browser: Browser, url: str, status: int = 200) -> str:
    answer = browser.get(url)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return str(answer.content.decode())


@pytest.fixture
def august() -> None:
    """Twelve of Bình Liêu, one of them late; three of Hồng Gai."""
    agencies_kit.load(NOW)
    for place in range(12):
        late = "2026-08-09" if place == 0 else "2026-08-04"
        decided(f"b{place}", "2026-08-03", late, due="2026-08-05")
    for place in range(3):
        life = Life(f"h{place}", unit=HONG_GAI).filed(at("2026-08-03"))
        life.accepted(at("2026-08-03", 10), at("2026-08-05", 17)).signed(at("2026-08-04"))
    project_all(at=NOW)


def test_a_value_stands_with_its_definition_its_months_and_its_units(august: None, browser: Browser) -> None:
    desk.enter(browser, plans_kit.officer("specialist"))
    waiting = text(browser, f"{PAGE}?ky=2026-08")
    assert "đang tính" in waiting
    assert "0,00" not in waiting
    count_waiting(at=NOW)

    page = text(browser, f"{PAGE}?ky=2026-08")

    assert "93,33" in page, "14 of 15"
    assert "≥ 95" in page
    assert "Gần đạt" in page
    assert "SELECT" in page
    assert "Phường Hồng Gai" in page
    assert "dưới 10 hồ sơ" in page, "three are too few to be ranked"
    assert "Quyết định 766/QĐ-TTg" in page
    assert "Công bố Tháng" not in page, "a specialist publishes nothing"
    csv = text(browser, f"{PAGE}so-lieu.csv?ky=2026-08&chia=unit")
    assert "91.67" in csv
    assert "Xã Bình Liêu" in csv
    assert "kỳ" in text(browser, f"{PAGE}?ky=khong-co", 422)
    text(browser, f"{HOME}khong-co/", 404)
    part = browser.get(f"{PAGE}?ky=2026-08", headers={"X-Part": "live"})
    assert part.content.decode().startswith("<div")


def test_the_list_says_what_is_known_and_nothing_is_never_nought(august: None, browser: Browser) -> None:
    desk.enter(browser, plans_kit.officer("specialist"))
    text(browser, f"{HOME}?ky=2026-08")
    count_waiting(at=NOW)
    with within("indicators:home"):
        page = text(browser, f"{HOME}?ky=2026-08")
    assert "93,33" in page
    assert "chưa có số liệu" in page
    assert "Mức độ hài lòng" in page
    with within("indicators:indicator"):
        text(browser, f"{PAGE}?ky=2026-08")
    points = text(browser, f"{HOME}bo/766/?ky=2026-08")
    count_waiting(at=NOW)
    with within("indicators:index-set"):
        points = text(browser, f"{HOME}bo/766/?ky=2026-08")
    assert "trên" in points
    assert "Xếp hạng xã, phường, đặc khu" in points
    assert "Bộ chỉ số phục vụ người dân và doanh nghiệp" in text(browser, f"{HOME}bo/")
    text(browser, f"{HOME}bo/khong-co/", 404)


def test_a_number_opens_to_its_dossiers_and_only_counts_those_of_others(
    trust: Trust, browser: Browser
) -> None:
    province = kit.found(trust)
    mine = kit.filed(province, province.citizen(), BIRTH)
    kit.filed(province, province.citizen("000191000202"), BIRTH, unit=HONG_GAI)
    project_all(at=province.at)
    DossierFact.objects.update(accepted_at=province.at, due_at=province.later(days=2))
    month = f"{local(province.at):%Y-%m}"
    desk.enter(browser, province.officer("one_stop"))
    url = f"{HOME}{ON_TIME}/ho-so/?ky={month}"

    with within("indicators:evidence"):
        page = text(browser, url)

    assert "Con số này từ 2 mục." in page
    assert "1 hồ sơ thuộc cơ quan khác" in page
    assert str(mine.dossier_id) in page
    elsewhere = text(browser, f"{url}&unit={HONG_GAI}")
    assert "Không hồ sơ nào thuộc phần bạn được xem" in elsewhere
    assert "Không có hồ sơ nào phía sau phần này" in text(browser, f"{url}&unit=00000")
    text(browser, f"{HOME}{SYNCHRONISED}/ho-so/?ky={month}", 422)
    text(browser, f"{url}&dem=gi-do:1", 422)
    services = text(browser, f"{HOME}766-3.1/ho-so/?ky={month}")
    assert "Thủ tục phía sau con số" in services


def test_points_of_officers_are_seen_by_themselves_and_their_heads(august: None, browser: Browser) -> None:
    specialist = plans_kit.officer("specialist")
    desk.enter(browser, specialist)
    url = f"{HOME}{OFFICERS}/?ky=2026-08&chia=officer"
    text(browser, url)
    count_waiting(at=NOW)
    assert "Trong kỳ này không có số liệu nào mà bạn được xem" in text(browser, url)
    who = "0198a000-0000-7000-8000-000000000001"
    evidence = f"{HOME}{OFFICERS}/ho-so/?ky=2026-08&officer={who}&agency=x"
    assert browser.get(evidence).status_code == 403

    desk.enter(browser, plans_kit.officer("supervisor"))
    assert browser.get(evidence).status_code == 200


def test_a_publisher_enters_a_value_with_its_document_and_everybody_reads_it(browser: Browser) -> None:
    agencies_kit.load(NOW)
    url = f"{HOME}{SYNCHRONISED}/"
    good = {
        "viec": "enter",
        "ky-nhap": "2026-08",
        "gia-tri": "98,5",
        "van-ban": "12/BC-VPCP",
        "ngay-van-ban-day": "5",
        "ngay-van-ban-month": "9",
        "ngay-van-ban-year": "2026",
    }
    desk.enter(browser, plans_kit.officer("specialist"))
    assert browser.post(url, good).status_code == 403
    desk.enter(browser, plans_kit.officer("supervisor"))
    wrong = browser.post(url, {**good, "gia-tri": "nhiều", "van-ban": "Giữ lại"})
    assert wrong.status_code == 422
    assert "Giữ lại" in wrong.content.decode()
    assert browser.post(url, {**good, "gia-tri": "980"}).status_code == 422
    assert browser.post(url, {"viec": "gi-do"}).status_code == 422
    no_period = browser.post(url, {**good, "ky-nhap": "tháng tám"})
    assert '<a href="#ky-nhap"' in no_period.content.decode()
    assert not EnteredValue.objects.exists()

    assert browser.post(url, good).status_code == 302
    assert browser.post(url, {**good, "gia-tri": "97"}).status_code == 302

    page = text(browser, f"{url}?ky=2026-08")
    assert "97,00" in page
    assert "Đã được thay" in page
    browser.logout()
    public = text(browser, f"{PUBLIC}{SYNCHRONISED}/")
    assert "97,00" in public
    assert "12/BC-VPCP" in public


def test_what_is_published_is_public_without_small_numbers(august: None, browser: Browser) -> None:
    assert "Chưa công bố con số nào" in text(browser, PUBLIC)
    for by in ((), ("unit",)):
        publish(actor=SYSTEM, at=NOW, indicator_id=ON_TIME, period=AUGUST, by=by)

    with within("figures-public:indicator"):
        page = text(browser, f"{PUBLIC}{ON_TIME}/")

    assert "93,33" in page
    assert "91,67" not in page, "with the whole told, Bình Liêu would give the three of Hồng Gai away"
    assert "2 đơn vị không được nêu" in page
    assert "/so-cai/" in page
    csv = text(browser, f"{PUBLIC}{ON_TIME}/so-lieu.csv?ky=2026-08")
    assert "không công bố vì số nhỏ" in csv
    assert "91.67" not in csv
    with within("figures-public:home"):
        assert "93,33" in text(browser, PUBLIC)
    text(browser, f"{PUBLIC}{OFFICERS}/", 404)
    text(browser, f"{PUBLIC}{ON_TIME}/?ky=x", 422)


def test_a_published_figure_says_how_it_is_verified_and_what_it_restates(
    august: None, browser: Browser
) -> None:
    first = publish(actor=SYSTEM, at=NOW, indicator_id=ON_TIME, period=AUGUST).ids[0]
    decided("late news", "2026-08-10", "2026-08-20", due="2026-08-11")
    project_all(at=NOW)
    second = publish(actor=SYSTEM, at=NOW, indicator_id=ON_TIME, period=AUGUST).ids[0]
    desk.enter(browser, plans_kit.officer("specialist"))

    with within("indicators:figure"):
        page = text(browser, f"{HOME}da-cong-bo/{second}/")

    assert f"tinhso verify figure {second}" in page
    assert "−5,83" in page, "93.33 became 87.50"
    assert "Con số này đã được tính lại" in text(browser, f"{HOME}da-cong-bo/{first}/")
    assert PublishedFigure.objects.get(pk=second).difference == Decimal("-5.83")


def test_whoever_watches_over_the_province_publishes_a_period_that_is_over(
    august: None, browser: Browser
) -> None:
    desk.enter(browser, plans_kit.officer("supervisor"))
    assert browser.post(PAGE, {"viec": "publish", "ky": "2998"}).status_code == 422
    assert browser.post(PAGE, {"viec": "publish", "ky": "2026-08"}).status_code == 302
    refresh(at=NOW, tier="now")
    assert StandingCut.objects.exists()
