"""Anybody checks the XML of a receipt: who signed it, whether it is ours, what came of it since."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import etree

from tests.books_kit import give_key, issue_all, known_officer, paid_bill, set_up
from tests.fixtures_trust import Trust, trust
from tests.payments_kit import PAYER, SYSTEM, TOTAL, new_bill, officer
from tests.web.client import Browser
from tinhso.bookkeeping import queries
from tinhso.bookkeeping.actions.replace_receipt import replace_receipt
from tinhso.bookkeeping.models import FeeReceipt
from tinhso.bookkeeping.types import FeeReceiptView
from tinhso.kernel.money import format_dong
from tinhso.papers import xml_checking
from tinhso.papers.xml_checking import Fault, verify_xml
from tinhso.payments.actions.mark_cash import mark_cash
from tinhso.payments.actions.pay_out_refund import pay_out_refund
from tinhso.payments.actions.refund_part import refund_part
from tinhso.payments.actions.take_back_receipt import take_back_receipt
from tinhso.payments.models import CounterReceipt, Refund

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "x"><!ENTITY c "&a;&a;">]><b>&c;</b>'


@pytest.fixture
def now(trust: Trust) -> datetime:
    set_up()
    give_key(trust, at=trust.now)
    return trust.now + timedelta(minutes=1)


@pytest.fixture
def receipt(now: datetime) -> FeeReceiptView:
    paid_bill(at=now)
    (made,) = issue_all(at=now)
    assert made
    return made


def xml_of(receipt: FeeReceiptView) -> bytes:
    with queries.open_xml(actor=SYSTEM, receipt_id=receipt.id) as stream:
        return stream.read()


def check(browser: Browser, content: bytes, name: str = "bien-lai.xml") -> tuple[int, str]:
    answer = browser.post("/verify/", {"tep": SimpleUploadedFile(name, content, "application/xml")})
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_our_receipt_is_known_with_who_signed_it_and_when(
    browser: Browser, receipt: FeeReceiptView, language: str
) -> None:
    status, html = check(browser.read_in(language), xml_of(receipt))
    assert status == 200
    assert 'data-play="receipt-verdict" data-value="success"' in html
    assert 'data-play="signature-1" data-value="valid"' in html
    signed = verify_xml(xml_of(receipt))
    assert signed.signed_at is not None
    for shown in (receipt.title, signed.signer, "Chìu T. H.", format_dong(TOTAL)):
        assert shown in html
    assert "Chìu Thị Hương" not in html
    assert f'href="{receipt.verify_url}"' in html


def test_the_moment_shown_is_the_one_that_was_signed(receipt: FeeReceiptView) -> None:
    said = verify_xml(xml_of(receipt))
    assert said.signed_at is not None
    assert abs(said.signed_at - receipt.issued_at) < timedelta(seconds=1)


def test_one_changed_figure_is_told_and_nothing_of_the_record_is_shown(
    browser: Browser, receipt: FeeReceiptView
) -> None:
    spoilt = xml_of(receipt).replace(b">10000<", b">90000<")
    assert spoilt != xml_of(receipt)
    status, html = check(browser, spoilt)
    assert status == 200
    assert "Đừng dùng tệp này" in html
    assert 'data-value="invalid"' in html
    assert receipt.number not in html


def test_a_receipt_that_was_taken_back_is_told_to_be_cancelled(browser: Browser, now: datetime) -> None:
    cashier, bill = officer("one_stop"), new_bill(at=now)
    mark_cash(actor=cashier, at=now, bill_id=bill.id)
    (first,) = issue_all(at=now)
    assert first
    later = now + timedelta(minutes=1)
    slip = CounterReceipt.objects.get().pk
    take_back_receipt(actor=cashier, at=later, receipt_id=slip, reason="nhầm")
    (adjustment,) = issue_all(at=later)
    assert adjustment

    _status, html = check(browser, xml_of(first))
    assert "Biên lai đã bị hủy" in html
    assert adjustment.title in html
    _status, html = check(browser, xml_of(adjustment))
    assert f"Điều chỉnh biên lai số {first.number}" in html


def test_money_that_went_back_leaves_the_rest(browser: Browser, now: datetime) -> None:
    chief, cashier, bill = officer("chairperson"), officer("one_stop"), new_bill(at=now)
    mark_cash(actor=cashier, at=now, bill_id=bill.id)
    (first,) = issue_all(at=now)
    assert first
    refund_part(actor=chief, at=now, bill_id=bill.id, amount=4_000, note="giảm muộn")
    pay_out_refund(actor=cashier, at=now, refund_id=Refund.objects.get().pk)
    issue_all(at=now + timedelta(minutes=1))

    _status, html = check(browser, xml_of(first))
    assert "Biên lai đã được điều chỉnh" in html
    assert format_dong(TOTAL - 4_000) in html


def test_a_replaced_receipt_leads_to_its_successor(browser: Browser, now: datetime) -> None:
    cashier = known_officer("one_stop")
    paid_bill(at=now)
    (old,) = issue_all(at=now)
    assert old
    new = replace_receipt(
        actor=cashier,
        at=now + timedelta(minutes=1),
        receipt_id=old.id,
        payer_name="Chìu Văn Sơn",
        payer_address="",
        reason="sai tên",
    )
    _status, html = check(browser, xml_of(old))
    assert "Biên lai đã được thay thế" in html
    assert new.title in html
    assert "Chìu Văn Sơn" not in html


def test_a_good_signature_over_what_we_never_issued_is_not_called_ours(
    browser: Browser, receipt: FeeReceiptView
) -> None:
    # Outside what is signed: the bytes are no longer those we kept.
    others = xml_of(receipt) + b"\n<!-- -->"
    status, html = check(browser, others)
    assert status == 200
    assert "không phải biên lai của hệ thống này" in html
    assert receipt.number not in html


def test_a_signer_nobody_vouches_for_is_told(
    browser: Browser, receipt: FeeReceiptView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xml_checking, "_is_trusted", lambda *_: False)
    _status, html = check(browser, xml_of(receipt) + b"\n<!-- -->")
    assert "Không biết người ký là ai" in html


def test_a_file_without_a_signature_proves_nothing(browser: Browser) -> None:
    status, html = check(browser, b"<BLai><DLBLai Id='data'><So>1</So></DLBLai></BLai>")
    assert status == 200
    assert "Tệp này không có chữ ký số" in html


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<BLai><DLBLai>", "bị hỏng"),
        (b"<", "bị hỏng"),
        (b"", "Hãy chọn tệp PDF hoặc XML"),
        (ENTITIES, "khai báo DTD"),
        (ENTITIES.decode().encode("utf-16"), "khai báo DTD"),
        (b"<a>" + b"x" * xml_checking.MAX_BYTES + b"</a>", "lớn hơn 1 MB"),
    ],
    ids=["cut", "one-sign", "empty", "entities", "entities-in-utf-16", "large"],
)
def test_what_cannot_be_read_is_told_in_a_sentence(browser: Browser, content: bytes, said: str) -> None:
    status, html = check(browser, content)
    assert status == 422
    assert said in html
    assert 'href="#tep"' in html


def test_an_xml_file_is_known_by_its_content_too(browser: Browser, receipt: FeeReceiptView) -> None:
    _status, html = check(browser, xml_of(receipt), name="tai-xuong")
    assert "Đúng là biên lai chúng tôi đã lập" in html


@pytest.mark.parametrize("depth", [10, 400])
def test_deep_trees_do_not_break_the_reader(depth: int) -> None:
    found = verify_xml(b"<a>" * depth + b"</a>" * depth)
    assert found.fault in {Fault.NO_SIGNATURE, Fault.NO_XML}


def test_a_signature_moved_to_other_data_is_not_intact(receipt: FeeReceiptView) -> None:
    root = etree.fromstring(xml_of(receipt))
    data = root[0]
    forged = etree.fromstring(etree.tostring(data).replace(b">10000<", b">90000<"))
    # The signed part is kept deep in the file, another one stands where it was read from.
    root.append(data)
    root.insert(0, forged)
    assert not verify_xml(etree.tostring(root)).intact
    assert FeeReceipt.objects.filter(bill__payer_person_id=PAYER).count() == 1


def test_machines_are_told_the_same(receipt: FeeReceiptView) -> None:
    good = xml_of(receipt)

    def asked(content: bytes) -> dict[str, object]:
        sent = {"file": SimpleUploadedFile("bien-lai.xml", content, "application/xml")}
        answer = Client().post("/api/v1/verify/receipts", sent)
        assert answer.status_code == 200
        found: dict[str, object] = answer.json()
        return found

    ours = asked(good)
    assert (ours["intact"], ours["trusted"], ours["later"]) == (True, True, [])
    assert ours["receipt"] == {
        "number": receipt.title,
        "kind": "original",
        "total": TOTAL,
        "issued_at": ours["receipt"]["issued_at"],  # type: ignore[index]
    }
    spoilt = asked(good.replace(b">10000<", b">90000<"))
    assert (spoilt["intact"], spoilt["fault"], spoilt["receipt"]) == (False, "altered", None)
    assert asked(ENTITIES)["fault"] == "has_dtd"
    assert "Chìu" not in str(ours)
