"""The hall at the desk: calling, bookings for others, figures, set-up, and who may do what."""

import pytest

from tests import halls_kit as kit
from tests import people_kit
from tests.halls_kit import Place, slot
from tests.people_kit import AT
from tests.perf.queries import within
from tests.web.client import Browser
from tinhso.appointments.actions.draw import draw_number
from tinhso.appointments.models import Booking, Closure, Counter, Hall, Service, Ticket, Turn
from tinhso.appointments.states import BookingState, TurnState
from tinhso.kernel import clock
from tinhso.people.types import ANONYMOUS, Actor

pytestmark = pytest.mark.django_db
QUEUE = "/ban-lam-viec/hang-cho/"
HALL = f"{QUEUE}thiet-lap/"


@pytest.fixture(autouse=True)
def tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def place() -> Place:
    return kit.place()


@pytest.fixture
def officer(place: Place) -> Actor:
    return place.officer("quay.mot")


def enter(browser: Browser, actor: Actor) -> None:
    people_kit.sign_in(browser, actor.signed_in_as, at=AT)


def draw(place: Place) -> None:
    draw_number(actor=ANONYMOUS, at=AT, service_id=place.a, kiosk_key=place.hall.kiosk_key)


def test_an_officer_works_a_number_through_from_the_counter(
    browser: Browser, place: Place, officer: Actor
) -> None:
    for _ in range(3):
        draw(place)
    enter(browser, officer)
    assert "Bạn ngồi quầy nào?" in browser.get(QUEUE).content.decode()
    browser.post(f"{QUEUE}quay/{place.counters[0]}/nhan/")
    browser.post(f"{QUEUE}goi/")
    with within("desk:queue"):
        page = browser.get(QUEUE).content.decode()
    assert "A001" in page
    assert "2 người đang chờ" in page
    assert "/ban-lam-viec/tiep-nhan/" in page
    first = Turn.objects.get(state=TurnState.CALLED)
    refused = browser.post(f"{QUEUE}luot/{first.pk}/xong/")
    assert refused.status_code == 409
    browser.post(f"{QUEUE}luot/{first.pk}/goi-lai/")
    browser.post(f"{QUEUE}luot/{first.pk}/bat-dau/")
    browser.post(f"{QUEUE}goi/", {"xong": str(first.pk)})
    first.refresh_from_db()
    assert (first.state, first.calls) == (TurnState.DONE, 2)
    second = Turn.objects.get(state=TurnState.CALLED)
    browser.post(f"{QUEUE}luot/{second.pk}/vang/")
    assert "Đưa lại vào hàng chờ" in browser.get(QUEUE).content.decode()
    browser.post(f"{QUEUE}luot/{second.pk}/dua-lai/")
    browser.post(f"{QUEUE}goi/")
    third = Turn.objects.get(state=TurnState.CALLED)
    browser.post(f"{QUEUE}luot/{third.pk}/chuyen/", {"viec": str(place.b)})
    assert Turn.objects.get(service=place.b).ticket_id == third.ticket_id
    part = browser.get(QUEUE, headers={"X-Part": "live"}).content.decode()
    assert "<html" not in part


def test_nobody_waiting_is_told_and_nothing_changes(browser: Browser, place: Place, officer: Actor) -> None:
    enter(browser, officer)
    browser.post(f"{QUEUE}quay/{place.counters[0]}/nhan/")
    browser.post(f"{QUEUE}goi/")
    assert "Không còn ai chờ" in browser.get(QUEUE).content.decode()
    browser.post(f"{QUEUE}quay/{place.counters[0]}/roi/")
    refused = browser.post(f"{QUEUE}goi/")
    assert refused.status_code == 409
    assert not Counter.objects.filter(account_id__isnull=False).exists()


def test_the_counter_draws_when_the_kiosk_is_away(browser: Browser, place: Place, officer: Actor) -> None:
    enter(browser, officer)
    browser.post(f"{QUEUE}lay-so/", {"viec": str(place.a), "uu-tien": "pregnant", "ma": ""})
    assert Ticket.objects.get().priority == "pregnant"
    wrong = browser.post(f"{QUEUE}lay-so/", {"ma": "ABCD2345"})
    assert wrong.status_code == 404
    assert Ticket.objects.count() == 1


def test_an_officer_books_by_telephone_and_cancels(browser: Browser, place: Place, officer: Actor) -> None:
    person = people_kit.citizen().person_id
    enter(browser, officer)
    address = f"{QUEUE}lich-hen/nguoi/{person}/"
    with within("desk:queue-book"):
        assert "Người dân đặt qua điện thoại" in browser.get(address).content.decode()
    browser.post(address, {"viec": str(place.a), "gio": slot(8).isoformat(), "dien-thoai": "1"})
    row = Booking.objects.get()
    assert (row.channel, row.person_id) == ("phone", person)
    with within("desk:queue-bookings"):
        day = browser.get(f"{QUEUE}lich-hen/?ngay=2026-03-11").content.decode()
    assert f"{row.code[:4]} {row.code[4:]}" in day
    assert "Hoàng Văn Chíu" not in day
    browser.post(f"{QUEUE}lich-hen/{row.pk}/huy/")
    row.refresh_from_db()
    assert row.state == BookingState.CANCELLED


def test_an_officer_moves_a_booking_and_the_place_is_kept_until_then(
    browser: Browser, place: Place, officer: Actor
) -> None:
    booker, other = people_kit.citizen(), people_kit.citizen("000199000104", full_name="Vũ Thị Hạnh")
    person, stranger = booker.person_id, other.person_id
    assert person is not None
    assert stranger is not None
    enter(browser, officer)
    address = f"{QUEUE}lich-hen/nguoi/{person}/"
    browser.post(address, {"viec": str(place.a), "gio": slot(8).isoformat()})
    row = Booking.objects.get()
    moving = f"{QUEUE}lich-hen/{row.pk}/doi/"
    assert f'href="{moving}"' in browser.get(address).content.decode()
    with within("desk:queue-booking-move"):
        assert "Chỗ này được giữ cho đến khi đổi xong" in browser.get(moving).content.decode()

    nothing = browser.post(moving, {"viec": str(place.a)})
    gone = browser.post(moving, {"viec": str(place.a), "gio": "2020-01-01T08:00:00+07:00"})
    assert (nothing.status_code, gone.status_code) == (422, 409)
    assert "Hãy chọn một giờ hẹn." in nothing.content.decode()
    assert (Booking.objects.get().slot_id, Booking.objects.get().slot.taken) == (row.slot_id, 1)

    for _press in range(2):
        done = browser.post(moving, {"viec": str(place.a), "gio": slot(9).isoformat()}, follow=True)
    now = Booking.objects.get()
    assert (now.slot.starts_at, now.code, now.slot.taken) == (slot(9), row.code, 1)
    assert "Đã đổi sang" in done.content.decode()
    row.slot.refresh_from_db()
    assert row.slot.taken == 0

    browser.post(f"{QUEUE}lich-hen/{row.pk}/huy/")
    assert browser.get(moving).status_code == 409


def test_a_booking_of_another_hall_is_not_moved(browser: Browser, place: Place, officer: Actor) -> None:
    person = people_kit.citizen().person_id
    enter(browser, officer)
    browser.post(f"{QUEUE}lich-hen/nguoi/{person}/", {"viec": str(place.a), "gio": slot(8).isoformat()})
    row = Booking.objects.get()
    theirs = people_kit.agency(unit="06685", name="UBND phường Hồng Gai")
    head = people_kit.actor(people_kit.officer("lanhdao.hai", role="chairperson", agency_id=theirs))
    elsewhere = kit.place(theirs, head=head)
    enter(browser, elsewhere.officer("quay.khac"))
    moving = f"{QUEUE}lich-hen/{row.pk}/doi/"
    assert browser.get(moving).status_code == 404
    sent = {"viec": str(place.a), "gio": slot(9).isoformat()}
    assert browser.post(moving, sent).status_code == 404
    assert Booking.objects.get().slot_id == row.slot_id


def test_the_head_lays_the_hall_out_and_mistakes_lose_nothing(browser: Browser) -> None:
    head = people_kit.actor(people_kit.officer("lanh.dao", role="chairperson"))
    enter(browser, head)
    assert "Tạo thiết lập ban đầu" in browser.get(HALL).content.decode()
    browser.post(f"{HALL}mo/")
    service = {"chu-cai": "a", "ten": "Hộ tịch", "ten-anh": "Civil status", "linh-vuc": "Hộ tịch", "mo": "1"}
    wrong = browser.post(f"{HALL}nhom-viec/", service | {"so-cho": "nhiều", "du-kien": "15"})
    assert wrong.status_code == 422
    assert "Civil status" in wrong.content.decode()
    browser.post(f"{HALL}nhom-viec/", service | {"so-cho": "4", "du-kien": "15"})
    row = Service.objects.get()
    assert (row.letter, row.fields, row.codes) == ("A", ["Hộ tịch"], [])
    nothing = browser.post(f"{HALL}quay/", {"so-quay": "1", "mo": "1"})
    assert nothing.status_code == 422
    browser.post(f"{HALL}quay/", {"so-quay": "1", "ten": "Quầy chính", "nhom-viec": str(row.pk), "mo": "1"})
    assert Counter.objects.get().services.get() == row
    with within("desk:hall"):
        page = browser.get(HALL).content.decode()
    hall = Hall.objects.get()
    assert hall.board_key in page
    rules = {
        "lan": str(hall.revision),
        "mo": "1",
        "do-dai": "20",
        "khong-hen": "50",
        "truoc-ngay": "14",
        "truoc-phut": "60",
        "moi-nguoi": "2",
        "den-muon": "15",
        "gio-5": "7:30-11:30",
    }
    bad = browser.post(HALL, rules | {"gio-0": "sáng"})
    assert bad.status_code == 422
    assert 'href="#gio-0"' in bad.content.decode()
    browser.post(HALL, rules)
    hall.refresh_from_db()
    assert (hall.slot_minutes, hall.weekly, hall.languages) == (20, {"5": [["07:30", "11:30"]]}, ["vi"])
    assert browser.post(HALL, rules).status_code == 409
    closing = {"ngay-day": "12", "ngay-month": "3", "ngay-year": "2026", "ly-do": "Tập huấn"}
    assert browser.post(f"{HALL}ngay-nghi/", closing | {"ly-do": ""}).status_code == 422
    browser.post(f"{HALL}ngay-nghi/", closing)
    browser.post(f"{HALL}ngay-nghi/bo/", {"ngay": "2026-03-12"})
    assert not Closure.objects.exists()
    old = hall.kiosk_key
    browser.post(f"{HALL}khoa-moi/")
    assert browser.get(f"/lay-so/{old}/").status_code == 404
    browser.get(f"{HALL}nhom-viec/{row.pk}/")
    browser.get(f"{HALL}quay/{Counter.objects.get().pk}/")


def test_figures_open_down_to_numbers(browser: Browser, place: Place, officer: Actor) -> None:
    draw(place)
    enter(browser, officer)
    with within("desk:queue-figures"):
        page = browser.get(f"{QUEUE}so-lieu/?theo-gio=1").content.decode()
    assert "9:00–9:59" in page
    with within("desk:queue-turns"):
        turns = browser.get(f"{QUEUE}so-lieu/luot/?viec={place.a}&gio=9").content.decode()
    assert "A001" in turns
    assert browser.get(f"{QUEUE}so-lieu/?tu=khong-phai-ngay").status_code == 200
    elsewhere = people_kit.agency(unit="06685", name="UBND phường Hồng Gai")
    assert browser.get(f"{QUEUE}so-lieu/?co-quan={elsewhere}").status_code == 404


def test_who_has_no_part_in_the_hall_is_refused(browser: Browser, place: Place, officer: Actor) -> None:
    enter(browser, officer)
    for path in (HALL, f"{HALL}nhom-viec/", f"{HALL}quay/"):
        assert browser.get(path).status_code == 403
    assert browser.post(f"{HALL}khoa-moi/").status_code == 403
    enter(browser, place.head)
    assert browser.get(QUEUE).status_code == 403
    assert browser.post(f"{QUEUE}goi/").status_code == 403
    enter(browser, people_kit.citizen())
    assert browser.get(QUEUE).status_code == 403


def test_a_part_that_did_not_change_is_answered_with_a_few_bytes(
    browser: Browser, place: Place, officer: Actor
) -> None:
    draw(place)
    enter(browser, officer)
    browser.post(f"{QUEUE}quay/{place.counters[0]}/nhan/")
    asked = {"X-Part": "live"}
    for address in (QUEUE, f"/bang-goi-so/{place.hall.board_key}/"):
        first = browser.get(address, headers=asked)
        again = browser.get(address, headers={**asked, "If-None-Match": first["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])

    browser.post(f"{QUEUE}goi/")
    before = browser.get(QUEUE, headers=asked)
    browser.post(f"{QUEUE}luot/{Turn.objects.get().pk}/goi-lai/")
    same = browser.get(QUEUE, headers={**asked, "If-None-Match": before["ETag"]})
    assert (same.status_code, same["ETag"] != before["ETag"]) == (304, True)
    draw(place)
    new = browser.get(QUEUE, headers={**asked, "If-None-Match": before["ETag"]})
    assert new.status_code == 200
    assert "1 người đang chờ" in new.content.decode()
