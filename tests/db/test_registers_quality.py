"""Quality as figures: correct, complete, clean, alive; and records that are there twice."""

from datetime import timedelta

import pytest

from tests import registers_kit as kit
from tests.registers_kit import AT, BIRTHS, HONG_GAI, SCHOOLS, SYSTEM
from tinhso.kernel.refusals import NotAllowed
from tinhso.people.types import ANONYMOUS
from tinhso.registers import quality
from tinhso.registers.actions.cancel_record import cancel_record
from tinhso.registers.actions.confirm_record import confirm_record
from tinhso.registers.actions.correct_past import correct_past
from tinhso.registers.actions.measure_quality import measure_quality
from tinhso.registers.actions.merge_records import merge_records
from tinhso.registers.actions.seek_twins import decide_twins, seek_twins
from tinhso.registers.models import LikelyTwin, QualityDay, RecordFault
from tinhso.registers.refusals import NotYourRegister
from tinhso.registers.types import Quality

pytestmark = pytest.mark.django_db


def of(register: str = BIRTHS) -> Quality:
    return quality.quality_of(actor=SYSTEM, register_id=register, at=AT)


def failing(measured: Quality) -> dict[str, int]:
    return {one.rule: one.failing for one in measured.rules if one.failing}


def percent(measured: Quality, kind: str) -> float | None:
    return next(one.percent for one in measured.scores if one.kind == kind)


def test_a_record_without_fault_scores_a_hundred_in_every_word() -> None:
    kit.enter(kit.birth(**{"mother.born_on": "1991-05-04"}))
    assert failing(of()) == {}
    assert {one.kind: one.percent for one in of().scores} == {
        "correct": 100.0,
        "complete": 100.0,
        "clean": 100.0,
        "alive": None,  # births have no rhythm
    }


def test_a_fault_is_counted_led_to_and_gone_when_it_is_put_right() -> None:
    kit.enter(kit.birth())
    wrong = kit.enter(
        kit.birth(**{"certificate.number": "13/KS", "child.born_on": "2026-04-01", "mother.full_name": ""})
    ).record_id
    assert failing(of()) == {"born_before_registered": 1, "has_mother": 1}
    assert percent(of(), "correct") == 70.0  # 3 of 10: two records with rules of 3 and 2
    page = quality.failing_records(actor=SYSTEM, register_id=BIRTHS, rule="born_before_registered", at=AT)
    assert [one.id for one in page.records] == [wrong]

    changes = {"child.born_on": "2026-03-01", "mother.full_name": "Lý Thị Sáu"}
    correct_past(actor=SYSTEM, at=AT, record_id=wrong, changes=changes, reason="Ghi nhầm tháng")
    assert failing(of()) == {}


def test_a_rule_about_what_is_absent_or_only_a_year_asks_nothing() -> None:
    kit.enter(kit.birth(**{"mother.born_on": "2020"}))
    assert "mother_is_older" not in failing(of())


def test_what_is_not_in_force_has_no_faults() -> None:
    wrong = kit.enter(kit.birth(**{"mother.full_name": ""})).record_id
    cancel_record(actor=SYSTEM, at=AT, record_id=wrong, reason="Ghi nhầm")
    assert RecordFault.objects.count() == 0
    assert of().records == 0


def test_a_record_grows_old_and_is_young_again_once_confirmed() -> None:
    school = kit.school("22001", "Trường A", more={"pupils": 200})
    year = AT + timedelta(days=400)
    assert percent(quality.quality_of(actor=SYSTEM, register_id=SCHOOLS, at=year), "alive") == 0.0
    confirm_record(actor=SYSTEM, at=year, record_id=school)
    assert percent(quality.quality_of(actor=SYSTEM, register_id=SCHOOLS, at=year), "alive") == 100.0


def test_an_officer_measures_their_own_units_and_nobody_else_anything() -> None:
    kit.enter(kit.birth())
    kit.enter(kit.birth(**{"registered.unit": HONG_GAI, "mother.full_name": ""}))
    mine = quality.quality_of(actor=kit.registrar(), register_id=BIRTHS, at=AT)
    assert (mine.records, failing(mine), set(mine.units)) == (1, {}, {kit.BINH_LIEU})
    with pytest.raises(NotAllowed):
        quality.quality_of(actor=ANONYMOUS, register_id=SCHOOLS, at=AT)
    with pytest.raises(NotAllowed):
        measure_quality(actor=kit.registrar(), at=AT, register_id=BIRTHS)
    assert QualityDay.objects.count() == 0


def test_the_night_finds_the_same_faults_and_keeps_the_trend() -> None:
    kit.enter(kit.birth(**{"mother.full_name": ""}))
    before = failing(of())
    RecordFault.objects.all().delete()
    for _twice in range(2):
        assert measure_quality(actor=SYSTEM, at=AT, register_id=BIRTHS) == 1
    assert failing(of()) == before
    trend = quality.quality_trend(actor=SYSTEM, register_id=BIRTHS, kind="complete", since=kit.TODAY)
    assert [(on, score.percent) for on, score in trend] == [(kit.TODAY, percent(of(), "complete"))]


def twins(**changes: object) -> list[tuple[object, object]]:
    """Enter two births that differ so, look for twins, and return the pairs."""
    kit.enter(kit.birth())
    kit.enter(kit.birth(**{"certificate.number": "13/KS", **changes}))
    seek_twins(actor=SYSTEM, at=AT, register_id=BIRTHS)
    return list(LikelyTwin.objects.values_list("first_id", "second_id"))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"child.full_name": "NGUYEN THI MAI AN"},
        {"child.full_name": "Nguyễn Thị Mai Ân", "mother.full_name": "Trần Thị Hoà"},
        {"child.personal_id": ""},
    ],
)
def test_records_of_one_child_are_found_however_they_are_spelt(changes: dict[str, object]) -> None:
    assert len(twins(**changes)) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {
            "child.personal_id": "022326009999",
            "child.full_name": "Nguyễn Thị Mai Anh",
            "child.born_on": "2025-01-09",
        },
        {"child.personal_id": "022326009999", "child.full_name": "Lê Văn Bình"},
    ],
)
def test_two_children_are_two(changes: dict[str, object]) -> None:
    assert twins(**changes) == []


def test_a_pair_is_decided_by_who_keeps_the_register_and_asked_once() -> None:
    twins()
    pair = LikelyTwin.objects.get()
    (shown,) = quality.likely_twins(actor=kit.registrar(), register_id=BIRTHS, moment=kit.now())
    assert (shown.id, shown.likeness) == (pair.pk, pair.likeness)
    assert failing(of()) == {"clean.twin": 1}
    with pytest.raises(NotYourRegister):
        decide_twins(actor=kit.officer("one_stop"), at=AT, twin_id=pair.pk, are_one=False)
    assert LikelyTwin.objects.get().decision == "open"

    decide_twins(actor=kit.registrar(), at=AT, twin_id=pair.pk, are_one=False)
    assert seek_twins(actor=SYSTEM, at=AT, register_id=BIRTHS) == 0
    assert failing(of()) == {}
    assert quality.likely_twins(actor=SYSTEM, register_id=BIRTHS, moment=kit.now()) == ()


def test_a_merged_pair_is_clean() -> None:
    twins()
    pair = LikelyTwin.objects.get()
    merge_records(actor=SYSTEM, at=AT, winner_id=pair.first_id, loser_id=pair.second_id, reason="Trùng")
    assert failing(of()) == {}
    assert of().records == 1
