"""At the counter a procedure is found among hundreds: few are shown, the rest by their words."""

import re

import pytest

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import BIRTH, Province
from tests.fixtures_trust import Trust, trust
from tests.web.client import Browser
from tinhso.dossiers import popularity
from tinhso.web.desk import intake, looking

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
SHIP = "1.004088"


@pytest.fixture
def province(trust: Trust) -> Province:
    looking._noted.clear()
    popularity.forget()
    return kit.found(trust)


@pytest.fixture
def place(province: Province, browser: Browser) -> str:
    officer = province.officer("one_stop")
    desk.enter(browser, officer)
    person_id = province.citizen().person_id
    assert person_id is not None
    kit.people.introduce(
        actor=kit.SYSTEM, at=province.at, person_id=person_id, agency_id=officer.posts[0].agency_id
    )
    return f"/ban-lam-viec/tiep-nhan/{person_id}/"


def codes(page: str) -> list[str]:
    return re.findall(r'name="thu-tuc"[^>]* value="([\d.]+)"', page)


def test_a_few_are_shown_and_the_page_says_how_many_there_are(browser: Browser, place: str) -> None:
    page = browser.get(place).content.decode()
    assert len(codes(page)) == intake.MOST_SERVICES
    [(shown, count)] = re.findall(r"Đang hiện (\d+) trong (\d+) thủ tục", page)
    assert (int(shown), int(count) > 250) == (intake.MOST_SERVICES, True)


def test_words_find_what_is_not_among_the_first(browser: Browser, place: str) -> None:
    assert SHIP not in codes(browser.get(place).content.decode())
    page = browser.get(place, {"q": "dang ky phuong tien thuy noi dia lan dau"}).content.decode()
    assert SHIP in codes(page)
    assert BIRTH not in codes(page)


def test_the_chosen_one_stays_in_sight(browser: Browser, place: str) -> None:
    page = browser.get(place, {"thu-tuc": SHIP}).content.decode()
    assert codes(page)[0] == SHIP
    assert f'value="{SHIP}" checked' in page
