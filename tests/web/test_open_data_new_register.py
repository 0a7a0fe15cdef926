"""One YAML file more, and the register is in the API, on the map endpoint, in open data and behind a QR."""

import csv
import json
from pathlib import Path

import pytest
from pytest_django import Settings

from tests import open_data_kit
from tests import registers_kit as kit
from tests.api_kit import Caller
from tests.open_data_kit import WELLS, well
from tests.web.client import Browser

pytestmark = pytest.mark.django_db
SECRET = "Hoàng Thị Sen"


@pytest.fixture(autouse=True)
def _wells(settings: Settings, tmp_path: Path) -> None:
    open_data_kit.with_register(settings, tmp_path)


def test_the_api_reads_and_writes_it() -> None:
    officer = Caller(kit.officer("specialist"))
    told = officer.read(f"/registers/{WELLS}")
    assert (told["name"], told["may_enter"], told["has_geometry"]) == ("Sổ giếng khoan", True, True)
    assert {"well.number", "owner.full_name"} <= {one["id"] for one in told["fields"]}
    assert "fault" not in {one["id"] for one in told["fields"]}

    made = officer.send(f"/registers/{WELLS}/records", {"values": well(1)})

    assert made.status_code == 201
    assert made.json()["key"] == "G-1"
    public = Caller().read(f"/registers/{WELLS}/records?count=true&filter=use:drink")
    assert (public["count"], public["items"][0]["values"]["well.name"]) == (1, "Giếng 1")
    assert SECRET not in json.dumps(public, ensure_ascii=False)
    for span, count in {"12..": 1, "..12.4": 0, "12.5..12.5": 1}.items():
        asked = f"/registers/{WELLS}/records?count=true&span=depth:{span}"
        assert Caller().read(asked)["count"] == count
    for span in ("depth:abc", "depth:1;drop..2", "well.name:a..b", "none:1..2"):
        assert Caller().ask("GET", f"/registers/{WELLS}/records?span={span}").status_code == 422
    wrong = officer.send(f"/registers/{WELLS}/records", {"values": well(2, depth="sâu")})
    assert [one["field"] for one in wrong.json()["errors"]] == ["depth"]


def test_maps_read_it(browser: Browser) -> None:
    for number in range(3):
        kit.enter(well(number), register=WELLS)

    told = browser.get("/ogc/collections").json()
    assert WELLS in {one["id"] for one in told["collections"]}
    found = browser.get(f"/ogc/collections/{WELLS}/items?use=farm").json()
    assert (found["numberMatched"], found["numberReturned"]) == (2, 2)
    assert found["features"][0]["geometry"]["type"] == "Point"
    assert SECRET not in json.dumps(found, ensure_ascii=False)
    assert f"/collections/{WELLS}/items" in browser.get("/ogc/api").json()["paths"]


def test_it_is_open_data(browser: Browser) -> None:
    kit.enter(well(1, **{"well.permit": "77/GP"}), register=WELLS)

    assert "Sổ giếng khoan" in browser.get("/du-lieu/").content.decode()
    page = browser.get(f"/du-lieu/{WELLS}/?q=gieng&m.use=drink").content.decode()
    assert "Giếng 1" in page
    assert SECRET not in page
    lines = _text(browser, f"/du-lieu/tep/{WELLS}.csv").removeprefix("\ufeff").splitlines()
    (row,) = csv.DictReader(lines)
    assert (row["record.key"], row["use.name"], row["depth"]) == ("G-1", "Ăn uống", "12.5")
    assert SECRET not in "".join(lines)
    (feature,) = json.loads(_text(browser, f"/du-lieu/tep/{WELLS}.geojson"))["features"]
    assert feature["properties"]["well.name"] == "Giếng 1"
    assert WELLS in _text(browser, "/du-lieu/danh-muc.ttl")
    columns = json.loads(_text(browser, f"/du-lieu/tep/{WELLS}.csv-metadata.json"))["tableSchema"]["columns"]
    assert [one["name"] for one in columns] == list(row)
    assert row["record.source"] == "officer"


def test_anybody_with_a_key_or_a_number_sees_its_record(browser: Browser) -> None:
    kit.enter(well(1, **{"well.permit": "77/GP"}), register=WELLS)

    for typed in ("G-1", "g-1", "77/GP"):
        led = browser.get(f"/du-lieu/{WELLS}/", {"ma": typed})
        assert led.headers["Location"] == f"/du-lieu/{WELLS}/G-1/"
    page = browser.get(f"/du-lieu/{WELLS}/G-1/")
    html = page.content.decode()
    assert 'data-standing="in_force"' in html
    assert "Giếng 1" in html
    assert 'role="img"' in html
    assert SECRET not in html
    assert browser.get(f"/du-lieu/{WELLS}/G-2/").status_code == 404


def _text(browser: Browser, path: str) -> str:
    response = browser.get(path)
    assert response.status_code == 200
    return b"".join(response).decode() if response.streaming else response.content.decode()
