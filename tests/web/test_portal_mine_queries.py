"""What the personal pages and the public ones ask of the database; a longer list asks no more."""

from collections.abc import Callable
from uuid import UUID

import pytest

from tests import dossiers_kit as kit
from tests import portal_mine_kit as mine
from tests.dossiers_kit import Province
from tests.fixtures_trust import Trust, trust
from tests.perf.queries import budgets, within
from tests.web.client import Browser
from tinhso.dossiers.models import Dossier
from tinhso.notices.models import Message
from tinhso.papers.models import IssuedDocument
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def citizen(province: Province) -> Actor:
    return province.citizen()


@pytest.mark.parametrize(
    ("name", "made", "path"),
    [
        ("portal:dossiers", mine.returned, "/ho-so/"),
        ("portal:dossier", mine.returned, "/ho-so/{id}/"),
        ("portal:withdraw", mine.accepted, "/ho-so/{id}/rut/"),
        ("portal:supplement", mine.supplement_asked, "/ho-so/{id}/bo-sung/"),
        ("portal:pay", mine.unpaid, "/ho-so/{id}/thanh-toan/"),
        ("portal:rate", mine.returned, "/danh-gia/{rating}/"),
        ("portal:inbox", mine.returned, "/hop-thu/"),
        ("portal:message", mine.returned, "/hop-thu/{message}/"),
        ("portal:account", mine.returned, "/tai-khoan/"),
        ("portal:paper", mine.accepted, "/giay-to/{paper}/"),
        ("portal:document", mine.returned, "/tai-lieu/{document}/"),
        ("verify", mine.returned, "/verify/{token}/"),
    ],
)
def test_a_page_keeps_its_budget(
    browser: Browser,
    province: Province,
    citizen: Actor,
    name: str,
    made: Callable[[Province, Actor], UUID],
    path: str,
) -> None:
    dossier_id = made(province, citizen)
    address = path.format(**places(dossier_id, citizen))
    mine.enter(browser, citizen).get(address)
    with within(name) as caught:
        assert browser.get(address).status_code == 200
    print(f"{name}: {len(caught)}")  # noqa: T201  (the figure for the file)


def test_tracking_keeps_its_budget(browser: Browser, province: Province, citizen: Actor) -> None:
    code = Dossier.objects.get(pk=mine.accepted(province, citizen)).code
    browser.get("/tra-cuu/", {"ma": code})
    with within("portal:track") as caught:
        assert browser.get("/tra-cuu/", {"ma": code}).status_code == 200
    print(f"portal:track: {len(caught)}")  # noqa: T201  (the figure for the file)


def test_a_longer_list_asks_no_more(browser: Browser, province: Province, citizen: Actor) -> None:
    mine.returned(province, citizen)
    for _ in range(4):
        mine.unpaid(province, citizen)
    mine.enter(browser, citizen).get("/ho-so/")
    with within("portal:dossiers"):
        assert browser.get("/ho-so/").content.count(b'class="ts-dossier"') == 5


def places(dossier_id: UUID, citizen: Actor) -> dict[str, object]:
    """Return what the addresses need to know."""
    dossier = Dossier.objects.get(pk=dossier_id)
    document = IssuedDocument.objects.filter(about_id=dossier_id).order_by("-kind").first()
    message = Message.objects.filter(person_id=citizen.person_id).first()
    return {
        "id": dossier_id,
        "rating": dossier.rating_token,
        "paper": next(iter(dossier.papers.values()))[0],
        "message": message.pk if message else "",
        "document": document.pk if document else "",
        "token": document.token if document else "",
    }


def test_every_personal_page_has_a_budget() -> None:
    assert {"portal:dossier", "portal:pay", "portal:account", "verify"} <= set(budgets())
