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
    browser.get(address)
    with within(name) as caught:
        assert browser.get(address).status_code == 200
    print(f"{name}: {len(caught)}")  # noqa: T201  (the figure for the file)
