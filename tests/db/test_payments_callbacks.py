"""What the bank reports counts once, whatever it reports twice, late, short, over, or for nobody."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.payments_kit import (
    AT,
    SECRET,
    SYSTEM,
    TOTAL,
    everything,
    hear,
    later,
    new_bill,
    officer,
    report,
    signed,
)
from tinhso.kernel.models import LedgerEntry
from tinhso.payments import queries
from tinhso.payments.actions.cancel_bill import cancel_bill
from tinhso.payments.actions.expire_bills import expire_bills
from tinhso.payments.actions.match_credit import AlreadyMatched, match_credit
from tinhso.payments.actions.receive_callback import MalformedMessage, receive_callback
from tinhso.payments.actions.sweep_nonces import sweep_nonces
from tinhso.payments.booking import ContradictoryCredit
from tinhso.payments.models import BankTransaction, CallbackNonce
from tinhso.payments.policies import RoleMissing
from tinhso.payments.signing import ForgedMessage, ReplayedMessage, SignedMessage, StaleMessage
from tinhso.payments.states import BillState, Outcome, RefundReason
from tinhso.payments.types import BillView
from tinhso.payments.vietqr import parse

pytestmark = pytest.mark.django_db


def again(bill: BillView) -> BillView:
    return queries.access_bill(actor=SYSTEM, bill_id=bill.id)


def due_back() -> list[tuple[int, RefundReason]]:
    return [(refund.amount, refund.reason) for refund in queries.open_refunds(actor=SYSTEM)]


def test_the_exact_sum_pays_the_bill() -> None:
    bill = new_bill()
    answer = hear(report(bill))
    assert (answer.outcome, answer.is_new, answer.missing) == (Outcome.PAID, True, 0)
    assert (again(bill).state, again(bill).paid_at) == (BillState.PAID, AT)
    assert due_back() == []


def test_the_same_report_twice_is_answered_twice_and_counts_once() -> None:
    bill = new_bill()
    body = report(bill)
    hear(body)
    entries = LedgerEntry.objects.count()
    second = hear(body, at=later(minutes=1))
    assert (second.outcome, second.is_new) == (Outcome.PAID, False)
    assert again(bill).received == TOTAL
    assert (BankTransaction.objects.count(), LedgerEntry.objects.count()) == (1, entries)


def test_a_short_sum_leaves_the_bill_open_and_the_code_asks_for_the_rest() -> None:
    bill = new_bill()
    answer = hear(report(bill, 4_000))
    assert (answer.outcome, answer.missing) == (Outcome.SHORT, 6_000)
    assert again(bill).state is BillState.PART_PAID
    assert parse(again(bill).payload).amount == 6_000
    hear(report(bill, 6_000))
    assert again(bill).state is BillState.PAID


def test_what_is_over_falls_due_back_and_the_bill_is_paid() -> None:
    bill = new_bill()
    assert hear(report(bill, 12_500)).outcome is Outcome.OVER
    assert again(bill).state is BillState.PAID
    assert due_back() == [(2_500, RefundReason.OVERPAID)]


def test_a_second_transfer_for_a_paid_bill_falls_due_back_whole() -> None:
    bill = new_bill()
    hear(report(bill))
    assert hear(report(bill)).outcome is Outcome.OVER
    assert due_back() == [(TOTAL, RefundReason.OVERPAID)]


def test_money_for_a_cancelled_bill_falls_due_back_and_opens_nothing() -> None:
    bill = new_bill()
    cancel_bill(actor=SYSTEM, at=AT, bill_id=bill.id)
    assert hear(report(bill)).outcome is Outcome.LATE
    assert again(bill).state is BillState.CANCELLED
    assert due_back() == [(TOTAL, RefundReason.LATE)]


def test_money_for_a_lapsed_bill_falls_due_back() -> None:
    bill = new_bill()
    expire_bills(actor=SYSTEM, at=later(days=10))
    assert hear(report(bill), at=later(days=10)).outcome is Outcome.LATE
    assert due_back() == [(TOTAL, RefundReason.LATE)]


def test_money_the_bank_took_in_time_counts_however_late_it_says_so() -> None:
    bill = new_bill()
    assert hear(report(bill), at=later(days=10)).outcome is Outcome.PAID


def test_money_the_bank_took_too_late_lapses_the_bill_even_before_the_job_does() -> None:
    bill = new_bill()
    hear(report(bill, 1_000))
    answer = hear(report(bill, 9_000, paid_at=later(hours=97).isoformat()), at=later(hours=97))
    assert answer.outcome is Outcome.LATE
    assert again(bill).state is BillState.EXPIRED
    assert due_back() == [(1_000, RefundReason.EXPIRED), (9_000, RefundReason.LATE)]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"purpose": "chuyen tien an trua"}, "no_reference"),
        ({"purpose": "TS11111111111" + "1"}, "unknown_reference"),
        ({"account": "999"}, "other_account"),
    ],
)
def test_money_that_names_no_bill_of_ours_is_held_for_an_officer(change: dict[str, str], reason: str) -> None:
    bill = new_bill()
    assert hear(report(bill, **change)).outcome is Outcome.UNMATCHED
    (credit,) = queries.unmatched_credits(actor=officer("system_operator"))
    assert (credit.amount, credit.reason, credit.bill_id) == (TOTAL, reason, None)
    assert again(bill) == bill


def test_a_transfer_that_names_two_bills_is_held_for_an_officer() -> None:
    one, two = new_bill(), new_bill()
    hear(report(one, purpose=f"{one.reference} {two.reference}"))
    (credit,) = queries.unmatched_credits(actor=SYSTEM)
    assert credit.reason == "several_bills"


def test_a_held_transfer_counts_by_the_same_rule_once_an_officer_names_its_bill() -> None:
    bill = new_bill()
    hear(report(bill, 12_000, purpose="quen ghi ma"))
    (credit,) = queries.unmatched_credits(actor=SYSTEM)
    with pytest.raises(RoleMissing):
        match_credit(actor=officer("one_stop"), at=AT, credit_id=credit.id, reference=bill.reference)
    assert again(bill) == bill
    matched = match_credit(
        actor=officer("leader"), at=AT, credit_id=credit.id, reference=bill.reference.lower()
    )
    assert matched.state is BillState.PAID
    assert due_back() == [(2_000, RefundReason.OVERPAID)]
    with pytest.raises(AlreadyMatched):
        match_credit(actor=officer("leader"), at=AT, credit_id=credit.id, reference=bill.reference)
    assert queries.unmatched_credits(actor=SYSTEM) == ()


def test_a_known_transaction_with_another_amount_is_refused_and_counted() -> None:
    bill = new_bill()
    body = report(bill)
    hear(body)
    before = everything()
    for lie in ({"amount": TOTAL - 1}, {"account": "111"}):
        with pytest.raises(ContradictoryCredit):
            hear(body | lie)
    assert everything() == before
    counts = queries.callback_counts(actor=SYSTEM, day=AT.date())
    assert counts == {"paid": 1, "credit-contradictory": 2}


def tampered(message: SignedMessage, **changes: object) -> SignedMessage:
    parts = {name: getattr(message, name) for name in ("bank", "timestamp", "nonce", "signature", "body")}
    return SignedMessage(**(parts | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "forge",
    [
        lambda m: tampered(m, body=m.body.replace(b'"amount": 10000', b'"amount": 99999')),
        lambda m: tampered(m, signature=""),
        lambda m: tampered(m, signature="ủ" * 64),
        lambda m: tampered(m, signature=m.signature[:-1] + ("0" if m.signature[-1] != "0" else "1")),
        lambda m: tampered(m, bank="999999"),
        lambda m: tampered(m, bank=""),
        lambda m: tampered(m, nonce=uuid4().hex),
        lambda m: tampered(m, nonce=""),
        lambda m: tampered(m, timestamp=str(int(m.timestamp) + 1)),
        lambda m: tampered(m, timestamp="9" * 400),
        lambda m: tampered(m, timestamp="now"),
    ],
)
def test_a_forged_report_is_refused_counted_and_changes_nothing(forge: object) -> None:
    bill = new_bill()
    message = signed(report(bill))
    before = everything()
    with pytest.raises(ForgedMessage):
        receive_callback(actor=SYSTEM, at=AT, message=forge(message))  # type: ignore[operator]
    assert everything() == before
    assert queries.callback_counts(actor=SYSTEM, day=AT.date()) == {"bank-message-forged": 1}


def test_a_report_signed_with_another_secret_is_refused() -> None:
    bill = new_bill()
    with pytest.raises(ForgedMessage):
        receive_callback(actor=SYSTEM, at=AT, message=signed(report(bill), secret=SECRET + b"x"))
    assert again(bill) == bill


@pytest.mark.parametrize("distance", [timedelta(minutes=-6), timedelta(minutes=6)])
def test_a_report_signed_at_another_time_is_refused(distance: timedelta) -> None:
    bill = new_bill()
    with pytest.raises(StaleMessage):
        receive_callback(actor=SYSTEM, at=AT, message=signed(report(bill), at=AT + distance))
    assert again(bill) == bill


def test_the_very_same_message_is_not_taken_twice() -> None:
    bill = new_bill()
    message = signed(report(bill))
    receive_callback(actor=SYSTEM, at=AT, message=message)
    before = everything()
    with pytest.raises(ReplayedMessage):
        receive_callback(actor=SYSTEM, at=later(minutes=1), message=message)
    assert everything() == before


def test_old_messages_are_forgotten_only_when_too_old_to_be_replayed() -> None:
    hear(report(new_bill()))
    assert sweep_nonces(at=later(minutes=9)) == 0
    assert sweep_nonces(at=later(minutes=11)) == 1
    assert not CallbackNonce.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 0},
        {"amount": -5},
        {"amount": "10000"},
        {"amount": 1.5},
        {"amount": 10**14},
        {"amount": True},
        {"paid_at": "2026-11-23T09:00:00"},
        {"transaction_id": ""},
        {"transaction_id": "x" * 65},
        {"account": None},
        {"purpose": "x" * 1001},
        {"note": "a\x00b"},
    ],
)
def test_a_report_that_makes_no_sense_is_refused_with_the_field_named(change: dict[str, object]) -> None:
    bill = new_bill()
    before = everything()
    with pytest.raises(MalformedMessage) as refusal:
        hear(report(bill, **change))
    assert (next(iter(change)) if "note" not in change else "JSON") in refusal.value.sentence()
    assert everything() == before


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b"\xff", b"[" * 10_000, b'{"amount": NaN}', b'{"a":"\\ud800"}']
)
def test_a_body_that_is_no_report_is_refused(body: bytes) -> None:
    before = everything()
    with pytest.raises(MalformedMessage):
        receive_callback(actor=SYSTEM, at=AT, message=signed(body))
    assert everything() == before


def test_infinity_in_a_field_of_the_banks_own_is_refused_instead_of_failing_for_ever() -> None:
    bill = new_bill()
    for own in (b"1e999", b"NaN", b"Infinity"):
        raw = json.dumps(report(bill)).encode()[:-1] + b', "own": ' + own + b"}"
        with pytest.raises(MalformedMessage):
            receive_callback(actor=SYSTEM, at=AT, message=signed(raw))
    assert again(bill) == bill
