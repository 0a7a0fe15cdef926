"""A number and the dossier of who holds it lead to each other."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests import halls_kit as halls
from tests.dossiers_kit import BIRTH, HONG_GAI, Province
from tests.fixtures_trust import Trust, trust
from tests.perf.queries import within
from tests.web.client import Browser
from tinhso.appointments.models import Booking, Service, Slot, Ticket, Turn
from tinhso.appointments.states import BookingState, TurnState
from tinhso.kernel.clock import local
from tinhso.people.types import Actor

pytestmark = pytest.mark.django_db
__all__ = ["trust"]
QUEUE = "/ban-lam-viec/hang-cho/"


@pytest.fixture
def province(trust: Trust) -> Province:
    return kit.found(trust)


def arrived(province: Province, service_id: UUID, person: Actor) -> Turn:
    """
    Let who booked stand in the queue, whatever day it is.

    The doors would refuse on a Sunday, and the clock of signatures is the real one.
    """
    at, service = province.at, Service.objects.get(pk=service_id)
    assert person.person_id is not None
    slot = Slot.objects.create(
        service=service, starts_at=at, ends_at=at + timedelta(minutes=30), places=4, taken=1
    )
    booking = Booking.objects.create(
        slot=slot,
        person_id=person.person_id,
        code="ABCD2345",
        procedure_code=BIRTH,
        state=BookingState.ARRIVED,
        channel="portal",
        booked_at=at,
        ended_at=at,
    )
    ticket = Ticket.objects.create(
        hall=service.hall, on=local(at).date(), letter="A", number=1, booking=booking, issued_at=at
    )
    return Turn.objects.create(ticket=ticket, service=service, joined_at=at, ranked_at=at)


def test_who_booked_brings_their_dossier_to_the_counter_and_it_says_that_they_wait(
    province: Province, browser: Browser
) -> None:
    clerk = province.officer("one_stop")
    hall = halls.place(clerk.posts[0].agency_id, head=province.officer("chairperson"), at=province.at)
    citizen = province.citizen()
    filed = kit.filed(province, citizen, BIRTH)
    here = f"{QUEUE}nguoi-nop/{filed.dossier_id}/"
    desk.enter(browser, clerk)
    assert "không có số đang chờ" in browser.get(here).content.decode()
    assert browser.get(here, headers={"HX-Request": "true"}).content.strip() == b""

    turn = arrived(province, hall.a, citizen)
    assert here in browser.get(desk.url_of(filed.dossier_id)).content.decode()
    with within("desk:queue-holder"):
        told = browser.get(here).content.decode()
    assert "A001" in told
    assert "<html" not in browser.get(here, headers={"HX-Request": "true"}).content.decode()

    browser.post(f"{QUEUE}quay/{hall.counters[0]}/nhan/")
    browser.post(f"{QUEUE}goi/")
    turn.refresh_from_db()
    assert turn.state == TurnState.CALLED
    with within("desk:queue of who booked"):
        page = browser.get(QUEUE).content.decode()
    assert desk.url_of(filed.dossier_id) in page
    assert filed.code in page
    assert f"thu-tuc={BIRTH}" in page
    assert "đang ở quầy 1" in browser.get(here).content.decode()


def test_another_agencys_counter_learns_nothing_of_who_waits(province: Province, browser: Browser) -> None:
    filed = kit.filed(province, province.citizen(), BIRTH)
    here = f"{QUEUE}nguoi-nop/{filed.dossier_id}/"

    desk.enter(browser, province.officer("one_stop", unit=HONG_GAI))
    assert browser.get(here).status_code == 404
    desk.enter(browser, province.officer("chairperson"))
    assert browser.get(here).status_code == 403
    assert here not in browser.get(desk.url_of(filed.dossier_id)).content.decode()
