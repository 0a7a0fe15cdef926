"""Booking, numbers, calling and figures over the API, from the set-up to the figures."""

from dataclasses import replace

import pytest

from tests import halls_kit as kit
from tests import people_kit
from tests.api_kit import Caller
from tests.halls_kit import Place, slot
from tests.people_kit import AT
from tinhso.appointments.models import Booking, Ticket
from tinhso.kernel import clock
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def place() -> Place:
    return kit.place()


def caller(actor: Actor | None) -> Caller:
    return Caller(replace(actor, assurance=2) if actor else None)


def test_a_citizen_books_moves_and_cancels(place: Place) -> None:
    citizen = caller(people_kit.citizen())
    anybody = caller(None)
    service = anybody.read(f"/one-stops/{place.agency_id}")["services"][0]
    assert anybody.read("/one-stops")[0]["agency_id"] == str(place.agency_id)
    assert anybody.read(f"/queue-services/{service['id']}/days")[1]["free"] == 30
    slots = anybody.read(f"/queue-services/{service['id']}/slots?on=2026-03-11")
    booked = citizen.send("/bookings", {"service_id": service["id"], "starts_at": slots[1]["starts_at"]})
    assert booked.status_code == 201
    booking = booked.json()
    assert (booking["state"], booking["channel"]) == ("booked", "portal")
    again = citizen.send("/bookings", {"service_id": service["id"], "starts_at": slots[1]["starts_at"]})
    assert again.json()["id"] == booking["id"]
    moved = citizen.send(f"/bookings/{booking['id']}/move", {"starts_at": slots[3]["starts_at"]})
    assert moved.json()["code"] == booking["code"]
    past = citizen.send(f"/bookings/{booking['id']}/move", {"starts_at": "2026-03-09T08:00:00+07:00"})
    assert past.status_code == 409
    assert past.json()["type"].endswith("slot-gone")
    assert [one["id"] for one in citizen.read("/bookings")] == [booking["id"]]
    assert citizen.send(f"/bookings/{booking['id']}/cancel").json()["state"] == "cancelled"
    stranger = caller(people_kit.citizen("000188000103"))
    assert stranger.ask("GET", f"/bookings/{booking['id']}").status_code == 404
    assert Booking.objects.count() == 1


def test_a_number_goes_from_the_kiosk_to_the_figures(place: Place) -> None:
    kiosk, officer = caller(None), caller(place.officer("quay.mot"))
    refused = kiosk.send("/numbers", {"service_id": str(place.a)})
    assert refused.status_code == 403
    assert not Ticket.objects.exists()
    key = place.hall.kiosk_key
    drawn = kiosk.send("/numbers", {"service_id": str(place.a), "kiosk_key": key}).json()
    assert (drawn["label"], drawn["before"]) == ("A001", 0)
    waits = kiosk.read(f"/one-stops/{place.agency_id}/waits")
    assert (waits[0]["waiting"], waits[0]["minutes_now"]) == (1, None)
    counters = officer.read(f"/one-stops/{place.agency_id}/counters")
    assert officer.send(f"/counters/{counters[0]['id']}/take").status_code == 204
    assert officer.read(f"/one-stops/{place.agency_id}/queue")[0]["label"] == "A001"
    turn = officer.send("/counters/call-next").json()
    board = kiosk.read(f"/boards/{place.hall.board_key}")
    assert [(line["label"], line["counter"]) for line in board["calls"]] == [("A001", 1)]
    assert kiosk.read(f"/numbers/{drawn['token']}")["state"] == "called"
    for act in ("call-again", "start", "finish"):
        assert officer.send(f"/turns/{turn['id']}/{act}").status_code == 200
    assert officer.send("/counters/call-next").json()["type"].endswith("nobody-waits")
    days = "since=2026-03-10&until=2026-03-10"
    figures = officer.read(f"/one-stops/{place.agency_id}/figures?{days}")
    assert (figures[0]["joined"], figures[0]["served"], figures[0]["waited_median"]) == (1, 1, 0)
    behind = officer.read(f"/one-stops/{place.agency_id}/turns?{days}&service_id={place.a}")
    assert [(one["label"], one["person_id"]) for one in behind] == [("A001", None)]


def test_the_head_lays_out_and_closes(place: Place) -> None:
    head, citizen = caller(place.head), people_kit.citizen()
    booked = caller(citizen).send("/bookings", {"service_id": str(place.a), "starts_at": slot(8).isoformat()})
    hall = f"/one-stops/{place.agency_id}"
    closed = head.send(f"{hall}/closures", {"on": "2026-03-11", "reason": "Tập huấn."})
    assert closed.json() == {"displaced": 1}
    read = caller(citizen).read(f"/bookings/{booked.json()['id']}")
    assert (read["state"], read["reason"]) == ("displaced", "Tập huấn.")
    assert head.send(f"{hall}/closures/reopen", {"on": "2026-03-11"}).status_code == 204
    wrong = head.send(f"{hall}/counters", {"number": 1, "service_ids": [str(place.a)]})
    assert wrong.status_code == 409
    made = head.send(f"{hall}/counters", {"number": 4, "service_ids": [str(place.a)]})
    assert made.status_code == 201
    assert caller(place.officer("quay.mot")).send(f"{hall}/keys").status_code == 403
