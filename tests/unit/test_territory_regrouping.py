"""Statistics of one map given on another."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tinhso.territory.atlas import Atlas, load_atlas
from tinhso.territory.regrouping import regroup
from tinhso.territory.types import UnknownUnit

PACKS = Path(__file__).parents[2] / "packs"
OLDEST, OLD, NEW = date(2024, 10, 31), date(2025, 6, 1), date(2026, 1, 1)


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas(PACKS)


def test_merged_units_are_added_up(atlas: Atlas) -> None:
    result = regroup(atlas, {"06649": 40, "06658": 60}, on=OLD, to=NEW)
    assert result.values == {"06658": 100}
    assert result.ambiguous == ()


def test_a_split_unit_is_set_apart_with_its_reason(atlas: Atlas) -> None:
    result = regroup(atlas, {"06838": 10, "06853": 7}, on=OLD, to=NEW)
    assert result.values == {"06838": 10}
    (apart,) = result.ambiguous
    assert (apart.code, apart.value, sorted(apart.candidates)) == ("06853", 7, ["06838", "06862"])
    assert "được chia cho Xã Bình Liêu, Xã Tiên Yên" in apart.reason.vi


def test_weights_divide_a_split_unit_and_lose_nothing(atlas: Atlas) -> None:
    weights = {("06853", "06838"): Decimal("0.7"), ("06853", "06862"): Decimal("0.3")}
    result = regroup(atlas, {"06853": 11}, on=OLD, to=NEW, weights=weights)
    assert result.values == {"06838": 8, "06862": 3}
    exact = regroup(atlas, {"06853": Decimal("11")}, on=OLD, to=NEW, weights=weights)
    assert exact.values == {"06838": Decimal("7.7"), "06862": Decimal("3.3")}


def test_weights_that_do_not_sum_to_one_are_not_used(atlas: Atlas) -> None:
    weights = {("06853", "06838"): Decimal("0.7")}
    result = regroup(atlas, {"06853": 11}, on=OLD, to=NEW, weights=weights)
    assert result.values == {}
    assert len(result.ambiguous) == 1


@pytest.mark.parametrize(("on", "count"), [(OLDEST, 177), (OLD, 171)])
def test_a_whole_province_adds_up(atlas: Atlas, on: date, count: int) -> None:
    series = {unit.code: place + 1 for place, unit in enumerate(atlas.communes("22", on))}
    assert len(series) == count
    result = regroup(atlas, series, on=on, to=NEW)
    assert sum(result.values.values()) + sum(part.value for part in result.ambiguous) == sum(series.values())
    assert set(result.values) <= {unit.code for unit in atlas.communes("22", NEW)}
    divided = {
        step.before for step in atlas.successions if step.kind == "split" and step.law == "1679/NQ-UBTVQH15"
    }
    # Of the 177 Cẩm Hải and Đông Triều went into units that were divided later.
    added = {"06802", "07072"} if on == OLDEST else set()
    assert {part.code for part in result.ambiguous} == divided | added


def test_the_177_become_the_171_whole(atlas: Atlas) -> None:
    series = dict.fromkeys((unit.code for unit in atlas.communes("22", OLDEST)), 1)
    result = regroup(atlas, series, on=OLDEST, to=OLD)
    assert (len(result.values), sum(result.values.values()), result.ambiguous) == (171, 177, ())
    assert {code: value for code, value in result.values.items() if value > 1} == {
        "06685": 2, "06712": 2, "06799": 2, "06985": 2, "07084": 2, "07093": 2,
    }  # fmt: skip


def test_provinces_are_added_up_too(atlas: Atlas) -> None:
    result = regroup(atlas, {"79": 1, "74": 2, "77": 3, "22": 4, "24": 5, "27": 6}, on=OLD, to=NEW)
    assert result.values == {"79": 6, "22": 4, "24": 11}


def test_a_series_of_today_on_the_old_map_is_mostly_ambiguous(atlas: Atlas) -> None:
    result = regroup(atlas, {"06658": 100, "06967": 5, "79": 9}, on=NEW, to=OLD)
    assert result.values == {"06967": 5}
    assert {part.code: set(part.candidates) for part in result.ambiguous} == {
        "06658": {"06649", "06658"},
        "79": {"74", "77", "79"},
    }


def test_a_code_that_was_not_in_force_is_refused(atlas: Atlas) -> None:
    with pytest.raises(UnknownUnit):
        regroup(atlas, {"06649": 1}, on=NEW, to=OLD)
