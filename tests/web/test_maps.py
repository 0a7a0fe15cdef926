"""Maps of registers: who sees which, with scripts and without, with boundaries and without, on paper."""

import re
from typing import Any

import pytest

from tests import people_kit, registers_kit
from tests.maps_kit import (
    AROUND,
    AT_HONG_GAI,
    PLOTS,
    PORTS,
    SIGHTS,
    load_boundaries,
    plot,
    point,
    port,
    school,
    sight,
)
from tests.perf.queries import within
from tests.registers_kit import HONG_GAI, PARCELS, SCHOOLS, enter, officer
from tests.web.client import Browser
from tinhso.kernel import clock
from tinhso.people.types import Actor
from tinhso.web.maps import finding, items, page

pytestmark = pytest.mark.django_db
OCOP = "rural.ocop-products"


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: registers_kit.AT)


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_without_boundaries_each_commune_is_a_tile_with_its_number(browser: Browser) -> None:
    school(1)
    shown = browser.get("/ban-do/", {"lop": SCHOOLS})
    assert shown.status_code == 200
    html = shown.content.decode()
    assert html.count("<tspan") >= 54
    assert "Mỗi ô là một xã" in html
    assert "Phường Hồng Gai: 1" in html


def test_a_closer_look_shows_the_record_and_leads_to_it(browser: Browser) -> None:
    school(1)
    shown = browser.get("/ban-do/", {"lop": SCHOOLS, "khung": AROUND})
    assert "Trường thử 1" in text(shown)
    assert f'href="/du-lieu/{SCHOOLS}/T1/"' in shown.content.decode()
    assert "Trường thử" not in text(
        browser.get("/ban-do/", {"lop": SCHOOLS, "khung": "107.6,21.2,107.7,21.3"})
    )


def test_with_boundaries_the_province_is_drawn_and_its_source_told(browser: Browser) -> None:
    load_boundaries()
    school(1)
    shown = browser.get("/ban-do/", {"lop": SCHOOLS})
    assert "Ranh giới xã, phường: ranh.geojson" in text(shown)
    assert "Trường thử 1" in text(shown)
    areas = browser.get("/ban-do/dia-ban/").json()
    assert {one["properties"]["name"] for one in areas["features"]} == {"Hồng Gai", "Việt Hưng"}
    assert areas["tiled"] is False


def test_the_public_sees_no_field_that_is_not_public_in_any_form(browser: Browser) -> None:
    school(1)
    asked = {"lop": SCHOOLS, "khung": AROUND}
    for address in ("/ban-do/", "/ban-do/khung/", "/ban-do/to-in/", f"/ban-do/{SCHOOLS}/"):
        assert "Bí Mật" not in browser.get(address, asked).content.decode()
    found = text(browser.get("/ban-do/", {**asked, "tim": "bi mat"}))
    assert "Không có xã, phường hay bản ghi nào" in found


def test_registers_that_are_not_open_data_are_no_layers_of_the_public(browser: Browser) -> None:
    assert browser.get(f"/ban-do/{PARCELS}/").status_code == 404
    assert browser.get("/ban-do/khong.co/").status_code == 404
    shown = browser.get("/ban-do/", {"lop": PARCELS})
    assert f'value="{PARCELS}"' not in shown.content.decode()
    assert browser.get("/ban-do/khung/", {"lop": PARCELS}).json()["features"] == []


def test_an_officer_sees_the_layers_of_the_post_and_opens_records_at_the_desk(browser: Browser) -> None:
    school(1)
    actor: Actor = officer("specialist", unit="22", kind="land_registry")
    assert actor.account_id
    people_kit.sign_in(browser, actor.account_id, at=registers_kit.AT)
    assert browser.get(f"/ban-do/{PARCELS}/").status_code == 200
    shown = browser.get(f"/ban-do/{SCHOOLS}/", {"khung": AROUND})
    assert "/ban-lam-viec/du-lieu/" in shown.content.decode()


def test_an_investor_finds_a_plot_near_a_port_without_scripts(browser: Browser) -> None:
    load_boundaries()
    plot("A1", 106.96)
    plot("A2", 106.97, area="4.90")
    port(107.06)
    shown = browser.get("/ban-do/")
    words = text(shown)
    assert "A1, Khu thử" in words
    assert "A2, Khu thử" not in words
    assert re.search(r"Cảng thử cách 10 km|Cảng thử cách 9,\d km", words)
    assert "Diện tích: 6,5" in words


def test_days_narrow_a_layer_where_the_register_says_that_they_are_asked_by(browser: Browser) -> None:
    for number, day in enumerate(("2024-05-06", "2025-05-06")):
        values = {
            "product.name": f"Miến dong {day[:4]}",
            "product.group": "food",
            "stars": "4",
            "decision.number": f"{number}/QĐ-UBND",
            "decision.on": day,
            "owner.name": "Hợp tác xã thử",
            "owner.unit": HONG_GAI,
            "place": point(*AT_HONG_GAI),
        }
        enter(values, register=OCOP)
    ask = {"lop": OCOP, "khung": AROUND, f"{OCOP}:decision.on:tu": "2025-01-01"}
    shown = browser.get("/ban-do/", ask)
    assert f'name="{OCOP}:decision.on:tu" value="2025-01-01" type="date"' in shown.content.decode()
    assert "Miến dong 2025" in text(shown)
    assert "Miến dong 2024" not in text(shown)
    names = [one["properties"] for one in browser.get("/ban-do/khung/", ask).json()["features"]]
    assert len(names) == 1
    odd = browser.get("/ban-do/", {**ask, f"{OCOP}:decision.on:tu": "31/2/2025"})
    assert "Miến dong 2024" in text(odd), "what is no day asks for nothing"


def test_a_tourist_without_a_place_chooses_a_commune_and_sees_the_nearest_first(browser: Browser) -> None:
    for name, x in (("Xa", 107.12), ("Gần", 107.085), ("Giữa", 107.1)):
        sight(name, x)
    load_boundaries()
    shown = browser.get("/ban-do/", {"lop": SIGHTS, "xa": HONG_GAI})
    titles = re.findall(r'<li id="muc-[^>]*>.*?>(Xa|Gần|Giữa)<', shown.content.decode(), re.DOTALL)
    assert titles == ["Gần", "Giữa", "Xa"]
    assert re.search(r"cách \d+ m|cách [\d,]+ km", text(shown))


def test_too_many_records_become_numbers_and_a_closer_look(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST", 2)
    load_boundaries()
    for number in range(4):
        school(number)
    shown = browser.get("/ban-do/", {"lop": SCHOOLS})
    assert "hiện số bản ghi của từng xã" in text(shown)
    found = browser.get("/ban-do/khung/", {"lop": SCHOOLS}).json()
    assert found["features"] == []
    assert [(one["name"], one["count"]) for one in found["bubbles"]] == [("Phường Hồng Gai", "4")]


def test_what_does_not_fit_the_list_is_said(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "LISTED", 1)
    monkeypatch.setattr(items, "LISTED", 1)
    load_boundaries()
    school(1)
    school(2)
    assert "Còn 1 bản ghi nữa" in text(browser.get("/ban-do/", {"lop": SCHOOLS}))


def test_a_screenful_is_bounded_in_bytes(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tinhso.web.maps.features.MOST_BYTES", 150)
    load_boundaries()
    for number in range(3):
        plot(f"A{number}", 106.96 + number / 100)
    asked = {"lop": PLOTS, "khung": "106.94,20.98,107.0,21.02"}
    kinds = [one["geometry"]["type"] for one in browser.get("/ban-do/khung/", asked).json()["features"]]
    assert kinds == ["Polygon", "Point", "Point"]


def test_words_find_communes_and_records_wherever_they_lie(browser: Browser) -> None:
    school(1, at=(107.5, 21.3), name="Trường Hoa Đào")
    shown = browser.get("/ban-do/", {"lop": SCHOOLS, "tim": "hoa dao"})
    assert "Trường Hoa Đào 1" in text(shown)
    assert "Phường Bãi Cháy" in text(browser.get("/ban-do/", {"tim": "bai chay"}))
    assert "Không có xã, phường hay bản ghi nào" in text(browser.get("/ban-do/", {"tim": "khongcogi"}))


def test_an_empty_register_says_so(browser: Browser) -> None:
    assert "Không có bản ghi nào trong khung này" in text(browser.get(f"/ban-do/{SCHOOLS}/"))


@pytest.mark.parametrize(
    "asked",
    [
        {"khung": "a,b,c,d"},
        {"khung": "1e400,0,1,1"},
        {"xa": "99999"},
        {"xa": "<script>"},
        {"lop": "khong.co"},
        {f"{SCHOOLS}:pupils:tu": "1e9999", "lop": SCHOOLS},
        {f"{SCHOOLS}:gan": "khong.co", "lop": SCHOOLS},
        {f"{SCHOOLS}:level": "'; drop", "lop": SCHOOLS},
        {"tim": "\x00'\"&|!:*()" * 20, "lop": SCHOOLS},
    ],
)
def test_odd_questions_are_answered_with_a_map(browser: Browser, asked: dict[str, str]) -> None:
    school(1)
    assert browser.get("/ban-do/", asked).status_code == 200
    assert browser.get("/ban-do/khung/", asked).status_code == 200


def test_the_sheet_has_what_a_map_on_paper_needs(browser: Browser) -> None:
    load_boundaries()
    school(1)
    shown = browser.get("/ban-do/to-in/", {"lop": SCHOOLS})
    html, words = shown.content.decode(), text(shown)
    for mark in ("map-scale", "map-north", "map-legend"):
        assert mark in html
    assert "Sổ cơ sở giáo dục: 1 bản ghi" in words
    assert "10/03/2026" in words
    assert "Ranh giới xã, phường: ranh.geojson" in words
    assert "Register of schools" in text(browser.read_in("en").get("/ban-do/to-in/", {"lop": SCHOOLS}))


def test_a_map_costs_the_same_with_one_record_and_with_fifty(browser: Browser) -> None:
    school(0)
    asked = {"lop": [SCHOOLS, PLOTS, PORTS], "khung": AROUND}
    with within("maps:combined") as few:
        browser.get("/ban-do/", asked)
    for number in range(1, 50):
        school(number)
    with within("maps:combined") as many:
        browser.get("/ban-do/", asked)
    assert len(many) == len(few)
    with within("maps:features"):
        browser.get("/ban-do/khung/", asked)
    with within("maps:register"):
        browser.get(f"/ban-do/{SCHOOLS}/", asked)
    with within("maps:areas"):
        browser.get("/ban-do/dia-ban/")
    with within("maps:sheet"):
        browser.get("/ban-do/to-in/", asked)


def test_a_place_outside_its_commune_is_told_at_the_desk(browser: Browser) -> None:
    load_boundaries()
    school(1, at=(107.6, 21.3))
    actor: Actor = officer("specialist", unit="22", kind="education_department")
    assert actor.account_id
    people_kit.sign_in(browser, actor.account_id, at=registers_kit.AT)
    shown = text(browser.get(f"/ban-lam-viec/du-lieu/so/{SCHOOLS}/chat-luong/"))
    assert "Vị trí nằm ngoài ranh giới của xã, phường đã ghi" in shown
