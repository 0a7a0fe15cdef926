"""What anybody may ask without signing in: where a case stands, and how it was."""

from uuid import UUID

import pytest

from tests import dossiers_kit as kit
from tests import portal_mine_kit as mine
from tests.dossiers_kit import Province
from tests.fixtures_trust import Trust, trust
from tests.web.client import Browser
from tinhso.dossiers.models import Dossier, Rating
from tinhso.dossiers.tracking import normalised
from tinhso.edge.limits import Limit
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def citizen(province: Province) -> Actor:
    return province.citizen()


def token_of(dossier_id: UUID) -> str:
    return f"/danh-gia/{Dossier.objects.get(pk=dossier_id).rating_token}/"


def code_of(dossier_id: UUID) -> str:
    return Dossier.objects.get(pk=dossier_id).code


@pytest.mark.parametrize(
    "typed",
    [
        "000.00.44.h49-261121-0003",
        " 000.00.44.H49 – 261121 - 0003\u00a0",
        "000.00.44.H49\u2011261121\u20120003",
    ],
)
def test_a_code_is_understood_however_it_is_typed(typed: str) -> None:
    assert normalised(typed) == "000.00.44.H49-261121-0003"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_code_shows_status_and_degree_without_name_or_paper(
    browser: Browser, province: Province, citizen: Actor, language: str
) -> None:
    dossier_id = mine.accepted(province, citizen)
    code = code_of(dossier_id)

    html = (
        browser.read_in(language).get("/tra-cuu/", {"ma": code.lower().replace("-", " - ")}).content.decode()
    )

    assert code in html
    assert ("Step 2 of" if language == "en" else "Bước 2 trên") in html
    for hidden in (citizen.full_name, str(dossier_id), "giay-to", "khai sinh"):
        assert hidden not in html, hidden


def test_an_unknown_code_is_told_kindly_and_kept_in_the_box(browser: Browser) -> None:
    answer = browser.get("/tra-cuu/", {"ma": "000.00.44.H49-261121-9999"})
    html = answer.content.decode()
    assert answer.status_code == 404
    assert "Không có hồ sơ nào mang mã này" in html
    assert 'value="000.00.44.H49-261121-9999"' in html
    assert "Hãy nhập mã hồ sơ" in browser.get("/tra-cuu/?ma=").content.decode()


def test_the_owner_is_led_to_their_own_page_and_a_stranger_sees_what_is_public(
    browser: Browser, province: Province, citizen: Actor
) -> None:
    dossier_id = mine.accepted(province, citizen)
    own = mine.enter(browser, citizen).get("/tra-cuu/", {"ma": code_of(dossier_id)})
    assert own["Location"] == f"/ho-so/{dossier_id}/"
    other = mine.enter(Browser(), mine.stranger(province)).get("/tra-cuu/", {"ma": code_of(dossier_id)})
    assert other.status_code == 200
    assert citizen.full_name not in other.content.decode()


def test_going_through_the_codes_is_stopped(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tinhso.web.portal.tracking.TRACK", Limit("track", 2, 600))
    asked = [browser.get("/tra-cuu/", {"ma": f"000.00.44.H49-261121-000{n}"}) for n in range(3)]
    assert [answer.status_code for answer in asked] == [404, 404, 429]
    elsewhere = browser.get("/tra-cuu/", {"ma": "000.00.44.H49-261121-0004"}, REMOTE_ADDR="203.0.113.9")
    assert elsewhere.status_code == 404


def test_before_the_end_the_receipt_shows_how_far_it_is(
    browser: Browser, province: Province, citizen: Actor
) -> None:
    address = token_of(mine.accepted(province, citizen))
    html = browser.get(address).content.decode()
    assert "Bước 2 trên" in html
    assert "<form" not in html.split("<main", 1)[1]
    early = browser.post(address, {"stars": "5"})
    assert early.status_code == 409
    assert not Rating.objects.exists()


def test_who_holds_the_receipt_rates_once(browser: Browser, province: Province, citizen: Actor) -> None:
    dossier_id = mine.returned(province, citizen)
    address = token_of(dossier_id)
    assert 'name="stars"' in browser.get(address).content.decode()

    missing = browser.post(address, {"comment": "Nhanh, dễ hiểu."})
    assert missing.status_code == 422
    assert "Hãy chọn từ 1 đến 5 sao." in missing.content.decode()
    assert "Nhanh, dễ hiểu." in missing.content.decode()
    assert not Rating.objects.exists()

    done = browser.post(address, {"stars": "4", "comment": "Nhanh, dễ hiểu."}, follow=True)
    again = browser.post(address, {"stars": "1"}, follow=True)

    for answer in (done, again):
        assert "Bạn cho 4 trên 5 sao." in answer.content.decode()
    assert Rating.objects.values_list("stars", "comment").get() == (4, "Nhanh, dễ hiểu.")
    assert "/danh-gia/" not in mine.enter(browser, citizen).get(f"/ho-so/{dossier_id}/").content.decode()


def test_a_wrong_token_is_not_found(browser: Browser) -> None:
    assert browser.get("/danh-gia/khong-co/").status_code == 404
    assert browser.post("/danh-gia/khong-co/", {"stars": "5"}).status_code == 404
