"""The acts beside the straight way, as an officer meets them: forms, refusals, what the page says after."""

from uuid import UUID

import pytest

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import Province
from tests.fixtures_trust import Trust, trust
from tests.web.client import Browser
from tinhso.dossiers.actions.sign_result import sign_result
from tinhso.dossiers.models import Consultation, Dossier, Note, ResultChange
from tinhso.payments import queries as payments
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
WHY = "Ghi sai tên đệm của trẻ so với giấy chứng sinh."


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def signed(province: Province) -> tuple[Actor, UUID]:
    chair, dossier_id = province.officer("chairperson"), desk.to_sign(province, province.citizen())
    sign_result(actor=chair, at=province.at, dossier_id=dossier_id, found=desk.found(dossier_id))
    return chair, dossier_id


def send(browser: Browser, dossier_id: UUID, slug: str, **typed: object) -> str:
    """Open the form of the act, send it, and return the page one comes to."""
    url = desk.url_of(dossier_id, slug)
    assert browser.get(url).status_code == 200
    # Questions bear their own names; the desk's boxes have hyphens, which no keyword has.
    named = {name if "." in name else name.replace("_", "-"): value for name, value in typed.items()}
    data = {"revision": str(desk.revision(dossier_id)), **named}
    response = browser.post(url, data, follow=True)
    return str(response.content.decode())


def test_the_leader_corrects_one_answer_and_the_page_shows_both_papers(
    province: Province, browser: Browser
) -> None:
    chair, dossier_id = signed(province)
    desk.enter(browser, chair)
    form = browser.get(desk.url_of(dossier_id, "dinh-chinh")).content.decode()
    assert 'name="child.full_name"' in form

    html = send(
        browser,
        dossier_id,
        "dinh-chinh",
        **{"asked": "child.full_name", "child.full_name": "Hoàng Thị Minh Châu", "ly-do": WHY},
    )

    assert "Đã đính chính bằng văn bản số" in html
    assert "Đã bị thay thế" in html
    assert Dossier.objects.get(pk=dossier_id).answers["child.full_name"] == "Hoàng Thị Minh Châu"


def test_a_correction_without_a_difference_or_a_reason_is_told_in_place(
    province: Province, browser: Browser
) -> None:
    chair, dossier_id = signed(province)
    desk.enter(browser, chair)
    name = Dossier.objects.get(pk=dossier_id).answers["child.full_name"]
    typed = {"revision": str(desk.revision(dossier_id)), "asked": "child.full_name", "child.full_name": name}
    url = desk.url_of(dossier_id, "dinh-chinh")

    nothing = browser.post(url, {**typed, "ly-do": WHY})
    silent = browser.post(url, {**typed, "child.full_name": "Hoàng Thị Minh Châu", "ly-do": ""})

    assert "Chưa có thông tin nào khác" in nothing.content.decode()
    assert silent.status_code == 422
    assert not ResultChange.objects.exists()


@pytest.mark.parametrize(
    ("slug", "told"),
    [("cap-lai", "Đã cấp lại bằng văn bản số"), ("thu-hoi", "Đã thu hồi theo quyết định số")],
)
def test_the_leader_issues_again_or_revokes(
    province: Province, browser: Browser, slug: str, told: str
) -> None:
    chair, dossier_id = signed(province)
    desk.enter(browser, chair)
    assert told in send(browser, dossier_id, slug, ly_do=WHY)
    assert ResultChange.objects.count() == 1


def test_a_question_is_asked_and_taken_back_on_the_page(province: Province, browser: Browser) -> None:
    examiner, counter = province.officer("civil_status_officer"), province.officer("one_stop")
    dossier_id = desk.accepted(province, province.citizen())
    desk.enter(browser, examiner)

    html = send(
        browser,
        dossier_id,
        "hoi-y-kien",
        cau_hoi="Thửa đất này có nằm trong hành lang đê không?",
        dong_nghiep=str(counter.account_id),
        so_gio="8",
    )
    assert "hành lang đê" in html
    asked = Consultation.objects.get()
    assert (asked.to_account_id, asked.blocks) == (counter.account_id, True)

    taken = browser.post(f"{desk.url_of(dossier_id, 'y-kien')}{asked.pk}/rut/", follow=True)
    assert "Người hỏi đã rút câu hỏi" in taken.content.decode()


def test_a_question_to_nobody_keeps_what_was_typed(province: Province, browser: Browser) -> None:
    examiner = province.officer("civil_status_officer")
    dossier_id = desk.accepted(province, province.citizen())
    desk.enter(browser, examiner)
    data = {
        "revision": str(desk.revision(dossier_id)),
        "cau-hoi": "Có nằm trong hành lang đê không?",
        "so-gio": "8",
    }

    response = browser.post(desk.url_of(dossier_id, "hoi-y-kien"), data)

    assert response.status_code == 422
    assert "Có nằm trong hành lang đê không?" in response.content.decode()
    assert not Consultation.objects.exists()


def test_a_note_is_written_and_struck_out_on_the_page(province: Province, browser: Browser) -> None:
    examiner = province.officer("civil_status_officer")
    dossier_id = desk.accepted(province, province.citizen())
    desk.enter(browser, examiner)

    assert "hẹn thứ Năm" in send(browser, dossier_id, "ghi-chu", noi_dung="Đã gọi điện, hẹn thứ Năm.")
    note = Note.objects.get()
    struck = browser.post(f"{desk.url_of(dossier_id, 'ghi-chu')}{note.pk}/gach/", follow=True)

    assert "<s>Đã gọi điện, hẹn thứ Năm.</s>" in struck.content.decode()


def test_money_is_asked_for_and_asked_back_on_the_page(province: Province, browser: Browser) -> None:
    examiner = province.officer("civil_status_officer")
    dossier_id = desk.accepted(province, province.citizen())
    desk.enter(browser, examiner)

    html = send(
        browser,
        dossier_id,
        "yeu-cau-nop-tien",
        can_cu="Thông báo 125/TB-TCS ngày 20/11/2026 của cơ quan thuế",
        khoan_1="Lệ phí trước bạ",
        tien_1="1.250.000",
    )
    assert "1.250.000" in html
    assert Dossier.objects.get(pk=dossier_id).national_status == 6

    send(browser, dossier_id, "thoi-nop-tien", ly_do="Thông báo thuế là của hồ sơ khác.")
    assert Dossier.objects.get(pk=dossier_id).status == "in_progress"
    assert not any(one.is_open for one in payments.bills_of_subject(actor=kit.SYSTEM, subject_id=dossier_id))


def test_the_control_sheet_and_the_book_open_as_pdf(province: Province, browser: Browser) -> None:
    counter = province.officer("one_stop")
    dossier_id = desk.accepted(province, province.citizen())
    desk.enter(browser, counter)

    book = browser.get("/ban-lam-viec/so-theo-doi/").content.decode()
    assert "Tập 1 (PDF)" in book
    for url in (desk.url_of(dossier_id, "phieu-kiem-soat"), "/ban-lam-viec/so-theo-doi/1/"):
        response = browser.get(url)
        assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
        assert response.content.startswith(b"%PDF")


def test_a_book_of_days_in_the_wrong_order_is_told_in_place(province: Province, browser: Browser) -> None:
    desk.enter(browser, province.officer("one_stop"))
    days = (
        "tu-ngay-day=2&tu-ngay-month=3&tu-ngay-year=2026&den-ngay-day=1&den-ngay-month=3&den-ngay-year=2026"
    )
    response = browser.get(f"/ban-lam-viec/so-theo-doi/?{days}")
    assert response.status_code == 422
    assert "Hãy chọn ngày đầu không sau ngày cuối" in response.content.decode()
