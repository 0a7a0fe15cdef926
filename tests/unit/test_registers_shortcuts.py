"""What is asked of a million rows in a shorter way is answered as the long way answers it."""

from datetime import date
from itertools import product

import pytest

from tinhso.definitions import conditions
from tinhso.definitions.binding import Facts
from tinhso.definitions.registers.reading import register
from tinhso.definitions.registers.scope import plain, record_scope
from tinhso.registers import checking, rules, words
from tinhso.registers.refusals import RecordInvalid

ON = date(2026, 3, 10)
DAYS = (None, "2026-03-10", "2026-03-11", "2016-03-11", "2000-02-29", "1999-12-31", "2026", "2026-03")
BIRTHS, PERSONS = register("civil-status.births"), register("population.persons")


@pytest.mark.parametrize(
    ("definition", "rule_id"),
    [
        (BIRTHS, "child.born_on <= registered.on"),
        (PERSONS, "person.born_on <= today"),
        (BIRTHS, "age_years(child.born_on, registered.on) >= 26"),
        (PERSONS, "age_years(person.born_on, today) >= 10"),
    ],
)
def test_days_are_compared_as_cel_compares_them(definition: object, rule_id: str) -> None:
    found = BIRTHS if definition is BIRTHS else PERSONS
    program = conditions.compiled_in(rule_id, scope=record_scope(found))
    short = rules._meeting(found, rule_id, program)
    for earlier, later in product(DAYS, DAYS):
        given = {"child.born_on": earlier, "registered.on": later, "person.born_on": earlier}
        values = {name: value for name, value in given.items() if value and name in found.by_id}
        assert short(values, ON) is rules._meets(program, plain(values), Facts(today=ON)), values


def test_rules_that_were_asked_before_are_answered_as_the_first_time() -> None:
    def broken(**values: object) -> list[str]:
        known = {name.replace("__", "."): value for name, value in values.items()}
        return [one.id for one in rules.broken(PERSONS, known, has_geometry=False, on=ON)]

    late = "2027-01-01"
    assert "born_in_the_past" in broken(person__born_on=late)
    assert "born_in_the_past" not in broken(person__born_on="2026-01-01")
    assert "born_in_the_past" in broken(person__born_on=late)
    assert "died_after_birth" in broken(person__born_on="1960-01-02", died_on="1960-01-01")


def test_what_was_read_once_is_read_the_same_again_and_what_is_wrong_stays_wrong() -> None:
    outside = checking.Outside(lambda _code, _on: True, lambda _register, _written: None, {})
    row = {
        "person.personal_id": "022201000001",
        "person.full_name": " Hoà  An ",
        "person.born_on": "1/5/1960",
        "person.sex": "male",
        "home.unit": "06838",
    }
    first = checking.read(PERSONS, row, on=ON, outside=outside)
    assert checking.read(PERSONS, row, on=ON, outside=outside) == first
    assert first == checking.read(
        PERSONS, row, on=ON, outside=checking.Outside(outside.has_unit, outside.find)
    )
    for _again in range(2):
        with pytest.raises(RecordInvalid):
            checking.read(PERSONS, {**row, "person.born_on": "31/2/1960"}, on=ON, outside=outside)
    assert words.words_of(PERSONS, first.values) == words.words_of(PERSONS, dict(first.values))
    assert {"~r~hoa", "~r~an", "#022201000001"} <= set(words.words_of(PERSONS, first.values))
