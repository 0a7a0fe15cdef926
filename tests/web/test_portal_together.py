"""One page for several procedures: begin, see what lacks, and what became of each."""

import pytest

from tests import dossiers_kit as kit
from tests.dossiers_kit import BINH_LIEU, BIRTH, Province
from tests.fixtures_trust import Trust, trust
from tests.people_kit import sign_in
from tests.together_kit import CARD, filed, signed
from tests.web.client import Browser
from tinhso.dossiers.actions.file_together import file_next
from tinhso.dossiers.models import Dossier, Draft, Filing
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
START = "/lien-thong/birth_residence/nop/"


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def citizen(province: Province, browser: Browser) -> Actor:
    found = province.citizen()
    sign_in(browser, found.signed_in_as, assurance=2)
    return found


def test_a_filing_is_begun_and_says_what_each_form_lacks(citizen: Actor, browser: Browser) -> None:
    assert "Khai sinh, đăng ký thường trú và thẻ bảo hiểm y tế cho trẻ" in browser.get(START).content.decode()

    html = browser.post(START, {"commune": BINH_LIEU}, follow=True).content.decode()

    assert html.count("Còn phải khai") == 3
    assert "Nộp tự động khi có kết quả" in html
    assert "Nộp tất cả" not in html
    assert Draft.objects.filter(filing=Filing.objects.get(account_id=citizen.account_id)).count() == 3


def test_a_commune_that_is_none_is_refused_in_place(citizen: Actor, browser: Browser) -> None:
    response = browser.post(START, {"commune": "99999"})
    assert response.status_code == 422
    assert not Filing.objects.exists()
    assert citizen.account_id is not None


def test_filing_before_all_is_filled_in_files_nothing(
    province: Province, citizen: Actor, browser: Browser
) -> None:
    browser.post(START, {"commune": BINH_LIEU})
    filing = Filing.objects.get()
    birth = Draft.objects.get(filing=filing, procedure_code=BIRTH)
    kit.fill_in(citizen, birth.pk, kit.procedure(BIRTH).examples[0], at=province.at)

    response = browser.post(f"/lien-thong/{filing.pk}/")

    assert response.status_code == 422
    assert "Đã khai đủ" in response.content.decode()
    assert Filing.objects.get().filed_at is None


def test_another_citizen_does_not_see_it(province: Province, citizen: Actor, browser: Browser) -> None:
    browser.post(START, {"commune": BINH_LIEU})
    filing = Filing.objects.get(account_id=citizen.account_id)
    stranger = province.citizen("000188000103", full_name="Vũ Thị Hạnh")
    sign_in(browser, stranger.signed_in_as, assurance=2)
    assert browser.get(f"/lien-thong/{filing.pk}/").status_code == 404


def test_an_unknown_bundle_is_not_there(citizen: Actor, browser: Browser) -> None:
    assert browser.get("/lien-thong/khong_co/nop/").status_code == 404
    assert citizen.account_id is not None


def test_each_form_leads_back_to_the_page_of_all(citizen: Actor, browser: Browser) -> None:
    browser.post(START, {"commune": BINH_LIEU})
    filing = Filing.objects.get(account_id=citizen.account_id)
    own = kit.procedure(BIRTH).form[0].id
    for draft in Draft.objects.filter(filing=filing, procedure_code=BIRTH):
        for stop in (own, "giay-to", "kiem-tra"):
            html = browser.get(f"/to-khai/{draft.pk}/{stop}/").content.decode()
            assert f'href="/lien-thong/{filing.pk}/"' in html


def test_a_form_of_its_own_leads_to_no_such_page(
    province: Province, citizen: Actor, browser: Browser
) -> None:
    draft = kit.begin(province, citizen, BIRTH)
    html = browser.get(f"/to-khai/{draft}/kiem-tra/").content.decode()
    assert "/lien-thong/" not in html


def test_three_dossiers_are_seen_on_one_page_with_one_timeline(
    province: Province, citizen: Actor, browser: Browser
) -> None:
    filing_id, birth = filed(province, citizen)
    signed(province, birth)
    followed = file_next(at=province.at, dossier_id=birth)

    html = browser.get(f"/lien-thong/{filing_id}/").content.decode()

    for dossier in Dossier.objects.filter(pk__in=(birth, *followed)):
        assert html.count(dossier.code) == 1
        assert f'href="/ho-so/{dossier.pk}/"' in html
        assert html.count(kit.procedure(dossier.procedure_code).name.vi) > 2
    assert Dossier.objects.count() == 3
    assert html.count('id="history"') == 1
    assert "Nộp tất cả" not in html


def test_what_another_form_tells_later_stops_nobody_on_the_way(
    province: Province, citizen: Actor, browser: Browser
) -> None:
    browser.post(START, {"commune": BINH_LIEU})
    filing = Filing.objects.get(account_id=citizen.account_id)
    birth = Draft.objects.get(filing=filing, procedure_code=BIRTH)
    kit.fill_in(citizen, birth.pk, kit.procedure(BIRTH).examples[0], at=province.at)
    card = Draft.objects.get(filing=filing, procedure_code=CARD)
    page = f"/to-khai/{card.pk}/person/"
    html = browser.get(page).content.decode()
    assert "Chưa phải điền các mục này" in html

    # As the browser sends what stands in the boxes; the number is left empty.
    sent = {
        "person.full_name": "Trần Chìu Bảo An",
        "person.born_on-day": "12",
        "person.born_on-month": "1",
        "person.born_on-year": "2026",
        "person.personal_id": "",
        "person.sex": "female",
        "person.ethnicity": "09",
        "person.nationality": "Việt Nam",
        "person.same_address": "yes",
    }
    answer = browser.post(page, sent)

    assert (answer.status_code, answer["Location"]) == (302, f"/to-khai/{card.pk}/insurance/")
    wrong = browser.post(page, {**sent, "person.same_address": ""})
    assert wrong.status_code == 422
    assert "person.personal_id" not in wrong.content.decode().partition("<h1")[0]


def test_a_form_of_its_own_is_asked_for_everything(
    province: Province, citizen: Actor, browser: Browser
) -> None:
    draft = kit.begin(province, citizen, CARD)
    kit_page = f"/to-khai/{draft}/filer/"
    browser.post(kit_page, {"filer.relation": "mother", "request.kind": "new"})
    assert "Chưa phải điền các mục này" not in browser.get(f"/to-khai/{draft}/person/").content.decode()
    assert browser.post(f"/to-khai/{draft}/person/", {}).status_code == 422
