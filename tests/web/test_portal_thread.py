"""The thread of a dossier as citizen and officer meet it."""

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests import portal_mine_kit as mine
from tests.dossiers_kit import Province
from tests.fixtures_trust import Trust, trust
from tests.papers_samples import photo
from tests.perf.queries import within
from tests.web.client import Browser
from tinhso.dossiers.actions.write_message import write_message
from tinhso.dossiers.models import CaseMessage
from tinhso.people.models import PersonAccess
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
ASKED = "Tôi cần nộp thêm giấy gì không?"


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def citizen(province: Province) -> Actor:
    return province.citizen()


@pytest.fixture
def case(province: Province, citizen: Actor) -> UUID:
    return mine.accepted(province, citizen)


def page(case: UUID) -> str:
    return f"/ho-so/{case}/trao-doi/"


def at_desk(case: UUID) -> str:
    return desk.url_of(case, "trao-doi")


def picture(name: str = "anh.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo(width=410, height=300))


def test_a_citizen_writes_and_the_officer_finds_it_in_the_list_on_the_dossier_and_answers(
    browser: Browser, province: Province, citizen: Actor, case: UUID
) -> None:
    mine.enter(browser, citizen)
    assert "Chưa có tin nhắn nào" in browser.get(page(case)).content.decode()
    sent = browser.post(page(case), {"noi-dung": ASKED, "khoa": "k1", "tep": picture()}, follow=True)
    assert "Bạn được báo khi cơ quan trả lời" in sent.content.decode()
    assert "data-forget" in sent.content.decode()

    officer = Browser()
    examiner = province.officer("civil_status_officer")
    desk.enter(officer, examiner)
    assert "Tin nhắn mới" in officer.get(f"{desk.HOME}?muc=dang-xu-ly").content.decode()
    assert "1 tin chưa đọc" in officer.get(desk.url_of(case)).content.decode()
    thread = officer.get(at_desk(case)).content.decode()
    assert ASKED in thread
    assert "anh.jpg" in thread
    assert PersonAccess.objects.filter(actor_name=examiner.full_name, purpose="dossier").exists()

    ready = "Cơ quan đã nhận được nội dung ông/bà gửi và sẽ trả lời sau khi xem xét."
    officer.post(at_desk(case), {"cau-san": ready, "noi-dung": "Chào ông.", "khoa": "k2"}, follow=True)
    assert CaseMessage.objects.get(side="office").text == f"{ready}\n\nChào ông."
    assert "1 tin chưa đọc" in browser.get(f"/ho-so/{case}/").content.decode()
    assert "1 tin nhắn chưa đọc" in browser.get("/ho-so/").content.decode()

    answered = browser.get(page(case)).content.decode()
    assert ready in answered
    assert examiner.full_name not in answered
    assert "Đã đọc" in answered
    assert "tin chưa đọc" not in browser.get(f"/ho-so/{case}/").content.decode()
    assert "Tin nhắn mới" not in officer.get(f"{desk.HOME}?muc=dang-xu-ly").content.decode()


def test_what_was_typed_stays_when_a_file_is_refused(browser: Browser, citizen: Actor, case: UUID) -> None:
    mine.enter(browser, citizen)
    wrong = SimpleUploadedFile("anh.gif", b"GIF89a")
    answer = browser.post(page(case), {"noi-dung": ASKED, "khoa": "k1", "tep": wrong})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert ASKED in html
    assert 'href="#tep"' in html
    assert "Hãy chọn lại tệp" in html
    assert 'value="k1"' in html
    assert not CaseMessage.objects.exists()

    empty = browser.post(page(case), {"noi-dung": " ", "khoa": "k1"})
    assert empty.status_code == 422
    assert 'href="#noi-dung"' in empty.content.decode()


def test_a_second_click_sends_one_message(browser: Browser, citizen: Actor, case: UUID) -> None:
    mine.enter(browser, citizen)
    for _click in range(2):
        browser.post(page(case), {"noi-dung": ASKED, "khoa": "k1"})
    assert CaseMessage.objects.count() == 1


def test_a_file_is_sent_to_both_sides_and_never_as_a_page_of_ours(
    browser: Browser, province: Province, citizen: Actor, case: UUID
) -> None:
    mine.enter(browser, citizen)
    browser.post(page(case), {"noi-dung": "", "khoa": "k1", "tep": picture()})
    (paper,) = CaseMessage.objects.get().papers
    own = browser.get(f"{page(case)}{paper}/")
    assert own["Content-Disposition"].startswith("attachment")
    assert browser.get(f"{page(case)}{paper}/?ban=nho")["Content-Type"] == "image/jpeg"
    assert browser.get(f"{page(case)}{paper}/?ban=khac").status_code == 404

    officer = Browser()
    desk.enter(officer, province.officer("civil_status_officer"))
    assert officer.get(f"{at_desk(case)}{paper}/?ban=hien-thi").status_code == 200
    stranger = Browser()
    mine.enter(stranger, mine.stranger(province))
    assert stranger.get(f"{page(case)}{paper}/").status_code == 404


def test_who_watches_reads_and_is_offered_no_box(
    browser: Browser, province: Province, citizen: Actor, case: UUID
) -> None:
    write_message(actor=citizen, at=province.at, dossier_id=case, text=ASKED)
    desk.enter(browser, province.officer("supervisor", "province_committee"))
    html = browser.get(at_desk(case)).content.decode()
    assert ASKED in html
    assert "<textarea" not in html
    assert CaseMessage.objects.get().read_at is None
    assert browser.post(at_desk(case), {"noi-dung": "x", "khoa": "k"}).status_code == 403
    assert CaseMessage.objects.count() == 1


def test_the_thread_speaks_english(browser: Browser, citizen: Actor, case: UUID) -> None:
    mine.enter(browser, citizen).read_in("en")
    html = browser.get(page(case)).content.decode()
    assert "Trao đổi" not in html
    assert "Your message" in html


@pytest.mark.parametrize("count", [1, 30])
def test_a_long_thread_asks_no_more_of_the_database(
    browser: Browser, province: Province, citizen: Actor, case: UUID, count: int
) -> None:
    examiner = province.officer("civil_status_officer")
    for number in range(count):
        actor = citizen if number % 2 else examiner
        write_message(
            actor=actor, at=province.later(minutes=number * 80), dossier_id=case, text=f"Tin {number}"
        )
    mine.enter(browser, citizen).get(page(case))
    with within("portal:thread"):
        browser.get(page(case))
    officer = Browser()
    desk.enter(officer, examiner)
    officer.get(at_desk(case))
    with within("desk:thread"):
        officer.get(at_desk(case))
