"""What the pages up to filing ask of the database."""

from uuid import UUID

import pytest

from tests import portal_kit as kit
from tests.perf.queries import MOST, budgets, within
from tests.portal_kit import BIRTH
from tests.web.client import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(browser: Browser) -> UUID:
    kit.found()
    kit.sign_in(browser)
    draft_id = kit.start(browser)
    kit.fill_in(browser, draft_id, kit.example(BIRTH))
    return draft_id


def test_no_budget_is_above_the_most() -> None:
    assert budgets()
    assert all(count <= MOST for count in budgets().values())


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("portal:home", "/"),
        ("portal:catalogue", "/thu-tuc/?q=khai"),
        ("portal:catalogue of one", "/thu-tuc/?q=1.001193"),
        ("portal:suggestions", "/thu-tuc/goi-y/?q=khai"),
        ("portal:history", f"/thu-tuc/{BIRTH}/lich-su/"),
        ("portal:comparison", f"/thu-tuc/{BIRTH}/so-sanh/"),
        ("portal:poster", f"/thu-tuc/{BIRTH}/niem-yet/"),
        ("portal:publication", "/thu-tuc/cong-khai/"),
        ("portal:open-data", "/thu-tuc/du-lieu-mo/"),
        ("portal:unhandled", "/thu-tuc/2.002352/"),
        ("portal:procedure", f"/thu-tuc/{BIRTH}/"),
        ("portal:start", f"/thu-tuc/{BIRTH}/nop/"),
        ("portal:form-page", "/to-khai/{draft}/child/"),
        ("portal:form-papers", "/to-khai/{draft}/giay-to/"),
        ("portal:form-check", "/to-khai/{draft}/kiem-tra/"),
        ("portal:form-discard", "/to-khai/{draft}/xoa/"),
    ],
)
def test_a_page_keeps_its_budget(browser: Browser, filled: UUID, name: str, path: str) -> None:
    address = path.format(draft=filled)
    headers = {"X-Part": "suggestions"} if name == "portal:suggestions" else {}
    browser.get(address, headers=headers)
    with within(name) as caught:
        assert browser.get(address, headers=headers).status_code == 200
    print(f"{name}: {len(caught)}")  # noqa: T201  (the figure for the file)


def test_a_list_of_fifty_costs_what_a_list_of_one_costs(browser: Browser) -> None:
    kit.found()
    asked = []
    for address in ("/thu-tuc/?q=1.001193", "/thu-tuc/"):
        browser.get(address)
        with within("portal:catalogue") as caught:
            html = browser.get(address).content.decode()
        asked.append((html.count("ts-list__item"), len(caught)))
    (one, few), (fifty, many) = asked
    assert (one, fifty) == (1, 50)
    assert few == many
