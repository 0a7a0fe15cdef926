"""The data itself: how many units there were, and that the 54 of Quảng Ninh come from where the law says."""

import csv
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tinhso.kernel.text import fold
from tinhso.territory.atlas import Atlas, load_atlas
from tinhso.territory.types import Kind, Level

PACKS = Path(__file__).parents[2] / "packs"
LAST_OLD, REFORM, CITY, NOW = date(2025, 6, 30), date(2025, 7, 1), date(2026, 4, 30), date(2026, 11, 21)
OCTOBER = date(2024, 10, 31)

with (Path(__file__).parent / "territory_quang_ninh.tsv").open(encoding="utf-8") as lines:
    FIFTY_FOUR = list(csv.DictReader(lines, delimiter="\t"))


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas(PACKS)


def count(atlas: Atlas, on: date) -> Counter[Level]:
    return Counter(unit.level for unit in atlas.units if unit.holds_on(on))


@pytest.mark.parametrize(
    ("on", "provinces", "districts", "communes"),
    [
        # Of the changes of 2024 only Quảng Ninh's are told apart: six more.
        (OCTOBER, 63, 696, 10041),
        (LAST_OLD, 63, 696, 10035),
        (REFORM, 34, 0, 3321),
        (NOW, 34, 0, 3321),
    ],
)
def test_the_country_has_its_number_of_units(
    atlas: Atlas, on: date, provinces: int, districts: int, communes: int
) -> None:
    found = count(atlas, on)
    assert (found[Level.PROVINCE], found[Level.DISTRICT], found[Level.COMMUNE]) == (
        provinces,
        districts,
        communes,
    )
    assert len(atlas.provinces(on)) == provinces
    assert sum(len(atlas.communes(province.code, on)) for province in atlas.provinces(on)) == communes


@pytest.mark.parametrize(("on", "communes", "wards"), [(REFORM, 2621, 687), (CITY, 2611, 697)])
def test_the_kinds_are_those_of_the_law(atlas: Atlas, on: date, communes: int, wards: int) -> None:
    kinds = Counter(unit.kind for unit in atlas.units if unit.holds_on(on))
    assert (kinds[Kind.COMMUNE], kinds[Kind.WARD], kinds[Kind.SPECIAL_ZONE]) == (communes, wards, 13)


def test_dong_nai_is_a_city_since_30_april_2026(atlas: Atlas) -> None:
    names = [unit.full_name for day in (CITY - timedelta(1), CITY) if (unit := atlas.unit("75", day))]
    assert names == ["Tỉnh Đồng Nai", "Thành phố Đồng Nai"]


def test_quang_ninh_had_177_then_171_communes_and_has_54(atlas: Atlas) -> None:
    # cafef.vn, 10/10/2024: from 1 November 171, «91 xã, 73 phường và 7 thị trấn»; four communes became wards.
    first = Counter(unit.kind for unit in atlas.communes("22", OCTOBER))
    before = Counter(unit.kind for unit in atlas.communes("22", LAST_OLD))
    after = Counter(unit.kind for unit in atlas.communes("22", NOW))
    assert first == {Kind.COMMUNE: 98, Kind.WARD: 72, Kind.TOWNSHIP: 7}
    assert before == {Kind.COMMUNE: 91, Kind.WARD: 73, Kind.TOWNSHIP: 7}
    assert after == {Kind.WARD: 30, Kind.COMMUNE: 22, Kind.SPECIAL_ZONE: 2}


def test_the_54_codes_are_those_of_the_facts(atlas: Atlas) -> None:
    """Ba Chẽ alone has two codes in the lists; 06978 was corrected to 06970 by its source."""
    known = {row["code_vietnam-provinces_2025.10.1"] for row in FIFTY_FOUR}
    assert {unit.code for unit in atlas.communes("22", NOW)} == known
    for row in FIFTY_FOUR:
        unit = atlas.unit(row["code_thanglequoc_2026-07"], NOW)
        assert unit
        assert fold(unit.full_name) == fold(row["name"])


@pytest.mark.parametrize("row", FIFTY_FOUR, ids=[row["name"] for row in FIFTY_FOUR])
def test_a_unit_of_quang_ninh_has_its_old_units(atlas: Atlas, row: dict[str, str]) -> None:
    unit = atlas.unit(row["code_vietnam-provinces_2025.10.1"], NOW)
    assert unit
    found, _steps = atlas.carried(unit, NOW, LAST_OLD)
    told = row["old_units"]
    expected = (
        {fold(row["name"])} if told == "Không sáp nhập" else {fold(name) for name in told.split(", ")} - {"-"}
    )
    assert {fold(old.full_name) for old in found} == expected


def test_hoang_sa_and_truong_sa_are_on_every_map(atlas: Atlas) -> None:
    for on, hoang_sa, truong_sa in ((LAST_OLD, "498", "576"), (NOW, "20333", "22736")):
        names = {unit.code: unit.name for unit in atlas.units if unit.holds_on(on)}
        assert (names[hoang_sa], names[truong_sa]) == ("Hoàng Sa", "Trường Sa")
    today = {
        unit.full_name for province in atlas.provinces(NOW) for unit in atlas.communes(province.code, NOW)
    }
    assert {"Đặc khu Hoàng Sa", "Đặc khu Trường Sa"} <= today


def test_every_unit_lies_in_one_that_was_in_force(atlas: Atlas) -> None:
    for unit in atlas.units:
        day = unit.start or (unit.end - timedelta(1) if unit.end else NOW)
        assert unit.level is Level.PROVINCE or atlas.unit(unit.parent, day), unit


def test_every_commune_that_ended_has_an_heir_and_every_new_one_a_father(atlas: Atlas) -> None:
    for unit in atlas.units:
        if unit.level is not Level.COMMUNE:
            continue
        if unit.end:
            found, steps = atlas.carried(unit, unit.end - timedelta(1), NOW)
            assert found, unit
            assert sum(step.main for step in steps if step.on == unit.end) == 1, unit
        if unit.start:
            assert atlas.carried(unit, NOW, unit.start - timedelta(1))[0] or unit.end, unit


def test_no_two_units_of_one_code_overlap(atlas: Atlas) -> None:
    for code, units in atlas.by_code.items():
        ordered = sorted(units, key=lambda unit: unit.start or date.min)
        for earlier, later in pairwise(ordered):
            assert earlier.end, code
            assert later.start, code
            assert earlier.end <= later.start, code


def test_the_files_name_source_and_licence() -> None:
    for name in ("units.tsv", "successions.tsv"):
        first = (PACKS / "vietnam" / "territory" / name).read_text(encoding="utf-8").splitlines()[0]
        assert "vietnamadminunits 1.0.4" in first
        assert "MIT" in first
