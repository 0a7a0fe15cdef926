"""The counter's till at the desk: cards, mistakes, counting, handing over, and who sees it."""

from uuid import UUID

import pytest

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import COPY, Province
from tests.fixtures_trust import Trust, trust
from tests.perf.queries import within
from tests.web.client import Browser
from tinhso.payments import queries as payments
from tinhso.payments.models import CashShift, CounterReceipt, CounterStorno
from tinhso.payments.states import BillState
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
TILL = "/ban-lam-viec/thu-ngan/"


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def cashier(province: Province) -> Actor:
    return province.officer("one_stop")


@pytest.fixture
def owing(province: Province) -> UUID:
    return kit.filed(province, province.citizen(), COPY).dossier_id


def state_of(dossier_id: UUID) -> BillState:
    return payments.bills_of_subject(actor=kit.SYSTEM, subject_id=dossier_id)[-1].state


def take(browser: Browser, dossier_id: UUID, **sent: str) -> object:
    address = desk.url_of(dossier_id, "thu-tien")
    return browser.post(address, {"revision": str(desk.revision(dossier_id)), **sent})


def test_a_card_is_taken_with_its_slip_and_shown_in_the_till(
    browser: Browser, cashier: Actor, owing: UUID
) -> None:
    desk.enter(browser, cashier)
    assert "Thẻ qua máy POS" in browser.get(desk.url_of(owing, "thu-tien")).content.decode()
    slip = {"hinh-thuc": "card", "may-pos": "20012345", "ma-chuan-chi": "A1B2C3"}
    refused = take(browser, owing, **slip | {"may-pos": ""})
    assert refused.status_code == 422  # type: ignore[attr-defined]
    assert "A1B2C3" in refused.content.decode()  # type: ignore[attr-defined]
    assert state_of(owing) is BillState.ISSUED
    take(browser, owing, **slip)
    assert state_of(owing) is BillState.PAID
    html = browser.get(TILL).content.decode()
    assert "20012345 · A1B2C3" in html


def test_a_mistake_is_taken_back_with_its_reason_and_both_stay_in_the_book(
    browser: Browser, cashier: Actor, owing: UUID
) -> None:
    desk.enter(browser, cashier)
    take(browser, owing)
    receipt = CounterReceipt.objects.get()
    address = f"{TILL}phieu-thu/{receipt.pk}/huy/"
    assert receipt.number in browser.get(address).content.decode()
    assert browser.post(address, {"ly-do": " "}).status_code == 422
    assert not CounterStorno.objects.exists()
    assert browser.post(address, {"ly-do": "Thu nhầm hồ sơ"})["Location"] == TILL
    assert state_of(owing) is BillState.ISSUED
    assert "Đã hủy: Thu nhầm hồ sơ" in browser.get(TILL).content.decode()
    assert browser.post(address, {"ly-do": "lần nữa"}).status_code == 409
    assert CounterStorno.objects.count() == 1


def test_a_till_is_opened_counted_and_printed(browser: Browser, cashier: Actor, owing: UUID) -> None:
    desk.enter(browser, cashier)
    assert "Bạn chưa mở ca" in browser.get(TILL).content.decode()
    assert browser.post(f"{TILL}mo/", {"dau-ca": "nhiều"}).status_code == 422
    assert not CashShift.objects.exists()
    browser.post(f"{TILL}mo/", {"dau-ca": "50.000"})
    take(browser, owing)
    taken = CounterReceipt.objects.get().amount
    counted = {"da-dem": str(50_000 + taken - 1_000), "nop-kho-bac": str(taken)}
    wrong = browser.post(f"{TILL}chot/", counted | {"so-giay-nop": "KB-17"})
    assert wrong.status_code == 422
    assert "Hãy ghi lý do rồi chốt ca" in wrong.content.decode()
    closed = browser.post(f"{TILL}chot/", counted | {"so-giay-nop": "KB-17", "giai-trinh": "Trả thừa"})
    report = browser.get(closed["Location"]).content.decode()
    for said in ("KB-17", "Trả thừa", "49.000"):
        assert said in report
    assert "KB-17" not in browser.get(TILL).content.decode()
    assert CashShift.objects.get().closed_at is not None


def test_the_head_reads_tills_and_others_do_not(
    browser: Browser, province: Province, cashier: Actor, owing: UUID
) -> None:
    desk.enter(browser, cashier)
    take(browser, owing)
    shift = CashShift.objects.get()
    address = f"{TILL}ca/{shift.pk}/"
    head, examiner = Browser(), Browser()
    desk.enter(head, province.officer("chairperson"))
    assert head.get(address).status_code == 200
    assert "Mở ca" not in head.get(TILL).content.decode()
    desk.enter(examiner, province.officer("civil_status_officer"))
    assert [examiner.get(address).status_code, examiner.get(TILL).status_code] == [404, 403]
    receipt = CounterReceipt.objects.get()
    assert examiner.post(f"{TILL}phieu-thu/{receipt.pk}/huy/", {"ly-do": "x"}).status_code == 403
    assert not CounterStorno.objects.exists()


@pytest.mark.parametrize("receipts", [1, 6])
def test_the_till_asks_the_same_for_one_receipt_and_for_many(
    receipts: int, browser: Browser, province: Province, cashier: Actor
) -> None:
    desk.enter(browser, cashier)
    for _ in range(receipts):
        take(browser, kit.filed(province, province.citizen(), COPY).dossier_id)
    with within("desk:till"):
        assert browser.get(TILL).status_code == 200
    shift = CashShift.objects.get()
    with within("desk:till-shift"):
        assert browser.get(f"{TILL}ca/{shift.pk}/").status_code == 200
