"""Booking: what is offered, what is held, what happens when the hall changes."""

from datetime import date, timedelta

import pytest

from tests import halls_kit as kit
from tests import people_kit
from tests.db.kernel_threads import at_once
from tests.halls_kit import CIVIL, Place, slot
from tests.people_kit import AT
from tinhso.appointments import queries
from tinhso.appointments.actions.book import (
    BookedThen,
    TooManyBookings,
    book_appointment,
    cancel_appointment,
    move_appointment,
)
from tinhso.appointments.actions.offer import save_service
from tinhso.appointments.actions.set_up import close_day, reopen_day
from tinhso.appointments.actions.sweep import note_no_shows, remind
from tinhso.appointments.models import Booking, Slot
from tinhso.appointments.refusals import BookingOver, ServiceClosed, SlotFull, SlotGone
from tinhso.appointments.states import BookingState
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.notices.models import Message
from tinhso.people import actions as people
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
SYSTEM = people_kit.SYSTEM


@pytest.fixture
def place() -> Place:
    return kit.place()


def book(actor: Actor, service: object, starts_at: object = None, **more: object) -> object:
    return book_appointment(
        actor=actor,
        at=AT,
        person_id=actor.person_id,  # type: ignore[arg-type]
        service_id=service,  # type: ignore[arg-type]
        starts_at=starts_at or slot(8),  # type: ignore[arg-type]
        **more,  # type: ignore[arg-type]
    )


def told(actor: Actor) -> list[str]:
    return list(Message.objects.filter(person_id=actor.person_id).values_list("template", flat=True))


def test_the_offer_is_the_calendar_less_walk_ins_and_what_is_taken(place: Place) -> None:
    slots = queries.slots_of(service_id=place.a, on=date(2026, 3, 11), at=AT)
    assert [f"{one.starts_at.astimezone():%M}" for one in slots[:2]] == ["30", "00"]
    assert len(slots) == 15  # 7:30–11:30 and 13:30–17:00
    assert {one.free for one in slots} == {2}  # of four places half are for walk-ins
    book(people_kit.citizen(), place.a, slot(8))
    again = {
        one.starts_at: one.free for one in queries.slots_of(service_id=place.a, on=date(2026, 3, 11), at=AT)
    }
    assert again[slot(8)] == 1
    days = {one.on: one for one in queries.days_of(service_id=place.a, at=AT)}
    assert len(days) == 15
    assert days[date(2026, 3, 14)].free == 0
    assert days[date(2026, 3, 14)].why is not None
    assert days[date(2026, 3, 11)].free == 29


def test_a_saturday_is_opened_by_the_hall_but_no_public_holiday(place: Place) -> None:
    place.set(weekly={"5": "7:30-11:30", "0": "nghỉ"}, horizon_days=60)
    assert len(queries.slots_of(service_id=place.a, on=date(2026, 3, 14), at=AT)) == 8
    assert queries.slots_of(service_id=place.a, on=date(2026, 3, 16), at=AT) == ()
    assert queries.slots_of(service_id=place.a, on=date(2026, 4, 30), at=AT) == ()
    holiday = next(d for d in queries.days_of(service_id=place.a, at=AT) if d.on == date(2026, 4, 30))
    assert holiday.why is not None
    assert holiday.why.vi == "Ngày Chiến thắng"


@pytest.mark.parametrize(
    "starts_at",
    [
        AT - timedelta(days=1),
        AT + timedelta(minutes=30),  # sooner than the hour the hall wants
        slot(8, days=4),  # Saturday
        slot(8, 10),  # beside the grid
        slot(12),  # noon
        slot(8, days=40),  # beyond the horizon
    ],
)
def test_what_is_not_offered_is_not_booked(place: Place, starts_at: object) -> None:
    with pytest.raises(SlotGone):
        book(people_kit.citizen(), place.a, starts_at)
    assert not Booking.objects.exists()
    assert not Slot.objects.exists()


def test_a_double_click_is_one_booking_and_one_message(place: Place) -> None:
    citizen = people_kit.citizen()
    assert book(citizen, place.a).id == book(citizen, place.a).id  # type: ignore[attr-defined]
    assert Booking.objects.count() == 1
    assert told(citizen) == ["appointment_booked"]


def test_nobody_holds_more_than_allowed_nor_two_at_once(place: Place) -> None:
    citizen = people_kit.citizen()
    book(citizen, place.a, slot(8))
    with pytest.raises(BookedThen):
        book(citizen, place.b, slot(8))
    book(citizen, place.a, slot(9))
    with pytest.raises(TooManyBookings):
        book(citizen, place.a, slot(10))
    assert Booking.objects.count() == 2


def test_a_full_slot_is_refused_and_a_cancelled_place_is_free_again(place: Place) -> None:
    first, second, third = kit.citizens(3)
    kept = book(first, place.a)
    book(second, place.a)
    with pytest.raises(SlotFull):
        book(third, place.a)
    cancel_appointment(actor=first, at=AT, booking_id=kept.id)  # type: ignore[attr-defined]
    cancel_appointment(actor=first, at=AT, booking_id=kept.id)  # type: ignore[attr-defined]
    assert Slot.objects.get().taken == 1
    book(third, place.a)
    with pytest.raises(BookingOver):
        move_appointment(actor=first, at=AT, booking_id=kept.id, starts_at=slot(9))  # type: ignore[attr-defined]
    assert told(first) == ["appointment_booked", "appointment_cancelled"]


def test_moving_frees_the_former_place_in_the_same_moment(place: Place) -> None:
    citizen = people_kit.citizen()
    kept = book(citizen, place.a, slot(8))
    moved = move_appointment(actor=citizen, at=AT, booking_id=kept.id, starts_at=slot(9))  # type: ignore[attr-defined]
    assert (moved.starts_at, moved.code) == (slot(9), kept.code)  # type: ignore[attr-defined]
    assert dict(Slot.objects.values_list("starts_at", "taken")) == {slot(8): 0, slot(9): 1}
    assert LedgerEntry.objects.filter(kind="booking.moved").count() == 1


def test_only_the_person_and_the_counter_book_and_see(place: Place) -> None:
    owner, other = kit.citizens(2)
    kept = book(owner, place.a)
    with pytest.raises(NotFound):
        queries.access_booking(actor=other, booking_id=kept.id)  # type: ignore[attr-defined]
    with pytest.raises(NotFound):
        cancel_appointment(actor=other, at=AT, booking_id=kept.id)  # type: ignore[attr-defined]
    with pytest.raises(NotAllowed):
        book_appointment(
            actor=other,
            at=AT,
            person_id=owner.person_id,
            service_id=place.a,
            starts_at=slot(9),  # type: ignore[arg-type]
        )
    officer = place.officer("quay.mot")
    other = people_kit.citizen("000188000103", residence_commune="06685")
    with pytest.raises(NotFound):  # nobody they have met at the counter
        book_appointment(
            actor=officer,
            at=AT,
            person_id=other.person_id,
            service_id=place.a,
            starts_at=slot(9),  # type: ignore[arg-type]
        )
    people.introduce(actor=SYSTEM, at=AT, person_id=other.person_id, agency_id=place.agency_id)  # type: ignore[arg-type]
    by_phone = book_appointment(
        actor=officer,
        at=AT,
        person_id=other.person_id,  # type: ignore[arg-type]
        service_id=place.a,
        starts_at=slot(9),
        by_phone=True,
    )
    assert by_phone.channel == "phone"
    elsewhere = people_kit.actor(
        people_kit.officer("noi.khac", agency_id=people_kit.agency(unit="06685", name="UBND phường Hồng Gai"))
    )
    with pytest.raises(NotFound):
        queries.access_booking(actor=elsewhere, booking_id=by_phone.id)
    assert Booking.objects.count() == 2


def test_a_service_that_closes_sends_its_bookings_on_and_they_keep_their_code(place: Place) -> None:
    citizen = people_kit.citizen()
    kept = book(citizen, place.a)
    save_service(
        actor=place.head,
        at=AT,
        agency_id=place.agency_id,
        said=kit.replace(CIVIL, is_open=False),
        service_id=place.a,
    )
    row = Booking.objects.get()
    assert row.state == BookingState.DISPLACED
    assert Slot.objects.get().taken == 0
    assert told(citizen)[-1] == "appointment_displaced"
    with pytest.raises(ServiceClosed):
        book(citizen, place.a, slot(10))
    again = move_appointment(
        actor=citizen,
        at=AT,
        booking_id=kept.id,  # type: ignore[attr-defined]
        starts_at=slot(9),
        service_id=place.b,
    )
    assert (again.state, again.code) == (BookingState.BOOKED, kept.code)  # type: ignore[attr-defined]


def test_hours_that_change_leave_what_still_fits_and_displace_the_rest(place: Place) -> None:
    early, late = kit.citizens(2)
    book(early, place.a, slot(8))
    book(late, place.a, slot(15))
    assert place.set(weekly={"2": "7:30-11:30"}) == 1
    states = dict(Booking.objects.values_list("person_id", "state"))
    assert states == {early.person_id: "booked", late.person_id: "displaced"}


def test_another_slot_length_never_gives_a_place_twice(place: Place) -> None:
    for citizen in kit.citizens(2):
        book(citizen, place.a, slot(8))
    place.set(slot_minutes=20)
    offers = queries.slots_of(service_id=place.a, on=date(2026, 3, 11), at=AT)
    free = {one.starts_at: one.free for one in offers}
    assert (free[slot(7, 30)], free[slot(7, 50)], free[slot(8, 10)], free[slot(8, 30)]) == (2, 0, 0, 2)
    with pytest.raises(SlotFull):
        book(people_kit.citizen(), place.a, slot(8, 10))


def test_a_closed_day_displaces_and_is_opened_again(place: Place) -> None:
    citizen = people_kit.citizen()
    book(citizen, place.a)
    said = {"actor": place.head, "at": AT, "agency_id": place.agency_id, "on": date(2026, 3, 11)}
    assert close_day(**said, reason="Tập huấn nghiệp vụ.") == 1  # type: ignore[arg-type]
    assert Booking.objects.get().reason == "Tập huấn nghiệp vụ."
    with pytest.raises(SlotGone):
        book(citizen, place.a, slot(9))
    reopen_day(**said)  # type: ignore[arg-type]
    book(citizen, place.a, slot(9))


def test_fewer_places_keep_what_was_given(place: Place) -> None:
    for citizen in kit.citizens(2):
        book(citizen, place.a)
    said = kit.replace(CIVIL, places=1)
    save_service(actor=place.head, at=AT, agency_id=place.agency_id, said=said, service_id=place.a)
    assert (Slot.objects.get().places, Slot.objects.get().taken) == (2, 2)
    with pytest.raises(SlotFull):
        book(people_kit.citizen(), place.a, slot(9))


def test_everybody_is_reminded_once_the_day_before_and_by_day(place: Place) -> None:
    citizen = people_kit.citizen()
    book(citizen, place.a, slot(8))
    book(citizen, place.b, slot(9, days=2))
    assert remind(actor=SYSTEM, at=AT) == 1
    assert remind(actor=SYSTEM, at=AT) == 0
    assert remind(actor=SYSTEM, at=AT + timedelta(hours=14)) == 0  # 23:00
    assert told(citizen).count("appointment_reminder") == 1


def test_who_does_not_come_is_written_down(place: Place) -> None:
    citizen = people_kit.citizen()
    book(citizen, place.a, slot(8))
    assert note_no_shows(actor=SYSTEM, at=slot(8, 44)) == 0
    assert note_no_shows(actor=SYSTEM, at=slot(8, 46)) == 1
    assert Booking.objects.get().state == BookingState.NO_SHOW


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_for_two_places_get_two() -> None:
    place = kit.place()
    callers = kit.citizens(10)

    def act(number: int) -> bool:
        try:
            book(callers[number], place.a)
        except SlotFull:
            return False
        return True

    assert sum(at_once(act, callers=10)) == 2
    assert Slot.objects.get().taken == Booking.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_booking_and_the_closing_of_its_service_at_once_leave_no_booking_behind() -> None:
    place = kit.place()
    callers = kit.citizens(4)
    closed = kit.replace(CIVIL, is_open=False)

    def act(number: int) -> None:
        if number == 2:
            save_service(actor=place.head, at=AT, agency_id=place.agency_id, said=closed, service_id=place.a)
            return
        try:
            book(callers[number], place.a, slot(8 + number))
        except (ServiceClosed, SlotGone):
            return

    at_once(act, callers=4)
    assert not Booking.objects.filter(state=BookingState.BOOKED).exists()
    assert not Slot.objects.filter(taken__gt=0).exists()
