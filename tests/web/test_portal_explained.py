"""The pages that explain."""

import pytest

from tests import portal_kit as kit
from tests.web.client import Browser

pytestmark = pytest.mark.django_db
PAGES = {
    "/huong-dan/": "Guide",
    "/quyen-cua-ban/": "Your rights over your personal data",
    "/tro-nang/": "Accessibility",
}


@pytest.mark.parametrize("path", PAGES)
def test_the_foot_of_every_page_leads_to_them(browser: Browser, path: str) -> None:
    kit.found()
    assert f'href="{path}"' in browser.get("/").content.decode()


@pytest.mark.parametrize(("path", "heading"), PAGES.items())
def test_they_are_whole_in_english(browser: Browser, path: str, heading: str) -> None:
    assert f'<h1 class="govuk-heading-l">{heading}</h1>' in browser.read_in("en").get(path).content.decode()


def test_rights_name_the_days_of_the_law_and_say_what_has_no_form_yet(browser: Browser) -> None:
    html = browser.get("/quyen-cua-ban/").content.decode()
    for said in ("91/2025/QH15", "Trong 2 ngày làm việc", "Trong 15 ngày", "Chưa có mẫu yêu cầu trực tuyến"):
        assert said in html, said


def test_the_places_rights_lead_to_are_on_the_account(browser: Browser) -> None:
    kit.found()
    kit.sign_in(browser)
    account = browser.get("/tai-khoan/").content.decode()
    html = browser.get("/quyen-cua-ban/").content.decode()
    for place in ("known", "looks", "contact", "mandates"):
        assert f'href="/tai-khoan/#{place}"' in html
        assert f'id="{place}"' in account
