"""Who sees what of a register: by unit, by role, by field; in lists, in search and in filters."""

import pytest

from tests import people_kit
from tests import registers_kit as kit
from tests.registers_kit import AT, BIRTHS, HONG_GAI, SCHOOLS, SYSTEM
from tinhso.kernel.refusals import NotAllowed
from tinhso.people.types import ANONYMOUS, Actor
from tinhso.registers import queries
from tinhso.registers.actions.correct_record import correct_record
from tinhso.registers.actions.enter_record import enter_record
from tinhso.registers.models import Record, RecordVersion
from tinhso.registers.refusals import FieldNotAskable, NotYourRegister, RecordMissing

pytestmark = pytest.mark.django_db


def seen(actor: Actor, register: str = BIRTHS, **asked: object) -> list[str]:
    page = queries.find_records(actor=actor, register_id=register, moment=kit.now(), **asked)  # type: ignore[arg-type]
    return [one.title for one in page.records]


def test_an_officer_sees_the_births_of_their_own_commune_only() -> None:
    here = kit.enter(kit.birth()).record_id
    there = kit.enter(kit.birth(**{"registered.unit": HONG_GAI, "child.full_name": "Lê Văn Bình"})).record_id

    registrar = kit.registrar()
    assert seen(registrar) == ["Nguyễn Thị Mai An, 2026-03-01"]
    assert queries.access_record(actor=registrar, record_id=here, moment=kit.now()).hidden == 0
    with pytest.raises(RecordMissing):
        queries.access_record(actor=registrar, record_id=there, moment=kit.now())
    with pytest.raises(RecordMissing):
        queries.history_of(actor=registrar, record_id=there)


@pytest.mark.parametrize("actor", ["anonymous", "helper", "stranger"])
def test_nobody_else_sees_a_birth(actor: str) -> None:
    kit.enter(kit.birth())
    who = {
        "anonymous": lambda: ANONYMOUS,
        "helper": lambda: kit.officer("community_helper"),
        "stranger": lambda: kit.officer("specialist", unit="22", kind="health_department"),
    }[actor]()
    assert seen(who) == []
    assert queries.count_records(actor=who, register_id=BIRTHS, moment=kit.now(), text="mai an") == 0


def test_a_value_for_some_roles_is_absent_for_the_others_in_view_history_and_search() -> None:
    death = {
        "extract.number": "3/TLKT",
        "registered.unit": kit.BINH_LIEU,
        "registered.on": "2026-03-10",
        "deceased.full_name": "Lý Văn Sáu",
        "death.on": "2026-03-08",
        "death.cause": "Tai nạn",
    }
    record_id = kit.enter(death, register="civil-status.deaths").record_id
    counter, registrar = kit.officer("one_stop"), kit.registrar()

    view = queries.access_record(actor=counter, record_id=record_id, moment=kit.now())
    assert "death.cause" not in view.values
    assert view.hidden == 1
    (entry,) = queries.history_of(actor=counter, record_id=record_id)
    assert "death.cause" not in {one.field for one in entry.changes}
    assert queries.access_record(actor=registrar, record_id=record_id, moment=kit.now()).values["death.cause"]


def test_the_public_sees_public_fields_and_finds_by_them_alone() -> None:
    kit.school("22001", "Trường Tiểu học Bình Liêu", more={"head.full_name": "Hoàng Thị Sen", "pupils": 250})
    (record,) = queries.find_records(actor=ANONYMOUS, register_id=SCHOOLS, moment=kit.now()).records

    assert record.values["pupils"] == 250
    assert "head.full_name" not in record.values
    assert seen(ANONYMOUS, SCHOOLS, text="binh lieu tieu ho") == ["Trường Tiểu học Bình Liêu"]
    assert seen(ANONYMOUS, SCHOOLS, filters={"level": "primary"}) == ["Trường Tiểu học Bình Liêu"]
    assert seen(ANONYMOUS, SCHOOLS, filters={"level": "upper"}) == []


def test_nobody_is_found_or_filtered_by_a_field_that_is_not_seen() -> None:
    household = {
        "tax.number": "5702999000",
        "certificate.number": "1/HKD",
        "certificate.on": "2026-03-10",
        "business.name": "Miến dong Khe Tiền",
        "business.unit": kit.BINH_LIEU,
        "owner.full_name": "Triệu Văn Phúc",
        "owner.personal_id": "022078004455",
    }
    kit.enter(household, register="business.households")

    assert seen(ANONYMOUS, "business.households", text="mien dong") == ["Miến dong Khe Tiền"]
    assert seen(ANONYMOUS, "business.households", text="trieu van phuc") == []
    with pytest.raises(FieldNotAskable):
        seen(ANONYMOUS, "business.households", filters={"owner.personal_id": "022078004455"})
    officer = kit.officer("specialist")
    assert seen(officer, "business.households", text="phuc trieu") == ["Miến dong Khe Tiền"]
    assert seen(officer, "business.households", filters={"owner.personal_id": "022078004455"})


def test_a_person_sees_what_is_written_of_them_and_nothing_of_others() -> None:
    account = people_kit.citizen("022191004512")
    mine = kit.enter(kit.birth()).record_id
    kit.enter(kit.birth(**{"certificate.number": "13/KS", "mother.personal_id": "022191009999"}))

    page = queries.find_records(actor=account, register_id=BIRTHS, moment=kit.now())
    assert [one.id for one in page.records] == [mine]
    assert page.records[0].values["child.ethnicity"] == "01"


def test_only_who_keeps_the_register_writes_it_and_only_at_home() -> None:
    for actor in (kit.officer("one_stop"), kit.registrar(HONG_GAI), ANONYMOUS):
        with pytest.raises(NotYourRegister):
            kit.enter(kit.birth(), actor=actor)
    assert Record.objects.count() == 0

    written = kit.enter(kit.birth(), actor=kit.registrar())
    assert written.key == "06838/2026/12/KS"


def test_no_record_is_moved_into_a_unit_the_officer_does_not_serve() -> None:
    record_id = kit.enter(kit.birth()).record_id
    with pytest.raises(NotAllowed):
        correct_record(
            actor=kit.registrar(),
            at=AT,
            record_id=record_id,
            changes={"registered.unit": HONG_GAI},
            reason="x",
        )
    assert RecordVersion.objects.count() == 1


def test_a_record_of_a_commune_that_was_merged_is_seen_by_the_one_that_took_it() -> None:
    old = {"code": "06859", "on": "2025-06-30"}
    record_id = kit.enter(kit.birth(**{"registered.unit": old})).record_id
    view = queries.access_record(actor=SYSTEM, record_id=record_id, moment=kit.now())

    assert view.values["registered.unit"] == old
    assert seen(kit.registrar()) == [view.title]
    assert seen(kit.registrar(HONG_GAI)) == []
    assert seen(SYSTEM, unit_code=kit.BINH_LIEU) == [view.title]


def test_pages_are_complete_and_repeat_nothing() -> None:
    ids = [kit.school(f"2200{place}", f"Trường {place}") for place in range(7)]
    found, after = [], None
    while True:
        page = queries.find_records(
            actor=ANONYMOUS, register_id=SCHOOLS, moment=kit.now(), after=after, limit=3, text="truong"
        )
        found += [one.id for one in page.records]
        if (after := page.next) is None:
            break
    assert found == ids


def test_a_map_shows_what_meets_the_screen_and_nothing_from_another_province() -> None:
    place = {"type": "Point", "coordinates": [107.39, 21.52]}
    school = kit.school("22001", "Trường A", more={"place": place})
    kit.school("22002", "Trường B")

    def in_box(*box: float) -> list[object]:
        page = queries.find_records(actor=ANONYMOUS, register_id=SCHOOLS, moment=kit.now(), box=box)  # type: ignore[arg-type]
        return [one.id for one in page.records]

    assert in_box(107.3, 21.4, 107.5, 21.6) == [school]
    assert in_box(106.5, 20.7, 107.0, 21.0) == []


def test_counts_by_unit_are_of_what_is_seen() -> None:
    kit.enter(kit.birth())
    kit.enter(kit.birth(**{"registered.unit": HONG_GAI}))
    assert queries.count_by_unit(actor=SYSTEM, register_id=BIRTHS, moment=kit.now()) == {
        "06838": 1,
        "06685": 1,
    }
    assert queries.count_by_unit(actor=kit.registrar(), register_id=BIRTHS, moment=kit.now()) == {"06838": 1}


def test_an_officer_of_two_posts_is_named_by_the_one_they_write_from() -> None:
    with pytest.raises(NotYourRegister):
        enter_record(actor=kit.officer("specialist"), at=AT, register_id=BIRTHS, values=kit.birth())
