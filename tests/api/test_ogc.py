"""OGC API Features: what Core promises, wrong questions, days, and polygons on the edge of a box."""

import re
from typing import Any

import pytest
from django.test import Client

from tests import open_data_kit
from tests import registers_kit as kit
from tests.registers_kit import AT, SCHOOLS, SYSTEM
from tests.web.client import Browser
from tinhso.registers.actions.cancel_record import cancel_record
from tinhso.registers.actions.correct_record import correct_record

pytestmark = pytest.mark.django_db
ITEMS = f"/ogc/collections/{SCHOOLS}/items"
PLOTS = "forestry.planted-plots"
CORE = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"


def ask(path: str, status: int = 200, **asked: str) -> Any:
    response = Client().get(path, asked)
    assert response.status_code == status, response.content
    assert response["Access-Control-Allow-Origin"] == "*"
    return response.json()


def keys(**asked: str) -> list[str]:
    return sorted(one["properties"]["record.key"] for one in ask(ITEMS, **asked)["features"])


def refused(path: str, **asked: str) -> str:
    return str(ask(path, 400, **asked)["type"]).removeprefix("/problems/")


def test_the_landing_page_leads_to_everything() -> None:
    links = {one["rel"]: one for one in ask("/ogc/")["links"]}
    assert {"self", "service-desc", "conformance", "data"} <= links.keys()
    for rel in ("service-desc", "conformance", "data"):
        response = Client().get(links[rel]["href"].partition("testserver")[2])
        assert response.status_code == 200
        assert response["Content-Type"] == links[rel]["type"]
    assert CORE in ask("/ogc/conformance")["conformsTo"]


def test_a_collection_says_where_and_in_what_coordinates() -> None:
    one = ask(f"/ogc/collections/{SCHOOLS}")
    assert one in ask("/ogc/collections")["collections"]
    assert one["crs"] == ["http://www.opengis.net/def/crs/OGC/1.3/CRS84"]
    (west, south, east, north), *_rest = one["extent"]["spatial"]["bbox"]
    assert (west < east, south < north) == (True, True)
    assert {"items", "self", "license"} <= {link["rel"] for link in one["links"]}


def test_the_description_names_every_parameter_that_is_taken() -> None:
    told = ask("/ogc/api")["paths"][f"/collections/{SCHOOLS}/items"]["get"]["parameters"]
    names = {one["name"] for one in told}
    assert {"limit", "bbox", "datetime", "cursor", "f", "level", "school.code", "place.unit"} == names - {
        "ownership",
        "standard",
        "school.main",
    }
    assert "head.full_name" not in str(ask("/ogc/api"))


def test_what_is_not_public_is_neither_told_nor_asked() -> None:
    open_data_kit.schools(1)
    assert "Hoàng Thị Sen" not in str(ask(ITEMS))
    assert refused(ITEMS, **{"head.full_name": "Hoàng Thị Sen"}) == "parameter-unknown"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"bbox": "1,2,3"}, "bbox-unreadable"),
        ({"bbox": "1,9,3,4"}, "bbox-unreadable"),
        ({"limit": "0"}, "parameter-unreadable"),
        ({"limit": "mười"}, "parameter-unreadable"),
        ({"cursor": "x"}, "parameter-unreadable"),
        ({"datetime": "hôm nay"}, "parameter-unreadable"),
        ({"datetime": "2026-12-31/2026-01-01"}, "parameter-unreadable"),
        ({"datetime": "2026-13-01"}, "parameter-unreadable"),
        ({"f": "xml"}, "parameter-unreadable"),
        ({"mau": "xanh"}, "parameter-unknown"),
    ],
)
def test_a_question_that_cannot_be_read_is_refused(asked: dict[str, str], code: str) -> None:
    assert refused(ITEMS, **asked) == code


def test_it_only_reads() -> None:
    for method in ("post", "put", "delete", "patch"):
        response = getattr(Client(), method)(ITEMS)
        assert response.status_code == 405
        assert "GET" in response["Allow"]
    assert Client().options(ITEMS).status_code == 204
    assert Client().head(ITEMS).status_code == 200


def test_more_than_the_most_is_given_in_pages() -> None:
    open_data_kit.schools(3)
    page = ask(ITEMS, limit="100000")
    assert (page["numberMatched"], page["numberReturned"]) == (3, 3)
    first = ask(ITEMS, limit="2", level="primary")
    assert (first["numberMatched"], first["numberReturned"]) == (3, 2)
    following = next(link["href"] for link in first["links"] if link["rel"] == "next")
    assert "level=primary" in following
    last = ask(following.partition("testserver")[2])
    assert last["numberReturned"] == 1
    assert not [link for link in last["links"] if link["rel"] == "next"]


def test_one_feature_is_the_same_as_in_the_page_and_gone_when_it_ends() -> None:
    record_id, *_others = open_data_kit.schools(2)
    (found,) = (one for one in ask(ITEMS)["features"] if one["id"] == str(record_id))
    one = ask(f"{ITEMS}/{record_id}")
    assert (one["properties"], one["geometry"]) == (found["properties"], found["geometry"])
    cancel_record(actor=SYSTEM, at=AT, record_id=record_id, reason="Giải thể")
    ask(f"{ITEMS}/{record_id}", 404)
    ask(f"{ITEMS}/00000000-0000-7000-8000-000000000000", 404)


def test_a_birth_is_no_feature() -> None:
    record_id = kit.enter(kit.birth()).record_id
    ask(f"/ogc/collections/{kit.BIRTHS}", 404)
    ask(f"/ogc/collections/{kit.BIRTHS}/items", 404)
    ask(f"{ITEMS}/{record_id}", 404)


def test_a_day_and_an_interval_ask_what_was_true_then() -> None:
    old = kit.school("22001", "Trường A", since=AT.date().replace(year=2020))
    kit.school("22002", "Trường B", since=AT.date().replace(year=2024))
    day = AT.date().replace(month=2)
    cancel_record(actor=SYSTEM, at=AT, record_id=old, reason="Giải thể", since=day)

    assert keys() == ["22002"]
    assert keys(datetime="2021-01-01") == ["22001"]
    assert keys(datetime="2025-06-01T00:00:00Z") == ["22001", "22002"]
    assert keys(datetime="2021-01-01/2022-01-01") == ["22001"]
    assert keys(datetime="2021-01-01/..") == ["22001", "22002"]
    assert keys(datetime="../2019-12-31") == []
    assert keys(datetime="2026-02-10/..") == ["22002"]
    assert ask(ITEMS, datetime="2021-01-01/..")["numberMatched"] == 2


def test_of_several_versions_in_an_interval_a_record_is_told_once_as_it_was_last() -> None:
    record_id = kit.school("22001", "Trường A", since=AT.date().replace(year=2020), more={"pupils": 100})
    since = AT.date().replace(year=2023)
    told = {"changes": {"pupils": 200}, "reason": "Năm học mới", "since": since}
    correct_record(actor=SYSTEM, at=AT, record_id=record_id, **told)  # type: ignore[arg-type]

    for asked, pupils in (("2021-01-01/2022-01-01", 100), ("2021-01-01/2024-01-01", 200)):
        page = ask(ITEMS, datetime=asked)
        assert [one["properties"]["pupils"] for one in page["features"]] == [pupils]
        assert page["numberMatched"] == 1


def test_a_polygon_whose_box_meets_but_which_itself_does_not_is_left_out() -> None:
    corner = {
        "type": "Polygon",
        "coordinates": [[[107.3, 21.5], [107.31, 21.5], [107.3, 21.51], [107.3, 21.5]]],
    }
    plot = {
        "certificate.number": "1/QĐ",
        "certificate.on": "2026-03-01",
        "place.unit": kit.BINH_LIEU,
        "compartment": "1",
        "block": "1",
        "shape": corner,
    }
    kit.enter({**plot, "forest.code": "22-1", "plot": "1"}, register=PLOTS)
    items = f"/ogc/collections/{PLOTS}/items"
    assert ask(items, bbox="107.3,21.5,107.301,21.501")["numberReturned"] == 1
    beyond = ask(items, bbox="107.309,21.509,107.32,21.52")
    assert beyond["numberReturned"] == 0
    assert beyond["numberMatched"] == 0, "a page that is the whole answer is counted"
    assert ask(items, bbox="179,21,107.301,22")["numberReturned"] == 1
    kit.enter({**plot, "forest.code": "22-2", "plot": "2"}, register=PLOTS)
    first = ask(items, bbox="107.3,21.5,107.301,21.501", limit="1")
    assert "numberMatched" not in first, "how many of the others meet the box nobody has looked at"


@pytest.mark.parametrize(
    ("address", "shows"),
    [
        ("/ogc/", "Dữ liệu mở của tỉnh, có vị trí"),
        ("/ogc/conformance", "ogcapi-features-1/1.0/conf/html"),
        ("/ogc/api", f"/collections/{SCHOOLS}/items"),
        ("/ogc/collections", SCHOOLS),
        (f"/ogc/collections/{SCHOOLS}", "Phạm vi (tây, nam, đông, bắc)"),
        (ITEMS, "Trường Khe O"),
    ],
)
def test_every_answer_is_a_page_too_for_who_asks_for_one(address: str, shows: str) -> None:
    kit.school("901", "Trường Khe O", more={"place": open_data_kit.point(107.4, 21.5)})
    browser = Browser()
    html = browser.get(f"{address}?f=html")
    assert html["Content-Type"].startswith("text/html")
    assert shows in html.content.decode()
    assert "f=json" in html.content.decode()
    likes = {"HTTP_ACCEPT": "text/html,application/xhtml+xml,*/*;q=0.8"}
    assert browser.get(address, **likes)["Content-Type"].startswith("text/html")
    assert "Accept" in browser.get(address, **likes)["Vary"]
    plain = Client().get(address, {"f": "json"}, **likes)
    assert "json" in plain["Content-Type"]
    assert "json" in Client().get(address, HTTP_ACCEPT="application/geo+json, */*;q=0.1")["Content-Type"]
    if address not in ("/ogc/conformance", "/ogc/api"):
        alternates = [one["href"] for one in plain.json()["links"] if one["rel"] == "alternate"]
        assert any(one.endswith("f=html") for one in alternates)


def test_pages_of_features_go_on_lead_to_one_and_refuse_what_the_api_refuses() -> None:
    for number in ("901", "902"):
        kit.school(number, f"Trường {number}", more={"place": open_data_kit.point(107.4, 21.5)})
    browser = Browser()
    first = browser.get(ITEMS, {"limit": "1", "f": "html"}).content.decode()
    following = re.search(r'href="([^"]+)" rel="next"', first)
    assert following is not None
    second = browser.get(following[1].replace("&amp;", "&")).content.decode()
    assert ("Trường 901" in first) != ("Trường 901" in second)
    one = re.search(rf'href="({ITEMS}/[^"]+)"', first)
    assert one is not None
    assert "107.4" in browser.get(one[1], {"f": "html"}).content.decode()
    assert Client().get(ITEMS, {"f": "html", "khong-co": "1"}).status_code == 400
    assert Client().get("/ogc/collections/civil-status.births", {"f": "html"}).status_code == 404


def test_who_holds_the_answer_is_told_so() -> None:
    open_data_kit.schools(1)
    first = Client().get(ITEMS)
    again = Client().get(ITEMS, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first["Content-Type"].startswith("application/geo+json")
