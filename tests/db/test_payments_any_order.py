"""Reports in any order, any number of times, come to the same money."""

import threading
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.db.kernel_threads import at_once
from tests.payments_kit import AT, BANK, SYSTEM, TOTAL, hear, new_bill, report
from tinhso.payments import queries
from tinhso.payments.actions.cancel_bill import cancel_bill
from tinhso.payments.actions.import_statement import import_statement
from tinhso.payments.models import BankTransaction, Bill, PaymentEvent, Refund
from tinhso.payments.states import BILL_MOVES, BillState, NoSuchMove


@dataclass(frozen=True)
class Reported:
    """One thing that arrives: a credit by either way, or an officer's cancellation."""

    credit: int
    way: str


amounts = st.lists(st.sampled_from([1, 2_500, 4_000, 6_000, TOTAL, 12_000]), min_size=1, max_size=5)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[int], list[Reported]]:
    """Every credit at least once, some more often, both ways, in any order, perhaps with a cancellation."""
    credits = draw(amounts)
    ways = st.sampled_from(["callback", "statement"])
    once = [Reported(i, draw(ways)) for i in range(len(credits))]
    more = draw(st.lists(st.builds(Reported, st.integers(0, len(credits) - 1), ways), max_size=6))
    cancel = draw(st.sampled_from([[], [Reported(-1, "cancel")]]))
    return credits, draw(st.permutations(once + more + cancel))


def statement(body: dict[str, object]) -> bytes:
    head = "transaction_id,received_at,account,amount,purpose\n"
    return (
        head
        + f"{body['transaction_id']},{AT.isoformat()},{body['account']},{body['amount']},{body['purpose']}"
    ).encode()


class Undo(Exception):  # noqa: N818
    """Ends an example's transaction."""


@pytest.mark.django_db
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories())
def test_no_order_and_no_repetition_ever_counts_money_twice(
    history: tuple[list[int], list[Reported]],
) -> None:
    credits, arrivals = history
    with pytest.raises(Undo), transaction.atomic():
        play(credits, arrivals)
        connection.check_constraints()
        raise Undo


def play(credits: list[int], arrivals: list[Reported]) -> None:
    bill = new_bill()
    bodies = [report(bill, amount) for amount in credits]
    for arrival in arrivals:
        if arrival.way == "cancel":
            cancel(bill.id)
        elif arrival.way == "callback":
            hear(bodies[arrival.credit])
        else:
            import_statement(actor=SYSTEM, at=AT, bank=BANK, content=statement(bodies[arrival.credit]))

    row = Bill.objects.get(pk=bill.id)
    returned = sum(Refund.objects.filter(bill=row).values_list("amount", flat=True))
    kept = row.received - returned
    assert BankTransaction.objects.filter(bill=row).count() == len(credits)
    assert row.received == sum(credits)
    if row.state == BillState.CANCELLED:
        assert kept == 0
    else:
        assert kept == min(sum(credits), TOTAL)
        assert (row.state == BillState.PAID) == (sum(credits) >= TOTAL)
    assert follows_the_graph(row.id)


def cancel(bill_id: UUID) -> None:
    try:
        with transaction.atomic():
            cancel_bill(actor=SYSTEM, at=AT, bill_id=bill_id)
    except NoSuchMove:
        assert Bill.objects.get(pk=bill_id).state == BillState.PAID


def follows_the_graph(bill_id: UUID) -> bool:
    rows = PaymentEvent.objects.filter(bill_id=bill_id, refund__isnull=True).order_by("position")
    path = [(row.came_from, row.to) for row in rows]
    joined = all(before[1] == after[0] for before, after in pairwise(path))
    return joined and set(path) <= {(move.came_from, move.to) for move in BILL_MOVES}


@pytest.mark.django_db(transaction=True)
def test_the_same_report_at_the_same_time_counts_once() -> None:
    bill = new_bill()
    body = report(bill)
    answers = at_once(lambda _: hear(body), callers=4)
    assert sorted(answer.is_new for answer in answers) == [False, False, False, True]
    assert queries.access_bill(actor=SYSTEM, bill_id=bill.id).received == TOTAL


@pytest.mark.django_db(transaction=True)
def test_a_transfer_waits_for_the_one_before_it_and_one_of_them_falls_due_back() -> None:
    bill = new_bill()
    bodies = [report(bill), report(bill)]
    first_is_booked = threading.Event()

    def act(number: int) -> None:
        if number == 1:
            assert first_is_booked.wait(10)
            hear(bodies[1])
            return
        with transaction.atomic():
            hear(bodies[0])
            first_is_booked.set()
            # The second arrives while this one is not committed yet.
            threading.Event().wait(0.3)

    at_once(act, callers=2)
    assert queries.access_bill(actor=SYSTEM, bill_id=bill.id).received == 2 * TOTAL
    assert [refund.amount for refund in queries.open_refunds(actor=SYSTEM)] == [TOTAL]


@pytest.mark.django_db(transaction=True)
def test_the_same_bill_asked_for_at_the_same_time_is_issued_once() -> None:
    subject = uuid4()
    bills = at_once(lambda _: new_bill(subject_id=subject), callers=4)
    assert len({bill.reference for bill in bills}) == 1
    assert Bill.objects.count() == 1
