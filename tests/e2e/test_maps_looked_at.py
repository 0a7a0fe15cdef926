"""Maps in a real browser: an investor at a desk, a tourist on a phone, and whoever has no scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests import maps_kit as kit
from tests.e2e.conftest import PHONE, Readers
from tests.e2e.pages_kit import Stage, Stop, aside, unfold, walk
from tests.registers_kit import HONG_GAI, SCHOOLS

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Trường Phổ thông dân tộc bán trú Tiểu học và Trung học cơ sở Đồng Văn, điểm Sông Moóc"
WHOLE, CLOSE = f"?lop={SCHOOLS}&lop={kit.SIGHTS}", f"?lop={SCHOOLS}&khung={kit.AROUND}"


def records() -> None:
    for number in range(8):
        kit.school(number, at=(107.07 + number / 200, 20.94 + number / 400))
    kit.school(9, name=LONG)
    kit.plot("A1", 106.96)
    kit.plot("A2", 106.97, area="4.90")
    kit.plot("A3", 106.98, state="let")
    kit.port(107.06)
    for name, x in (("Xa", 107.12), ("Gần", 107.085), ("Giữa", 107.1)):
        kit.sight(name, x)


def of(name: str, query: str = "", *, register: str = "", status: int = 200) -> Stop:
    route, given = ("maps:register", {"register_id": register}) if register else ("maps:combined", {})
    acts = (unfold,) if status == 200 else ()
    return Stop(name, route, given=given, query=query, acts=acts, status=status)


BARE = (
    of("map-tiles", WHOLE),
    of("map-close-without-boundaries", CLOSE),
    of("map-empty", register="health.facilities"),
    of("map-unknown", register="khong.co", status=404),
)
BOUNDED = (
    of("map-investor"),
    of("map-register", CLOSE, register=SCHOOLS),
    of("map-found", f"{WHOLE}&tim=dong+van"),
    of("map-found-nothing", f"{WHOLE}&tim=khongcogi"),
    of("map-nothing-chosen", "?xa=06673"),
    Stop("map-sheet", "maps:sheet", query=CLOSE),
)


def test_maps_are_fit_to_look_at(live_server: object, readers: Readers) -> None:
    aside(records)
    walk(readers, Stage(), BARE)
    aside(kit.load_boundaries)
    walk(readers, Stage(), BOUNDED)


def test_an_investor_finds_a_plot_of_five_hectares_with_a_port_near(
    live_server: object, readers: Readers
) -> None:
    aside(records)
    aside(kit.load_boundaries)
    reader = readers.make(phone=False)
    page = reader.go("/ban-do/")
    expect(page.locator(".map-items__title").first).to_contain_text("A1, Khu thử")
    expect(page.locator(".map-items__near").first).to_contain_text("Cảng thử cách")
    expect(page.locator("body")).not_to_contain_text("A2, Khu thử")

    page.get_by_role("textbox", name="từ").first.fill("4,5")
    page.get_by_role("button", name="Xem", exact=True).click()
    expect(page.locator(".map-group").first).to_contain_text("A2, Khu thử")
    expect(page.locator(".map-group").first).not_to_contain_text("A3, Khu thử")

    page.locator(".leaflet-container").focus()
    page.keyboard.press("+")
    page.wait_for_url(re.compile("khung="))
    page.locator(".map-items__title a").first.click()
    expect(page.locator("h1")).to_contain_text("A2")
    assert reader.troubles == []


def test_a_tourist_on_a_phone_sees_what_is_near(live_server: object, readers: Readers) -> None:
    aside(records)
    aside(kit.load_boundaries)
    reader = readers.make(phone=True)
    reader.context.grant_permissions(["geolocation"])
    reader.context.set_geolocation({"longitude": 107.0861, "latitude": 20.9512})
    asked: list[str] = []
    page = reader.page
    page.on("request", lambda request: asked.append(request.url))
    reader.go("/ban-do/?de-tai=du-lich")
    page.get_by_role("button", name="Gần tôi").click()
    expect(page.locator(".map-items__title").first).to_contain_text(re.compile(r"Gần.*cách bạn \d+ m"))
    titles = [one.split("cách")[0].strip() for one in page.locator(".map-items__title").all_inner_texts()]
    assert titles == ["Gần", "Giữa", "Xa"]
    assert not any("0861" in url or "9512" in url for url in asked), "the position has left the phone"
    assert page.viewport_size == PHONE
    reader.assert_not_sideways()
    assert reader.troubles == []


def test_a_tourist_who_keeps_the_place_to_themselves_chooses_a_commune(
    live_server: object, readers: Readers
) -> None:
    aside(records)
    reader = readers.make(phone=True)
    page = reader.go("/ban-do/?de-tai=du-lich")
    tile = page.locator(".map-areas path").nth(3)
    tile.dispatch_event("click")
    expect(page.locator("[data-map-said]")).to_contain_text(tile.locator("title").text_content() or "-")
    page.get_by_role("button", name="Gần tôi").click()
    expect(page.locator("[data-map-said]")).to_contain_text("Không lấy được vị trí")
    page.get_by_label("Đến xã, phường, đặc khu").select_option(HONG_GAI)
    page.get_by_role("button", name="Xem", exact=True).click()
    expect(page.locator(".map-items__title").first).to_contain_text("cách")
    reader.check()
