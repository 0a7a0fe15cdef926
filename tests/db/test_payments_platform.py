"""The portal's platform and we agree on what was paid, whatever goes wrong between us."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.payments_kit import (
    AT,
    BANK,
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
from tests.platform_kit import ABOUT, World, platform_world
from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.payments import queries
from tinhso.payments.actions.begin_platform_payment import BillLapsed, PlatformAway, offer_to_platform
from tinhso.payments.actions.cancel_bill import cancel_bill
from tinhso.payments.actions.import_statement import import_statement
from tinhso.payments.actions.receive_platform_callback import ForgedReport, receive_platform_callback
from tinhso.payments.actions.sweep_platform import sweep_platform
from tinhso.payments.models import BankTransaction, Bill, CallbackCount, PlatformPayment, Refund
from tinhso.payments.states import BillState, NoSuchMove, PlatformState
from tinhso.payments.types import BillView

pytestmark = pytest.mark.django_db
__all__ = ["platform_world"]


def again(bill: BillView) -> BillView:
    return queries.access_bill(actor=SYSTEM, bill_id=bill.id)


def money() -> list[object]:
    return [*everything(), list(PlatformPayment.objects.values_list("pk", "state", "credit"))]


def post(body: Any) -> Any:
    raw = body if isinstance(body, bytes) else json.dumps(body)
    client = Client(enforce_csrf_checks=True)
    return client.post("/api/callbacks/platform", raw, content_type="application/json")


def test_what_was_begun_is_what_gets_paid(platform_world: World) -> None:
    bill = new_bill()
    platform_world.pay(bill)
    assert platform_world.platform.deliver_due() == 1
    assert again(bill).state is BillState.PAID
    assert platform_world.callbacks() == ["told"]
    assert PlatformPayment.objects.get().state == PlatformState.PAID


def test_pressing_twice_leads_to_the_same_page_and_later_to_a_new_one(platform_world: World) -> None:
    bill = new_bill()
    assert platform_world.begin(bill) == platform_world.begin(bill)
    platform_world.now = later(minutes=20)
    platform_world.begin(bill)
    assert PlatformPayment.objects.count() == 2


def test_a_callback_sent_three_times_counts_once(platform_world: World) -> None:
    bill = new_bill()
    platform_world.pay(bill, duplicate=2)
    platform_world.platform.deliver_due()
    assert again(bill).received == TOTAL
    assert platform_world.callbacks() == ["told"] * 3


def test_a_late_callback_counts_when_it_comes(platform_world: World) -> None:
    bill = new_bill()
    platform_world.pay(bill, delay=600)
    assert platform_world.platform.deliver_due() == 0
    platform_world.now = later(minutes=11)
    platform_world.platform.deliver_due()
    assert again(bill).state is BillState.PAID


@pytest.mark.parametrize("spoil", ["forged", "wrong_sum"])
def test_a_callback_whose_checksum_is_not_of_our_stored_values_changes_nothing(
    spoil: str, platform_world: World
) -> None:
    bill = new_bill()
    platform_world.pay(bill, **{spoil: True})
    before = money()
    platform_world.platform.deliver_due()
    assert money() == before
    assert platform_world.callbacks() == ["refused"]
    assert CallbackCount.objects.get().outcome == "platform-message-forged"
    # The money was paid all the same: our own question finds it.
    platform_world.now = later(minutes=3)
    assert sweep_platform(actor=SYSTEM, at=platform_world.now) == 1
    assert again(bill).state is BillState.PAID


def test_a_posted_sum_decides_nothing(platform_world: World) -> None:
    bill = new_bill()
    number = platform_world.pay(bill, drop=True)
    assert post(platform_world.report(number) | {"trans_amount": "1"}).json()["code"] == 0
    assert again(bill).received == TOTAL


def test_a_callback_that_says_paid_is_not_believed_when_the_platform_denies_it(
    platform_world: World,
) -> None:
    bill = new_bill()
    platform_world.pay(bill, deny=True)
    before = money()
    platform_world.platform.deliver_due()
    assert money() == before
    assert platform_world.callbacks() == ["waiting"]


def test_the_callback_of_an_unpaid_payment_turned_to_paid_is_not_booked(platform_world: World) -> None:
    bill = new_bill()
    number = platform_world.begin(bill).rsplit("/", 1)[1]
    failed = platform_world.report(number) | {"status": "1"}
    assert post(failed).json() == {"code": 0, "msg": ""}
    answer = post(failed | {"status": "0"})
    assert (answer.status_code, answer.json()["code"]) == (503, 1)
    assert again(bill).state is BillState.ISSUED


def test_a_callback_for_another_bills_payment_pays_that_one_alone(platform_world: World) -> None:
    mine, other = new_bill(), new_bill(subject_id=uuid4())
    number = platform_world.pay(mine, drop=True)
    stolen = platform_world.begin(other).rsplit("/", 1)[1]
    genuine = platform_world.report(number)
    with pytest.raises(ForgedReport):
        receive_platform_callback(
            actor=SYSTEM, at=AT, said=genuine | {"transaction_id": stolen, "trans_amount": "1"}
        )
    assert (again(mine).received, again(other).received) == (0, 0)


def test_a_dropped_callback_is_found_by_asking_and_not_before_it_could_have_come(
    platform_world: World,
) -> None:
    bill = new_bill()
    platform_world.pay(bill, drop=True)
    platform_world.now = later(minutes=1)
    assert sweep_platform(actor=SYSTEM, at=platform_world.now) == 0
    platform_world.now = later(minutes=3)
    assert sweep_platform(actor=SYSTEM, at=platform_world.now) == 1
    assert sweep_platform(actor=SYSTEM, at=platform_world.now) == 0
    assert again(bill).state is BillState.PAID


@pytest.mark.parametrize(
    ("short", "received", "state"), [(3_000, 7_000, "part_paid"), (-500, 10_500, "paid")]
)
def test_what_was_really_taken_counts(short: int, received: int, state: str, platform_world: World) -> None:
    bill = new_bill()
    platform_world.pay(bill, short=short)
    platform_world.platform.deliver_due()
    assert (again(bill).received, str(again(bill).state)) == (received, state)
    assert sum(r.amount for r in queries.open_refunds(actor=SYSTEM)) == max(0, -short)


def test_paid_at_the_platform_and_by_transfer_one_of_them_falls_due_back(platform_world: World) -> None:
    bill = new_bill()
    platform_world.pay(bill)
    hear(report(bill))
    platform_world.platform.deliver_due()
    assert again(bill).received == 2 * TOTAL
    assert [refund.amount for refund in queries.open_refunds(actor=SYSTEM)] == [TOTAL]


def test_after_the_bill_was_cancelled_all_of_it_falls_due_back(platform_world: World) -> None:
    bill = new_bill()
    platform_world.pay(bill)
    cancel_bill(actor=SYSTEM, at=AT, bill_id=bill.id)
    platform_world.platform.deliver_due()
    assert again(bill).state is BillState.CANCELLED
    assert [refund.amount for refund in queries.open_refunds(actor=SYSTEM)] == [TOTAL]


def test_what_nobody_paid_is_asked_about_for_four_days(platform_world: World) -> None:
    platform_world.begin(new_bill())
    sweep_platform(actor=SYSTEM, at=later(days=1))
    assert PlatformPayment.objects.get().state == PlatformState.WAITING
    sweep_platform(actor=SYSTEM, at=later(days=5))
    assert PlatformPayment.objects.get().state == PlatformState.UNPAID
    assert sweep_platform(actor=SYSTEM, at=later(days=6)) == 0


def test_a_silent_platform_is_told_to_the_payer_and_leaves_no_address(platform_world: World) -> None:
    platform_world.platform.behaviour = platform_world.platform.behaviour.__class__(away=True)
    with pytest.raises(PlatformAway):
        platform_world.begin(new_bill())
    assert PlatformPayment.objects.get().payment_url == ""


def test_only_who_owes_it_begins_to_pay_and_only_while_it_is_owed(platform_world: World) -> None:
    bill = new_bill()
    platform_world.begin(bill, actor=citizen(PAYER))
    with pytest.raises(NotFound):
        platform_world.begin(bill, actor=citizen(uuid4()))
    with pytest.raises(NotAllowed):
        platform_world.begin(bill, actor=officer("one_stop"))
    platform_world.now = later(days=4)
    with pytest.raises(BillLapsed):
        platform_world.begin(bill)
    cancel_bill(actor=SYSTEM, at=AT, bill_id=bill.id)
    with pytest.raises(NoSuchMove):
        platform_world.begin(bill)
    assert PlatformPayment.objects.count() == 1


def test_an_offer_to_the_platform_bears_the_dossiers_code_and_the_second() -> None:
    bill = new_bill()
    offers = [offer_to_platform(actor=SYSTEM, at=AT, bill_id=bill.id, about=ABOUT) for _ in range(2)]
    assert offers[0] == offers[1]
    assert offers[0].lookup_code == f"{ABOUT.dossier_code}20261123090000"
    assert PlatformPayment.objects.get().amount == offers[0].amount == TOTAL


def test_the_credit_by_which_the_platform_passes_money_on_counts_for_no_bill(platform_world: World) -> None:
    bill = new_bill()
    platform_world.pay(bill)
    platform_world.platform.deliver_due()
    (credit,) = platform_world.platform.settle()
    line = f"FT1,{AT.isoformat()},{credit['account']},{credit['amount']},{credit['purpose']}"
    head = "transaction_id,received_at,account,amount,purpose\n"
    told = import_statement(actor=SYSTEM, at=AT, bank=BANK, content=(head + line).encode())
    assert told.count("unmatched") == 1
    assert BankTransaction.objects.get(source="statement").reason == "platform_settlement"
    assert queries.unmatched_credits(actor=SYSTEM) == ()
    assert again(bill).received == TOTAL


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"transaction_id": 5}', b'{"transaction_id": "\\u0000"}']
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(body: bytes, platform_world: World) -> None:
    platform_world.pay(new_bill(), drop=True)
    before = money()
    assert post(body).status_code == 401
    assert money() == before


@dataclass(frozen=True)
class Arrival:
    """One thing that arrives; ``payment`` is the number of the attempt."""

    payment: int
    way: str


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[int], list[Arrival]]:
    """Attempts that take too little, enough or too much; callbacks and questions in any order."""
    shorts = draw(st.lists(st.sampled_from([0, 4_000, -2_000]), min_size=1, max_size=3))
    ways = st.sampled_from(["callback", "sweep", "forged", "wrong_sum", "transfer"])
    some = draw(st.lists(st.builds(Arrival, st.integers(0, len(shorts) - 1), ways), max_size=8))
    once = [Arrival(number, "callback") for number in range(len(shorts))]
    return shorts, draw(st.permutations(once + some))


class Undo(Exception):  # noqa: N818
    """Ends an example's transaction."""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories())
def test_no_order_and_no_repetition_ever_counts_money_twice(
    platform_world: World, history: tuple[list[int], list[Arrival]]
) -> None:
    with pytest.raises(Undo), transaction.atomic():
        play(platform_world, *history)
        connection.check_constraints()
        raise Undo


def play(world: World, shorts: list[int], arrivals: list[Arrival]) -> None:
    world.now = AT
    bill, other = new_bill(), new_bill(subject_id=uuid4())
    numbers = []
    for short in shorts:  # all begun before the first is told: nobody knows of the others yet
        numbers.append(world.pay(bill, drop=True, short=short))
        world.now += timedelta(minutes=16)
    transfer = report(bill, 1_000)
    for arrival in arrivals:
        genuine = world.report(numbers[arrival.payment])
        if arrival.way == "callback":
            post(genuine)
        elif arrival.way == "forged":
            post(genuine | {"check_sum": "0" * 64})
        elif arrival.way == "wrong_sum":
            post(genuine | {"trans_amount": "999999"})
        elif arrival.way == "transfer":
            hear(transfer)
        else:
            sweep_platform(actor=SYSTEM, at=world.now)
    taken = sum(TOTAL - short for short in shorts)
    taken += 1_000 * any(arrival.way == "transfer" for arrival in arrivals)
    row = Bill.objects.get(pk=bill.id)
    returned = sum(Refund.objects.filter(bill=row).values_list("amount", flat=True))
    assert row.received == taken
    assert row.received - returned == min(taken, TOTAL)
    assert Bill.objects.get(pk=other.id).received == 0
