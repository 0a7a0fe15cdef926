"""Money over the counter: cash and cards, a storno for mistakes, a till that is counted and handed over."""

from contextlib import suppress
from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.payments_kit import (
    AGENCY,
    AT,
    PAYER,
    SYSTEM,
    TOTAL,
    everything,
    hear,
    later,
    new_bill,
    officer,
    report,
)
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotFound, Refusal
from tinhso.payments import queries
from tinhso.payments.actions.cancel_bill import cancel_bill
from tinhso.payments.actions.keep_till import (
    DifferenceUnexplained,
    HandedOverWithoutSlip,
    NoOpenShift,
    NotASum,
    ShiftIsOpen,
    close_till,
    open_till,
)
from tinhso.payments.actions.mark_cash import mark_cash
from tinhso.payments.actions.pay_out_refund import ProofMissing, pay_out_refund
from tinhso.payments.actions.refund_bill import refund_bill
from tinhso.payments.actions.request_refund import RefundIsByHand, request_refund
from tinhso.payments.actions.take_at_counter import SlipIncomplete, SlipUsed, take_at_counter
from tinhso.payments.actions.take_back_receipt import (
    ReceiptGone,
    ShiftIsClosed,
    StornoWithoutReason,
    take_back_receipt,
)
from tinhso.payments.models import CashShift, CounterReceipt
from tinhso.payments.policies import OwnBill, RoleMissing
from tinhso.payments.shifts import access_shift, current_shift, past_shifts, shift_view
from tinhso.payments.states import BillState, Means, RefundState
from tinhso.payments.types import BillView
from tinhso.people.models import Agency
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _agency() -> None:
    Agency.objects.create(
        id=AGENCY, code="H49.99", name="UBND xã Bình Liêu", kind="commune_committee", unit_code="06841"
    )


@pytest.fixture
def cashier() -> Actor:
    return officer("one_stop")


def card(actor: Actor, bill: BillView, code: str = "A1B2C3", terminal: str = "20012345") -> BillView:
    return take_at_counter(
        actor=actor, at=AT, bill_id=bill.id, means=Means.CARD, terminal=terminal, approval_code=code
    )


def last() -> CounterReceipt:
    return CounterReceipt.objects.latest("taken_at", "id")


def again(bill: BillView) -> BillView:
    return queries.access_bill(actor=SYSTEM, bill_id=bill.id)


def test_a_card_pays_what_is_missing_and_its_slip_is_kept(cashier: Actor) -> None:
    bill = new_bill()
    hear(report(bill, 4_000))
    paid = card(cashier, bill, code=" a1b2c3 ")
    assert (paid.state, paid.received) == (BillState.PAID, TOTAL)
    row = last()
    assert (row.amount, row.means, row.terminal, row.approval_code) == (6_000, "card", "20012345", "A1B2C3")
    assert paid.receipt_number == "000001/THE/H49.99/2026"


@pytest.mark.parametrize(
    ("terminal", "code"), [("", "A1B2C3"), ("20012345", ""), ("200", "A1B2C3"), ("20012345", "12-456")]
)
def test_a_card_without_a_whole_slip_is_refused(terminal: str, code: str, cashier: Actor) -> None:
    bill = new_bill()
    before = everything()
    with pytest.raises(SlipIncomplete):
        card(cashier, bill, code=code, terminal=terminal)
    assert everything() == before


def test_one_slip_pays_one_bill_on_a_day_unless_it_was_taken_back(cashier: Actor) -> None:
    first, second = new_bill(), new_bill(subject_id=uuid4())
    card(cashier, first)
    with pytest.raises(SlipUsed):
        card(cashier, second)
    assert again(second).state is BillState.ISSUED
    take_back_receipt(actor=cashier, at=AT, receipt_id=last().id, reason="nhầm hồ sơ")
    assert card(cashier, second).state is BillState.PAID


def test_a_storno_keeps_the_receipt_and_asks_for_the_money_again(cashier: Actor) -> None:
    bill = new_bill()
    mark_cash(actor=cashier, at=AT, bill_id=bill.id)
    receipt = last()
    opened = take_back_receipt(actor=cashier, at=later(hours=1), receipt_id=receipt.id, reason=" thu  thẻ ")
    assert (opened.state, opened.missing, opened.paid_at, opened.receipt_number) == (
        BillState.ISSUED,
        TOTAL,
        None,
        "",
    )
    assert opened.expires_at > bill.expires_at
    receipt.refresh_from_db()
    assert (receipt.amount, receipt.storno.reason) == (TOTAL, "thu thẻ")
    assert LedgerEntry.objects.filter(kind="bill.reopened", subject_id=bill.id).count() == 1
    assert card(cashier, bill).state is BillState.PAID


def test_after_a_storno_what_the_bank_brought_still_counts(cashier: Actor) -> None:
    bill = new_bill()
    hear(report(bill, 4_000))
    mark_cash(actor=cashier, at=AT, bill_id=bill.id)
    opened = take_back_receipt(actor=cashier, at=AT, receipt_id=last().id, reason="nhầm")
    assert (opened.state, opened.received, opened.missing) == (BillState.PART_PAID, 4_000, 6_000)


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        (officer("specialist"), RoleMissing),
        (officer("one_stop", agency_id=uuid4()), NotFound),
        (replace(officer("one_stop"), person_id=PAYER), OwnBill),
    ],
)
def test_nobody_else_takes_a_receipt_back(who: Actor, refusal: type[Exception], cashier: Actor) -> None:
    mark_cash(actor=cashier, at=AT, bill_id=new_bill().id)
    before = everything()
    with pytest.raises(refusal):
        take_back_receipt(actor=who, at=AT, receipt_id=last().id, reason="nhầm")
    assert everything() == before


def test_a_storno_needs_a_reason_an_open_till_and_money_that_is_still_there(cashier: Actor) -> None:
    bill = new_bill()
    mark_cash(actor=cashier, at=AT, bill_id=bill.id)
    receipt = last()
    with pytest.raises(StornoWithoutReason):
        take_back_receipt(actor=cashier, at=AT, receipt_id=receipt.id, reason="  ")
    hear(report(bill))  # paid twice: the transfer falls due back
    before = everything()
    with pytest.raises(ReceiptGone):
        take_back_receipt(actor=cashier, at=AT, receipt_id=receipt.id, reason="nhầm")
    assert everything() == before
    other = new_bill(subject_id=uuid4())
    mark_cash(actor=cashier, at=later(minutes=1), bill_id=other.id)
    close_till(actor=cashier, at=AT, agency_id=AGENCY, counted=2 * TOTAL, handed_over=0)
    with pytest.raises(ShiftIsClosed):
        take_back_receipt(actor=cashier, at=AT, receipt_id=last().id, reason="nhầm")
    with pytest.raises(NotFound):
        take_back_receipt(actor=cashier, at=AT, receipt_id=uuid4(), reason="nhầm")


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_forbids_to_touch_a_receipt(act: str, cashier: Actor) -> None:
    mark_cash(actor=cashier, at=AT, bill_id=new_bill().id)
    rows = CounterReceipt.objects.all()
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        rows.update(amount=1) if act == "update" else rows._raw_delete(rows.db)
    assert last().amount == TOTAL


def test_a_till_is_opened_counted_and_handed_over(cashier: Actor) -> None:
    open_till(actor=cashier, at=AT, agency_id=AGENCY, opening=50_000)
    bills = [new_bill(subject_id=uuid4()) for _ in range(3)]
    for bill in bills[:2]:
        mark_cash(actor=cashier, at=AT, bill_id=bill.id)
    card(cashier, bills[2])
    take_back_receipt(
        actor=cashier, at=AT, receipt_id=CounterReceipt.objects.order_by("id")[0].id, reason="nhầm"
    )
    now = current_shift(actor=cashier, agency_id=AGENCY)
    assert now is not None
    assert (now.cash, now.taken_back, now.card, now.expected) == (20_000, 10_000, 10_000, 60_000)
    closed = close_till(
        actor=cashier, at=later(hours=8), agency_id=AGENCY, counted=60_000, handed_over=10_000, slip="KB-17"
    )
    assert (closed.is_open, closed.difference, closed.kept) == (False, 0, 50_000)
    assert [row.slip for row in past_shifts(actor=cashier)] == ["KB-17"]
    assert current_shift(actor=cashier, agency_id=AGENCY) is None
    kinds = (
        LedgerEntry.objects.filter(subject_id=closed.id).order_by("position").values_list("kind", flat=True)
    )
    assert list(kinds) == ["shift.opened", "shift.closed"]


def test_cash_paid_back_comes_out_of_the_till_of_who_pays_it(cashier: Actor) -> None:
    bill = new_bill()
    mark_cash(actor=cashier, at=AT, bill_id=bill.id)
    refund_bill(actor=officer("chairperson"), at=AT, bill_id=bill.id, note="thu nhầm")
    (refund,) = queries.open_refunds(actor=SYSTEM)
    other = officer("one_stop")
    pay_out_refund(actor=other, at=AT, refund_id=refund.id)
    till = current_shift(actor=other, agency_id=AGENCY)
    assert till is not None
    assert (till.paid_out, till.expected) == (TOTAL, -TOTAL)


def test_what_came_by_card_goes_back_by_hand_with_the_number_of_its_slip(cashier: Actor) -> None:
    bill = new_bill()
    card(cashier, bill)
    head = officer("chairperson")
    refund_bill(actor=head, at=AT, bill_id=bill.id, note="thu nhầm")
    (refund,) = queries.open_refunds(actor=SYSTEM)
    assert (refund.by_cash, refund.by_hand) == (False, True)
    before = everything()
    with pytest.raises(RefundIsByHand):
        request_refund(actor=head, at=AT, refund_id=refund.id)
    with pytest.raises(RoleMissing):
        pay_out_refund(actor=cashier, at=AT, refund_id=refund.id, proof="R-1")
    with pytest.raises(ProofMissing):
        pay_out_refund(actor=head, at=AT, refund_id=refund.id, proof=" ")
    assert everything() == before
    made = pay_out_refund(actor=head, at=AT, refund_id=refund.id, proof="R-1")
    assert (made.state, made.bank_refund_id) == (RefundState.MADE, "R-1")
    assert again(bill).state is BillState.REFUNDED


@pytest.mark.parametrize(
    ("counted", "handed_over", "slip", "note", "refusal"),
    [
        (9_000, 0, "", "", DifferenceUnexplained),
        (10_000, 11_000, "KB-1", "", NotASum),
        (-1, -1, "", "thiếu", NotASum),
        (10_000, 10_000, "", "", HandedOverWithoutSlip),
    ],
)
def test_a_till_that_does_not_add_up_stays_open(
    counted: int, handed_over: int, slip: str, note: str, refusal: type[Exception], cashier: Actor
) -> None:
    mark_cash(actor=cashier, at=AT, bill_id=new_bill().id)
    before = everything()
    with pytest.raises(refusal):
        close_till(
            actor=cashier,
            at=AT,
            agency_id=AGENCY,
            counted=counted,
            handed_over=handed_over,
            slip=slip,
            note=note,
        )
    assert everything() == before


def test_a_difference_with_its_reason_is_kept(cashier: Actor) -> None:
    mark_cash(actor=cashier, at=AT, bill_id=new_bill().id)
    closed = close_till(
        actor=cashier, at=AT, agency_id=AGENCY, counted=9_000, handed_over=0, note="trả thừa tiền lẻ"
    )
    assert (closed.difference, closed.note) == (-1_000, "trả thừa tiền lẻ")


def test_one_till_at_a_time_and_only_for_who_may_take_money(cashier: Actor) -> None:
    with pytest.raises(NoOpenShift):
        close_till(actor=cashier, at=AT, agency_id=AGENCY, counted=0, handed_over=0)
    open_till(actor=cashier, at=AT, agency_id=AGENCY, opening=0)
    before = everything()
    with pytest.raises(ShiftIsOpen):
        open_till(actor=cashier, at=AT, agency_id=AGENCY, opening=0)
    with pytest.raises(NotASum):
        open_till(actor=officer("one_stop"), at=AT, agency_id=AGENCY, opening=-1)
    with pytest.raises(RoleMissing):
        open_till(actor=officer("specialist"), at=AT, agency_id=AGENCY, opening=0)
    assert everything() == before


def test_a_till_is_seen_by_its_officer_and_by_who_answers_for_the_money(cashier: Actor) -> None:
    till = open_till(actor=cashier, at=AT, agency_id=AGENCY, opening=0)
    for may in (cashier, officer("chairperson"), officer("leader")):
        assert access_shift(actor=may, shift_id=till.id).id == till.id
    strangers = (officer("one_stop"), officer("chairperson", agency_id=uuid4()))
    for may_not in strangers:
        with pytest.raises(NotFound):
            access_shift(actor=may_not, shift_id=till.id)
        assert past_shifts(actor=may_not) == ()


class Undo(Exception):  # noqa: N818
    """Ends an example's transaction."""


ACTS = st.lists(st.sampled_from(["cash", "card", "storno", "transfer", "cancel", "close"]), max_size=9)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS)
def test_in_any_order_the_till_and_the_bill_add_up(cashier: Actor, acts: list[str]) -> None:
    with pytest.raises(Undo), transaction.atomic():
        play(cashier, acts)
        connection.check_constraints()
        raise Undo


def play(cashier: Actor, acts: list[str]) -> None:
    bill, transferred = new_bill(), 0
    for number, name in enumerate(acts):
        if name == "transfer":
            hear(report(bill, 4_000))
            transferred += 4_000
            continue
        with suppress(Refusal), transaction.atomic():
            act(name, cashier, bill, number)
    kept = sum(row.amount for row in CounterReceipt.objects.filter(storno__isnull=True))
    row = again(bill)
    assert row.received == transferred + kept
    tills = [shift_view(till) for till in CashShift.objects.all()]
    cash = CounterReceipt.objects.filter(storno__isnull=True, means="cash")
    assert sum(till.expected for till in tills) == sum(row.amount for row in cash)


def act(name: str, cashier: Actor, bill: BillView, number: int) -> None:
    if name == "cash":
        mark_cash(actor=cashier, at=AT, bill_id=bill.id)
    elif name == "card":
        card(cashier, bill, code=f"{number:06d}")
    elif name == "storno":
        newest = CounterReceipt.objects.order_by("-id").values_list("id", flat=True).first() or uuid4()
        take_back_receipt(actor=cashier, at=AT, receipt_id=newest, reason="nhầm")
    elif name == "cancel":
        cancel_bill(actor=SYSTEM, at=AT, bill_id=bill.id)
    else:
        till = current_shift(actor=cashier, agency_id=AGENCY)
        counted = till.expected if till else 0
        close_till(actor=cashier, at=AT, agency_id=AGENCY, counted=counted, handed_over=0)
