"""The numbers a dossier is followed by elsewhere stand on its page: the national code, its parcels."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests import dossiers_kit as kit
from tests import portal_mine_kit as mine
from tests.dossiers_kit import Province
from tests.fixtures_trust import Trust, trust
from tests.web.client import Browser
from tinhso.dossiers.models import Dossier, Draft, PostalArrival, PostalReturn
from tinhso.dossiers.models.dossier import Channel
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
CAME, GOES, NATIONAL = "EB123456789VN", "ER987654321VN", "G22.99-260210-000123"


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def citizen(province: Province) -> Actor:
    return province.citizen()


def page_of(browser: Browser, dossier_id: UUID, language: str = "vi") -> str:
    answer = browser.read_in(language).get(f"/ho-so/{dossier_id}/")
    assert answer.status_code == 200
    return answer.content.decode()


def by_post(province: Province, dossier_id: UUID) -> Draft:
    draft = Dossier.objects.get(pk=dossier_id).draft
    Draft.objects.filter(pk=draft.pk).update(channel=Channel.POST)
    PostalArrival.objects.create(
        draft=draft, tracking_number=CAME, arrived_at=province.at, sender_name="Bế Văn Sáu"
    )
    return draft


def test_a_dossier_filed_here_has_its_own_code_alone(
    province: Province, citizen: Actor, browser: Browser
) -> None:
    html = page_of(mine.enter(browser, citizen), mine.accepted(province, citizen))
    assert "bưu chính" not in html.lower()
    assert "Mã trên Cổng" not in html


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_code_of_the_national_portal_stands_beside_ours(
    province: Province, citizen: Actor, browser: Browser, language: str
) -> None:
    dossier_id = mine.accepted(province, citizen)
    Dossier.objects.filter(pk=dossier_id).update(national_code=NATIONAL)
    assert NATIONAL in page_of(mine.enter(browser, citizen), dossier_id, language)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_parcels_are_followed_by_their_numbers_both_ways(
    province: Province, citizen: Actor, browser: Browser, language: str
) -> None:
    dossier_id = mine.accepted(province, citizen)
    draft = by_post(province, dossier_id)
    home = PostalReturn.objects.create(
        draft=draft, recipient="La Thị Nga", phone="0912345678", address="Thôn Nà Kẻ, xã Bình Liêu"
    )
    mine.enter(browser, citizen)

    html = page_of(browser, dossier_id, language)
    assert CAME in html
    assert "La Thị Nga, Thôn Nà Kẻ" in html
    assert GOES not in html

    home.tracking_number, home.handed_at = GOES, province.at + timedelta(hours=1)
    home.handed_by_id = province.officer("one_stop").account_id
    home.save()
    html = page_of(browser, dossier_id, language)
    assert GOES in html
    assert ("đã giao bưu chính" in html) is (language == "vi")

    home.delivered_at = province.at + timedelta(days=1)
    home.save()
    assert ("đã phát" in page_of(browser, dossier_id, language)) is (language == "vi")
