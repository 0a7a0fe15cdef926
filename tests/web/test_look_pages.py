"""Layouts, error pages, language and headers, through the test client."""

import pytest
from django.test import Client

from tests.web.client import Browser
from tests.web.look_urls import REFUSALS
from tinhso.kernel.refusals import Refusal

GALLERY = "/thu-vien-giao-dien/"


@pytest.mark.parametrize(("language", "heading"), [("vi", "Thư viện giao diện"), ("en", "Component gallery")])
def test_the_gallery_is_whole_in_both_languages(browser: Browser, language: str, heading: str) -> None:
    html = browser.read_in(language).get(GALLERY).content.decode()
    assert f">{heading}</h1>" in html


def test_the_language_of_the_browser_is_not_asked(browser: Browser) -> None:
    response = browser.get(GALLERY, headers={"Accept-Language": "en-US"})
    assert response.headers["Content-Language"] == "vi"


def test_a_chosen_language_is_remembered(browser: Browser) -> None:
    browser.get(GALLERY, {"lang": "en"})
    assert browser.get(GALLERY).headers["Content-Language"] == "en"


def test_an_unknown_language_changes_nothing(browser: Browser) -> None:
    assert browser.get(GALLERY, {"lang": "xx"}).headers["Content-Language"] == "vi"
    assert "django_language" not in browser.cookies


def test_the_switch_keeps_the_query(browser: Browser) -> None:
    html = browser.get(GALLERY, {"q": "a b"}).content.decode()
    assert f'href="{GALLERY}?q=a+b&amp;lang=en"' in html


@pytest.mark.urls("tests.web.look_urls")
@pytest.mark.parametrize(
    ("kind", "status"), [("absent", 404), ("forbidden", 403), ("taken", 409), ("nonsense", 422)]
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_refusal_nobody_caught_becomes_its_own_page(
    browser: Browser, kind: str, status: int, language: str
) -> None:
    response = browser.read_in(language).get(f"/refuse/{kind}")
    assert response.status_code == status
    told: type[Refusal] = REFUSALS[kind]
    if language == "vi":
        assert str(told().sentence()) in response.content.decode()


@pytest.mark.urls("tests.web.look_urls")
def test_a_fault_of_ours_says_so_and_tells_nothing_else(browser: Browser) -> None:
    browser.raise_request_exception = False
    response = browser.get("/fail")
    assert response.status_code == 500
    assert "Hệ thống gặp lỗi" in response.content.decode()
    assert "ValueError" not in response.content.decode()


def test_an_unknown_address_helps(browser: Browser) -> None:
    response = browser.get("/khong-co")
    assert response.status_code == 404
    assert 'href="tel:1022"' in response.content.decode()


@pytest.mark.parametrize(("language", "said"), [("vi", "không mở thẳng được"), ("en", "cannot be opened")])
def test_an_address_that_only_takes_forms_says_so_instead_of_nothing(
    browser: Browser, language: str, said: str
) -> None:
    response = browser.read_in(language).get("/dang-nhap/dinh-danh/")
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert said in response.content.decode()


def test_programs_are_told_in_their_own_way() -> None:
    response = Client().get("/api/callbacks/bank")
    assert (response.status_code, response.content) == (405, b"")


def test_a_form_without_its_token_is_told_what_to_do() -> None:
    response = Client(enforce_csrf_checks=True).post(GALLERY)
    assert response.status_code == 403
    assert "tải lại trang" in response.content.decode()


def test_somebody_with_a_session_leaves_no_page_behind(browser: Browser) -> None:
    assert "Cache-Control" not in browser.get("/khong-co").headers
    browser.cookies["sessionid"] = "x"
    assert browser.get("/khong-co").headers["Cache-Control"] == "no-store, private"


def test_the_policy_lets_a_form_lead_only_home_to_identity_and_to_where_one_pays(
    browser: Browser,
) -> None:
    policy = browser.get(GALLERY).headers["Content-Security-Policy"]
    assert "form-action 'self' http://127.0.0.1:8101 http://127.0.0.1:8105;" in policy
    assert "nonce" not in policy
