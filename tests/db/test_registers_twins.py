"""Who is there twice: found by what two records share, whatever was misspelt, judged by the truth."""

from uuid import UUID, uuid4

import numpy as np
import pytest

from tests.registers_kit import AT, SYSTEM
from tinhso.definitions.registers.reading import register
from tinhso.registers.actions.invent_records import invent_records
from tinhso.registers.actions.seek_twins import seek_twins
from tinhso.registers.models import LikelyTwin
from tinhso.registers.twins import blocking
from tinhso.registers.twins.blocking import pairs
from tinhso.registers.twins.columns import Records, records_of
from tinhso.registers.twins.judging import judge
from tinhso.registers.twins.scoring import ENOUGH, agreeing, likely

PERSONS = "population.persons"
HOA: dict[str, object] = {
    "person.full_name": "Đặng Thị Hòa",
    "person.born_on": "1960-05-12",
    "person.personal_id": "022160123456",
}


def records(*changes: dict[str, object]) -> Records:
    held = [(uuid4(), {**HOA, **one}) for one in changes]
    return records_of(register(PERSONS), held)


def score(**changes: object) -> int:
    """Return how alike Hòa and somebody a little different are; 0 where nobody would compare them."""
    given = {name.replace("__", "."): value for name, value in changes.items()}
    found = records({}, given)
    return likely(found, pairs(found)).get((0, 1), 0)


@pytest.mark.parametrize(
    "name", ["Đặng Thị Hoà", "Dang Thi Hoa", "Đặng Hòa", "Đặng Thị Hòaa", "ĐẶNG THỊ HÒA"]
)
@pytest.mark.parametrize("number", ["022160123456", "022160123465", "022160123856"])
def test_the_same_person_is_found_however_the_name_and_the_number_were_written(
    name: str, number: str
) -> None:
    assert score(person__full_name=name, person__personal_id=number) >= ENOUGH


@pytest.mark.parametrize("born", ["1960", "1960-12-05", "1960-05-13", "1960-05"])
def test_a_date_may_be_a_year_or_slip(born: str) -> None:
    assert score(person__born_on=born, person__personal_id="022160123465") >= ENOUGH


@pytest.mark.parametrize(
    "other",
    [
        {"person__personal_id": "022160987654"},
        {"person__full_name": "Nguyễn Văn Nam"},
        {"person__born_on": "1985-01-01", "person__personal_id": "022185123456"},
    ],
)
def test_two_people_are_not_taken_for_one(other: dict[str, object]) -> None:
    assert score(**other) == 0


def test_what_agrees_is_told() -> None:
    found = records({}, {"person.full_name": "Dang Thi Hoa", "person.born_on": "1970-01-01"})
    assert agreeing(found, 0, 1) == ("person.personal_id", "person.full_name")


def test_a_block_is_compared_whole_and_one_too_large_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocking, "PAIRS_AT_ONCE", 2)
    key = np.array([7, 0, 7, 9, 7, 9], dtype=np.uint64)
    made = {
        (int(one), int(other))
        for first, second in blocking._within(key)
        for one, other in zip(first, second, strict=True)
    }
    assert made == {(0, 2), (0, 4), (2, 4), (3, 5)}
    monkeypatch.setattr(blocking, "LARGEST", 2)
    left = [first.tolist() for first, _second in blocking._within(key)]
    assert left == [[3]]


@pytest.mark.django_db
def test_planted_twins_are_found_and_few_others() -> None:
    made = invent_records(actor=SYSTEM, at=AT, register_id=PERSONS, count=4000, seed=5, twins=0.1)
    new = seek_twins(actor=SYSTEM, at=AT, register_id=PERSONS)

    judged = judge(PERSONS, made.twins)
    assert judged.planted == len(made.twins) > 100
    assert judged.precision > 0.97
    assert judged.recall > 0.9
    assert new == judged.found == LikelyTwin.objects.count()
    assert seek_twins(actor=SYSTEM, at=AT, register_id=PERSONS) == 0
    ordered = LikelyTwin.objects.values_list("first_id", "second_id")
    assert all(isinstance(first, UUID) and first < second for first, second in ordered)
