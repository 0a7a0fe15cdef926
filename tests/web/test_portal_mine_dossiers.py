"""The list, one dossier, taking it back, mending it: what is shown, to whom, and what is written."""

import re
from datetime import timedelta
from uuid import UUID

import pytest

from tests import dossiers_kit as kit
from tests import portal_mine_kit as mine
from tests.dossiers_kit import BIRTH, Province
from tests.fixtures_trust import Trust, trust
from tests.web.client import Browser
from tinhso.dossiers.actions.decline import decline_dossier
from tinhso.dossiers.actions.extend import extend_deadline
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.statuses import Status
from tinhso.notices.models import Message
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
PERSONAL = ("", "rut/", "bo-sung/", "thanh-toan/")


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def citizen(province: Province) -> Actor:
    return province.citizen()


def page_of(browser: Browser, dossier_id: UUID, path: str = "") -> str:
    answer = browser.get(f"/ho-so/{dossier_id}/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def status_of(dossier_id: UUID) -> Status:
    return Dossier.objects.get(pk=dossier_id).state


def test_an_empty_list_says_what_to_do(browser: Browser, citizen: Actor) -> None:
    html = mine.enter(browser, citizen).get("/ho-so/").content.decode()
    assert "Bạn chưa nộp hồ sơ nào" in html
    assert "ts-tabs" not in html


def test_what_is_owed_comes_first_and_groups_appear_when_they_hold_something(
    browser: Browser, province: Province, citizen: Actor
) -> None:
    owing = mine.unpaid(province, citizen)
    running = mine.accepted(province, citizen)
    kit.begin(province, citizen, BIRTH)

    html = mine.enter(browser, citizen).get("/ho-so/").content.decode()

    assert 0 < html.index(str(owing)) < html.index(str(running))
    assert f"/ho-so/{owing}/thanh-toan/" in html
    assert "Đang viết dở" in html
    assert re.findall(r"muc=([\w-]+)", html) == ["can-lam", "dang-giai-quyet", "ban-nhap"]
    assert "search-q" not in html
    kept = browser.get("/ho-so/?muc=can-lam").content.decode()
    assert (str(owing) in kept, str(running) in kept, "Đang viết dở" in kept) == (True, False, False)


def test_from_three_on_the_list_can_be_searched(browser: Browser, province: Province, citizen: Actor) -> None:
    ids = [mine.unpaid(province, citizen) for _ in range(3)]
    code = Dossier.objects.get(pk=ids[1]).code
    mine.enter(browser, citizen)
    assert "search-q" in browser.get("/ho-so/").content.decode()

    found = browser.get("/ho-so/", {"q": code.lower()}).content.decode()
    nothing = browser.get("/ho-so/", {"q": "không có"}).content.decode()

    assert [str(one) in found for one in ids] == [False, True, False]
    assert "Không có hồ sơ nào khớp" in nothing


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_says_how_it_stands_who_holds_it_and_why_that_day(
    browser: Browser, province: Province, citizen: Actor, language: str
) -> None:
    dossier_id = mine.accepted(province, citizen)

    html = page_of(mine.enter(browser, citizen).read_in(language), dossier_id)

    dossier = Dossier.objects.get(pk=dossier_id)
    assert dossier.code in html
    agency = (
        "People&#x27;s Committee of Bình Liêu Commune" if language == "en" else "Ủy ban nhân dân xã Bình Liêu"
    )
    assert agency in html
    assert 'class="ts-days"' in html
    assert 'data-play="document-receipt"' in html
    assert kit.NAMES["one_stop"] not in html
    assert f"/ho-so/{dossier_id}/rut/" in html


def test_after_filing_the_page_confirms_and_gives_the_code(
    browser: Browser, province: Province, citizen: Actor
) -> None:
    dossier_id = mine.unpaid(province, citizen)
    html = mine.enter(browser, citizen).get(f"/ho-so/{dossier_id}/?vua-nop").content.decode()
    assert "Hồ sơ đã được gửi" in html
    assert f'data-copy="{Dossier.objects.get(pk=dossier_id).code}"' in html


def test_an_extension_is_part_of_why_that_day(browser: Browser, province: Province, citizen: Actor) -> None:
    dossier_id = mine.accepted(province, citizen)
    due = kit.give_time(province, dossier_id)
    extend_deadline(
        actor=province.officer("civil_status_officer"),
        at=province.at,
        dossier_id=dossier_id,
        new_due_at=due + timedelta(days=7),
        reason="Chờ xác minh nơi sinh.",
    )
    html = page_of(mine.enter(browser, citizen), dossier_id)
    assert "Chờ xác minh nơi sinh." in html
    assert 'data-play="document-apology"' in html


def test_a_granted_result_is_offered_and_a_refusal_says_so(
    browser: Browser, province: Province, citizen: Actor
) -> None:
    granted, refused = mine.returned(province, citizen), mine.refused(province, citizen)
    mine.enter(browser, citizen)
    assert 'data-value="Đã trả kết quả"' in page_of(browser, granted)
    html = page_of(browser, refused)
    assert 'data-value="Không được giải quyết"' in html
    assert "Thiếu chữ ký của cha." in html
    for one in (granted, refused):
        assert 'data-play="document-result"' in page_of(browser, one)
        assert "/danh-gia/" in page_of(browser, one)


def test_what_was_not_taken_in_says_where_the_reason_stands_and_how_to_begin_anew(
    browser: Browser, province: Province, citizen: Actor
) -> None:
    filed = kit.filed(province, citizen, BIRTH)
    kit.pay_cash(province, filed)
    decline_dossier(
        actor=province.officer("one_stop"),
        at=province.at,
        dossier_id=filed.dossier_id,
        reason="Thiếu chữ ký của cha.",
    )
    html = page_of(mine.enter(browser, citizen), filed.dossier_id)
    assert "Xem văn bản của cơ quan" in html
    assert f'href="/thu-tuc/{BIRTH}/"' in html
    told = Message.objects.get(template="not_accepted").body_vi
    assert "Thiếu chữ ký của cha. Bạn có thể" in told


@pytest.mark.parametrize("path", PERSONAL)
def test_another_citizen_finds_nothing(
    browser: Browser, province: Province, citizen: Actor, path: str
) -> None:
    dossier_id = mine.supplement_asked(province, citizen)
    mine.enter(browser, mine.stranger(province))
    assert browser.get(f"/ho-so/{dossier_id}/{path}").status_code == 404
    if path in {"rut/", "bo-sung/"}:
        assert browser.post(f"/ho-so/{dossier_id}/{path}").status_code == 404
    assert status_of(dossier_id) is Status.AWAITING_SUPPLEMENT
    assert Dossier.objects.get(pk=dossier_id).code not in browser.get("/ho-so/").content.decode()


def test_nobody_signed_in_is_led_to_the_door(browser: Browser, province: Province, citizen: Actor) -> None:
    dossier_id = mine.unpaid(province, citizen)
    for path in PERSONAL:
        answer = browser.get(f"/ho-so/{dossier_id}/{path}")
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/dang-nhap/")


def test_taking_it_back_asks_once_more(browser: Browser, province: Province, citizen: Actor) -> None:
    dossier_id = mine.unpaid(province, citizen)
    revision = Dossier.objects.get(pk=dossier_id).revision
    assert "Bạn muốn rút hồ sơ này?" in page_of(mine.enter(browser, citizen), dossier_id, "rut/")
    assert status_of(dossier_id) is Status.FILED

    stale = browser.post(f"/ho-so/{dossier_id}/rut/", {"revision": revision + 7})
    assert (stale.status_code, status_of(dossier_id)) == (409, Status.FILED)
    done = browser.post(f"/ho-so/{dossier_id}/rut/", {"revision": revision})

    assert (done.status_code, status_of(dossier_id)) == (302, Status.WITHDRAWN)
    html = browser.get(done["Location"]).content.decode()
    assert "Bạn đã rút hồ sơ" in html
    assert "/rut/" not in html


def test_a_decided_dossier_cannot_be_taken_back(browser: Browser, province: Province, citizen: Actor) -> None:
    dossier_id = mine.returned(province, citizen)
    answer = mine.enter(browser, citizen).post(f"/ho-so/{dossier_id}/rut/")
    assert (answer.status_code, status_of(dossier_id)) == (409, Status.RETURNED)
    assert "Đã trả kết quả" in answer.content.decode()


def test_what_is_missing_is_listed_with_the_way_to_mend_it_and_taken_when_sent(
    browser: Browser, province: Province, citizen: Actor
) -> None:
    dossier_id = mine.supplement_asked(province, citizen)
    draft_id = Dossier.objects.get(pk=dossier_id).draft_id
    html = page_of(mine.enter(browser, citizen), dossier_id, "bo-sung/")
    assert mine.BLURRED in html
    assert f"/to-khai/{draft_id}/giay-to/" in html

    answer = browser.post(f"/ho-so/{dossier_id}/bo-sung/")

    assert (answer.status_code, status_of(dossier_id)) == (302, Status.IN_PROGRESS)
    assert "Ngày hẹn trả mới" in browser.get(answer["Location"]).content.decode()
    assert browser.get(f"/ho-so/{dossier_id}/bo-sung/").status_code == 302


def test_a_supplement_that_is_still_incomplete_names_what_and_where(
    browser: Browser, province: Province, citizen: Actor
) -> None:
    dossier_id = mine.supplement_asked(province, citizen)
    draft = Dossier.objects.get(pk=dossier_id).draft
    draft.papers = {}
    draft.answers = {name: value for name, value in draft.answers.items() if name != "child.full_name"}
    draft.save()

    answer = mine.enter(browser, citizen).post(f"/ho-so/{dossier_id}/bo-sung/")

    html = answer.content.decode()
    assert (answer.status_code, status_of(dossier_id)) == (422, Status.AWAITING_SUPPLEMENT)
    summary = html[html.index("govuk-error-summary") :]
    assert f'href="/to-khai/{draft.pk}/giay-to/#' in summary
    assert f'href="/to-khai/{draft.pk}/child/#child.full_name"' in summary


def test_an_account_that_did_not_write_the_form_is_told_who_can(
    browser: Browser, province: Province, citizen: Actor
) -> None:
    dossier_id = mine.supplement_asked(province, citizen)
    draft = Dossier.objects.get(pk=dossier_id).draft
    draft.account_id = mine.stranger(province).signed_in_as
    draft.save()
    html = page_of(mine.enter(browser, citizen), dossier_id, "bo-sung/")
    assert "do người khác viết" in html
    assert "/to-khai/" not in html
