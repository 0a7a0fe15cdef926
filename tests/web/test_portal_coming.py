"""What comes up, as its reader meets it; who looked; the survey of a counter."""

import re
from datetime import timedelta

import pytest

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests import portal_mine_kit as mine
from tests.dossiers_kit import BINH_LIEU, BIRTH, SYSTEM, Province
from tests.fixtures_trust import Trust, trust
from tests.perf.queries import within
from tests.web.client import Browser
from tinhso.dossiers.models import Dossier, Draft
from tinhso.kernel.clock import local
from tinhso.outreach.actions.propose import propose_what_is_due
from tinhso.outreach.models import SuggestionRefusal
from tinhso.papers.models import IssuedDocument
from tinhso.people.actions import note_access
from tinhso.people.models import Agency, Person
from tinhso.people.types import AccessPurpose, Actor
from tinhso.surveys.models import SurveyAnswer
from tinhso.surveys.rules import rules

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
COMING = "/viec-sap-den/"


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def elder(province: Province) -> Actor:
    """Return a citizen who turns 75 in ten days and holds a result that expires."""
    citizen = province.citizen()
    due = local(province.at).date() + timedelta(days=10)
    Person.objects.filter(pk=citizen.person_id).update(
        born_on=due.replace(year=due.year - 75, day=min(due.day, 28)), residence_commune=BINH_LIEU
    )
    dossier = Dossier.objects.get(pk=mine.returned(province, citizen))
    IssuedDocument.objects.filter(pk=dossier.result.document_id).update(
        valid_until=local(province.at).date() + timedelta(days=40)
    )
    propose_what_is_due(actor=SYSTEM, at=province.at)
    return citizen


def test_nothing_coming_says_what_will_be_here(browser: Browser, province: Province) -> None:
    mine.enter(browser, province.citizen())
    assert "Chưa có việc nào sắp đến" in browser.get(COMING).content.decode()


def test_each_matter_says_why_it_is_known_and_by_what_law(browser: Browser, elder: Actor) -> None:
    mine.enter(browser, elder)
    browser.get(COMING)
    with within("portal:coming"):
        html = browser.get(COMING).content.decode()
    assert "Đủ 75 tuổi" in html
    assert "Ngày sinh trong tài khoản định danh của bạn." in html
    assert "176/2025" in html
    assert "Ngày hết hạn ghi trên kết quả của hồ sơ" in html
    assert 'href="/viec-sap-den/"' in browser.get("/tai-khoan/").content.decode()


def test_the_prepared_form_opens_filled_in(browser: Browser, elder: Actor) -> None:
    mine.enter(browser, elder)
    html = browser.get(COMING).content.decode()
    address = html.split('action="/viec-sap-den/')[1].split('"')[0]
    opened = browser.post(f"/viec-sap-den/{address}", {}, follow=True)
    assert opened.status_code == 200
    assert "/to-khai/" in opened.redirect_chain[-1][0]
    assert "vì đủ 75 tuổi" in Draft.objects.get(dossier=None).answers["request.content"]


def test_refusing_is_respected_and_can_be_taken_back(browser: Browser, elder: Actor) -> None:
    mine.enter(browser, elder)
    browser.post(f"{COMING}thoi-nhac/", {"viec": "social_pension", "ve": "self"}, follow=True)
    html = browser.get(COMING).content.decode()
    assert "Mở bản khai đã điền sẵn" not in html
    assert "Bạn không muốn được nhắc" in html

    refusal = SuggestionRefusal.objects.get()
    browser.post(f"{COMING}nhac-lai/{refusal.pk}/", {}, follow=True)
    assert "Mở bản khai đã điền sẵn" in browser.get(COMING).content.decode()
    assert browser.post(f"{COMING}thoi-nhac/", {"viec": "khac", "ve": "self"}).status_code == 404


def test_the_page_of_what_comes_up_speaks_english(browser: Browser, elder: Actor) -> None:
    mine.enter(browser, elder).read_in("en")
    html = browser.get(COMING).content.decode()
    assert "At 75 you may have the social pension" in html
    assert "Why we know" in html


def looked(province: Province, citizen: Actor, count: int) -> None:
    assert citizen.person_id is not None
    for number in range(count):
        role = ("one_stop", "civil_status_officer")[number % 2]
        purpose = (AccessPurpose.DOSSIER, AccessPurpose.COUNTER)[number % 2]
        note_access(
            actor=province.officer(role),
            at=province.later(minutes=number),
            person_id=citizen.person_id,
            purpose=purpose,
            reason=f"Lần {number}.",
        )


def test_the_log_is_read_page_by_page_and_narrowed(browser: Browser, province: Province) -> None:
    citizen = province.citizen()
    looked(province, citizen, 45)
    mine.enter(browser, citizen)
    assert "Xem tất cả, lọc theo cơ quan và lý do" in browser.get("/tai-khoan/").content.decode()
    address, seen = "/tai-khoan/ai-da-xem/", set[int]()
    for _page in range(3):
        html = browser.get(address).content.decode()
        seen |= {number for number in range(45) if f"Lần {number}." in html}
        # The switch of languages leads to this very page and has more behind the moment.
        older = re.findall(r'href="(/tai-khoan/ai-da-xem/\?truoc=[0-9.]+)"', html)
        address = older[0] if older else ""
    assert address == ""
    assert seen == set(range(45))

    narrowed = browser.get("/tai-khoan/ai-da-xem/?viec=counter").content.decode()
    assert "Lần 43." in narrowed
    assert "Lần 44." not in narrowed
    agency = Agency.objects.get(kind="commune_committee", unit_code=BINH_LIEU)
    assert "Lần 44." in browser.get(f"/tai-khoan/ai-da-xem/?co-quan={agency.pk}").content.decode()
    nothing = browser.get("/tai-khoan/ai-da-xem/?viec=support").content.decode()
    assert "Không có lần xem nào khớp" in nothing
    with within("portal:looks"):
        browser.get("/tai-khoan/ai-da-xem/")


def test_every_purpose_has_words(browser: Browser, province: Province) -> None:
    citizen = province.citizen()
    mine.enter(browser, citizen)
    html = browser.get("/tai-khoan/ai-da-xem/").content.decode()
    for purpose in AccessPurpose:
        assert f'value="{purpose}"' in html
    assert "Chưa có ai xem" in html


@pytest.fixture
def code(province: Province) -> str:
    del province
    return Agency.objects.get(kind="commune_committee", unit_code=BINH_LIEU).code


def visit_of(html: str) -> str:
    return html.split('name="lan" value="')[1].split('"')[0]


def test_a_visitor_answers_without_signing_in(browser: Browser, code: str) -> None:
    page = f"/khao-sat/{code}/?quay=3"
    html = browser.get(page).content.decode()
    assert "quầy 3" in html
    sent = {"lan": visit_of(html), "quay": "3", "cau-attitude": "5", "cau-time": "4", "y-kien": "Nhanh."}
    thanks = browser.post(page, sent, follow=True)
    assert "Cảm ơn bạn đã trả lời" in thanks.content.decode()
    kept = SurveyAnswer.objects.get()
    assert (kept.counter, kept.answers) == ("3", {"attitude": 5, "time": 4})

    again = browser.post(page, sent | {"cau-attitude": "1"}, follow=True)
    assert "Cảm ơn bạn đã trả lời" in again.content.decode()
    assert SurveyAnswer.objects.count() == 1


def test_a_page_open_too_long_keeps_what_was_chosen(browser: Browser, code: str) -> None:
    answer = browser.post(f"/khao-sat/{code}/", {"lan": "x", "cau-attitude": "2", "y-kien": "Chờ lâu."})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Chờ lâu." in html
    assert 'value="2" checked' in html
    assert not SurveyAnswer.objects.exists()
    browser.post(f"/khao-sat/{code}/", {"lan": visit_of(html), "cau-attitude": "2"})
    assert SurveyAnswer.objects.count() == 1


def test_an_empty_answer_leads_to_the_first_question(browser: Browser, code: str) -> None:
    html = browser.get(f"/khao-sat/{code}/").content.decode()
    answer = browser.post(f"/khao-sat/{code}/", {"lan": visit_of(html)})
    assert answer.status_code == 422
    assert 'href="#cau-time-5"' in answer.content.decode()


def test_a_kiosk_goes_on_to_the_next_person(browser: Browser, code: str) -> None:
    page = f"/khao-sat/{code}/?quay=1&ki-ot=1"
    html = browser.get(page).content.decode()
    sent = {"lan": visit_of(html), "quay": "1", "ki-ot": "1", "cau-attitude": "5"}
    thanks = browser.post(page, sent, follow=True).content.decode()
    assert "Người tiếp theo" in thanks
    assert f'href="/khao-sat/{code}/?quay=1&amp;ki-ot=1"' in thanks


def test_one_address_cannot_flood_the_survey(browser: Browser, code: str) -> None:
    for _try in range(60):
        browser.post(f"/khao-sat/{code}/", {"lan": "x", "cau-attitude": "1"})
    assert browser.post(f"/khao-sat/{code}/", {"lan": "x", "cau-attitude": "1"}).status_code == 429
    assert not SurveyAnswer.objects.exists()


def test_results_are_public_once_there_are_enough(browser: Browser, code: str) -> None:
    results = f"/khao-sat/{code}/ket-qua/"
    assert "Chưa đủ câu trả lời để hiện số" in browser.get(results).content.decode()
    for _visitor in range(rules().least):
        html = browser.get(f"/khao-sat/{code}/").content.decode()
        browser.post(f"/khao-sat/{code}/", {"lan": visit_of(html), "cau-attitude": "4", "y-kien": "Bí mật."})
    shown = browser.get(results).content.decode()
    assert "4,0" in shown
    assert "Bí mật" not in shown
    with within("portal:survey-results"):
        browser.get(results)


def test_the_poster_leads_to_its_own_counter(browser: Browser, code: str) -> None:
    html = browser.get(f"/khao-sat/{code}/to-treo/?quay=2").content.decode()
    assert f"/khao-sat/{code}/?quay=2" in html
    assert "Quầy 2" in html
    assert browser.get("/khao-sat/000.00.00.X00/").status_code == 404


def test_the_desk_reads_what_was_written_of_its_own_agency(
    browser: Browser, province: Province, code: str
) -> None:
    html = browser.get(f"/khao-sat/{code}/").content.decode()
    browser.post(f"/khao-sat/{code}/", {"lan": visit_of(html), "y-kien": "Chờ lâu quá."})
    officer = Browser()
    desk.enter(officer, province.officer("one_stop"))
    assert "Chờ lâu quá." in officer.get("/ban-lam-viec/khao-sat/").content.decode()
    elsewhere = Browser()
    desk.enter(elsewhere, province.officer("one_stop", unit=kit.HONG_GAI))
    assert "Chờ lâu quá." not in elsewhere.get("/ban-lam-viec/khao-sat/").content.decode()
    assert elsewhere.get(f"/ban-lam-viec/khao-sat/?co-quan={code}").status_code == 403


def test_procedure_start_and_api_tell_how_long_it_takes(browser: Browser, province: Province) -> None:
    assert "Chưa đủ hồ sơ để tính" in browser.get(f"/thu-tuc/{BIRTH}/").content.decode()
    told = browser.get(f"/api/v1/procedures/{BIRTH}/usual-duration").json()
    assert told == {"cases": 0, "days": 90, "fast": None, "typical": None, "slow": None, "agency": ""}
    mine.enter(browser, province.citizen())
    assert "Chưa đủ hồ sơ để tính" in browser.get(f"/thu-tuc/{BIRTH}/nop/").content.decode()
