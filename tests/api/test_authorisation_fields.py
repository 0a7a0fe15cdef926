"""Every field of every register × who may read it: as the table says, and records hold nothing beyond it."""

import pytest

from tests import people_kit
from tests import registers_kit as kit
from tests.api_kit import Caller
from tests.authorisation import fields
from tinhso.definitions.registers.reading import registers
from tinhso.registers import sight

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DEATH = {
    "extract.number": "3/TLKT",
    "registered.unit": kit.BINH_LIEU,
    "registered.on": "2026-03-10",
    "deceased.full_name": "Lý Văn Sáu",
    "deceased.ethnicity": "Dao",
    "death.on": "2026-03-08",
    "death.cause": "Tai nạn",
}


def kept() -> list[str]:
    lines = fields.FILE.read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")][1:]


def table() -> dict[tuple[str, str], dict[str, str]]:
    """Return register and field → column → cell."""
    found = {}
    for line in kept():
        register, *cells, names = line.split("\t")
        for name in names.split():
            found[register, name] = dict(zip(fields.COLUMNS, cells, strict=True))
    return found


def test_everybody_sees_the_fields_the_table_says() -> None:
    told = list(fields.measured())
    differing = sorted(set(told) ^ set(kept()))
    assert told == kept(), (
        "python -c of this list is the new table, if it is what the law wants:\n" + "\n".join(differing)
    )


def test_no_field_is_missing_from_the_table() -> None:
    every = {(one.id, field.id) for one in registers().values() for field in one.fields}
    assert set(table()) == every


def test_nobody_outside_sees_what_tells_of_a_person() -> None:
    personal = {(one.id, field.id) for one in registers().values() for field in one.fields if field.personal}
    assert [where for where in personal if table()[where]["anonymous"] != "-"] == []


@pytest.mark.parametrize("column", ["one_stop", "civil_status_officer", "chairperson", "subject"])
def test_a_record_holds_just_what_the_table_lets_its_reader_see(column: str) -> None:
    birth, death = kit.enter(kit.birth()), kit.enter(DEATH, register="civil-status.deaths")
    if column == "subject":
        caller = Caller(people_kit.citizen("022191004512"))
    else:
        caller = Caller(kit.officer(column))

    for register, written, values in (
        (kit.BIRTHS, birth, kit.birth()),
        ("civil-status.deaths", death, DEATH),
    ):
        answer = caller.ask("GET", f"/records/{written.record_id}")
        shown = set(answer.json().get("values", {})) if answer.status_code == 200 else set()
        allowed = {name for name in values if table()[register, name][column] == "yes"}
        is_theirs = column != "subject" or register == kit.BIRTHS
        assert shown == (allowed if is_theirs else set())


def test_a_field_that_is_opened_by_mistake_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sight, "_shown_to", lambda definition, _role: frozenset(definition.by_id))
    told = set(fields.measured())
    assert len(told - set(kept())) > 5
