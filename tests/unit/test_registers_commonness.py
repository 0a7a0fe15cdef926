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
    assert common.is_walked(definition, seen=seen, text=text, filters=filters) is walks


def test_without_statistics_everything_is_looked_up() -> None:
    definition = register(PERSONS)
    common = Commonness({}, 0.0)
    assert not common.is_walked(definition, seen=frozenset(definition.by_id), text="nguyen", filters={})
