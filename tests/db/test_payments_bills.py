"""Bills are issued once, seen by whom they concern, and moved along the table only."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError

from tests.payments_kit import (
    ACCOUNT,
    AGENCY,
    AT,
    LINES,
    PAYER,
    SYSTEM,
    TOTAL,
    citizen,
    everything,
    hear,
    later,
    new_bill,
    officer,
    report,
)
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.payments import queries
from tinhso.payments.actions.cancel_bill import cancel_bill
from tinhso.payments.actions.expire_bills import expire_bills
from tinhso.payments.actions.issue_bill import BillDiffers, NothingToPay
from tinhso.payments.actions.mark_cash import mark_cash
from tinhso.payments.models import Bill, CounterReceipt, PaymentEvent
from tinhso.payments.policies import OwnBill, RoleMissing
from tinhso.payments.references import is_reference
from tinhso.payments.states import BillState, NoSuchMove, RefundReason
from tinhso.payments.types import BillLine
from tinhso.payments.vietqr import Transfer, WrongBin, parse
from tinhso.people.models import Agency

pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    of_bills = LedgerEntry.objects.filter(subject_kind="bill").order_by("position")
    return list(of_bills.values_list("kind", flat=True))


@pytest.fixture
def agency() -> Agency:
    return Agency.objects.create(
        id=AGENCY, code="H49.99", name="UBND xã Bình Liêu", kind="commune_committee", unit_code="06841"
    )


def test_a_bill_shows_its_total_and_a_code_that_reads_back_to_it() -> None:
    bill = new_bill()
    assert (bill.total, bill.received, bill.missing, bill.state) == (TOTAL, 0, TOTAL, BillState.ISSUED)
    assert is_reference(bill.reference, prefix="TS")
    assert parse(bill.payload) == Transfer(ACCOUNT.bin, ACCOUNT.number, TOTAL, bill.reference)
    assert bill.bank_name == "ACB"
    assert kinds() == ["bill.issued"]


def test_asking_again_for_the_same_gives_the_same_bill() -> None:
    subject = uuid4()
    first = new_bill(subject_id=subject)
    assert new_bill(subject_id=subject, at=later(hours=1)) == first
    assert Bill.objects.count() == 1
    assert kinds() == ["bill.issued"]


def test_asking_for_another_amount_while_one_is_alive_is_refused() -> None:
    bill = new_bill()
    before = everything()
    with pytest.raises(BillDiffers, match=bill.reference):
        new_bill(subject_id=bill.subject_id, lines=LINES[:1])
    assert everything() == before


def test_a_new_bill_may_follow_a_cancelled_one() -> None:
    bill = new_bill()
    cancel_bill(actor=SYSTEM, at=AT, bill_id=bill.id)
    assert new_bill(subject_id=bill.subject_id, lines=LINES[:1]).total == 8_000


@pytest.mark.parametrize(
    "lines", [(), (BillLine("a", "a", 0),), (BillLine("a", "a", 9), BillLine("b", "b", -1))]
)
def test_a_bill_over_nothing_is_refused(lines: tuple[BillLine, ...]) -> None:
    with pytest.raises(NothingToPay):
        new_bill(lines=lines)
    assert not Bill.objects.exists()


def test_a_bill_to_an_impossible_account_is_refused() -> None:
    with pytest.raises(WrongBin):
        new_bill(account=type(ACCOUNT)("97", "1", "x"))
    assert not Bill.objects.exists()


def test_a_stranger_may_not_issue_a_bill_in_my_name() -> None:
    with pytest.raises(NotAllowed):
        new_bill(actor=citizen(uuid4()))
    assert not Bill.objects.exists()


def test_the_payer_their_mandate_and_the_agency_see_the_bill_and_nobody_else() -> None:
    bill = new_bill()
    for actor in (
        citizen(),
        citizen(uuid4(), on_behalf_of=frozenset({PAYER})),
        officer("specialist"),
        SYSTEM,
    ):
        assert queries.access_bill(actor=actor, bill_id=bill.id) == bill
        assert queries.bills_of_subject(actor=actor, subject_id=bill.subject_id) == (bill,)
    for actor in (citizen(uuid4()), officer("leader", agency_id=uuid4())):
        with pytest.raises(NotFound):
            queries.access_bill(actor=actor, bill_id=bill.id)
        assert queries.bills_of_subject(actor=actor, subject_id=bill.subject_id) == ()


def test_a_cancelled_bill_takes_no_more_moves() -> None:
    bill = new_bill()
    assert cancel_bill(actor=officer("one_stop"), at=AT, bill_id=bill.id).state is BillState.CANCELLED
    before = everything()
    with pytest.raises(NoSuchMove, match="đã hủy"):
        cancel_bill(actor=officer("one_stop"), at=AT, bill_id=bill.id)
    assert everything() == before


def test_the_payer_may_not_cancel_what_they_owe() -> None:
    bill = new_bill()
    with pytest.raises(NotAllowed):
        cancel_bill(actor=citizen(), at=AT, bill_id=bill.id)
    assert queries.access_bill(actor=SYSTEM, bill_id=bill.id) == bill


def test_a_part_paid_bill_that_is_cancelled_gives_back_what_came() -> None:
    bill = new_bill()
    hear(report(bill, 4_000))
    cancel_bill(actor=SYSTEM, at=AT, bill_id=bill.id)
    (refund,) = queries.open_refunds(actor=SYSTEM)
    assert (refund.amount, refund.reason) == (4_000, RefundReason.CANCELLED)


def test_a_bill_lapses_only_after_its_time_and_grace() -> None:
    bill = new_bill()
    assert expire_bills(actor=SYSTEM, at=later(hours=95)) == 0
    assert expire_bills(actor=SYSTEM, at=later(hours=97)) == 1
    assert expire_bills(actor=SYSTEM, at=later(hours=97)) == 0
    assert queries.access_bill(actor=SYSTEM, bill_id=bill.id).state is BillState.EXPIRED


def test_cash_at_the_counter_pays_what_is_missing_and_numbers_run_without_gaps(agency: Agency) -> None:
    bills = [new_bill(), new_bill()]
    hear(report(bills[0], 4_000))
    paid = [mark_cash(actor=officer("one_stop"), at=AT, bill_id=bill.id) for bill in bills]
    assert [p.receipt_number for p in paid] == ["000001/TM/H49.99/2026", "000002/TM/H49.99/2026"]
    assert [p.state for p in paid] == [BillState.PAID, BillState.PAID]
    assert list(CounterReceipt.objects.order_by("number").values_list("amount", flat=True)) == [6_000, TOTAL]


def test_cash_is_taken_by_the_one_stop_officer_of_the_agency_alone(agency: Agency) -> None:
    bill = new_bill()
    with pytest.raises(RoleMissing):
        mark_cash(actor=officer("specialist"), at=AT, bill_id=bill.id)
    with pytest.raises(NotFound):
        mark_cash(actor=officer("one_stop", agency_id=uuid4()), at=AT, bill_id=bill.id)
    with pytest.raises(OwnBill):
        mark_cash(actor=replace(officer("one_stop"), person_id=PAYER), at=AT, bill_id=bill.id)
    assert queries.access_bill(actor=SYSTEM, bill_id=bill.id) == bill


def test_a_paid_bill_takes_no_cash_and_no_number_is_lost(agency: Agency) -> None:
    bill, next_bill = new_bill(), new_bill()
    hear(report(bill))
    with pytest.raises(NoSuchMove):
        mark_cash(actor=officer("one_stop"), at=AT, bill_id=bill.id)
    assert mark_cash(actor=officer("one_stop"), at=AT, bill_id=next_bill.id).receipt_number.startswith(
        "000001/"
    )


def test_a_transfer_after_cash_falls_due_back_whole(agency: Agency) -> None:
    bill = new_bill()
    mark_cash(actor=officer("one_stop"), at=AT, bill_id=bill.id)
    hear(report(bill))
    (refund,) = queries.open_refunds(actor=SYSTEM)
    assert (refund.amount, refund.reason, refund.by_cash) == (TOTAL, RefundReason.OVERPAID, False)


def test_every_move_is_one_row_of_history_and_one_ledger_entry() -> None:
    bill = new_bill()
    hear(report(bill, 4_000))
    hear(report(bill, 6_000))
    moves = list(PaymentEvent.objects.order_by("position").values_list("move", "came_from", "to"))
    assert moves == [
        ("issue", "", "issued"),
        ("pay_part", "issued", "part_paid"),
        ("pay", "part_paid", "paid"),
    ]
    assert [kind for kind in kinds() if kind.startswith("bill.")] == [
        "bill.issued",
        "bill.part_paid",
        "bill.paid",
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"total": 0},
        {"state": "paid"},
        {"state": "part_paid"},
        {"received": 10},
        {"expires_at": AT},
    ],
)
def test_the_database_itself_refuses_a_bill_that_contradicts_itself(change: dict[str, object]) -> None:
    bill = new_bill()
    with pytest.raises(IntegrityError), transaction.atomic():
        Bill.objects.filter(pk=bill.id).update(**change)


def test_the_database_itself_refuses_money_that_no_credit_brought() -> None:
    bill = new_bill()
    with pytest.raises(IntegrityError, match="sum up to 0"), transaction.atomic():
        Bill.objects.filter(pk=bill.id).update(state="paid", received=TOTAL, paid_at=AT)
        connection.check_constraints()


def test_the_database_itself_refuses_a_move_that_is_no_arrow() -> None:
    bill = new_bill()
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentEvent.objects.create(
            bill_id=bill.id,
            at=AT,
            move="pay",
            came_from="cancelled",
            to="paid",
            amount=1,
            actor_kind="system",
        )


def test_history_is_never_rewritten() -> None:
    new_bill()
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        PaymentEvent.objects.update(amount=1)
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        PaymentEvent.objects.all()._raw_delete("default")
