"""Filling in a form and filing it, as a browser without scripts does; and what scripts ask beside it."""

from typing import Any
from uuid import UUID

import pytest

from tests import portal_kit as kit
from tests.portal_kit import BIRTH, BUSINESS, HONG_GAI
from tests.web.client import Browser
from tinhso.definitions import catalogue
from tinhso.dossiers.models import Dossier, Draft
from tinhso.papers.models import Paper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def province() -> None:
    kit.found()


@pytest.fixture
def draft_id(browser: Browser) -> UUID:
    kit.sign_in(browser)
    return kit.start(browser)


def page(draft_id: UUID, stop: str = "") -> str:
    return f"/to-khai/{draft_id}/{stop}/" if stop else f"/to-khai/{draft_id}/"


def body(answer: Any) -> str:
    return str(answer.content.decode())


BIRTH_PAGE = {"birth.situation": "ordinary", "birth.proof": "certificate"}


def test_nobody_begins_without_signing_in(browser: Browser) -> None:
    answer = browser.get(f"/thu-tuc/{BIRTH}/nop/")
    assert answer["Location"] == f"/dang-nhap/?next=%2Fthu-tuc%2F{BIRTH}%2Fnop%2F"
    assert browser.post(f"/thu-tuc/{BIRTH}/nop/", {"unit": kit.BINH_LIEU})["Location"].startswith(
        "/dang-nhap/"
    )
    assert not Draft.objects.exists()


def test_the_commune_of_residence_is_chosen_already(browser: Browser) -> None:
    kit.sign_in(browser)
    assert f'<option value="{kit.BINH_LIEU}" selected>' in body(browser.get(f"/thu-tuc/{BIRTH}/nop/"))


def test_a_commune_that_is_none_is_refused_in_place(browser: Browser) -> None:
    kit.sign_in(browser)
    answer = browser.post(f"/thu-tuc/{BIRTH}/nop/", {"unit": "99999", "person": "self"})
    assert answer.status_code == 422
    assert "<title>Lỗi: " in body(answer)
    assert 'href="#unit"' in body(answer)
    assert not Draft.objects.exists()


def test_nobody_files_for_a_person_without_a_mandate(browser: Browser) -> None:
    kit.sign_in(browser)
    stranger = kit.people_kit.citizen("000195000102", full_name="La Thị Nga")
    answer = browser.post(
        f"/thu-tuc/{BIRTH}/nop/", {"unit": kit.BINH_LIEU, "person": str(stranger.person_id)}
    )
    assert answer.status_code == 422
    assert not Draft.objects.exists()


def test_level_1_cannot_begin(browser: Browser) -> None:
    kit.sign_in(browser, level=1)
    assert "Bắt đầu khai" not in body(browser.get(f"/thu-tuc/{BIRTH}/nop/"))
    answer = browser.post(f"/thu-tuc/{BIRTH}/nop/", {"unit": kit.BINH_LIEU, "person": "self"})
    assert answer.status_code == 422
    assert not Draft.objects.exists()


def test_a_second_click_begins_no_second_form(browser: Browser) -> None:
    kit.sign_in(browser)
    assert kit.start(browser) == kit.start(browser)
    assert kit.start(browser, unit=HONG_GAI) != kit.start(browser)
    assert Draft.objects.count() == 2


def test_what_the_account_proves_is_shown_and_not_asked(browser: Browser, draft_id: UUID) -> None:
    html = body(browser.get(page(draft_id, "requester")))
    assert "000 191 000 101" in html
    assert 'name="requester.personal_id"' not in html
    assert "Lấy từ tài khoản định danh" in html


@pytest.mark.parametrize("code", ["1.001193", "1.001612", "1.001776", "1.004873", "1.013225", "2.000815"])
def test_every_procedure_is_filed_from_front_to_end_without_scripts(browser: Browser, code: str) -> None:
    kit.sign_in(browser)
    draft_id = kit.start(browser, code)
    address = kit.fill_in(browser, draft_id, kit.example(code))
    assert "chỗ cần điền trước khi nộp" not in body(browser.get(address))

    answer = browser.post(address)

    dossier = Dossier.objects.get()
    assert answer.status_code == 302
    assert answer["Location"].removesuffix("?vua-nop") in {
        f"/ho-so/{dossier.id}/",
        f"/ho-so/{dossier.id}/thanh-toan/",
    }
    assert dossier.draft_id == draft_id


def test_pressing_twice_leads_to_the_same_dossier(browser: Browser, draft_id: UUID) -> None:
    address = kit.fill_in(browser, draft_id, kit.example(BIRTH))
    first, second = browser.post(address), browser.post(address)
    assert first["Location"] == second["Location"]
    assert Dossier.objects.count() == 1


def test_an_error_keeps_what_was_typed_and_leads_to_its_box(browser: Browser, draft_id: UUID) -> None:
    data = {"asked": ["child.full_name", "child.born_on"], "child.full_name": "Hoàng <Ánh> 7"}
    data |= {"child.born_on-day": "31", "child.born_on-month": "2", "child.born_on-year": "2026"}

    answer = browser.post(page(draft_id, "child"), data)

    html = body(answer)
    assert answer.status_code == 422
    assert "<title>Lỗi: " in html
    assert 'href="#child.born_on-day"' in html or 'href="#child.born_on-month"' in html
    assert 'value="Hoàng &lt;Ánh&gt; 7"' in html
    assert 'value="31"' in html
    # It is still there when the form is opened again another day.
    assert 'value="31"' in body(browser.get(page(draft_id, "child")))


def test_questions_that_come_into_sight_are_announced_without_scripts(
    browser: Browser, draft_id: UUID
) -> None:
    answer = browser.post(
        page(draft_id, "birth"), {"asked": ["birth.situation"], "birth.situation": "ordinary"}
    )
    assert answer["Location"] == page(draft_id, "birth") + "?moi=birth.proof"
    html = body(browser.get(answer["Location"]))
    assert "Còn câu hỏi mới" in html
    assert 'name="birth.proof"' in html
    assert "<title>Lỗi" not in html


def test_scripts_get_the_questions_alone(browser: Browser, draft_id: UUID) -> None:
    data = {"asked": ["birth.situation"], "birth.situation": "ordinary", "do": "refresh"}
    answer = browser.post(page(draft_id, "birth"), data, headers={"X-Part": "refresh"})
    assert answer.status_code == 200
    assert 'name="birth.proof"' in body(answer)
    assert "<html" not in body(answer)


def test_the_form_saves_itself_and_says_when(browser: Browser, draft_id: UUID) -> None:
    data = {"asked": ["child.full_name"], "child.full_name": "Hoàng 7", "do": "autosave"}
    answer = browser.post(page(draft_id, "child"), data, headers={"X-Part": "autosave"})
    assert "Đã lưu nháp lúc" in body(answer)
    assert Draft.objects.get().typed["child"]["child.full_name"] == ["Hoàng 7"]


def test_a_script_whose_session_ended_is_told_that_nothing_was_saved(
    browser: Browser, draft_id: UUID
) -> None:
    browser.logout()
    answer = browser.post(page(draft_id, "child"), {"do": "autosave"}, headers={"X-Part": "autosave"})
    assert answer.status_code == 403


def test_saving_for_later_keeps_wrong_answers_too_and_the_front_door_leads_back(
    browser: Browser, draft_id: UUID
) -> None:
    answer = browser.post(
        page(draft_id, "child"), {"asked": ["child.full_name"], "child.full_name": "7", "do": "later"}
    )
    assert answer["Location"] == "/"
    html = body(browser.get("/"))
    assert "Đang làm dở" in html
    assert page(draft_id) in html
    assert 'value="7"' in body(browser.get(page(draft_id, "child")))


def test_resuming_goes_to_the_first_page_that_lacks_something(browser: Browser, draft_id: UUID) -> None:
    assert browser.get(page(draft_id))["Location"] == page(draft_id, "requester")
    relation = {"asked": ["requester.relation"], "requester.relation": "mother"}
    browser.post(page(draft_id, "requester"), relation)
    assert browser.get(page(draft_id))["Location"] == page(draft_id, "birth")


def test_a_page_out_of_sight_leads_to_one_in_sight(browser: Browser, draft_id: UUID) -> None:
    assert browser.get(page(draft_id, "mother"))["Location"] == page(draft_id, "requester")
    assert browser.get(page(draft_id, "no_such_page")).status_code == 404


def test_groups_grow_and_shrink_by_buttons_and_keep_what_was_typed(browser: Browser) -> None:
    kit.sign_in(browser)
    draft_id = kit.start(browser, BUSINESS)
    stop = group_page(BUSINESS, "lines")
    data = {"asked": ["lines"], "lines-count": "1", "lines-0-name": "Ăn uống"}

    added = browser.post(page(draft_id, stop), data | {"add-lines": "1"})

    assert added["Location"].endswith("#lines-entry-2")
    html = body(browser.get(page(draft_id, stop)))
    assert 'name="lines-1-name"' in html
    assert 'value="Ăn uống"' in html
    browser.post(page(draft_id, stop), data | {"lines-count": "2", "remove-lines-1": "1"})
    assert 'name="lines-1-name"' not in body(browser.get(page(draft_id, stop)))


def group_page(code: str, group: str) -> str:
    form = catalogue.current(code).procedure.form
    return next(one.id for one in form if any(question.id == group for question in one.ask))


def test_the_check_links_to_the_page_of_each_error(browser: Browser, draft_id: UUID) -> None:
    answer = browser.post(page(draft_id, "kiem-tra"))
    html = body(answer)
    assert answer.status_code == 422
    assert "<title>Lỗi: " in html
    assert f'href="{page(draft_id, "requester")}?xem-loi=1&amp;ve=kiem-tra#requester.relation"' in html
    assert not Dossier.objects.exists()
    there = body(browser.get(page(draft_id, "requester"), {"xem-loi": "1", "ve": "kiem-tra"}))
    assert "<title>Lỗi: " in there
    assert "Lưu và quay lại kiểm tra" in there


def test_a_fee_the_agency_works_out_later_is_not_called_free(browser: Browser) -> None:
    kit.sign_in(browser)
    draft_id = kit.start(browser, "1.013067")
    kit.fill_in(browser, draft_id, kit.example("1.013067"))
    html = body(browser.get(page(draft_id, "kiem-tra")))
    assert "Lệ phí đăng ký, cấp biển số xe" in html
    assert "Cơ quan tính khi tiếp nhận hồ sơ và báo cho bạn" in html
    assert "Miễn phí" not in html
    assert "2 ngày làm việc" in html


def test_a_fee_nobody_knows_is_not_called_free(browser: Browser) -> None:
    kit.sign_in(browser)
    draft_id = kit.start(browser, "3.000465")
    html = body(browser.get(page(draft_id, "kiem-tra")))
    assert "Danh mục quốc gia không ghi phí" in html
    assert "Miễn phí" not in html


def test_an_optional_box_that_holds_nonsense_stops_the_filing(browser: Browser) -> None:
    kit.sign_in(browser, email="")
    draft_id = kit.start(browser)
    kit.fill_in(browser, draft_id, kit.example(BIRTH))
    browser.post(
        page(draft_id, "requester"),
        {
            "asked": ["requester.email", "requester.relation"],
            "requester.email": "không có",
            "requester.relation": "mother",
            "do": "later",
        },
    )
    answer = browser.post(page(draft_id, "kiem-tra"))
    assert answer.status_code == 422
    assert "#requester.email" in body(answer)
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("stop", ["", "requester", "giay-to", "kiem-tra", "xoa", "tep"])
def test_other_peoples_forms_do_not_exist(browser: Browser, draft_id: UUID, stop: str) -> None:
    other = Browser()
    kit.sign_in(other, "000195000102", full_name="La Thị Nga")
    before = Draft.objects.values().get()
    if stop != "tep":
        assert other.get(page(draft_id, stop)).status_code == 404
    if stop:
        assert other.post(page(draft_id, stop), {"do": "later"}).status_code == 404
    assert Draft.objects.values().get() == before


def test_a_form_is_discarded_only_after_asking(browser: Browser, draft_id: UUID) -> None:
    assert browser.get(page(draft_id, "xoa")).status_code == 200
    assert Draft.objects.exists()
    assert browser.post(page(draft_id, "xoa"))["Location"] == "/"
    assert not Draft.objects.exists()
    assert "Đã xóa bản khai" in body(browser.get("/"))


def test_the_pages_of_a_form_are_whole_in_english(browser: Browser, draft_id: UUID) -> None:
    browser.read_in("en")
    for stop in ("requester", "birth", "giay-to", "kiem-tra", "xoa"):
        assert browser.get(page(draft_id, stop)).status_code in {200, 302}
    assert browser.get(f"/thu-tuc/{BIRTH}/nop/").status_code == 200


def papers_ready(browser: Browser, draft_id: UUID) -> str:
    """Answer what makes the birth notice a paper to hand in, and return the papers' page."""
    browser.post(
        page(draft_id, "requester"), {"asked": ["requester.relation"], "requester.relation": "mother"}
    )
    browser.post(page(draft_id, "birth"), BIRTH_PAGE | {"asked": list(BIRTH_PAGE)})
    return page(draft_id, "giay-to")


def test_a_paper_is_taken_shown_and_taken_out_without_scripts(browser: Browser, draft_id: UUID) -> None:
    address = papers_ready(browser, draft_id)
    assert "Giấy chứng sinh" in body(browser.get(address))

    answer = browser.post(address, {"paper-birth_notice-file": kit.picture(), "do": "upload"})

    assert answer["Location"] == address
    html = body(browser.get(address))
    paper_id = Draft.objects.get().papers["birth_notice"][0]
    assert "giay.jpg" in html
    shown = browser.get(f"/to-khai/{draft_id}/tep/{paper_id}/")
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert b"".join(shown.streaming_content)[:2] == b"\xff\xd8"
    assert browser.get(f"/to-khai/{draft_id}/tep/{paper_id}/", {"ban": "nho"}).status_code == 200
    browser.post(address, {"remove-file": paper_id})
    assert Draft.objects.get().papers["birth_notice"] == []
    assert browser.get(f"/to-khai/{draft_id}/tep/{paper_id}/").status_code == 404


def test_a_missing_paper_is_named_beside_its_box(browser: Browser, draft_id: UUID) -> None:
    answer = browser.post(papers_ready(browser, draft_id))
    assert answer.status_code == 422
    assert 'href="#paper-birth_notice"' in body(answer)
    assert 'id="paper-birth_notice-error"' in body(answer)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bai-hat.mp3", b"ID3\x03" + b"\0" * 500, "không thuộc loại được nhận"),
        ("trong.pdf", b"", "không có nội dung"),
        ("to.jpg", b"\xff\xd8\xff" + b"\0" * 11_000_000, "lớn hơn 10 MB"),
    ],
)
def test_a_file_that_is_refused_says_why_beside_its_box(
    browser: Browser, draft_id: UUID, name: str, content: bytes, said: str
) -> None:
    address = papers_ready(browser, draft_id)
    file = {"paper-birth_notice-file": kit.upload(name, content, "application/octet-stream")}
    answer = browser.post(address, file)
    if content:
        assert answer.status_code == 422
        assert said in body(answer)
    assert not Paper.objects.exists()
    assert Draft.objects.get().papers == {}


def test_a_request_of_fifty_megabytes_still_gets_a_page(browser: Browser, draft_id: UUID) -> None:
    address = papers_ready(browser, draft_id)
    big = kit.upload("quet.pdf", b"%PDF-1.7\n" + b"\0" * 50_000_000, "application/pdf")
    answer = browser.post(address, {"paper-birth_notice-file": big})
    assert answer.status_code == 422
    assert "lớn hơn 10 MB" in body(answer)


def test_an_absurd_request_is_refused_before_it_is_read(browser: Browser, draft_id: UUID) -> None:
    address = papers_ready(browser, draft_id)
    answer = browser.generic(
        "POST",
        address,
        b"--x--",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(300 * 1024 * 1024),
    )
    assert answer.status_code == 413
    assert "lớn quá mức" in body(answer)


def test_a_script_uploads_one_file_and_takes_it_out_again(browser: Browser, draft_id: UUID) -> None:
    papers_ready(browser, draft_id)
    address = f"/to-khai/{draft_id}/tep/"
    headers = {"X-Part": "file"}
    answer = browser.post(address, {"field": "paper-birth_notice", "file": kit.picture()}, headers=headers)
    assert answer.status_code == 200
    assert 'class="ts-file"' in body(answer)
    paper_id = Draft.objects.get().papers["birth_notice"][0]
    wrong = kit.upload("a.mp3", b"ID3\x03aaaa", "audio/mpeg")
    refused = browser.post(address, {"field": "paper-birth_notice", "file": wrong}, headers=headers)
    assert refused.status_code == 422
    assert "ts-file--wrong" in body(refused)
    unknown = {"field": "paper-nothing", "file": kit.picture()}
    assert browser.post(address, unknown, headers=headers).status_code == 404
    assert browser.post(address, {"field": "x", "remove-file": paper_id}, headers=headers).status_code == 204
    assert (
        browser.post(address, {"field": "x", "remove-file": "not-an-id"}, headers=headers).status_code == 404
    )
    assert Draft.objects.get().papers["birth_notice"] == []
