"""Files are decrypted for who may see them, as files and never as pages of ours."""

from uuid import UUID

import pytest

from tests import dossiers_kit as kit
from tests import portal_mine_kit as mine
from tests.dossiers_kit import HONG_GAI, Province
from tests.fixtures_trust import Trust, trust
from tests.web.client import Browser
from tinhso.dossiers.models import Dossier, Result
from tinhso.papers.models import IssuedDocument
from tinhso.people.models import PersonAccess
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def citizen(province: Province) -> Actor:
    return province.citizen()


def paper_of(dossier_id: UUID) -> str:
    ids = next(iter(Dossier.objects.get(pk=dossier_id).papers.values()))
    return f"/giay-to/{ids[0]}/"


def result_of(dossier_id: UUID) -> str:
    return f"/tai-lieu/{Result.objects.get(dossier_id=dossier_id).document_id}/"


def test_the_signed_result_comes_as_a_file_that_nothing_keeps(
    browser: Browser, province: Province, citizen: Actor
) -> None:
    dossier_id = mine.returned(province, citizen)
    answer = mine.enter(browser, citizen).get(result_of(dossier_id))
    assert answer.getvalue().startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert answer["Cache-Control"] == "no-store, private"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_result_that_was_not_handed_out_is_held_back(
    browser: Browser, province: Province, citizen: Actor
) -> None:
    dossier_id = mine.returned(province, citizen)
    Dossier.objects.filter(pk=dossier_id).update(status="decided", returned_at=None)
    assert mine.enter(browser, citizen).get(result_of(dossier_id)).status_code == 404
    assert "document-result" not in browser.get(f"/ho-so/{dossier_id}/").content.decode()
    officer = mine.enter(Browser(), province.officer("one_stop"))
    assert officer.get(result_of(dossier_id)).status_code == 200


def test_an_original_is_saved_and_a_picture_is_shown(
    browser: Browser, province: Province, citizen: Actor
) -> None:
    address = paper_of(mine.accepted(province, citizen))
    original = mine.enter(browser, citizen).get(address)
    shown = browser.get(address, {"ban": "hien-thi"})
    small = browser.get(address, {"ban": "nho"})
    assert original["Content-Disposition"].startswith("attachment")
    for picture in (shown, small):
        assert picture["Content-Type"] == "image/jpeg"
        assert picture["Content-Disposition"].startswith("inline")
        assert picture.getvalue().startswith(b"\xff\xd8")
        assert "sandbox" in picture["Content-Security-Policy"]
    assert browser.get(address, {"ban": "khac"}).status_code == 404


def test_strangers_and_other_agencies_find_nothing(
    browser: Browser, province: Province, citizen: Actor
) -> None:
    dossier_id = mine.returned(province, citizen)
    addresses = (paper_of(dossier_id), result_of(dossier_id))
    outsiders = (mine.stranger(province), province.officer("one_stop", unit=HONG_GAI))
    for outsider in outsiders:
        guest = mine.enter(Browser(), outsider)
        assert [guest.get(address).status_code for address in addresses] == [404, 404]
    assert [browser.get(address).status_code for address in addresses] == [302, 302]
    assert not PersonAccess.objects.filter(actor_id=str(outsiders[1].account_id)).exists()


def test_the_owner_learns_which_officer_opened_a_paper(
    browser: Browser, province: Province, citizen: Actor
) -> None:
    dossier_id = mine.accepted(province, citizen)
    officer = province.officer("civil_status_officer")
    mine.enter(browser, officer).get(paper_of(dossier_id), {"ban": "nho"})
    assert not PersonAccess.objects.filter(person_id=citizen.person_id, purpose="paper").exists()

    browser.get(paper_of(dossier_id))

    html = mine.enter(Browser(), citizen).get("/tai-khoan/").content.decode()
    assert officer.full_name in html
    assert "Xem giấy tờ bạn nộp" in html


def test_a_receipt_is_the_applicants_to_read(browser: Browser, province: Province, citizen: Actor) -> None:
    mine.accepted(province, citizen)
    receipt = IssuedDocument.objects.get(kind="receipt")
    answer = mine.enter(browser, citizen).get(f"/tai-lieu/{receipt.pk}/")
    assert answer.getvalue().startswith(b"%PDF-")
