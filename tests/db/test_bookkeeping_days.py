"""The daily comparison: every difference has its kind, and is explained or put to somebody."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.books_kit import known_officer, paid_bill, set_up
from tests.payments_kit import ACCOUNT, AGENCY, BANK, SYSTEM, TOTAL, hear, new_bill, officer, report
from tinhso.bookkeeping import reports
from tinhso.bookkeeping.actions.compare_day import DayNotBegun, compare_day
from tinhso.bookkeeping.actions.compare_days import compare_days
from tinhso.bookkeeping.actions.handle_difference import (
    DifferenceNotOpen,
    NoteMissing,
    NotOfTheAgency,
    assign_difference,
    close_difference,
)
from tinhso.bookkeeping.actions.take_statement import UnreadableCardList, take_card_list, take_statement
from tinhso.bookkeeping.models import BankLine, CardLine, DayReport, Difference
from tinhso.bookkeeping.types import Channel, DayReportView, DifferenceKind, DifferenceState
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotFound
from tinhso.payments.actions.keep_till import close_till
from tinhso.payments.actions.mark_cash import mark_cash
from tinhso.payments.actions.take_at_counter import take_at_counter
from tinhso.payments.actions.take_back_receipt import take_back_receipt
from tinhso.payments.models import BankTransaction, CounterReceipt, Refund
from tinhso.payments.policies import RoleMissing
from tinhso.payments.states import Means, RefundState
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # 12:00 in Vietnam
NIGHT = datetime(2026, 11, 23, 18, 40, tzinfo=UTC)  # 1:40 of the next day there
K = DifferenceKind


@pytest.fixture(autouse=True)
def _world() -> None:
    set_up()


def counted(at: datetime = NIGHT, actor: Actor = SYSTEM) -> dict[Channel, DayReportView]:
    return {one.channel: one for one in compare_day(actor=actor, at=at, agency_id=AGENCY, day=DAY)}


def kinds(report: DayReportView) -> list[tuple[str, str]]:
    return sorted((str(one.kind), str(one.state)) for one in report.differences)


def statement(*lines: tuple[str, int, str], at: datetime = NOON) -> bytes:
    rows = [
        f"{number},{at.isoformat()},{ACCOUNT.number},{amount},{purpose}" for number, amount, purpose in lines
    ]
    return "\n".join(["transaction_id,received_at,account,amount,purpose", *rows]).encode()


def take(*lines: tuple[str, int, str], at: datetime = NIGHT) -> None:
    take_statement(actor=SYSTEM, at=at, bank=BANK, content=statement(*lines))


def heard(number: str, amount: int = TOTAL, *, at: datetime = NOON, **changes: Any) -> None:
    """Let the bank call about a bill of its own."""
    bill = new_bill(at=at)
    body = report(bill, amount=amount, transaction_id=number, paid_at=NOON.isoformat()) | changes
    hear(body, at=at)


def test_a_day_that_agrees_has_nothing_to_explain() -> None:
    heard("FT1")
    take(("FT1", TOTAL, "x"))
    bank = counted()[Channel.BANK]
    assert (bank.booked_sum, bank.told_sum, bank.gap, bank.is_told) == (TOTAL, TOTAL, 0, True)
    assert bank.differences == ()


def test_without_a_statement_the_day_says_that_it_waits_for_one() -> None:
    heard("FT1")
    bank = counted()[Channel.BANK]
    assert (bank.is_told, kinds(bank)) == (False, [("no_statement", "open")])
    take(("FT1", TOTAL, "x"))
    assert counted()[Channel.BANK].differences == ()
    assert list(Difference.objects.filter(kind="no_statement").values_list("state", flat=True)) == ["settled"]


def test_each_difference_of_a_transfer_has_its_kind() -> None:
    heard("OK")
    heard("LATE", at=NOON + timedelta(days=1))
    heard("GONE")
    heard("NAMELESS", purpose="khong ro")
    take(
        ("OK", TOTAL, "x"),
        ("LATE", TOTAL, "x"),
        ("NAMELESS", TOTAL, "khong ro"),
        ("OUT", -5_000, "rut"),
    )
    BankLine.objects.create(
        bank=BANK, transaction_id="UNBOOKED", account_number=ACCOUNT.number, amount=700, received_at=NOON,
        day=DAY, read_at=NOON,
    )  # fmt: skip
    bank = counted(NIGHT + timedelta(days=1))[Channel.BANK]
    assert kinds(bank) == sorted(
        [
            ("late_callback", "explained"),
            ("missing_at_bank", "open"),
            ("money_out", "open"),
            ("not_booked", "open"),
            ("unknown_bill", "open"),
        ]
    )
    assert all(str(one.sentence) for one in bank.differences)


def test_what_only_the_statement_knows_was_never_called_about() -> None:
    bill = new_bill(at=NOON)
    take(("FT9", TOTAL, bill.reference))
    bank = counted()[Channel.BANK]
    assert kinds(bank) == [("missing_callback", "explained")]
    assert bank.gap == 0


def test_a_statement_with_another_sum_stays_open() -> None:
    heard("FT1")
    BankLine.objects.create(
        bank=BANK, transaction_id="FT1", account_number=ACCOUNT.number, amount=TOTAL - 1, received_at=NOON,
        day=DAY, read_at=NOON,
    )  # fmt: skip
    (one,) = counted()[Channel.BANK].differences
    assert (one.kind, one.amount, one.state) == (K.WRONG_AMOUNT, 1, DifferenceState.OPEN)


@pytest.mark.parametrize(
    ("state", "kind", "seen"),
    [
        (RefundState.DUE, "refund_in_flight", "explained"),
        (RefundState.FAILED, "refund_failed", "open"),
    ],
)
def test_what_is_to_go_back_is_told_apart(state: RefundState, kind: str, seen: str) -> None:
    heard("FT1", amount=TOTAL + 500)
    Refund.objects.update(state=state)
    take(("FT1", TOTAL + 500, "x"))
    assert kinds(counted()[Channel.BANK]) == [(kind, seen)]


def test_a_debit_that_is_one_of_our_refunds_is_explained() -> None:
    heard("FT1", amount=TOTAL + 500)
    Refund.objects.update(state="made", made_at=NOON, bank_refund_id="RF1")
    take(("FT1", TOTAL + 500, "x"), ("RF1", -500, "hoan"))
    assert kinds(counted()[Channel.BANK]) == [("refund_made", "explained")]


def test_a_card_slip_is_compared_with_the_terminals_list() -> None:
    cashier = known_officer("one_stop")
    for code in ("AAAAA1", "AAAAA2", "AAAAA3"):
        bill = new_bill(at=NOON)
        take_at_counter(
            actor=cashier, at=NOON, bill_id=bill.id, means=Means.CARD, terminal="20012345", approval_code=code
        )
    wrong = CounterReceipt.objects.get(approval_code="AAAAA3")
    take_back_receipt(actor=cashier, at=NOON, receipt_id=wrong.pk, reason="nhầm")
    assert kinds(counted()[Channel.CARD]) == [("no_statement", "open"), ("storno", "explained")]

    rows = ["terminal,approval_code,amount,day"]
    rows += [f"20012345,{code},{amount},{DAY}" for code, amount in (("AAAAA1", TOTAL), ("BBBBB1", 300))]
    assert take_card_list(actor=SYSTEM, at=NIGHT, agency_id=AGENCY, content="\n".join(rows).encode()) == 2
    card = counted()[Channel.CARD]
    assert kinds(card) == [("missing_in_batch", "open"), ("not_booked", "open"), ("storno", "explained")]
    assert (card.booked_sum, card.told_sum) == (2 * TOTAL, TOTAL + 300)
    missing = next(one for one in card.differences if one.kind is K.MISSING_IN_BATCH)
    assert missing.assigned_account_id == cashier.account_id


def test_a_till_that_is_short_asks_who_kept_it() -> None:
    cashier = known_officer("one_stop")
    bill = new_bill(at=NOON)
    mark_cash(actor=cashier, at=NOON, bill_id=bill.id)
    assert kinds(counted()[Channel.CASH]) == [("till_open", "open")]
    close_till(
        actor=cashier, at=NOON + timedelta(hours=4), agency_id=AGENCY, counted=TOTAL - 2_000, handed_over=0,
        note="trả nhầm tiền thừa",
    )  # fmt: skip
    cash = counted()[Channel.CASH]
    (short,) = cash.differences
    assert (short.kind, short.amount, short.assigned_account_id) == (K.TILL_SHORT, 2_000, cashier.account_id)
    assert "trả nhầm tiền thừa" in short.sentence
    assert (cash.booked_sum, cash.told_sum) == (TOTAL, TOTAL - 2_000)


def test_a_paid_bill_without_its_receipt_is_an_open_item() -> None:
    paid_bill(at=NOON)
    receipts = counted()[Channel.RECEIPT]
    assert (kinds(receipts), receipts.gap) == ([("bill_without_receipt", "open")], TOTAL)


def test_counted_again_over_the_same_facts_the_day_is_the_same() -> None:
    heard("GONE")
    heard("FT1")
    take(("FT1", TOTAL, "x"))
    first = counted()
    rows = list(Difference.objects.order_by("id").values())
    again = counted()
    assert list(Difference.objects.order_by("id").values()) == rows
    assert {name: (one.booked_sum, one.told_sum, one.differences) for name, one in first.items()} == {
        name: (one.booked_sum, one.told_sum, one.differences) for name, one in again.items()
    }
    assert DayReport.objects.count() == len(Channel)
    assert LedgerEntry.objects.filter(kind="day.compared").count() == 1


def test_what_people_wrote_stays_until_the_sum_changes() -> None:
    heard("GONE")
    take(("OTHER", 1, "x"))
    chief = known_officer("leader")
    counted()
    gone = Difference.objects.get(kind="missing_at_bank")
    close_difference(actor=chief, at=NIGHT, difference_id=gone.pk, note="Sao kê thiếu một dòng")
    counted(NIGHT + timedelta(hours=1))
    gone.refresh_from_db()
    assert (gone.state, gone.note) == ("closed", "Sao kê thiếu một dòng")

    Difference.objects.filter(pk=gone.pk).update(amount=2)
    counted(NIGHT + timedelta(hours=2))
    gone.refresh_from_db()
    assert gone.state == "open"


def test_an_open_item_is_put_to_somebody_of_the_agency_and_closed_with_a_note() -> None:
    heard("GONE")
    take(("OTHER", 1, "x"))
    counted()
    chief, item = known_officer("leader"), Difference.objects.get(kind="missing_at_bank")

    with pytest.raises(NotOfTheAgency):
        assign_difference(
            actor=chief, at=NIGHT, difference_id=item.pk, to_account_id=chief.account_id or uuid4()
        )
    with pytest.raises(NoteMissing):
        close_difference(actor=chief, at=NIGHT, difference_id=item.pk, note="  ")
    item.refresh_from_db()
    assert (item.state, item.assigned_account_id) == ("open", None)

    close_difference(actor=chief, at=NIGHT, difference_id=item.pk, note="đã rõ")
    with pytest.raises(DifferenceNotOpen):
        close_difference(actor=chief, at=NIGHT, difference_id=item.pk, note="lần nữa")
    assert LedgerEntry.objects.filter(kind="difference.closed").count() == 1


@pytest.mark.parametrize("actor", [officer("one_stop"), officer("leader", agency_id=uuid4())])
def test_who_does_not_answer_for_the_money_neither_counts_nor_sees(actor: Actor) -> None:
    heard("GONE")
    counted()
    with pytest.raises(RoleMissing):
        counted(actor=actor)
    assert reports.reports_of(actor=actor, agency_id=AGENCY, day=DAY) == ()
    with pytest.raises(NotFound):
        close_difference(actor=actor, at=NIGHT, difference_id=Difference.objects.earliest("id").pk, note="x")
    assert not Difference.objects.filter(state="closed").exists()


def test_a_day_to_come_is_refused() -> None:
    with pytest.raises(DayNotBegun):
        compare_day(actor=SYSTEM, at=NIGHT, agency_id=AGENCY, day=DAY + timedelta(days=2))
    assert not DayReport.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"terminal,approval_code,amount,day\n20012345,AAAAA1,x,2026-11-23",
        b"terminal,approval_code,amount,day\n20012345,AAAAA1,100,23/11/2026",
        b"terminal,approval_code,amount,day\n20012345,AAAAA1,100,2026-11-23\n?,AAAAA2,100,2026-11-23",
    ],
)
def test_a_spoilt_settlement_list_keeps_nothing(content: bytes) -> None:
    with pytest.raises(UnreadableCardList):
        take_card_list(actor=SYSTEM, at=NIGHT, agency_id=AGENCY, content=content)
    assert not CardLine.objects.exists()


def test_the_same_statement_twice_changes_nothing() -> None:
    heard("FT1")
    for _turn in range(2):
        take(("FT1", TOTAL, "x"), ("OUT", -10, "y"))
    assert (BankLine.objects.count(), BankTransaction.objects.count()) == (2, 1)


def test_each_night_the_days_before_are_counted() -> None:
    heard("FT1")
    assert compare_days(at=NIGHT, days=2) == 2
    assert set(DayReport.objects.values_list("day", flat=True)) == {DAY, DAY - timedelta(days=1)}


def test_a_strangers_words_are_no_formula_in_the_table() -> None:
    heard("N1", purpose="=cmd()")
    counted()
    BankLine.objects.create(
        bank=BANK, transaction_id="N1", account_number=ACCOUNT.number, amount=TOTAL, received_at=NOON,
        day=DAY, read_at=NOON,
    )  # fmt: skip
    table = reports.as_csv(counted().values())
    assert "unknown_bill" in table
    assert all(not cell.startswith(("=", "+", "@")) for row in table.splitlines() for cell in row.split(","))
