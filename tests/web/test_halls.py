"""Booking, numbers, kiosk and board in a browser; without scripts."""

import re
from datetime import timedelta

import pytest

from tests import halls_kit as kit
from tests import people_kit
from tests.halls_kit import CIVIL, Place, slot
from tests.people_kit import AT
from tests.perf.queries import within
from tests.web.client import Browser
from tinhso.appointments.actions import call, sit
from tinhso.appointments.actions.book import book_appointment
from tinhso.appointments.actions.draw import draw_number
from tinhso.appointments.actions.offer import save_service
from tinhso.appointments.models import Booking, Slot, Ticket
from tinhso.appointments.states import BookingState
from tinhso.definitions import catalogue
from tinhso.kernel import clock
from tinhso.people.types import ANONYMOUS, Actor

pytestmark = pytest.mark.django_db
WEDNESDAY = "2026-03-11"


@pytest.fixture(autouse=True)
def tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def place() -> Place:
    return kit.place()


@pytest.fixture
def citizen(browser: Browser) -> Actor:
    actor = people_kit.citizen()
    people_kit.sign_in(browser, actor.signed_in_as, at=AT)
    return actor


def booked(place: Place, actor: Actor) -> Booking:
    view = book_appointment(
        actor=actor,
        at=AT,
        person_id=actor.person_id,  # type: ignore[arg-type]
        service_id=place.a,
        starts_at=slot(8),
    )
    return Booking.objects.get(pk=view.id)


def test_a_citizen_books_from_the_office_to_the_code(browser: Browser, place: Place, citizen: Actor) -> None:
    with within("halls:book"):
        offices = browser.get("/dat-lich/?thu-tuc=1.001193").content.decode()
    assert f"/dat-lich/{place.agency_id}/?thu-tuc=1.001193" in offices
    assert "Nơi bạn cư trú" in offices
    with within("halls:book-service"):
        services = browser.get(f"/dat-lich/{place.agency_id}/?thu-tuc=1.001193").content.decode()
    assert services.index("Hộ tịch, chứng thực") < services.index("Đúng thủ tục bạn chọn")
    address = f"/dat-lich/viec/{place.a}/"
    with within("halls:book-slot"):
        shown = browser.get(f"{address}?ngay={WEDNESDAY}").content.decode()
    assert "08:00–08:30" in shown
    empty = browser.post(address, {})
    assert empty.status_code == 422
    assert "Hãy chọn một giờ hẹn." in empty.content.decode()
    done = browser.post(address, {"gio": slot(8).isoformat(), "thu-tuc": "1.001193"})
    row = Booking.objects.get()
    assert done.headers["Location"] == f"/lich-hen/{row.pk}/"
    assert (row.procedure_code, row.channel) == ("1.001193", "portal")
    with within("halls:booking"):
        page = browser.get(f"/lich-hen/{row.pk}/").content.decode()
    assert f"{row.code[:4]} {row.code[4:]}" in page
    assert "<svg role" in page
    again = browser.post(address, {"gio": slot(8).isoformat()})
    assert again.headers["Location"] == f"/lich-hen/{row.pk}/"
    assert Slot.objects.get().taken == 1


def test_a_full_slot_keeps_the_page_and_says_so(browser: Browser, place: Place, citizen: Actor) -> None:
    for other in kit.citizens(2):
        booked(place, other)
    answer = browser.post(f"/dat-lich/viec/{place.a}/?ngay={WEDNESDAY}", {"gio": slot(8).isoformat()})
    assert answer.status_code == 409
    assert "Giờ này vừa hết chỗ" in answer.content.decode()
    past = browser.post(f"/dat-lich/viec/{place.a}/", {"gio": (AT - timedelta(days=1)).isoformat()})
    assert past.status_code == 409
    assert Booking.objects.count() == 2


def test_who_is_not_signed_in_sees_the_slots_and_is_led_to_the_door(browser: Browser, place: Place) -> None:
    address = f"/dat-lich/viec/{place.a}/"
    assert "Đăng nhập để đặt lịch" in browser.get(address).content.decode()
    answer = browser.post(address, {"gio": slot(8).isoformat()})
    assert answer.headers["Location"].startswith("/dang-nhap/")
    assert not Booking.objects.exists()


def test_a_booking_is_moved_cancelled_and_taken_into_a_calendar(
    browser: Browser, place: Place, citizen: Actor
) -> None:
    row = booked(place, citizen)
    file = browser.get(f"/lich-hen/{row.pk}/lich.ics")
    assert file.headers["Content-Type"] == "text/calendar; charset=utf-8"
    lines = file.content.decode().split("\r\n")
    assert "DTSTART:20260311T010000Z" in lines
    assert max(len(line.encode()) for line in lines) <= 75
    with within("halls:booking-move"):
        assert "Đổi giờ hẹn" in browser.get(f"/lich-hen/{row.pk}/doi/").content.decode()
    browser.post(f"/lich-hen/{row.pk}/doi/", {"gio": slot(9).isoformat(), "viec": str(place.a)})
    assert Booking.objects.get().slot.starts_at == slot(9)
    assert "nhường ngay cho người khác" in browser.get(f"/lich-hen/{row.pk}/huy/").content.decode()
    browser.post(f"/lich-hen/{row.pk}/huy/")
    assert Booking.objects.get().state == BookingState.CANCELLED
    with within("halls:bookings"):
        assert "Đã hủy" in browser.get("/lich-hen/").content.decode()
    assert browser.get(f"/lich-hen/{row.pk}/doi/").status_code == 409


def test_a_booking_whose_service_closed_is_offered_another(
    browser: Browser, place: Place, citizen: Actor
) -> None:
    row = booked(place, citizen)
    closed = kit.replace(CIVIL, is_open=False)
    save_service(actor=place.head, at=AT, agency_id=place.agency_id, said=closed, service_id=place.a)
    assert "Giờ hẹn này không giữ được nữa" in browser.get(f"/lich-hen/{row.pk}/").content.decode()
    page = browser.get(f"/lich-hen/{row.pk}/doi/").content.decode()
    assert f"?viec={place.b}" in page
    browser.get(f"/lich-hen/{row.pk}/doi/?viec={place.b}")
    browser.post(f"/lich-hen/{row.pk}/doi/", {"gio": slot(9).isoformat(), "viec": str(place.b)})
    assert Booking.objects.get().state == BookingState.BOOKED


def test_somebody_elses_booking_does_not_exist(browser: Browser, place: Place, citizen: Actor) -> None:
    row = booked(place, kit.citizens(1)[0])
    for path in ("", "doi/", "huy/", "lich.ics"):
        assert browser.get(f"/lich-hen/{row.pk}/{path}").status_code == 404
    assert browser.post(f"/lich-hen/{row.pk}/huy/").status_code == 404
    assert Booking.objects.get().state == BookingState.BOOKED


def test_the_kiosk_draws_without_a_name_and_twice_is_once(browser: Browser, place: Place) -> None:
    kiosk = f"/lay-so/{place.hall.kiosk_key}/"
    with within("halls:kiosk"):
        page = browser.get(kiosk).content.decode()
    key = re.search(r'name="luot" value="([^"]+)"', page)
    assert key
    sent = {"luot": key[1], "viec": str(place.a), "uu-tien": "elderly"}
    first, second = browser.post(f"{kiosk}so/", sent), browser.post(f"{kiosk}so/", sent)
    ticket = Ticket.objects.get()
    assert first.headers["Location"] == second.headers["Location"] == f"{kiosk}phieu/{ticket.token}/"
    with within("halls:kiosk-slip"):
        slip = browser.get(first.headers["Location"]).content.decode()
    assert "A001" in slip
    assert "Người cao tuổi" in slip
    assert "Máy không in được?" in slip
    assert browser.post(f"{kiosk}so/", {}).status_code == 422
    assert browser.get("/lay-so/sai-khoa/").status_code == 404


def test_the_kiosk_checks_a_booking_in_and_explains_a_wrong_code(browser: Browser, place: Place) -> None:
    row = booked(place, people_kit.citizen())
    kiosk = f"/lay-so/{place.hall.kiosk_key}/"
    wrong = browser.post(f"{kiosk}lich-hen/", {"ma": "ABCD 2345"})
    assert wrong.status_code == 404
    assert "ABCD 2345" in wrong.content.decode()
    early = browser.post(f"{kiosk}lich-hen/", {"ma": row.code})
    assert early.status_code == 409
    assert "08:00 11/03/2026" in early.content.decode()
    assert not Ticket.objects.exists()


def test_a_number_is_followed_and_given_up_on_the_telephone(browser: Browser, place: Place) -> None:
    draw_number(actor=ANONYMOUS, at=AT, service_id=place.a, kiosk_key=place.hall.kiosk_key)
    mine = draw_number(actor=ANONYMOUS, at=AT, service_id=place.a, kiosk_key=place.hall.kiosk_key)
    with within("halls:number"):
        page = browser.get(f"/so-thu-tu/{mine.token}/").content.decode()
    assert "Còn 1 người trước bạn" in page
    part = browser.get(f"/so-thu-tu/{mine.token}/", headers={"X-Part": "live"}).content.decode()
    assert "<html" not in part
    assert "A002" in part
    browser.post(f"/so-thu-tu/{mine.token}/bo/")
    assert "Bạn đã bỏ số này." in browser.get(f"/so-thu-tu/{mine.token}/").content.decode()


def test_the_board_shows_who_is_called_and_no_name(browser: Browser, place: Place) -> None:
    citizen = people_kit.citizen()
    draw_number(actor=ANONYMOUS, at=AT, service_id=place.a, kiosk_key=place.hall.kiosk_key)
    officer = place.officer("quay.mot")
    sit.take_counter(actor=officer, at=AT, counter_id=place.counters[0])
    call.call_next(actor=officer, at=AT)
    board = f"/bang-goi-so/{place.hall.board_key}/"
    with within("halls:board"):
        page = browser.get(board).content.decode()
    assert "Mời số A 1 đến quầy 1." in page
    assert citizen.full_name not in page
    assert officer.full_name not in page
    assert "<html" not in browser.get(board, headers={"X-Part": "live"}).content.decode()
    assert browser.get(f"/bang-goi-so/{place.hall.kiosk_key}/").status_code == 404


def test_a_procedure_tells_who_lives_there_how_long_one_waits(
    browser: Browser, place: Place, citizen: Actor
) -> None:
    catalogue.publish_packs(at=AT)
    draw_number(actor=ANONYMOUS, at=AT, service_id=place.a, kiosk_key=place.hall.kiosk_key)
    with within("portal:procedure"):
        page = browser.get("/thu-tuc/1.001193/").content.decode()
    assert "Nếu lấy số bây giờ:" in page
    assert f"/dat-lich/viec/{place.a}/?thu-tuc=1.001193" in page


def test_everybody_reads_the_waiting_times(browser: Browser, place: Place) -> None:
    draw_number(actor=ANONYMOUS, at=AT, service_id=place.a, kiosk_key=place.hall.kiosk_key)
    with within("halls:waits"):
        page = browser.get("/thoi-gian-cho/").content.decode()
    assert "1 người đang chờ" in page
    assert "Chưa có quầy nào đang phục vụ" in page
    assert "Chưa đủ số liệu" in page
    assert browser.get("/thoi-gian-cho/?co-quan=khong-co").status_code == 404
