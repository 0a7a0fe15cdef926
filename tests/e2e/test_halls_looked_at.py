"""Booking, kiosk, board and counter in a real browser: fit to look at, and alive."""

from dataclasses import dataclass, replace
from uuid import UUID

import pytest

from tests import halls_kit, people_kit
from tests.e2e.conftest import Readers
from tests.e2e.desk_cast import seat
from tests.e2e.pages_kit import Stage, Stop, Walk, aside, fill, send
from tests.e2e.portal_stages import session_of
from tests.halls_kit import Place
from tinhso.appointments import queries, timetable
from tinhso.appointments.actions import call, sit
from tinhso.appointments.actions.book import book_appointment
from tinhso.appointments.actions.draw import draw_number
from tinhso.kernel import clock
from tinhso.people.types import ANONYMOUS, Actor

pytestmark = pytest.mark.django_db(transaction=True)
ALWAYS = {str(day): "00:00-23:59" for day in range(7)}


@pytest.fixture(autouse=True)
def every_day_is_worked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser's server has the real clock: today must be no holiday."""
    worked = replace(timetable.the_calendar(), days_off={})
    monkeypatch.setattr(timetable, "the_calendar", lambda: worked)


@dataclass(frozen=True)
class Set:
    """A hall with a booking, three numbers of which one is called, and who works there."""

    place: Place
    officer: Actor
    citizen: Actor
    booking_id: UUID
    token: str


def prepared() -> Set:
    at = clock.now()
    place = halls_kit.place(at=at)
    place.set(weekly=ALWAYS)
    officer, citizen = place.officer("quay.mot"), people_kit.citizen(at=at)
    day = next(one for one in queries.days_of(service_id=place.a, at=at) if one.free)
    slot = queries.slots_of(service_id=place.a, on=day.on, at=at)[0]
    booking = book_appointment(
        actor=citizen,
        at=at,
        person_id=citizen.person_id,  # type: ignore[arg-type]
        service_id=place.a,
        starts_at=slot.starts_at,
    )
    key = place.hall.kiosk_key
    drawn = [
        draw_number(actor=ANONYMOUS, at=at, service_id=place.a, kiosk_key=key, priority=group)
        for group in ("elderly", "", "")
    ]
    sit.take_counter(actor=officer, at=at, counter_id=place.counters[0])
    call.call_next(actor=officer, at=at)
    return Set(place, officer, citizen, booking.id, drawn[2].token)


def stops() -> tuple[Stop, ...]:
    # The first form of the desk's pages asks for another service and changes nothing.
    press = send("main form[method=post] button.govuk-button")
    wrong_hours = (fill("#gio-0", "sáng"), send("form:not([action]) button.govuk-button"))
    return (
        Stop("book", "halls:book"),
        Stop("book-service", "halls:book-service", who="citizen"),
        Stop("book-slot", "halls:book-slot", who="citizen"),
        Stop("book-slot-anybody", "halls:book-slot"),
        Stop("book-slot-none", "halls:book-slot", who="citizen", acts=(send(),), status=422),
        Stop("bookings", "halls:bookings", who="citizen"),
        Stop("bookings-none", "halls:bookings", who="newcomer"),
        Stop("booking", "halls:booking", who="citizen"),
        Stop("booking-move", "halls:booking-move", who="citizen"),
        Stop("booking-cancel", "halls:booking-cancel", who="citizen"),
        Stop("booking-of-another", "halls:booking", who="newcomer", status=404),
        Stop("waits", "halls:waits"),
        Stop("number", "halls:number"),
        Stop("number-unknown", "halls:number", given={"token": "khong-co"}, status=404),
        Stop("kiosk", "halls:kiosk"),
        Stop("kiosk-slip", "halls:kiosk-slip"),
        # Without scripts the board reloads itself, which axe forbids everywhere; see the test below.
        Stop("board", "halls:board", scripts=True),
        Stop("queue", "desk:queue", who="officer"),
        Stop("queue-no-counter", "desk:queue", who="other"),
        Stop("queue-bookings", "desk:queue-bookings", who="officer"),
        Stop("queue-book", "desk:queue-book", who="officer"),
        Stop("queue-booking-move", "desk:queue-booking-move", who="officer"),
        Stop("queue-booking-move-none", "desk:queue-booking-move", who="officer", acts=(press,), status=422),
        Stop("queue-figures", "desk:queue-figures", who="officer", query="?theo-gio=1"),
        Stop(
            "queue-figures-none", "desk:queue-figures", who="officer", query="?tu=2026-01-01&den=2026-01-01"
        ),
        Stop("queue-turns", "desk:queue-turns", who="officer"),
        Stop("hall", "desk:hall", who="head"),
        Stop("hall-wrong", "desk:hall", who="head", acts=wrong_hours, status=422),
        Stop("hall-service-new", "desk:hall-service-new", who="head"),
        Stop("hall-service", "desk:hall-service", who="head"),
        Stop("hall-counter-new", "desk:hall-counter-new", who="head"),
        Stop("hall-counter", "desk:hall-counter", who="head"),
        Stop("hall-denied", "desk:hall", who="officer", status=403),
    )


def test_every_page_of_the_hall_is_fit_to_look_at(readers: Readers) -> None:
    found = aside(prepared)
    place = found.place
    others = aside(lambda: (people_kit.citizen("000199000104", at=clock.now()), place.officer("quay.hai")))
    sessions = {
        "citizen": found.citizen,
        "officer": found.officer,
        "head": place.head,
        "newcomer": others[0],
        "other": others[1],
    }
    scene = {
        "agency_id": str(place.agency_id),
        "service_id": str(place.a),
        "counter_id": str(place.counters[0]),
        "booking_id": str(found.booking_id),
        "person_id": str(found.citizen.person_id),
        "token": found.token,
        "kiosk_key": aside(lambda: place.hall.kiosk_key),
        "board_key": aside(lambda: place.hall.board_key),
    }
    kept = aside(lambda: {who: session_of(actor.signed_in_as) for who, actor in sessions.items()})
    walk = Walk(readers, Stage({"": scene}, kept))
    walk.see(stops())
    walk.assert_nothing_wrong()


def test_without_scripts_the_board_reloads_itself(readers: Readers) -> None:
    found = aside(prepared)
    reader = readers.make(scripts=False)
    page = reader.go(f"/bang-goi-so/{aside(lambda: found.place.hall.board_key)}/")
    assert page.locator("meta[http-equiv=refresh]").get_attribute("content") == "10"
    assert page.locator("tbody td").first.inner_text() == "A001"
    reader.assert_not_sideways()


def test_a_kiosk_that_is_cut_off_says_so_keeps_the_last_number_and_draws_once_it_is_back(
    readers: Readers,
) -> None:
    found = aside(prepared)
    reader = readers.make()
    page = reader.go(f"/lay-so/{aside(lambda: found.place.hall.kiosk_key)}/")
    page.locator(".hall-services button").first.click()
    page.get_by_text("A004").wait_for()
    page.get_by_role("link", name="Xong").click()
    page.locator(".hall-services").wait_for()
    reader.context.set_offline(True)
    page.locator(".hall-services button").first.click()
    page.get_by_text("Máy đang mất kết nối").wait_for()
    assert page.locator("[data-last-number] b").inner_text() == "A004"
    reader.context.set_offline(False)
    page.locator(".hall-services button").first.click()
    page.get_by_text("A005").wait_for()


def test_a_called_number_reaches_the_telephone_and_the_board_speaks_it_once(readers: Readers) -> None:
    found = aside(prepared)
    board, phone = readers.make(), readers.make(phone=True)
    board.context.add_init_script(
        "window.spoken = []; speechSynthesis.speak = (words) => window.spoken.push(words.text);"
    )
    wall = board.go(f"/bang-goi-so/{aside(lambda: found.place.hall.board_key)}/")
    wall.get_by_role("button", name="Bật tiếng gọi số").click()
    mine = phone.go(f"/so-thu-tu/{found.token}/")
    mine.get_by_text("Còn 1 người trước bạn").wait_for()
    desk = seat(readers, found.officer)
    counter = desk.go("/ban-lam-viec/hang-cho/")
    counter.keyboard.press("b")
    counter.get_by_text("Đang phục vụ").wait_for()
    counter.keyboard.press("n")
    counter.get_by_text("A002").first.wait_for()
    wall.get_by_text("A002").wait_for()
    wall.wait_for_function("window.spoken.length > 0")
    wall.wait_for_timeout(3500)  # long enough to be spoken again, were it not once
    assert wall.evaluate("window.spoken") == ["Mời số A 2 đến quầy 1."]
    mine.get_by_text("Bạn là người kế tiếp.").wait_for()


def test_a_citizen_books_on_a_telephone_without_scripts(readers: Readers) -> None:
    found = aside(prepared)
    reader = seat(readers, found.citizen, phone=True, scripts=False)
    page = reader.go("/dat-lich/")
    page.get_by_role("link", name="UBND xã Bình Liêu").click()
    page.get_by_role("link", name="Đất đai, xây dựng").click()
    page.locator("a.ts-day").nth(2).click()
    page.locator(".ts-slot input").nth(4).check(force=True)
    page.get_by_role("button", name="Đặt lịch hẹn").click()
    page.get_by_text("Mã nhận số").first.wait_for()
    reader.assert_not_sideways()
