"""Open data in a real browser: what a stranger, a researcher and whoever scans a QR code look at."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests import ledger_kit, open_data_kit
from tests import registers_kit as kit
from tests.e2e.conftest import Readers
from tests.e2e.pages_kit import Stage, Stop, aside, unfold, walk
from tests.registers_kit import AT, PARCELS, SCHOOLS, SYSTEM, TODAY
from tinhso.registers.actions.cancel_record import cancel_record
from tinhso.registers.actions.merge_records import merge_records

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Trường Phổ thông dân tộc bán trú Tiểu học và Trung học cơ sở Đồng Văn, điểm Sông Moóc"
PARCEL = {
    "place.unit": kit.BINH_LIEU,
    "map.sheet": "12",
    "parcel.number": "34",
    "area": "120.5",
    "use": "ont",
}


def prepared() -> None:
    first, second, third, *_others = open_data_kit.schools(30)
    kit.school("22990", LONG, more={"place": open_data_kit.point(107.4, 21.5), "pupils": 1200})
    kit.enter(PARCEL, register=PARCELS)
    since = TODAY + timedelta(days=30)
    cancel_record(actor=SYSTEM, at=AT, record_id=first, reason="Giải thể", since=since)
    ledger_kit.seal_and_publish()
    ledger_kit.note()
    ledger_kit.seal_and_publish()
    merge_records(actor=SYSTEM, at=AT, winner_id=second, loser_id=third, reason="Một trường")


def of(name: str, key: str = "", *, register: str = SCHOOLS, query: str = "", status: int = 200) -> Stop:
    given = {"register_id": register} | ({"key": key} if key else {})
    route = "opendata:record" if key else "opendata:register"
    return Stop(name, route, given=given, query=query, status=status, acts=() if status != 200 else (unfold,))


STOPS = (
    Stop("ledger-home", "ledger:home"),
    Stop("open-data-home", "opendata:home", acts=(unfold,)),
    Stop("open-data-licence", "opendata:licence"),
    of("open-data-register"),
    of("open-data-found", query="?q=tieu+hoc&m.level=primary&xa=06838"),
    of("open-data-nothing", query="?q=khong+co+gi+nhu+the"),
    of("open-data-empty", register="health.facilities"),
    of("open-data-key-unknown", query="?ma=99", status=404),
    of("open-data-no-key", query="?ma=", status=422),
    of("open-data-by-key-only", register=PARCELS),
    of("open-data-record", "22990"),
    of("open-data-record-cancelled", "22000"),
    of("open-data-record-merged", "22002"),
    of("open-data-record-of-land", "06838-12-34", register=PARCELS),
    of("open-data-record-unknown", "99", status=404),
    of("open-data-unknown", register="khong.co", status=404),
)


def test_the_code_is_printed_with_the_record(live_server: object, chromium: Browser) -> None:
    aside(prepared)
    page = chromium.new_page()
    page.goto(f"{live_server}/du-lieu/{SCHOOLS}/22990/")
    page.emulate_media(media="print")
    expect(page.locator("figure.ts-qr svg")).to_be_visible()
    expect(page.locator("main")).to_contain_text(f"/du-lieu/{SCHOOLS}/22990/")
    expect(page.get_by_role("button", name="In kèm mã QR")).to_be_hidden()
    page.close()


def test_open_data_are_fit_to_look_at(live_server: object, readers: Readers) -> None:
    aside(prepared)
    walk(readers, Stage(), STOPS)
