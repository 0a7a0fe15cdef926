"""Programs of maps that know nothing of us (GDAL, OWSLib) read OGC API Features and count what we count."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from owslib.ogcapi.features import Features

from tests import open_data_kit
from tests import registers_kit as kit
from tests.registers_kit import SCHOOLS
from tinhso.people.types import ANONYMOUS
from tinhso.registers import queries

pytestmark = pytest.mark.django_db(transaction=True)
COUNT = 57
BOX = (107.31, 21.4, 107.33, 21.6)


@pytest.fixture
def endpoint(live_server: object) -> str:
    """Schools on a map, the first without a place, and where programs find them."""
    kit.school("22999", "Trường chưa có vị trí")
    open_data_kit.schools(COUNT - 1)
    return f"{live_server}/ogc/"


def ours(**asked: Any) -> int:
    return queries.count_records(actor=ANONYMOUS, register_id=SCHOOLS, moment=kit.now(), **asked)


def gdal(*command: str) -> str:
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not on this machine: apt-get install gdal-bin")
    done = subprocess.run(command, capture_output=True, check=False, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "ERROR" not in done.stderr, done.stderr
    return done.stdout


def counted(told: str) -> int:
    return int(next(line for line in told.splitlines() if line.startswith("Feature Count:")).split(":")[1])


def test_gdal_counts_what_the_database_counts(endpoint: str) -> None:
    told = gdal("ogrinfo", "-ro", "-so", f"OAPIF:{endpoint}", SCHOOLS)
    assert counted(told) == ours() == COUNT
    assert "school.name: String" in told
    assert "Geometry: Point" in told


def test_gdal_counts_the_same_in_a_box_and_by_a_value(endpoint: str) -> None:
    boxed = gdal("ogrinfo", "-ro", "-so", f"OAPIF:{endpoint}", SCHOOLS, "-spat", *map(str, BOX))
    assert 0 < counted(boxed) == ours(box=BOX) < COUNT


def test_gdal_reads_every_feature_once_through_many_pages(endpoint: str, tmp_path: Any) -> None:
    file = tmp_path / "schools.geojson"
    gdal("ogr2ogr", "-oo", "PAGE_SIZE=10", "-f", "GeoJSON", str(file), f"OAPIF:{endpoint}", SCHOOLS)
    features = json.loads(file.read_text("utf-8"))["features"]
    keys = [one["properties"]["school.code"] for one in features]
    assert sorted(keys) == sorted({"22999", *(f"22{number:03}" for number in range(COUNT - 1))})


def test_owslib_finds_the_collection_and_counts_the_same(endpoint: str) -> None:
    program = Features(endpoint)
    assert SCHOOLS in program.feature_collections()
    assert any(one.endswith("/conf/core") for one in program.conformance()["conformsTo"])
    assert program.api()["openapi"].startswith("3.0")
    items = program.collection_items(SCHOOLS, limit=10)
    assert (items["numberMatched"], items["numberReturned"]) == (COUNT, 10)
    assert program.collection_items(SCHOOLS, bbox=list(BOX))["numberMatched"] == ours(box=BOX)
    one = program.collection_item(SCHOOLS, items["features"][0]["id"])
    assert one["properties"] == items["features"][0]["properties"]


def test_boxes_side_by_side_are_complete_and_give_nothing_twice(endpoint: str) -> None:
    """As QGIS does: the screen in tiles, each tile in pages of its own."""
    program = Features(endpoint)
    found = [one for west in range(10730, 10740) for one in tile(program, west / 100)]
    assert len(found) == len(set(found)) == COUNT - 1


def test_pages_stay_complete_while_records_come_in(endpoint: str) -> None:
    program = Features(endpoint)
    before = set(ids(program))
    seen: list[str] = []
    for number, one in enumerate(ids(program, limit=5)):
        if number % 20 == 0:
            kit.school(f"23{number:03}", "Trường mới", more={"place": open_data_kit.point(107.35, 21.5)})
        seen.append(one)
    assert len(seen) == len(set(seen))
    assert before <= set(seen)


def tile(program: Features, west: float) -> Iterator[str]:
    # A place on the border of two tiles belongs to one of them: half a step keeps them apart.
    yield from ids(program, bbox=[west - 0.0005, 21.4, west + 0.0095, 21.6], limit=4)


def ids(program: Features, **asked: Any) -> Iterator[str]:
    page = program.collection_items(SCHOOLS, **asked)
    while True:
        for one in page["features"]:
            assert UUID(one["id"])
            yield one["id"]
        following = [link["href"] for link in page["links"] if link["rel"] == "next"]
        if not following:
            return
        page = program.collection_items(SCHOOLS, **asked, cursor=following[0].split("cursor=")[1])
