"""The front door and the pages that explain, on a phone and a screen."""

import pytest

from tests import portal_kit as kit
from tests.e2e.conftest import Readers
from tests.portal_kit import BIRTH, COPY

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = {
    "home": "/",
    "birth": f"/thu-tuc/{BIRTH}/",
    "copy": f"/thu-tuc/{COPY}/",
    "guide": "/huong-dan/",
    "rights": "/quyen-cua-ban/",
    "accessibility": "/tro-nang/",
}


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "screen"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_pages_to_read_hold_on_a_phone_and_on_a_screen(
    live_server: object, readers: Readers, path: str, phone: bool
) -> None:
    kit.found()
    reader = readers.make(phone=phone, scripts=True)
    reader.go(path)
    reader.check()
