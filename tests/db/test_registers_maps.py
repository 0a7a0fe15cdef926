"""History survives mergers of communes: old units are today's, counts regroup to either map and add up."""

from datetime import date

import pytest

from tests import registers_kit as kit
from tests.registers_kit import SCHOOLS, SYSTEM, TODAY
from tinhso.registers import places, queries
from tinhso.registers.maps_of_days import Undecided, count_on_map
from tinhso.registers.types import Moment

pytestmark = pytest.mark.django_db
BEFORE = date(2025, 6, 30)
THEN = {"on": "2024-05-01"}
# Hồng Gai since July 2025; the same code was Trần Hưng Đạo's before, one of the three wards merged into it.
HONG_GAI, BACH_DANG = "06685", "06691"
# Split in July 2025, one part went to Bình Liêu.
SPLIT = "06853"


@pytest.fixture
def schools() -> dict[str, object]:
    """Enter a school of today's ward, two of wards it grew out of, and one of a commune that was split."""
    day = date(2024, 5, 1)
    units: dict[str, object] = {
        "now": HONG_GAI,
        "same code": {"code": HONG_GAI, **THEN},
        "merged": {"code": BACH_DANG, **THEN},
        "split": {"code": SPLIT, **THEN},
    }
    return {
        name: kit.school(f"2200{place}", f"Trường {name}", more={"place.unit": unit}, since=day)
        for place, (name, unit) in enumerate(units.items())
    }


def test_a_unit_of_before_july_2025_is_todays_unit_for_lists_and_rights(schools: dict[str, object]) -> None:
    found = queries.find_records(actor=SYSTEM, register_id=SCHOOLS, moment=kit.now(), unit_code=HONG_GAI)
    assert {one.id for one in found.records} == {schools["now"], schools["same code"], schools["merged"]}
    assert places.today_of(places.key_of(BACH_DANG, BEFORE), TODAY) == (HONG_GAI,)

    ward = kit.officer("specialist", unit=HONG_GAI)
    seen = queries.access_record(actor=ward, record_id=schools["merged"], moment=kit.now())  # type: ignore[arg-type]
    assert seen.values["place.unit"] == {"code": BACH_DANG, **THEN}
    past = Moment(date(2024, 6, 1))
    assert queries.count_records(actor=SYSTEM, register_id=SCHOOLS, moment=past) == 4


def test_counts_regroup_to_either_map_and_add_up(schools: dict[str, object]) -> None:
    today = count_on_map(actor=SYSTEM, register_id=SCHOOLS, moment=kit.now(), on=TODAY)
    assert today.counts == {HONG_GAI: 3}
    (split,) = today.undecided
    assert (split.code, split.count, len(split.heirs)) == (SPLIT, 1, 2)
    assert kit.BINH_LIEU in split.heirs

    before = count_on_map(actor=SYSTEM, register_id=SCHOOLS, moment=kit.now(), on=BEFORE)
    assert before.counts == {HONG_GAI: 1, BACH_DANG: 1, SPLIT: 1}
    assert [(one.code, one.count, len(one.heirs)) for one in before.undecided] == [(HONG_GAI, 1, 3)]
    assert isinstance(before.undecided[0], Undecided)
    assert today.total == before.total == len(schools) == 4


def test_a_merger_rewrites_no_version(schools: dict[str, object]) -> None:
    for record_id in schools.values():
        history = queries.history_of(actor=SYSTEM, record_id=record_id)  # type: ignore[arg-type]
        assert len(history) == 1
