"""Written addresses of one day as units of another."""

import csv
from datetime import date
from pathlib import Path

import pytest

from tinhso.territory.atlas import Atlas, load_atlas
from tinhso.territory.finding import find_unit
from tinhso.territory.types import UnknownUnit, VagueUnit

PACKS = Path(__file__).parents[2] / "packs"
OLD, NEW = date(2024, 6, 1), date(2026, 1, 1)

with (Path(__file__).parent / "territory_addresses.tsv").open(encoding="utf-8") as lines:
    CASES = list(csv.DictReader(lines, delimiter="\t"))


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas(PACKS)


@pytest.mark.parametrize("case", CASES, ids=[f"{case['text']}: {case['reason']}" for case in CASES])
def test_an_address_becomes_the_units_of_another_day(case: dict[str, str], atlas: Atlas) -> None:
    on, as_of = date.fromisoformat(case["on"]), date.fromisoformat(case["as_of"])
    result = find_unit(atlas, case["text"], on=on, as_of=as_of)
    assert sorted(unit.code for unit in result.units) == case["codes"].split()
    assert result.reason.vi.endswith(".")
    assert result.reason.en.endswith(".")


def test_there_are_at_least_twenty_addresses() -> None:
    assert len(CASES) >= 20


def test_the_reason_names_the_law_and_the_day(atlas: Atlas) -> None:
    result = find_unit(atlas, "Phường Hà Khánh, Hạ Long", on=OLD, as_of=NEW)
    assert result.reason.vi == (
        "Phường Hà Khánh (Thành phố Hạ Long, Tỉnh Quảng Ninh) nhập vào Phường Cao Xanh từ ngày 01/07/2025 "
        "(1679/NQ-UBTVQH15)."
    )
    assert "became part of Phường Cao Xanh on 01/07/2025" in result.reason.en
    assert [(unit.name, unit.province_code) for unit in result.units] == [("Phường Cao Xanh", "22")]


def test_a_split_unit_says_that_the_detailed_address_decides(atlas: Atlas) -> None:
    result = find_unit(atlas, "Xã Vô Ngại, Bình Liêu", on=OLD, as_of=NEW)
    assert "được chia cho Xã Bình Liêu, Xã Tiên Yên" in result.reason.vi
    assert "cần địa chỉ chi tiết" in result.reason.vi


def test_a_code_used_again_means_what_it_meant_that_day(atlas: Atlas) -> None:
    before = atlas.unit("06652", OLD)
    after = atlas.unit("06652", NEW)
    assert before
    assert after
    assert (before.full_name, after.full_name) == ("Phường Hà Phong", "Phường Hà Tu")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Phường Hà Kháng, Hạ Long", "Có phải: Phường Hà Khánh, Thành phố Hạ Long"),
        ("Hà Kháng, Hạ Long", "Có phải: Phường Hà Khánh"),
        ("Phường Hà Khánh, Đà Nẵng", "Đà Nẵng"),
        ("Phường Việt Hưng, tỉnh Bắc Giang", "Phường Việt Hưng"),
        ("Thị trấn Cô Tô, Quảng Ninh, Nghệ An", "Có phải: Thị trấn Cô Tô, Huyện Cô Tô"),
        ("qwerty", "Hãy kiểm tra tên và ngày"),
        ("", "Hãy kiểm tra tên và ngày"),
        ("👍" * 500, "Hãy kiểm tra tên và ngày"),
        ("99999", "Hãy kiểm tra tên và ngày"),
    ],
)
def test_an_unknown_unit_is_refused_with_a_way_on(text: str, told: str, atlas: Atlas) -> None:
    with pytest.raises(UnknownUnit) as refused:
        find_unit(atlas, text, on=OLD, as_of=NEW)
    assert told in refused.value.sentence()
    assert "01/06/2024" in refused.value.sentence()


def test_a_unit_of_another_time_is_refused_with_the_day_it_had(atlas: Atlas) -> None:
    with pytest.raises(UnknownUnit, match="Ngày 30/06/2025 thì có: Phường Hà Khánh, Thành phố Hạ Long"):
        find_unit(atlas, "Phường Hà Khánh, Hạ Long", on=NEW, as_of=NEW)
    with pytest.raises(UnknownUnit, match="Ngày 01/07/2025 thì có: Phường Yên Tử, Tỉnh Quảng Ninh"):
        find_unit(atlas, "Phường Yên Tử, Quảng Ninh", on=OLD, as_of=NEW)


def test_a_name_that_many_have_is_refused(atlas: Atlas) -> None:
    with pytest.raises(VagueUnit, match="17 đơn vị"):
        find_unit(atlas, "Xã Tân Bình", on=OLD, as_of=NEW)


def test_a_name_that_few_have_gives_each_with_the_reason(atlas: Atlas) -> None:
    result = find_unit(atlas, "Hạ Long", on=OLD, as_of=NEW)
    assert {unit.name for unit in result.found} == {"Thành phố Hạ Long", "Xã Hạ Long"}
    assert result.reason.vi.startswith("Có 2 đơn vị cùng tên vào ngày 01/06/2024")


def test_marks_tell_names_apart_when_they_are_written(atlas: Atlas) -> None:
    assert {unit.name for unit in find_unit(atlas, "thị trấn Hà Long", on=OLD, as_of=NEW).found} == {
        "Thị trấn Hà Long"
    }
    assert len(find_unit(atlas, "ha long", on=OLD, as_of=NEW).found) > 2


def test_every_unit_that_ended_is_found_by_its_own_address(atlas: Atlas) -> None:
    """A sample of the country: each old commune of every tenth code, written in full, gives itself."""
    day = date(2025, 6, 30)
    old = [unit for unit in atlas.units if unit.holds_on(day) and len(unit.code) == 5][::97]
    assert len(old) > 90
    for unit in old:
        written = f"{unit.full_name}, {atlas.view(unit, day).within}"
        result = find_unit(atlas, written, on=day, as_of=NEW)
        assert unit.code in {found.code for found in result.found}, written
        assert len(result.found) == 1, written
