"""Finding a procedure and reading about it."""

import pytest

from tests import portal_kit as kit
from tests.portal_kit import BINH_LIEU, BIRTH, BUSINESS, COPY, PERMIT
from tests.web.client import Browser
from tinhso.definitions import catalogue
from tinhso.definitions.searching import find
from tinhso.web.portal import home

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def province() -> None:
    kit.found()


def text_of(browser: Browser, path: str, **query: str) -> str:
    return browser.get(path, query).content.decode()


def codes(text: str) -> list[str]:
    return [one.code for one in find(text, catalogue.all_current())]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_front_door_offers_only_events_that_lead_somewhere(browser: Browser, language: str) -> None:
    html = browser.read_in(language).get("/").content.decode()
    assert "su-kien=small_child" in html
    assert "su-kien=disputes" not in html
    assert "nop=tai-day" in html


def test_the_front_door_shows_what_people_file_most(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "most_filed", lambda *, at: ())
    assert "Nhiều người nộp" not in text_of(browser, "/")
    monkeypatch.setattr(home, "most_filed", lambda *, at: (COPY, "9.999999"))

    html = text_of(browser, "/")

    assert html.index(f"/thu-tuc/{COPY}/") > html.index("Nhiều người nộp")
    assert html.count("ts-list__item") == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("khai sinh", BIRTH),
        ("Đăng ký khai sinh", BIRTH),
        ("lam giay khai sinh cho con", BIRTH),
        ("kahi sinh", BIRTH),
        ("birth", BIRTH),
        ("1.001193", BIRTH),
        ("ho kinh doanh", BUSINESS),
        ("hộ kinh doanhh", BUSINESS),
        ("xay nha", PERMIT),
        ("chung thuc", COPY),
    ],
)
def test_people_find_what_they_mean_however_they_type(text: str, code: str) -> None:
    assert codes(text)[:1] == [code]


@pytest.mark.parametrize("text", ["zzzz", "%", "<script>", "9.999999"])
def test_what_nobody_knows_is_not_found(text: str) -> None:
    assert codes(text) == []


def test_an_empty_result_says_what_to_do_and_escapes_what_was_typed(browser: Browser) -> None:
    html = text_of(browser, "/thu-tuc/", q="<b>zzqx</b>")
    assert "Không tìm thấy thủ tục nào" in html
    assert "tel:1022" in html
    assert "<b>zz" not in html


def test_misspelt_words_are_answered_with_how_they_were_understood(browser: Browser) -> None:
    html = text_of(browser, "/thu-tuc/", q="lamf giayas khai sinh")
    assert "Đang hiện kết quả cho <strong>«làm giấy khai sinh»</strong>" in html
    assert html.index(f"/thu-tuc/{BIRTH}/") > 0


def test_what_is_not_filed_here_is_listed_and_says_so(browser: Browser) -> None:
    html = text_of(browser, "/thu-tuc/", q="hộ chiếu ngoại giao")
    assert "/thu-tuc/2.002352/" in html
    assert "Chưa nhận tại đây" in html
    assert "/thu-tuc/2.002352/" not in text_of(browser, "/thu-tuc/", q="hộ chiếu ngoại giao", nop="tai-day")


def test_a_page_holds_fifty_and_the_next_goes_on_behind_it(browser: Browser) -> None:
    first, second = (text_of(browser, "/thu-tuc/", trang=number) for number in ("1", "2"))
    assert first.count("ts-list__item") == second.count("ts-list__item") == 50
    assert "1–50 trong" in first
    assert "51–100 trong" in second
    assert "trang=2" in first
    for odd in ("0", "-1", "999999", "x", "99999999999"):
        assert browser.get("/thu-tuc/", {"trang": odd}).status_code == 200


def test_suggestions_are_options_of_a_list_and_need_no_frame(browser: Browser) -> None:
    answer = browser.get("/thu-tuc/goi-y/", {"q": "khai si"}, headers={"X-Part": "suggestions"})
    html = answer.content.decode()
    assert 1 <= html.count('role="option"') <= 8
    assert f'data-url="/thu-tuc/{BIRTH}/"' in html
    assert browser.get("/thu-tuc/goi-y/", headers={"X-Part": "suggestions"}).content.strip() == b""


def test_a_search_box_keeps_the_filters_when_it_is_sent_again(browser: Browser) -> None:
    html = text_of(browser, "/thu-tuc/", **{"linh-vuc": "ho-tich", "cap": "xa"})
    assert '<input type="hidden" name="linh-vuc" value="ho-tich">' in html
    assert '<input type="hidden" name="cap" value="xa">' in html


def test_filters_narrow_and_can_be_taken_off(browser: Browser) -> None:
    html = text_of(browser, "/thu-tuc/", **{"su-kien": "small_child"})
    assert f"/thu-tuc/{BIRTH}/" in html
    assert f"/thu-tuc/{PERMIT}/" not in html
    assert "Bỏ bộ lọc" in html


def test_a_filter_that_leaves_nothing_says_how_many_there_are_without_it(browser: Browser) -> None:
    html = text_of(browser, "/thu-tuc/", q="khai sinh", **{"su-kien": "vehicle"})
    assert "Không tìm thấy thủ tục nào" in html
    assert "Bỏ bộ lọc để xem " in html


def test_a_procedure_says_what_people_ask_first(browser: Browser) -> None:
    html = text_of(browser, f"/thu-tuc/{BIRTH}/")
    for said in (
        "Nộp bây giờ thì hẹn trả",
        "Vì sao là ngày này?",
        "Giấy chứng sinh",
        "8.000 ₫",
        "Căn cứ pháp lý",
    ):
        assert said in html, said
    assert "Khi «Giấy tờ chứng minh việc sinh» là «Giấy chứng sinh của cơ sở y tế»." in html
    assert "8.000 ₫ × Số bản sao" in html
    assert f"/thu-tuc/{BIRTH}/nop/" in html


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("code", ["1.001193", "1.001612", "1.001776", "1.004873", "1.013225", "2.000815"])
def test_every_procedure_has_a_whole_page_in_both_languages(
    browser: Browser, code: str, language: str
) -> None:
    assert browser.read_in(language).get(f"/thu-tuc/{code}/").status_code == 200


def test_level_1_is_told_what_to_do_instead_of_a_button(browser: Browser) -> None:
    kit.sign_in(browser, level=1)
    html = text_of(browser, f"/thu-tuc/{BIRTH}/")
    assert "Cần tài khoản định danh mức độ 2" in html
    assert f"/thu-tuc/{BIRTH}/nop/" not in html


def test_the_help_panel_names_the_citizens_own_office(browser: Browser) -> None:
    kit.sign_in(browser, residence_commune=BINH_LIEU)
    assert "Ủy ban nhân dân xã Bình Liêu" in text_of(browser, f"/thu-tuc/{BIRTH}/")


def test_a_code_that_is_not_filed_here_says_who_handles_it_and_where_to_turn(browser: Browser) -> None:
    html = text_of(browser, "/thu-tuc/2.002352/")
    for said in (
        "Cổng này chưa nhận hồ sơ của thủ tục này",
        "Bộ Ngoại giao",
        "https://dichvucong.gov.vn",
        "tel:1022",
        "2.002352",
    ):
        assert said in html, said
    assert "/thu-tuc/2.002352/nop/" not in html


def test_a_code_nobody_knows_is_not_found(browser: Browser) -> None:
    answer = browser.get("/thu-tuc/9.999999/")
    assert answer.status_code == 404
    assert "Hãy tìm lại trong danh mục dịch vụ" in answer.content.decode()


def test_communes_are_suggested_without_marks_ours_first(browser: Browser) -> None:
    found = browser.get("/xa-phuong/", {"q": "binh lieu"}).json()
    assert found[0] == {"code": BINH_LIEU, "name": "Xã Bình Liêu, Tỉnh Quảng Ninh"}
    assert len(browser.get("/xa-phuong/", {"q": "xa"}).json()) == 12
    assert browser.get("/xa-phuong/", {"q": " "}).json() == []
