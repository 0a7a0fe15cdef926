"""Numbers: drawn without gaps, called by rule, never twice, measured."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from tests import halls_kit as kit
from tests import people_kit
from tests.db.kernel_threads import at_once
from tests.halls_kit import Place, slot
from tests.people_kit import AT
from tinhso.appointments import figures, following
from tinhso.appointments.actions import call, sit, sweep
from tinhso.appointments.actions.book import book_appointment
from tinhso.appointments.actions.draw import (
    BookingOtherDay,
    BookingUnknown,
    HallShutNow,
    check_in,
    draw_number,
)
from tinhso.appointments.actions.leave_queue import leave_queue
from tinhso.appointments.actions.set_up import renew_keys
from tinhso.appointments.models import Booking, Counter, Ticket, Turn
from tinhso.appointments.refusals import KioskKeyWrong, NoCounterTaken, PriorityUnknown, TurnElsewhere
from tinhso.appointments.states import BookingState, TurnState
from tinhso.appointments.turns import queue_of
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import Conflict, NotAllowed, NotFound
from tinhso.people.actions import end_post
from tinhso.people.types import ANONYMOUS, Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return kit.place()


def draw(place: Place, service: UUID, *, minutes: int = 0, **more: object) -> str:
    """Draw at the kiosk and return the label."""
    return drawn(place, service, minutes=minutes, **more).label


def drawn(place: Place, service: UUID, *, minutes: int = 0, **more: object):  # type: ignore[no-untyped-def]
    at = AT + timedelta(minutes=minutes)
    key = place.hall.kiosk_key
    return draw_number(actor=ANONYMOUS, at=at, service_id=service, kiosk_key=key, **more)  # type: ignore[arg-type]


def seated(place: Place, name: str, counter: int) -> Actor:
    officer = place.officer(name)
    sit.take_counter(actor=officer, at=AT, counter_id=place.counters[counter - 1])
    return officer


def serve(officer: Actor, *, at: timedelta = timedelta(0)) -> str:
    """Call, serve and finish; return the label."""
    turn = call.call_next(actor=officer, at=AT + at)
    call.start(actor=officer, at=AT + at + timedelta(minutes=1), turn_id=turn.id)
    call.finish(actor=officer, at=AT + at + timedelta(minutes=11), turn_id=turn.id)
    return turn.label


def test_numbers_run_by_letter_without_gaps_and_start_again_each_day(place: Place) -> None:
    assert [draw(place, place.a), draw(place, place.b), draw(place, place.a)] == ["A001", "B001", "A002"]
    assert draw(place, place.a, minutes=24 * 60) == "A001"
    entry = LedgerEntry.objects.filter(kind="ticket.issued").order_by("position")[0]
    assert (entry.actor_kind, entry.payload["label"]) == ("anonymous", "A001")


def test_the_same_request_draws_one_number(place: Place) -> None:
    key = uuid4()
    assert draw(place, place.a, request_key=key) == draw(place, place.a, request_key=key) == "A001"
    assert Ticket.objects.count() == 1


def test_without_the_key_nobody_but_the_counter_draws(place: Place) -> None:
    with pytest.raises(KioskKeyWrong):
        draw_number(actor=people_kit.citizen(), at=AT, service_id=place.a, kiosk_key="sai")
    assert draw_number(actor=place.officer("quay"), at=AT, service_id=place.a).label == "A001"
    old = place.hall.kiosk_key
    renew_keys(actor=place.head, at=AT, agency_id=place.agency_id)
    with pytest.raises(KioskKeyWrong):
        draw_number(actor=ANONYMOUS, at=AT, service_id=place.a, kiosk_key=old)
    assert Ticket.objects.count() == 1


def test_no_number_is_drawn_after_hours_nor_for_an_unknown_group(place: Place) -> None:
    with pytest.raises(HallShutNow):
        draw(place, place.a, minutes=9 * 60)
    with pytest.raises(HallShutNow):
        draw(place, place.a, minutes=4 * 24 * 60)  # Saturday
    with pytest.raises(PriorityUnknown):
        draw(place, place.a, priority="vip")
    assert not Ticket.objects.exists()


def test_priority_goes_first_then_the_booked_slot_then_first_come(place: Place) -> None:
    citizen = people_kit.citizen()
    booked = book_appointment(
        actor=citizen,
        at=AT - timedelta(days=1),
        person_id=citizen.person_id,  # type: ignore[arg-type]
        service_id=place.a,
        starts_at=AT + timedelta(minutes=30),
    )
    assert draw(place, place.a) == "A001"
    came = check_in(
        actor=ANONYMOUS,
        at=AT + timedelta(minutes=5),
        agency_id=place.agency_id,
        code=f"{booked.code[:4]} {booked.code[4:].lower()}",
        kiosk_key=place.hall.kiosk_key,
    )
    assert came.label == "A002"
    assert draw(place, place.a, minutes=6) == "A003"
    assert draw(place, place.a, minutes=7, priority="elderly") == "A004"
    assert draw(place, place.a, minutes=8) == "A005"
    officer = seated(place, "quay.mot", 1)
    # Before its slot a booking stands where the slot begins.
    order = [serve(officer, at=timedelta(minutes=9)), serve(officer, at=timedelta(minutes=20))]
    assert order == ["A004", "A001"]
    order = [serve(officer, at=timedelta(minutes=n)) for n in (31, 42, 53)]
    assert order == ["A002", "A003", "A005"]


def test_a_code_opens_one_number_on_its_day_only(place: Place) -> None:
    citizen = people_kit.citizen()
    booked = book_appointment(
        actor=citizen,
        at=AT,
        person_id=citizen.person_id,  # type: ignore[arg-type]
        service_id=place.a,
        starts_at=slot(8),
    )

    def arrive(at: object, code: str = booked.code):  # type: ignore[no-untyped-def]
        return check_in(
            actor=ANONYMOUS,
            at=at,  # type: ignore[arg-type]
            agency_id=place.agency_id,
            code=code,
            kiosk_key=place.hall.kiosk_key,
        )

    with pytest.raises(BookingUnknown):
        arrive(slot(8), "ABCD2345")
    with pytest.raises(BookingOtherDay):
        arrive(AT)
    first = arrive(slot(8, 20))
    assert arrive(slot(8, 21)).token == first.token
    assert first.booked_for is None  # later than the grace: like one without a booking
    assert Booking.objects.get().state == BookingState.ARRIVED
    assert Ticket.objects.count() == 1


def test_one_officer_one_number_and_each_step_in_its_order(place: Place) -> None:
    draw(place, place.a)
    draw(place, place.a)
    stranger = place.officer("khong.quay")
    with pytest.raises(NoCounterTaken):
        call.call_next(actor=stranger, at=AT)
    officer = seated(place, "quay.mot", 1)
    turn = call.call_next(actor=officer, at=AT)
    with pytest.raises(sit.NumberInHand):
        call.call_next(actor=officer, at=AT)
    with pytest.raises(NotAllowed):
        call.start(actor=stranger, at=AT, turn_id=turn.id)
    with pytest.raises(TurnElsewhere):
        call.finish(actor=officer, at=AT, turn_id=turn.id)
    assert call.call_again(actor=officer, at=AT, turn_id=turn.id).calls == 2
    with pytest.raises(sit.NumberInHand):
        sit.leave_counter(actor=officer, at=AT, counter_id=place.counters[0])
    call.mark_absent(actor=officer, at=AT, turn_id=turn.id)
    back = call.bring_back(actor=officer, at=AT + timedelta(minutes=1), turn_id=turn.id)
    with pytest.raises(TurnElsewhere):
        call.bring_back(actor=officer, at=AT + timedelta(minutes=1), turn_id=turn.id)
    assert [serve(officer, at=timedelta(minutes=n)) for n in (2, 14)] == ["A002", "A001"]
    assert Turn.objects.get(pk=back.id).state == TurnState.DONE
    with pytest.raises(call.NobodyWaits):
        call.call_next(actor=officer, at=AT + timedelta(minutes=30))


def test_a_transferred_number_keeps_its_label_and_its_place(place: Place) -> None:
    draw(place, place.a)
    draw(place, place.b, minutes=5)
    first, second = seated(place, "quay.mot", 1), seated(place, "quay.ba", 3)
    turn = call.call_next(actor=first, at=AT + timedelta(minutes=6))
    onward = call.transfer(actor=first, at=AT + timedelta(minutes=7), turn_id=turn.id, service_id=place.b)
    assert onward.label == "A001"
    assert serve(second, at=timedelta(minutes=8)) == "A001"


def test_a_counter_has_one_officer_and_an_officer_one_counter(place: Place) -> None:
    officer = seated(place, "quay.mot", 1)
    other = place.officer("quay.hai")
    with pytest.raises(sit.CounterOccupied):
        sit.take_counter(actor=other, at=AT, counter_id=place.counters[0])
    sit.take_counter(actor=officer, at=AT, counter_id=place.counters[1])
    sit.take_counter(actor=other, at=AT, counter_id=place.counters[0])
    with pytest.raises(NotAllowed):
        sit.leave_counter(actor=other, at=AT, counter_id=place.counters[1])
    sit.leave_counter(actor=place.head, at=AT, counter_id=place.counters[1])
    assert Counter.objects.filter(account_id__isnull=False).count() == 1
    assert sweep.free_counters(actor=people_kit.SYSTEM, at=AT + timedelta(days=1)) == 1


def test_an_officer_who_is_removed_leaves_the_counter_and_the_number_waits_again(place: Place) -> None:
    draw(place, place.a)
    officer = seated(place, "quay.mot", 1)
    call.call_next(actor=officer, at=AT)
    end_post(actor=people_kit.SYSTEM, at=AT + timedelta(minutes=1), post_id=officer.posts[0].id)
    assert Counter.objects.get(number=1).account_id is None
    assert serve(seated(place, "quay.hai", 2), at=timedelta(minutes=2)) == "A001"


def test_the_phone_shows_who_is_before_and_lets_one_go(place: Place) -> None:
    draw(place, place.a)
    mine = drawn(place, place.a)
    seated(place, "quay.mot", 1)
    seen = following.ticket_by_token(token=mine.token, at=AT)
    assert (seen.before, seen.wait_minutes) == (1, 15)
    left = leave_queue(actor=ANONYMOUS, at=AT, token=mine.token)
    assert (left.state, left.before) == (TurnState.LEFT, None)
    leave_queue(actor=ANONYMOUS, at=AT, token=mine.token)
    with pytest.raises(NotFound):
        following.ticket_by_token(token="khong-co", at=AT)


def test_the_board_shows_numbers_and_counters_and_nothing_else(place: Place) -> None:
    draw(place, place.a)
    draw(place, place.b)
    first, second = seated(place, "quay.mot", 1), seated(place, "quay.ba", 3)
    call.call_next(actor=first, at=AT)
    call.call_next(actor=second, at=AT + timedelta(seconds=5))
    board = following.board_of(place.hall, at=AT)
    assert [(line.label, line.counter) for line in board.lines] == [("B001", 3), ("A001", 1)]
    assert [count for _letter, _name, count in board.waiting] == [0, 0]


def test_figures_come_from_the_turns_and_open_down_to_them(place: Place) -> None:
    for minutes in (0, 1, 2):
        draw(place, place.a, minutes=minutes)
    officer = seated(place, "quay.mot", 1)
    for minutes in (10, 25):
        serve(officer, at=timedelta(minutes=minutes))
    gone = call.call_next(actor=officer, at=AT + timedelta(minutes=40))
    call.mark_absent(actor=officer, at=AT + timedelta(minutes=41), turn_id=gone.id)
    days = {"since": date(2026, 3, 10), "until": date(2026, 3, 10)}
    row = figures.figures_of(actor=place.head, agency_id=place.agency_id, **days)[0]
    assert (row.joined, row.served, row.absent) == (3, 2, 1)
    assert (row.waited_median, row.waited_p90, row.served_mean) == (24 * 60, 2112, 600)
    by_hour = figures.figures_of(actor=place.head, agency_id=place.agency_id, by_hour=True, **days)
    assert [one.hour for one in by_hour] == [9]
    behind = figures.turns_of(actor=place.head, agency_id=place.agency_id, service_id=place.a, hour=9, **days)
    assert [one.label for one in behind] == ["A003", "A002", "A001"]
    assert {one.person_id for one in behind} == {None}
    with pytest.raises(NotFound):
        figures.figures_of(actor=people_kit.citizen(), agency_id=place.agency_id, **days)


def test_the_public_is_told_the_usual_wait_once_enough_were_measured(place: Place) -> None:
    officer = seated(place, "quay.mot", 1)
    for number in range(10):
        draw(place, place.a, minutes=number * 15)
        serve(officer, at=timedelta(minutes=number * 15 + 4))
        told = following.waits_of(place.hall, at=AT + timedelta(hours=3))
        assert (told[0].usual_minutes is None) == (number < 9)
    assert told[0].usual_minutes == 4
    assert (told[0].waiting, told[0].counters, told[0].minutes_now) == (0, 1, 0)
    assert (told[1].counters, told[1].minutes_now) == (0, None)


def test_yesterdays_queue_is_ended_and_not_called(place: Place) -> None:
    draw(place, place.a)
    officer = seated(place, "quay.mot", 1)
    tomorrow = AT + timedelta(days=1)
    with pytest.raises(call.NobodyWaits):
        call.call_next(actor=officer, at=tomorrow)
    assert sweep.expire_turns(actor=people_kit.SYSTEM, at=tomorrow) == 1
    assert Turn.objects.get().state == TurnState.EXPIRED


def test_the_officers_queue_costs_the_same_with_one_and_many(
    place: Place, django_assert_num_queries: object
) -> None:
    officer = seated(place, "quay.mot", 2)
    draw(place, place.a)
    with django_assert_num_queries(7):  # type: ignore[operator]
        queue_of(actor=officer, agency_id=place.agency_id, at=AT)
    for _ in range(20):
        draw(place, place.b)
    with django_assert_num_queries(7):  # type: ignore[operator]
        assert len(queue_of(actor=officer, agency_id=place.agency_id, at=AT).waiting) == 21


@pytest.mark.django_db(transaction=True)
def test_three_officers_at_once_never_call_the_same_number() -> None:
    place = kit.place()
    for _ in range(2):
        draw(place, place.a)
    draw(place, place.b)
    officers = [seated(place, f"quay{n}", n) for n in (1, 2, 3)]

    def act(number: int) -> str:
        try:
            return call.call_next(actor=officers[number], at=AT + timedelta(minutes=1)).label
        except Conflict:
            return ""

    called = [label for label in at_once(act, callers=3) if label]
    assert len(called) == len(set(called)) >= 2


@pytest.mark.django_db(transaction=True)
def test_eight_kiosks_at_once_draw_one_to_eight() -> None:
    place = kit.place()
    labels = at_once(lambda _n: draw(place, place.a), callers=8)
    assert sorted(labels) == [f"A{number:03}" for number in range(1, 9)]


@pytest.mark.django_db(transaction=True)
def test_one_officer_who_clicks_twice_calls_one_number() -> None:
    place = kit.place()
    draw(place, place.a)
    draw(place, place.a)
    officer = seated(place, "quay.mot", 1)

    def act(_number: int) -> bool:
        try:
            call.call_next(actor=officer, at=AT)
        except Conflict:
            return False
        return True

    assert sum(at_once(act, callers=4)) == 1
    assert Turn.objects.filter(state=TurnState.CALLED).count() == 1
