"""Open data: pages, files, the catalogue, and what a QR code leads to; nothing that is not public."""

import json
from typing import Any

import pytest
import rdflib
from django.core.cache import cache
from pytest_django import Settings
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF

from tests import open_data_kit
from tests import registers_kit as kit
from tests.perf.queries import within
from tests.registers_kit import AT, PARCELS, SCHOOLS, SYSTEM
from tests.web.client import Browser
from tinhso.edge.limits import DOWNLOAD, RECORD, Limit
from tinhso.registers.actions.cancel_record import cancel_record
from tinhso.registers.actions.correct_past import correct_past
from tinhso.registers.actions.correct_record import correct_record
from tinhso.registers.actions.merge_records import merge_records
from tinhso.registers.actions.split_record import split_record

pytestmark = pytest.mark.django_db
PARCEL = {
    "place.unit": kit.BINH_LIEU,
    "map.sheet": "12",
    "parcel.number": "34",
    "area": "120.5",
    "use": "ont",
    "party.full_name": "Triệu Văn Phúc",
}
SCHOOL = f"/du-lieu/{SCHOOLS}/"
FILE = f"/du-lieu/tep/{SCHOOLS}"


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()


def read(browser: Browser, path: str, status: int = 200, **asked: str) -> str:
    response = browser.get(path, asked)
    assert response.status_code == status, response
    return b"".join(response).decode() if response.streaming else str(response.content.decode())


def act(action: Any, **told: object) -> Any:
    return action(actor=SYSTEM, at=AT, reason="Thử", **told)


def test_one_place_tells_of_registers_and_of_procedures(browser: Browser) -> None:
    open_data_kit.schools(3)
    html = read(browser, "/du-lieu/")
    assert "3 bản ghi" in html
    assert 'href="/thu-tuc/du-lieu-mo/"' in html
    assert 'href="/du-lieu/"' in read(browser, "/thu-tuc/du-lieu-mo/")
    assert SCHOOL in html
    assert f"/du-lieu/{PARCELS}/" in html
    assert "civil-status" not in html
    assert "mem)" not in read(browser, "/du-lieu/giay-phep/")


@pytest.mark.parametrize("count", [1, 50])
def test_a_page_asks_as_much_for_one_record_as_for_fifty(browser: Browser, count: int) -> None:
    open_data_kit.schools(count)
    for name, path in {"home": "/du-lieu/", "register": SCHOOL, "record": f"{SCHOOL}22000/"}.items():
        with within(f"opendata:{name}"):
            read(browser, path)


def test_records_are_looked_through_page_by_page_each_once(browser: Browser) -> None:
    open_data_kit.schools(60)
    path, seen = SCHOOL, set[str]()
    for _page in range(3):
        html = read(browser, path)
        found = {key for number in range(60) if f"{SCHOOL}{(key := f'22{number:03}')}/" in html}
        assert not found & seen
        seen |= found
        path = html.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0].partition("#")[0]
    assert len(seen) == 60
    assert "Không bản ghi nào khớp" in read(browser, SCHOOL, q="khong co")
    assert "1 bản ghi" in read(browser, SCHOOL, q="tieu hoc so 7")


def test_nobody_searches_by_what_is_not_public(browser: Browser) -> None:
    open_data_kit.schools(1)
    assert "Không bản ghi nào khớp" in read(browser, SCHOOL, q="hoang thi sen")
    assert "Hoàng Thị Sen" not in read(browser, SCHOOL)


def test_files_are_sent_once_to_who_holds_them(browser: Browser) -> None:
    (first, *_others) = open_data_kit.schools(3)
    sent = browser.get(f"{FILE}.csv")
    body = b"".join(sent).decode()
    assert body.count("\n") == 4
    assert "Hoàng Thị Sen" not in body
    assert sent["Access-Control-Allow-Origin"] == "*"
    assert "attachment" in sent["Content-Disposition"]
    held = {"If-None-Match": sent["ETag"]}
    assert browser.get(f"{FILE}.csv", headers=held).status_code == 304
    since = {"If-Modified-Since": sent["Last-Modified"]}
    assert browser.get(f"{FILE}.csv", headers=since).status_code == 304

    act(correct_record, record_id=first, changes={"pupils": 9})
    again = browser.get(f"{FILE}.csv", headers=held)
    assert again.status_code == 200
    assert again["ETag"] != sent["ETag"]


def test_a_text_that_begins_like_a_formula_is_none(browser: Browser) -> None:
    kit.school("22001", "=HYPERLINK(1)")
    assert ",'=HYPERLINK(1)," in read(browser, f"{FILE}.csv")
    assert json.loads(read(browser, f"{FILE}.json"))[0]["school.name"] == "=HYPERLINK(1)"


def test_a_long_file_comes_in_pieces(browser: Browser) -> None:
    open_data_kit.schools(450)
    response = browser.get(f"{FILE}.geojson")
    pieces = list(response)
    assert len(pieces) > 4
    told = json.loads(b"".join(pieces))
    assert len({one["id"] for one in told["features"]}) == 450


def test_an_empty_register_has_files_too(browser: Browser) -> None:
    assert json.loads(read(browser, f"{FILE}.json")) == []
    assert json.loads(read(browser, f"{FILE}.geojson"))["features"] == []
    assert read(browser, f"{FILE}.csv").count("\n") == 1
    assert "Chưa có bản ghi nào" in read(browser, SCHOOL)


@pytest.mark.parametrize("register", [PARCELS, kit.BIRTHS, "no.such"])
def test_what_is_not_published_has_no_file(browser: Browser, register: str) -> None:
    for file in (f"{register}.csv", f"{register}.geojson", f"{register}.csv-metadata.json"):
        assert browser.get(f"/du-lieu/tep/{file}").status_code == 404
    assert browser.get(f"{FILE}.xml").status_code == 404
    assert register not in read(browser, "/du-lieu/danh-muc.ttl")


@pytest.mark.parametrize(("file", "form"), [("danh-muc.ttl", "turtle"), ("danh-muc.jsonld", "json-ld")])
def test_the_catalogue_says_what_dcat_ap_asks(browser: Browser, file: str, form: str) -> None:
    open_data_kit.schools(2)
    graph = rdflib.Graph().parse(data=read(browser, f"/du-lieu/{file}"), format=form)

    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    for wanted in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.license, FOAF.homepage):
        assert (catalogue, wanted, None) in graph
    sets = set(graph.objects(catalogue, DCAT.dataset))
    assert sets == set(graph.subjects(RDF.type, DCAT.Dataset))
    for one in sets:
        for wanted in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.identifier):
            assert (one, wanted, None) in graph
        assert list(graph.objects(one, DCAT.distribution))
    for one in graph.objects(None, DCAT.distribution):
        assert (one, RDF.type, DCAT.Distribution) in graph
        for wanted in (DCAT.accessURL, DCAT.downloadURL, DCAT.mediaType, DCTERMS.license):
            assert (one, wanted, None) in graph
    for agent in graph.objects(None, DCTERMS.publisher):
        assert (agent, FOAF.name, None) in graph
    (service,) = graph.subjects(RDF.type, DCAT.DataService)
    assert (service, DCAT.endpointURL, None) in graph
    urls = [str(one) for one in graph.objects(None, DCAT.downloadURL) if SCHOOLS in str(one)]
    for url in urls:
        assert browser.get(f"/{url.partition('//')[2].partition('/')[2]}").status_code == 200


def test_both_forms_of_the_catalogue_say_the_same(browser: Browser) -> None:
    graphs = [
        rdflib.Graph().parse(data=read(browser, f"/du-lieu/{file}"), format=form)
        for file, form in (("danh-muc.ttl", "turtle"), ("danh-muc.jsonld", "json-ld"))
    ]
    assert len(graphs[0]) > 100
    assert set(graphs[0]) == set(graphs[1])


def test_a_record_tells_what_became_of_it(browser: Browser) -> None:
    first, second, third, fourth = open_data_kit.schools(4)
    act(cancel_record, record_id=first, since=AT.date().replace(month=9))
    act(cancel_record, record_id=second)
    act(merge_records, winner_id=third, loser_id=fourth)

    ended = read(browser, f"{SCHOOL}22000/")
    assert 'data-standing="cancelled"' in ended
    assert "10/09/2026" in ended
    assert "Trường Tiểu học số 0" in ended
    void = read(browser, f"{SCHOOL}22001/")
    assert 'data-standing="cancelled"' in void
    assert "Trường Tiểu học số 1" not in void
    merged = read(browser, f"{SCHOOL}22003/")
    assert 'data-standing="merged"' in merged
    assert f'href="{SCHOOL}22002/"' in merged

    parts = [{"school.code": "22011"}, {"school.code": "22012"}]
    act(split_record, record_id=third, parts=parts)
    split = read(browser, f"{SCHOOL}22002/")
    assert 'data-standing="split"' in split
    assert all(f'href="{SCHOOL}{key}/"' in split for key in ("22011", "22012"))


def test_a_key_that_was_put_right_leads_to_the_record(browser: Browser) -> None:
    (record_id,) = open_data_kit.schools(1)
    act(correct_past, record_id=record_id, changes={"school.code": "22777"})
    html = read(browser, f"{SCHOOL}22000/")
    assert "22777" in html
    assert 'data-standing="in_force"' in html


def test_a_key_may_hold_slashes_and_marks(browser: Browser) -> None:
    plot = {
        "forest.code": "22/RT?1",
        "certificate.number": "1/QĐ",
        "certificate.on": "2026-03-01",
        "place.unit": kit.BINH_LIEU,
        "compartment": "12 A",
        "block": "3",
        "plot": "b#",
    }
    key = kit.enter(plot, register="forestry.planted-plots").key
    led = browser.get("/du-lieu/forestry.planted-plots/", {"ma": key})
    assert led.status_code == 302
    assert 'data-standing="in_force"' in read(browser, led["Location"])


def test_a_register_that_is_not_open_is_asked_by_key_only(browser: Browser) -> None:
    kit.enter(PARCEL, register=PARCELS)
    page = read(browser, f"/du-lieu/{PARCELS}/", q="34")
    assert "06838-12-34" not in page
    record = read(browser, f"/du-lieu/{PARCELS}/06838-12-34/")
    assert "120,5" in record
    assert "Triệu Văn Phúc" not in record
    assert browser.get(f"/du-lieu/{PARCELS}/06838-12-35/").status_code == 404
    assert browser.get(f"/ogc/collections/{PARCELS}/items").status_code == 404


def test_absent_and_not_public_are_told_apart_by_nobody(browser: Browser) -> None:
    key = kit.enter(kit.birth()).key
    there = browser.get(f"/du-lieu/{kit.BIRTHS}/{key}/")
    absent = browser.get(f"/du-lieu/{kit.BIRTHS}/{key}9/")
    nowhere = browser.get(f"/du-lieu/no.such/{key}/")
    assert {there.status_code, absent.status_code, nowhere.status_code} == {404}
    # But for the address itself, which the link to the other language repeats.
    assert there.content == absent.content.replace(b"KS9", b"KS")


@pytest.mark.parametrize("path", ["06838-12-99/", "?ma=06838-12-99"])
def test_nobody_tries_key_after_key(browser: Browser, settings: Settings, path: str) -> None:
    assert RECORD.most <= 60
    cache.set("tries:record:127.0.0.1", RECORD.most - 1, RECORD.seconds)
    assert browser.get(f"/du-lieu/{PARCELS}/{path}").status_code == 404
    assert browser.get(f"/du-lieu/{PARCELS}/{path}").status_code == 429


def test_nobody_keeps_the_server_busy_with_files(browser: Browser) -> None:
    limit: Limit = DOWNLOAD
    cache.set("tries:download:127.0.0.1", limit.most, limit.seconds)
    refused = browser.get(f"{FILE}.csv")
    assert (refused.status_code, refused["Retry-After"]) == (429, str(limit.seconds))


def test_english_has_no_vietnamese_around_the_data(browser: Browser) -> None:
    open_data_kit.schools(1)
    browser.read_in("en")
    assert "Register of schools" in read(browser, "/du-lieu/")
    assert "Kindergartens" in read(browser, SCHOOL)
    assert "In force" in read(browser, f"{SCHOOL}22000/")


@pytest.mark.parametrize(
    "odd", ["%00", "a%00b", "%ED%A0%80", "%F0%9F%8C%B3", "'%22%3B--", "x" * 3000, "%2e%2e%2f"]
)
def test_whatever_is_asked_nothing_breaks(browser: Browser, odd: str) -> None:
    paths = [
        f"{SCHOOL}{odd}/",
        f"/du-lieu/{odd}/",
        f"/du-lieu/tep/{odd}.csv",
        f"{SCHOOL}?q={odd}",
        f"{SCHOOL}?ma={odd}",
        f"{SCHOOL}?m.level={odd}&xa={odd}&sau={odd}",
        f"/ogc/collections/{odd}",
        f"/ogc/collections/{SCHOOLS}/items?level={odd}",
        f"/ogc/collections/{SCHOOLS}/items?bbox={odd}&datetime={odd}",
    ]
    statuses = {path: browser.get(path).status_code for path in paths}
    assert not {path: status for path, status in statuses.items() if status >= 500}
