"""What is common is walked to, what is rare is looked up."""

import pytest

from tinhso.definitions.registers.reading import register
from tinhso.registers.commonness import Commonness

PERSONS = "population.persons"
SHARES = {
    "@population.persons": 0.6,
    "~r~nguyen": 0.24,
    "~r~thi": 0.2,
    "~r~be": 0.001,
    "=person.sex=male": 0.3,
}


@pytest.mark.parametrize(
    ("text", "filters", "walks"),
    [
        ("Nguyễn Thị", {}, True),
        ("nguyen", {"person.sex": "male"}, True),
        ("Bế Thị", {}, False),
        ("Nguyễn Xyz", {}, False),
        ("", {"person.sex": "male"}, True),
    ],
)
def test_a_page_of_what_is_common_is_walked_to(text: str, filters: dict[str, object], walks: bool) -> None:
    definition = register(PERSONS)
    seen = frozenset(definition.by_id)
    common = Commonness(SHARES, 2_000_000)
    share = common.share(definition, seen=seen, text=text, filters=filters)
    assert common.is_walked(definition, share) is walks


def test_a_word_that_thousands_have_is_a_whole_one() -> None:
    definition, common = register(PERSONS), Commonness(SHARES, 2_000_000)
    seen = frozenset(definition.by_id)
    assert common.stands_alone(["tran", "be"], ["", "~r~"])
    assert not common.stands_alone(["be", "ngu"], ["", "~r~"])
    assert not Commonness(SHARES, 900_000).stands_alone(["be"], ["~r~"])
    assert common.share(definition, seen=seen, text="be ngu", filters={}) == pytest.approx(0.001 / 0.6 * 0.4)


def test_of_a_few_units_there_is_less() -> None:
    common = Commonness(SHARES, 2_000_000, {"06838@": 0.02, "06841@": 0.03})
    assert common.of_units({"06838@", "06841@", "00001@"}) == pytest.approx(0.05)


def test_without_statistics_everything_is_looked_up() -> None:
    definition = register(PERSONS)
    common = Commonness({}, 0.0)
    share = common.share(definition, seen=frozenset(definition.by_id), text="nguyen", filters={})
    assert share == 0
    assert not common.is_walked(definition, share)
