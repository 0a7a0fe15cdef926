"""The payments office at the desk: days, one day's differences, statements taken in, receipts replaced."""

from datetime import date
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests import portal_mine_kit as mine
from tests.dossiers_kit import COPY, Province
from tests.fixtures_trust import Trust, trust
from tests.perf.queries import within
from tests.web.client import Browser
from tinhso.bookkeeping.actions.compare_day import compare_day
from tinhso.bookkeeping.actions.issue_receipt import issue_receipt
from tinhso.bookkeeping.models import BankLine, CardLine, Difference, FeeReceipt, ReceiptDuty
from tinhso.dossiers.models import ReliefClaim
from tinhso.kernel.clock import local
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
BOOKS = "/ban-lam-viec/doi-soat/"


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


@pytest.fixture
def chief(province: Province) -> Actor:
    return province.officer("chairperson")


def paid(province: Province, count: int = 1) -> None:
    """Let the counter take the fee of some copies."""
    for _turn in range(count):
        kit.pay_cash(province, kit.filed(province, province.citizen(), COPY))


def counted(province: Province, chief: Actor) -> date:
    """Compare the day of the province's moment, as the night after would."""
    day, at = local(province.at).date(), province.later(days=1)
    compare_day(actor=kit.SYSTEM, at=at, agency_id=chief.posts[0].agency_id, day=day)
    return day


@pytest.mark.parametrize("count", [1, 5])
def test_a_day_costs_the_same_with_one_difference_and_with_many(
    count: int, browser: Browser, province: Province, chief: Actor
) -> None:
    paid(province, count)
    day = counted(province, chief)
    desk.enter(browser, chief)
    with within("desk:books"):
        month = browser.get(BOOKS).content.decode()
    with within("desk:books-day"):
        shown = browser.get(f"{BOOKS}{day}/").content.decode()
    assert "chênh lệch chưa rõ" in month
    assert shown.count("chưa có biên lai điện tử") == 2 * count
    assert "chưa chốt, phải có" in shown


def test_counting_again_from_the_page_shows_what_is_there_now(
    browser: Browser, province: Province, chief: Actor
) -> None:
    day = local(province.at).date()
    desk.enter(browser, chief)
    assert "chưa đối soát" in browser.get(f"{BOOKS}{day}/").content.decode()
    paid(province)
    assert browser.post(f"{BOOKS}{day}/tinh/").status_code == 302
    assert "chưa có biên lai điện tử" in browser.get(f"{BOOKS}{day}/").content.decode()


def test_a_difference_is_put_to_a_colleague_and_closed_with_a_note(
    browser: Browser, province: Province, chief: Actor
) -> None:
    paid(province)
    counted(province, chief)
    item = Difference.objects.get(kind="bill_without_receipt")
    address = f"{BOOKS}chenh-lech/{item.pk}/"
    cashier = province.officer("one_stop")
    desk.enter(browser, chief)
    with within("desk:books-difference"):
        assert browser.get(address).status_code == 200

    assert browser.post(address, {"nguoi-xem": str(cashier.account_id)}).status_code == 302
    item.refresh_from_db()
    assert (item.assigned_account_id, item.state) == (cashier.account_id, "open")
    assert browser.post(address, {}).status_code == 422
    assert browser.post(address, {"ghi-chu": "Chờ chữ ký số"}).status_code == 302
    item.refresh_from_db()
    assert (item.state, item.note, item.closed_by_id) == ("closed", "Chờ chữ ký số", chief.account_id)
    assert browser.get(address).status_code == 404


def test_the_day_leaves_as_a_table_and_as_a_paper(browser: Browser, province: Province, chief: Actor) -> None:
    paid(province)
    day = counted(province, chief)
    desk.enter(browser, chief)
    table = browser.get(f"{BOOKS}{day}/csv/")
    assert (table.status_code, table["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert "bill_without_receipt" in table.content.decode("utf-8-sig")
    paper = browser.get(f"{BOOKS}{day}/pdf/")
    assert paper.content.startswith(b"%PDF-")


def csv(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("a.csv", text.encode(), "text/csv")


def test_a_statement_and_a_settlement_list_are_taken_in(
    browser: Browser, province: Province, chief: Actor
) -> None:
    operator = province.officer("leader", "construction_department", "22")
    line = f"FT1,{province.at.isoformat()},99990002201,5000,nop tien"
    statement = f"transaction_id,received_at,account,amount,purpose\n{line}\n"
    desk.enter(browser, operator)
    wrong = browser.post(f"{BOOKS}nhap/", {"loai": "bank", "ngan-hang": "12", "tep": csv(statement)})
    assert (wrong.status_code, BankLine.objects.count()) == (422, 0)
    sent = browser.post(f"{BOOKS}nhap/", {"loai": "bank", "ngan-hang": "970405", "tep": csv(statement)})
    assert (sent.status_code, BankLine.objects.count()) == (302, 1)

    cards = f"terminal,approval_code,amount,day\n20012345,A1B2C3,8000,{local(province.at).date()}\n"
    assert browser.post(f"{BOOKS}nhap/", {"loai": "card", "tep": csv("x")}).status_code == 422
    assert browser.post(f"{BOOKS}nhap/", {"loai": "card", "tep": csv(cards)}).status_code == 302
    assert CardLine.objects.get().agency_id == operator.posts[0].agency_id


def receipt(province: Province, chief: Actor) -> UUID:
    """Return an electronic receipt of a fee that was paid at the counter."""
    assert chief.account_id, "the agency's key comes with its head"
    paid(province)
    made = issue_receipt(actor=kit.SYSTEM, at=province.at, duty_id=ReceiptDuty.objects.get().pk)
    assert made
    return made.id


def test_a_wrong_payer_is_replaced_at_the_counter(browser: Browser, province: Province, chief: Actor) -> None:
    address = f"{BOOKS}bien-lai/{receipt(province, chief)}/"
    desk.enter(browser, province.officer("one_stop"))
    with within("desk:books-receipt"):
        assert "Lập biên lai thay thế" in browser.get(address).content.decode()
    assert browser.post(address, {"nguoi-nop": " ", "vi-sao": "x"}).status_code == 422
    assert FeeReceipt.objects.count() == 1
    assert browser.post(address, {"nguoi-nop": "Chìu Văn Sơn", "vi-sao": "ghi sai"}).status_code == 302
    old = browser.get(address).content.decode()
    assert "Biên lai này đã được thay thế" in old
    assert "Lập biên lai thay thế" not in old
    newest = FeeReceipt.objects.latest("number")
    assert (newest.number, newest.content["payer"]["name"]) == (2, "Chìu Văn Sơn")


def test_the_dossier_leads_to_its_receipt(browser: Browser, province: Province, chief: Actor) -> None:
    made = receipt(province, chief)
    subject = FeeReceipt.objects.get(pk=made).bill.subject_id
    desk.enter(browser, province.officer("one_stop"))
    page = browser.get(desk.url_of(subject)).content.decode()
    bill = FeeReceipt.objects.get(pk=made).bill_id
    assert f"{BOOKS}khoan-thu/{bill}/" in page
    assert browser.get(f"{BOOKS}khoan-thu/{bill}/")["Location"] == f"{BOOKS}bien-lai/{made}/"


def test_the_payer_keeps_it_from_the_page_of_the_payment(
    browser: Browser, province: Province, chief: Actor
) -> None:
    made = receipt(province, chief)
    subject = FeeReceipt.objects.get(pk=made).bill.subject_id
    mine.enter(browser, province.citizen())
    with within("portal:pay with a receipt"):
        assert f"/bien-lai/{made}/" in browser.get(f"/ho-so/{subject}/thanh-toan/").content.decode()
    with within("portal:receipt"):
        page = browser.get(f"/bien-lai/{made}/").content.decode()
    assert "EBL01" in page
    xml, pdf = browser.get(f"/bien-lai/{made}/xml/"), browser.get(f"/bien-lai/{made}/pdf/")
    assert b"<BLai>" in b"".join(xml.streaming_content)
    assert b"".join(pdf.streaming_content).startswith(b"%PDF-")
    assert xml["Cache-Control"] == "no-store, private"
    other = mine.enter(Browser(), mine.stranger(province))
    assert other.get(f"/bien-lai/{made}/xml/").status_code == 404


def test_the_bill_names_its_fees_in_the_readers_language(browser: Browser, province: Province) -> None:
    filed = kit.filed(province, province.citizen(), COPY)
    mine.enter(browser, province.citizen())
    address = f"/ho-so/{filed.dossier_id}/thanh-toan/"
    assert "Fee for certifying copies" in browser.read_in("en").get(address).content.decode()
    assert "Phí chứng thực" in browser.read_in("vi").get(address).content.decode()


def test_a_claimed_relief_is_asked_about_on_acceptance(browser: Browser, province: Province) -> None:
    counter = province.officer("one_stop", "commune_police")
    filed = kit.filed(province, province.citizen(), "1.004222", example=1)
    claim = ReliefClaim.objects.get()
    desk.enter(browser, counter)
    page = browser.get(desk.url_of(filed.dossier_id)).content.decode()
    assert f'name="dien-{claim.pk}"' in page
    assert "Hộ nghèo" in page
    sent = desk.form(filed.dossier_id, **{f"dien-{claim.pk}": "khong"})
    refused = browser.post(desk.url_of(filed.dossier_id, "tiep-nhan"), sent)
    assert refused.status_code in (409, 422)
    assert "chọn chấp nhận hay không" in refused.content.decode()
    sent = desk.form(filed.dossier_id, **{f"dien-{claim.pk}": "chap-nhan"})
    assert browser.post(desk.url_of(filed.dossier_id, "tiep-nhan"), sent).status_code == 302
    claim.refresh_from_db()
    assert claim.state == "granted"
