"""Electronic receipts: one for the money, signed, numbered without gaps, corrected by another."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from lxml import etree

from tests.books_kit import give_key, issue_all, known_officer, numbers, paid_bill, receipts_of, set_up
from tests.fixtures_trust import Trust, trust
from tests.payments_kit import AGENCY, PAYER, SYSTEM, TOTAL, citizen, new_bill, officer
from tinhso.bookkeeping import making, queries
from tinhso.bookkeeping.actions.issue_receipt import OriginalMissing, issue_receipt, try_to_issue
from tinhso.bookkeeping.actions.replace_receipt import ReceiptNotCurrent, ReplacementUnclear, replace_receipt
from tinhso.bookkeeping.models import FeeReceipt, ReceiptDuty
from tinhso.bookkeeping.types import ReceiptKind
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotFound, Refusal
from tinhso.papers.queries import verify_token
from tinhso.papers.types import Validity
from tinhso.papers.verifying import verify_pdf
from tinhso.papers.xml_checking import verify_xml
from tinhso.papers.xml_signing import DS, ETSI
from tinhso.payments.actions.mark_cash import mark_cash
from tinhso.payments.actions.pay_out_refund import pay_out_refund
from tinhso.payments.actions.refund_part import refund_part
from tinhso.payments.actions.take_back_receipt import take_back_receipt
from tinhso.payments.models import Bill, CounterReceipt, Refund
from tinhso.payments.policies import RoleMissing
from tinhso.payments.types import BillLine
from tinhso.people.models import Agency

__all__ = ["trust"]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world() -> None:
    set_up()


@pytest.fixture
def now(trust: Trust) -> datetime:
    give_key(trust, at=trust.now)
    return trust.now + timedelta(minutes=1)


def xml_of(receipt_id: object) -> bytes:
    row = FeeReceipt.objects.get(pk=receipt_id)
    with queries.open_xml(actor=SYSTEM, receipt_id=row.pk) as stream:
        return stream.read()


def test_a_paid_bill_gets_one_receipt_however_often_it_is_asked_for(now: datetime) -> None:
    bill = paid_bill(at=now)
    duty = ReceiptDuty.objects.get()

    first = issue_receipt(actor=SYSTEM, at=now, duty_id=duty.pk)
    again = issue_receipt(actor=SYSTEM, at=now + timedelta(hours=1), duty_id=duty.pk)

    assert first
    assert first == again
    assert (first.number, first.form, first.total, first.payer) == (
        "00000001",
        "EBL01",
        TOTAL,
        "Chìu Thị Hương",
    )
    assert first.symbol == f"AA-{now.astimezone(UTC).year % 100:02d}E"
    assert [one.id for one in receipts_of(bill.id)] == [first.id]
    assert LedgerEntry.objects.filter(kind="fee_receipt.issued").count() == 1


def test_its_xml_is_signed_and_an_independent_judge_agrees(now: datetime, tmp_path: Path) -> None:
    paid_bill(at=now)
    (receipt,) = issue_all(at=now)
    assert receipt
    xml = xml_of(receipt.id)

    verdict = verify_xml(xml)
    assert (verdict.intact, verdict.trusted, verdict.reference) == (True, True, "data")
    # xmlsec1 shares no line with the library that signed.
    file = tmp_path / "receipt.xml"
    file.write_bytes(xml)
    judged = subprocess.run(
        [
            "xmlsec1", "--verify", "--insecure", "--pubkey-cert-pem", str(_certificate(xml, tmp_path)),
            "--id-attr:Id", "DLBLai", "--id-attr:Id", f"{ETSI}:SignedProperties",
            "--id-attr:Id", f"{DS}:KeyInfo", str(file),
        ],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert judged.returncode == 0, judged.stderr

    spoilt = xml.replace(b">10000<", b">90000<")
    assert spoilt != xml
    assert not verify_xml(spoilt).intact
    file.write_bytes(spoilt)
    again = subprocess.run(judged.args, capture_output=True, text=True, check=False)
    assert again.returncode != 0


def _certificate(xml: bytes, folder: Path) -> Path:
    found = (etree.fromstring(xml).findtext(f".//{{{DS}}}X509Certificate") or "").strip()
    path = folder / "signer.pem"
    path.write_text(f"-----BEGIN CERTIFICATE-----\n{found}\n-----END CERTIFICATE-----\n")
    return path


def test_its_xml_says_who_paid_what_to_whom_in_figures_and_words(now: datetime) -> None:
    paid_bill(
        at=now, lines=(BillLine("a", "Lệ phí một", 8_000, "Luật A", "charge", 16_000, "Hộ nghèo", "Luật B"),)
    )
    (receipt,) = issue_all(at=now)
    assert receipt
    said = etree.fromstring(xml_of(receipt.id))

    def text(path: str) -> str:
        return said.findtext(f".//{path}") or ""

    assert (text("KHMSBLai"), text("SBLai")) == ("EBL01", "00000001")
    assert text("NBan/Ten") == "Ủy ban nhân dân xã Bình Liêu"
    assert (text("NMua/Ten"), text("NMua/CCCDan")) == ("Chìu Thị Hương", "022198003412")
    assert (text("HHDVu/THHDVu"), text("HHDVu/ThTien"), text("HHDVu/MThuDDu")) == (
        "Lệ phí một",
        "8000",
        "16000",
    )
    assert text("HHDVu/LDMGiam") == "Hộ nghèo, Luật B"
    assert (text("TgTTTBSo"), text("TgTTTBChu")) == ("8000", "Tám nghìn đồng")


def test_its_pdf_is_signed_and_its_code_leads_to_the_public_record(now: datetime) -> None:
    paid_bill(at=now)
    (receipt,) = issue_all(at=now)
    assert receipt
    with queries.open_pdf(actor=SYSTEM, receipt_id=receipt.id) as stream:
        reports = verify_pdf(stream.read())
    assert [report.valid for report in reports] == [True, True]

    record = verify_token(receipt.verify_url.rstrip("/").rpartition("/")[2], at=now)
    assert record.validity is Validity.VALID
    assert record.title == "Biên lai thu phí, lệ phí điện tử số 00000001"
    assert record.holder == "Chìu T. H."


def test_without_a_key_it_waits_with_its_reason_and_takes_no_number(trust: Trust) -> None:
    at = trust.now
    paid_bill(at=at)
    duty = ReceiptDuty.objects.get()

    assert try_to_issue(actor=SYSTEM, at=at, duty_id=duty.pk) is None
    duty.refresh_from_db()
    assert (duty.state, duty.last_error, numbers()) == ("owed", "no-signing-key", [])

    give_key(trust, at=at)
    made = try_to_issue(actor=SYSTEM, at=at + timedelta(minutes=1), duty_id=duty.pk)
    assert made
    assert made.number == "00000001"


def test_a_real_account_needs_the_tax_code(trust: Trust) -> None:
    agency = Agency.objects.get(pk=AGENCY)
    agency.accounts["state_budget"]["test"] = False
    agency.save()
    give_key(trust, at=trust.now)
    paid_bill(at=trust.now)

    with pytest.raises(making.NoTaxCode):
        issue_all(at=trust.now + timedelta(minutes=1))
    assert numbers() == []


def test_a_tax_duty_gets_none_of_ours(now: datetime) -> None:
    paid_bill(at=now, purpose_key="duty.1")
    assert not ReceiptDuty.objects.exists()


def test_a_storno_takes_the_receipt_back_and_paying_again_gives_another(now: datetime) -> None:
    cashier, bill = officer("one_stop"), new_bill(at=now)
    mark_cash(actor=cashier, at=now, bill_id=bill.id)
    issue_all(at=now)
    take_back_receipt(
        actor=cashier,
        at=now + timedelta(minutes=1),
        receipt_id=CounterReceipt.objects.get().pk,
        reason="nhầm",
    )
    mark_cash(actor=cashier, at=now + timedelta(minutes=2), bill_id=bill.id)
    issue_all(at=now + timedelta(minutes=3))

    made = receipts_of(bill.id)
    assert [(one.kind, one.total, one.number) for one in made] == [
        (ReceiptKind.ORIGINAL, TOTAL, "00000001"),
        (ReceiptKind.ADJUSTMENT, -TOTAL, "00000002"),
        (ReceiptKind.ORIGINAL, TOTAL, "00000003"),
    ]
    assert [one.state for one in made] == ["adjusted", "valid", "valid"]
    assert made[1].about_number == "00000001"


def test_a_storno_before_the_receipt_leaves_nothing_to_give(now: datetime) -> None:
    cashier, bill = officer("one_stop"), new_bill(at=now)
    mark_cash(actor=cashier, at=now, bill_id=bill.id)
    receipt = CounterReceipt.objects.get()
    take_back_receipt(actor=cashier, at=now, receipt_id=receipt.pk, reason="nhầm")

    assert list(ReceiptDuty.objects.values_list("state", flat=True)) == ["dropped"]
    assert issue_all(at=now) == []
    assert numbers() == []


def test_money_that_went_back_is_taken_off_the_receipt(now: datetime) -> None:
    chief, cashier, bill = officer("chairperson"), officer("one_stop"), new_bill(at=now)
    mark_cash(actor=cashier, at=now, bill_id=bill.id)
    issue_all(at=now)
    refund_part(actor=chief, at=now, bill_id=bill.id, amount=4_000, note="giảm muộn")
    assert ReceiptDuty.objects.count() == 1
    pay_out_refund(actor=cashier, at=now, refund_id=Refund.objects.get().pk)
    issue_all(at=now + timedelta(minutes=1))

    assert [one.total for one in receipts_of(bill.id)] == [TOTAL, -4_000]
    assert Bill.objects.get(pk=bill.id).state == "paid"


def test_an_adjustment_waits_for_what_it_adjusts(trust: Trust) -> None:
    at = trust.now
    chief, cashier, bill = officer("chairperson"), officer("one_stop"), new_bill(at=at)
    mark_cash(actor=cashier, at=at, bill_id=bill.id)
    refund_part(actor=chief, at=at, bill_id=bill.id, amount=4_000, note="giảm muộn")
    pay_out_refund(actor=cashier, at=at, refund_id=Refund.objects.get().pk)
    give_key(trust, at=at)
    adjustment = ReceiptDuty.objects.get(kind="adjustment")

    with pytest.raises(OriginalMissing):
        issue_receipt(actor=SYSTEM, at=at + timedelta(minutes=1), duty_id=adjustment.pk)
    issue_all(at=at + timedelta(minutes=1))
    assert [one.total for one in receipts_of(bill.id)] == [TOTAL, -4_000]


def test_a_wrong_payer_is_replaced_once_and_the_old_one_stays(now: datetime) -> None:
    cashier, bill = known_officer("one_stop"), paid_bill(at=now)
    (old,) = issue_all(at=now)
    assert old

    def replace(**changes: object) -> object:
        arguments = {"payer_name": "Chìu Văn Sơn", "payer_address": "", "reason": "sai tên"} | changes
        return replace_receipt(actor=cashier, at=now + timedelta(minutes=1), receipt_id=old.id, **arguments)  # type: ignore[arg-type]

    with pytest.raises(ReplacementUnclear):
        replace(payer_name=" ")
    with pytest.raises(ReplacementUnclear):
        replace(reason="")
    assert numbers() == [1]
    replace()
    with pytest.raises(ReceiptNotCurrent):
        replace()

    first, second = receipts_of(bill.id)
    assert (first.state, second.state, second.payer, second.total) == (
        "replaced",
        "valid",
        "Chìu Văn Sơn",
        TOTAL,
    )
    assert b"Ch\xc3\xacu Th\xe1\xbb\x8b" in xml_of(first.id)
    record = verify_token(first.verify_url.rstrip("/").rpartition("/")[2], at=now)
    assert record.validity is Validity.SUPERSEDED


@pytest.mark.parametrize(
    ("actor", "problem"),
    [
        (officer("one_stop", agency_id=uuid4()), NotFound),
        (officer("civil_status_officer"), RoleMissing),
        (citizen(), RoleMissing),
        (citizen(uuid4()), NotFound),
    ],
)
def test_others_do_not_replace_it(now: datetime, actor: object, problem: type[Refusal]) -> None:
    paid_bill(at=now)
    (old,) = issue_all(at=now)
    assert old
    with pytest.raises((problem, Refusal)):
        replace_receipt(
            actor=actor,
            at=now,
            receipt_id=old.id,
            payer_name="X Y",
            payer_address="",
            reason="z",  # type: ignore[arg-type]
        )
    assert numbers() == [1]


def test_the_payer_and_the_agency_see_it_and_nobody_else(now: datetime) -> None:
    paid_bill(at=now)
    (made,) = issue_all(at=now)
    assert made
    assert queries.access_receipt(actor=citizen(), receipt_id=made.id).id == made.id
    assert queries.access_receipt(actor=officer("one_stop"), receipt_id=made.id).id == made.id
    for stranger in (citizen(uuid4()), officer("one_stop", agency_id=uuid4())):
        with pytest.raises(NotFound):
            queries.open_xml(actor=stranger, receipt_id=made.id)
        assert queries.receipts_of_person(actor=stranger, person_id=PAYER) == ()
    assert [one.id for one in queries.receipts_of_person(actor=citizen(), person_id=PAYER)] == [made.id]


def test_the_database_lets_nobody_change_or_delete_it(now: datetime) -> None:
    paid_bill(at=now)
    (made,) = issue_all(at=now)
    assert made
    for act in (
        lambda: FeeReceipt.objects.filter(pk=made.id).update(total=1),
        lambda: FeeReceipt.objects.filter(pk=made.id).delete(),
    ):
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            act()
    assert FeeReceipt.objects.get(pk=made.id).total == TOTAL


def test_the_number_begins_anew_with_the_year(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    paid_bill(at=now)
    issue_all(at=now)
    monkeypatch.setattr(making, "local", lambda at: at + timedelta(days=370))
    paid_bill(at=now)
    issue_all(at=now)
    rows = FeeReceipt.objects.order_by("year")
    assert [row.number for row in rows] == [1, 1]
    assert len({row.year for row in rows}) == len({row.symbol for row in rows}) == 2
