"""Paying by QR code: what the page shows in every state of the bill, and who may see it."""

import re
from datetime import timedelta
from uuid import UUID

import pytest

from tests import dossiers_kit as kit
from tests import portal_mine_kit as mine
from tests.dossiers_kit import Province
from tests.fixtures_trust import Trust, trust
from tests.payments_kit import hear, report
from tests.web.client import Browser
from tinhso.dossiers.models import Dossier
from tinhso.payments import queries as payments
from tinhso.payments.actions.expire_bills import expire_bills
from tinhso.payments.models import Bill
from tinhso.payments.types import BillView
from tinhso.payments.vietqr import parse
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def citizen(province: Province) -> Actor:
    return province.citizen()


@pytest.fixture
def owing(province: Province, citizen: Actor) -> UUID:
    return mine.unpaid(province, citizen)


def address(dossier_id: UUID) -> str:
    return f"/ho-so/{dossier_id}/thanh-toan/"


def bill_of(dossier_id: UUID) -> BillView:
    return payments.bills_of_subject(actor=kit.SYSTEM, subject_id=dossier_id)[-1]


def marked(html: str, name: str) -> str:
    """Return the value a scripted player finds under the mark."""
    found = re.search(rf'data-play="{name}" data-value="([^"]*)"', html)
    assert found, name
    return found[1]


def pay(province: Province, dossier_id: UUID, amount: int) -> None:
    bill = bill_of(dossier_id)
    hear(report(bill, amount, paid_at=province.at.isoformat()), at=province.at)


def lapse(province: Province, dossier_id: UUID) -> None:
    later = bill_of(dossier_id).expires_at + timedelta(days=3)
    assert expire_bills(actor=kit.SYSTEM, at=later) == 1


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_bill_is_shown_with_everything_a_payer_needs(
    browser: Browser, citizen: Actor, owing: UUID, language: str
) -> None:
    html = mine.enter(browser, citizen).read_in(language).get(address(owing)).content.decode()

    bill = bill_of(owing)
    code = parse(marked(html, "qr-payload"))
    assert (code.account, code.amount, code.purpose) == (bill.account.number, bill.total, bill.reference)
    assert marked(html, "bill-total") == str(bill.total)
    for shown in (bill.account.name, bill.reference, bill.lines[0].law, "<svg role"):
        assert shown in html, shown
    assert ("Trial environment" if language == "en" else "Môi trường thử") in html


def test_the_code_can_be_saved_as_a_picture(browser: Browser, citizen: Actor, owing: UUID) -> None:
    answer = mine.enter(browser, citizen).get(address(owing) + "ma-qr.png")
    assert answer.content.startswith(b"\x89PNG")
    assert "attachment" in answer["Content-Disposition"]


def test_money_that_came_is_seen_without_reloading_the_page(
    browser: Browser, province: Province, citizen: Actor, owing: UUID
) -> None:
    mine.enter(browser, citizen)
    asks = re.search(r'hx-get="([^"]+)"', browser.get(address(owing)).content.decode())
    assert asks
    poll = asks[1].replace("&amp;", "&")
    assert browser.get(poll, headers={"HX-Request": "true"}).status_code == 204

    pay(province, owing, bill_of(owing).total)

    part = browser.get(poll, headers={"HX-Request": "true"}).content.decode()
    assert "Đã nộp đủ" in part
    assert "hx-get" not in part
    assert "qr-payload" not in part


def test_a_short_payment_says_what_is_missing_and_asks_for_just_that(
    browser: Browser, province: Province, citizen: Actor, owing: UUID
) -> None:
    total = bill_of(owing).total
    pay(province, owing, total - 500)

    html = mine.enter(browser, citizen).get(address(owing)).content.decode()

    assert parse(marked(html, "qr-payload")).amount == 500
    assert "còn thiếu" in html


def test_an_expired_bill_hides_its_code_and_gives_way_to_a_new_one(
    browser: Browser, province: Province, citizen: Actor, owing: UUID
) -> None:
    lapse(province, owing)
    old = bill_of(owing)
    html = mine.enter(browser, citizen).get(address(owing)).content.decode()
    assert "Đừng chuyển tiền" in html
    assert old.payload not in html
    assert browser.get(address(owing) + "ma-qr.png").status_code == 404

    answer = browser.post(address(owing) + "phieu-moi/")
    again = browser.post(address(owing) + "phieu-moi/")

    assert (answer.status_code, again.status_code) == (302, 302)
    assert Bill.objects.filter(subject_id=owing).count() == 2
    new = bill_of(owing)
    assert (new.total, new.is_open) == (old.total, True)
    assert new.reference in browser.get(answer["Location"]).content.decode()


def test_no_new_bill_for_what_is_paid(
    browser: Browser, province: Province, citizen: Actor, owing: UUID
) -> None:
    pay(province, owing, bill_of(owing).total)
    answer = mine.enter(browser, citizen).post(address(owing) + "phieu-moi/")
    assert answer.status_code == 409
    assert "không có khoản phí nào quá hạn" in answer.content.decode()
    assert Bill.objects.filter(subject_id=owing).count() == 1


def test_the_address_of_a_new_bill_leads_to_the_bill(browser: Browser, citizen: Actor, owing: UUID) -> None:
    answer = mine.enter(browser, citizen).get(address(owing) + "phieu-moi/")
    assert (answer.status_code, answer["Location"]) == (302, address(owing))
    assert Bill.objects.filter(subject_id=owing).count() == 1


def test_a_dossier_without_a_fee_says_so(browser: Browser, province: Province, citizen: Actor) -> None:
    dossier_id = mine.accepted(province, citizen)
    Bill.objects.filter(subject_id=dossier_id).exists()
    html = mine.enter(browser, citizen).get(address(dossier_id)).content.decode()
    assert ("không có khoản nào" in html) is not Bill.objects.filter(subject_id=dossier_id).exists()


def test_nobody_else_sees_or_renews_a_bill(browser: Browser, province: Province, owing: UUID) -> None:
    before = Bill.objects.count()
    mine.enter(browser, mine.stranger(province))
    for path in ("", "ma-qr.png"):
        assert browser.get(address(owing) + path).status_code == 404
    assert browser.post(address(owing) + "phieu-moi/").status_code == 404
    assert Bill.objects.count() == before
    assert Browser().get(address(owing))["Location"].startswith("/dang-nhap/")


def test_in_production_no_stand_in_bank_is_offered(
    browser: Browser, citizen: Actor, owing: UUID, settings: object
) -> None:
    settings.TINHSO = settings.TINHSO.model_copy(update={"mode": "production"})  # type: ignore[attr-defined]
    html = mine.enter(browser, citizen).get(address(owing)).content.decode()
    assert "bank-app" not in html
    assert Dossier.objects.get(pk=owing).code in html


def test_right_after_filing_the_bill_says_that_the_dossier_arrived(
    browser: Browser, citizen: Actor, owing: UUID
) -> None:
    mine.enter(browser, citizen)
    assert "Hồ sơ đã được gửi" in browser.get(address(owing) + "?vua-nop").content.decode()
    assert "Hồ sơ đã được gửi" not in browser.get(address(owing)).content.decode()
