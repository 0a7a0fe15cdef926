"""The account: what is known and from where, how to be reached, who acts for whom; and the inbox."""

from datetime import timedelta

import pytest

from tests import dossiers_kit as kit
from tests import portal_mine_kit as mine
from tests.dossiers_kit import COPY, Province
from tests.fixtures_trust import Trust, trust
from tests.web.client import Browser
from tinhso.definitions import catalogue
from tinhso.edge.limits import Limit
from tinhso.notices.actions import notify
from tinhso.notices.models import Message, Preference
from tinhso.people import queries
from tinhso.people.models import Account, Mandate, Person
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
BUSINESS = "1.001612"
NGA = {"agent-id": "0001 9500 0102", "agent-name": "la thi nga", "days": "30", "evidence": "Tôi đi làm xa"}


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def citizen(province: Province) -> Actor:
    return province.citizen()


def write(province: Province, citizen: Actor, number: int = 1) -> None:
    assert citizen.person_id
    notify(
        at=province.at + timedelta(seconds=number),
        person_id=citizen.person_id,
        template="dossier_withdrawn",
        data={"code": f"MA-{number}", "procedure": {"vi": "Khai sinh", "en": "Birth"}},
        dedupe_key=f"test:{number}",
        link="/ho-so/",
    )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_each_fact_tells_its_source(browser: Browser, citizen: Actor, language: str) -> None:
    html = mine.enter(browser, citizen).read_in(language).get("/tai-khoan/").content.decode()
    for shown in ("Hoàng Văn Chíu", "000\u00a0191\u00a0000\u00a0101", "14/03/1991", "Bình Liêu", "VNeID"):
        assert shown in html, shown


def test_contact_is_changed_and_a_mistake_keeps_what_was_typed(browser: Browser, citizen: Actor) -> None:
    mine.enter(browser, citizen)
    wrong = browser.post("/tai-khoan/lien-he/", {"phone": "12", "email": "chiu@example.vn"})
    html = wrong.content.decode()
    assert wrong.status_code == 422
    assert 'href="#phone"' in html
    assert 'value="12"' in html
    assert Person.objects.get(personal_id="000191000101").phone == "0900000101"

    right = browser.post("/tai-khoan/lien-he/", {"phone": "0912 345 678", "email": ""}, follow=True)

    assert Person.objects.get(personal_id="000191000101").phone == "0912345678"
    assert "Bạn tự khai" in right.content.decode()


@pytest.mark.parametrize("form", ["lien-he", "thong-bao", "ngon-ngu", "uy-quyen"])
def test_who_reloads_after_a_refusal_or_changes_the_language_finds_the_account(
    browser: Browser, citizen: Actor, form: str
) -> None:
    mine.enter(browser, citizen)
    answer = browser.get(f"/tai-khoan/{form}/?lang=en")
    assert (answer.status_code, answer["Location"]) == (302, "/tai-khoan/")
    assert browser.get("/tai-khoan/").headers["Content-Language"] == "en"


def test_channels_and_language_are_remembered(browser: Browser, citizen: Actor) -> None:
    mine.enter(browser, citizen)
    browser.post("/tai-khoan/thong-bao/", {"sms": "1"})
    assert Preference.objects.values_list("sms", "email").get() == (True, False)

    answer = browser.post("/tai-khoan/ngon-ngu/", {"language": "en"})

    assert answer.cookies["django_language"].value == "en"
    assert Account.objects.get(pk=citizen.signed_in_as).language == "en"
    assert browser.post("/tai-khoan/ngon-ngu/", {"language": "fr"}).status_code == 422
    assert Account.objects.get(pk=citizen.signed_in_as).language == "en"


def test_a_mandate_is_given_to_who_is_named_and_taken_back(
    browser: Browser, province: Province, citizen: Actor
) -> None:
    nga = mine.stranger(province)
    mine.enter(browser, citizen)

    html = browser.post("/tai-khoan/uy-quyen/", NGA, follow=True).content.decode()

    assert "La Thị Nga" in html
    mandate = Mandate.objects.get()
    assert (mandate.agent_id, mandate.principal_id) == (nga.person_id, citizen.person_id)
    held = mine.enter(Browser(), nga).get("/tai-khoan/").content.decode()
    assert "Hoàng Văn Chíu" in held
    browser.post(f"/tai-khoan/uy-quyen/{mandate.pk}/thoi/")
    assert not queries.mandates_given_by(citizen, at=province.later(hours=1))


@pytest.mark.parametrize(
    ("change", "box"),
    [
        ({"agent-name": "La Thị Khác"}, "agent-id"),
        ({"agent-id": "000195000999"}, "agent-id"),
        ({"days": "900"}, "days"),
        ({"evidence": " "}, ""),
    ],
)
def test_a_mandate_that_is_not_clear_is_not_given(
    browser: Browser, province: Province, citizen: Actor, change: dict[str, str], box: str
) -> None:
    mine.stranger(province)
    answer = mine.enter(browser, citizen).post("/tai-khoan/uy-quyen/", NGA | change)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert (f'href="#{box}"' in html) is bool(box)
    assert f'value="{(NGA | change)["agent-id"]}"' in html
    assert not Mandate.objects.exists()


def test_a_mandate_is_given_for_some_procedures_and_both_sides_read_which(
    browser: Browser, province: Province, citizen: Actor
) -> None:
    nga = mine.stranger(province)
    mine.enter(browser, citizen)
    some = {"pham-vi": "mot-so", "pham-vi-thu-tuc": [COPY, BUSINESS]}

    html = browser.post("/tai-khoan/uy-quyen/", NGA | some, follow=True).content.decode()

    assert Mandate.objects.get().scope == sorted([COPY, BUSINESS])
    name = catalogue.current(COPY).procedure.name.vi
    assert f"{name}" in html
    assert name in mine.enter(Browser(), nga).get("/tai-khoan/").content.decode()


def test_procedures_are_searched_without_giving_anything(browser: Browser, citizen: Actor) -> None:
    mine.enter(browser, citizen)
    asked = {"do": "tim-thu-tuc", "pham-vi": "mot-so", "pham-vi-thu-tuc": [BUSINESS]}

    answer = browser.post("/tai-khoan/uy-quyen/", NGA | asked | {"pham-vi-tim": "chung thuc ban sao"})
    html = answer.content.decode()

    assert answer.status_code == 200
    assert f'value="{COPY}"><label' in html
    assert f'value="{BUSINESS}" checked' in html
    assert 'value="la thi nga"' in html
    nothing = browser.post("/tai-khoan/uy-quyen/", NGA | asked | {"pham-vi-tim": "zzzz"})
    assert "Không có thủ tục nào khớp" in nothing.content.decode()
    assert not Mandate.objects.exists()


@pytest.mark.parametrize("codes", [[], ["9.999999"]])
def test_some_procedures_means_at_least_one_that_exists(
    browser: Browser, province: Province, citizen: Actor, codes: list[str]
) -> None:
    mine.stranger(province)
    some = {"pham-vi": "mot-so", "pham-vi-thu-tuc": codes}
    answer = mine.enter(browser, citizen).post("/tai-khoan/uy-quyen/", NGA | some)
    assert answer.status_code == 422
    assert 'href="#pham-vi"' in answer.content.decode()
    assert not Mandate.objects.exists()


def test_guessing_at_numbers_is_stopped(
    browser: Browser, citizen: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tinhso.web.portal.account.AGENT", Limit("agent", 1, 3600))
    mine.enter(browser, citizen)
    asked = [browser.post("/tai-khoan/uy-quyen/", NGA).status_code for _ in range(2)]
    assert asked == [422, 429]


def test_a_stranger_cannot_end_anothers_mandate(browser: Browser, province: Province, citizen: Actor) -> None:
    mine.stranger(province)
    mine.enter(browser, citizen).post("/tai-khoan/uy-quyen/", NGA)
    other = province.citizen("000199000104", full_name="Nguyễn Phạm Bảo Ngọc")
    answer = mine.enter(Browser(), other).post(f"/tai-khoan/uy-quyen/{Mandate.objects.get().pk}/thoi/")
    assert answer.status_code == 404
    assert Mandate.objects.get().revoked_at is None


def test_an_empty_inbox_says_so(browser: Browser, citizen: Actor) -> None:
    assert "Chưa có thông báo nào" in mine.enter(browser, citizen).get("/hop-thu/").content.decode()


def test_a_message_that_was_opened_counts_as_read(
    browser: Browser, province: Province, citizen: Actor
) -> None:
    write(province, citizen)
    row = Message.objects.get()
    listed = mine.enter(browser, citizen).get("/hop-thu/").content.decode()
    assert "Chưa đọc" in listed
    assert 'data-play="unread" data-value="1"' in listed

    opened = browser.get(f"/hop-thu/{row.pk}/").content.decode()

    assert "MA-1" in opened
    assert Message.objects.get().read_at is not None
    assert 'data-play="unread"' not in browser.get("/hop-thu/").content.decode()


def test_messages_speak_the_language_of_the_page(
    browser: Browser, province: Province, citizen: Actor
) -> None:
    write(province, citizen)
    row = Message.objects.get()
    english = mine.enter(browser, citizen).read_in("en").get(f"/hop-thu/{row.pk}/").content.decode()
    assert row.subject_en in english


def test_older_messages_are_a_page_away(browser: Browser, province: Province, citizen: Actor) -> None:
    for number in range(25):
        write(province, citizen, number)
    first = mine.enter(browser, citizen).get("/hop-thu/").content.decode()
    older = first.split('href="/hop-thu/?truoc=')[1].split('"')[0]
    second = browser.get(f"/hop-thu/?truoc={older}").content.decode()
    assert (first.count('class="ts-message '), second.count('class="ts-message ')) == (20, 5)
    assert browser.get("/hop-thu/?truoc=khong-phai-so").status_code == 200


def test_nobody_reads_anothers_message(browser: Browser, province: Province, citizen: Actor) -> None:
    write(province, citizen)
    answer = mine.enter(browser, mine.stranger(province)).get(f"/hop-thu/{Message.objects.get().pk}/")
    assert answer.status_code == 404
    assert Message.objects.get().read_at is None
