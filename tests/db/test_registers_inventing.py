"""Made-up records: of every register, from its file alone, the same for a seed, never among real ones."""

import re
from collections import Counter
from datetime import date
from random import Random

import pytest
from shapely.geometry import shape

from tests import registers_kit as kit
from tests.registers_kit import AT, BIRTHS, PARCELS, SYSTEM, TODAY
from tinhso.definitions.registers.reading import register, registers
from tinhso.kernel.text import fold
from tinhso.registers import queries
from tinhso.registers.actions.invent_records import Invented, RealRecordsHere, invent_records
from tinhso.registers.inventing.inventor import Inventor
from tinhso.registers.inventing.patterns import fitting
from tinhso.registers.inventing.people import People
from tinhso.registers.models import Record, RecordVersion

pytestmark = pytest.mark.django_db
PERSONS = "population.persons"


def invent(register_id: str, count: int = 25, *, seed: int = 766, twins: float = 0.0) -> Invented:
    return invent_records(actor=SYSTEM, at=AT, register_id=register_id, count=count, seed=seed, twins=twins)


def test_every_register_of_the_packs_can_be_filled_from_its_file_alone() -> None:
    # Those that others point at come first.
    pointing = {one.id: sum(bool(field.register_id) for field in one.fields) for one in registers().values()}
    for register_id in sorted(pointing, key=lambda one: (pointing[one], one)):
        made = invent(register_id)
        assert (made.new, made.problems) == (25, ()), register_id


def test_a_made_up_record_says_so_wherever_it_is_seen() -> None:
    invent(BIRTHS, 3)
    page = queries.find_records(actor=SYSTEM, register_id=BIRTHS, moment=kit.now())
    assert [(one.source, one.reference) for one in page.records] == [("invented", "seed 766")] * 3


def test_the_same_seed_makes_the_same_records_and_another_one_others() -> None:
    def rows(seed: int) -> list[dict[str, object]]:
        return list(Inventor(register(PERSONS), seed, TODAY, 0.1).rows(60))

    assert rows(1) == rows(1)
    assert rows(1) != rows(2)


def test_where_real_records_lie_nothing_is_made_up() -> None:
    kit.enter(kit.birth())
    with pytest.raises(RealRecordsHere):
        invent(BIRTHS)
    assert Record.objects.count() == 1


def test_people_have_names_as_often_as_vietnamese_do_and_numbers_that_tell_birth_and_sex() -> None:
    people = People(Random(1), on=TODAY)
    made = [people.person() for _one in range(4000)]

    families = Counter(one.full_name.split()[0] for one in made)
    assert 0.33 < families["Nguyễn"] / len(made) < 0.45
    assert len({one.number for one in made}) == len(made)
    for one in made:
        assert one.number[4:6] == f"{one.born_on.year % 100:02}"
        assert int(one.number[3]) == 2 * (one.born_on.year // 100 - 19) + (one.sex == "female")
        assert date(1920, 1, 1) < one.born_on < TODAY


def test_parcels_lie_in_their_commune_as_large_as_they_say() -> None:
    invent(PARCELS)
    for version in RecordVersion.objects.all():
        outline = shape(version.geometry)
        metres = outline.area * 111_320**2
        assert metres == pytest.approx(float(version.values["area"]), rel=0.1, abs=5)


def test_twins_are_planted_with_their_truth() -> None:
    made = invent(PERSONS, 3000, twins=0.05)
    assert 30 < len(made.twins) < 150
    first, second = made.twins[0]
    assert first != second
    moment = kit.now()
    pair = [
        queries.record_by_key(actor=SYSTEM, register_id=PERSONS, key=key, moment=moment)
        for key in (first, second)
    ]
    words = [set(fold(str(one.values["person.full_name"])).split()) for one in pair]
    assert words[0] & words[1]


@pytest.mark.parametrize("pattern", ["[0-9]{10}(-[0-9]{3})?", "[A-Z]{2}\\d+", "a|b", "x.y"])
def test_texts_fit_their_pattern(pattern: str) -> None:
    for seed in range(20):
        assert re.fullmatch(pattern, fitting(Random(seed), pattern))
