"""
A province small enough to be counted by hand: two communes, ten dossiers, August 2026.

|  | commune | channel | filed | due | ended | asked | papers saved/reused | paid | stars | on time? |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| A | Bình Liêu | online | 3 | 4 | 4 |  | 2: 1/0, proved 5 | online | 5 | yes |
| B | Bình Liêu | online | 3 | 5 | 4 |  | 2: 0/1, proved 4 |  |  | yes |
| C | Bình Liêu | counter | 5 | 6 | 7 |  | not measured | cash | 2 | no |
| D | Bình Liêu | online | 10 | 14 | 13 | 1×25h | 2: 2/0, proved 3 | online | 4 | yes |
| E | Bình Liêu | online | 10 | 21 | 20 | 2×24h | 1: 0/0, proved 0 |  |  | no: 2 asks |
| F | Hồng Gai | online | 4 | 6 | 6 |  | 0: 0/0, proved 1 |  | 5 | yes |
| G | Hồng Gai | counter | 4 | 6 | 6 |  | 3: 0/0, proved 0 | cash | 1 | yes |
| H | Hồng Gai | online | 25 | 2/9 |  |  | 1: 0/0 |  |  | yes: not due |
| I | Hồng Gai | counter | 24 | 28 |  |  | 1: 0/0 |  |  | no |
| J | Hồng Gai | online | 26 | 3/9 |  | waits | 1: 0/0 |  |  | yes: waits |
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from tests import agencies_kit, people_kit, plans_kit
from tests.facts_kit import BINH_LIEU, BIRTH, HONG_GAI, Life, at
from tests.small_province_kit import first_commune, second_commune
from tinhso.facts.actions.project import project_all
from tinhso.facts.actions.write_files import write_files
from tinhso.facts.models import ServiceFact
from tinhso.indicators.actions.enter_value import ComputedHere, ValueOutside, enter_value
from tinhso.indicators.definitions import grade_of, indicator, indicators
from tinhso.indicators.evidence import evidence, parts_of
from tinhso.indicators.figures import figures
from tinhso.indicators.formulas import Period
from tinhso.indicators.models import EnteredValue
from tinhso.indicators.reading import seen
from tinhso.indicators.scoring import Score, score, scores
from tinhso.people.models import Agency
from tinhso.people.queries import actor_of
from tinhso.people.types import Actor, system

pytestmark = pytest.mark.django_db
NOW = at("2026-09-10")
AUGUST = Period.month(2026, 8)
SYSTEM = system("test")
ENTERED = {"766-1.1": "90", "766-1.2": "100", "766-1.4": "96", "766-5.1": "95", "766-5.2": "80"}


@pytest.fixture(autouse=True)
def _province() -> None:
    agencies_kit.load(NOW)
    first_commune()
    second_commune()
    project_all(at=NOW)
    _catalogue()
    for name, value in ENTERED.items():
        _enter(name, value)


def _catalogue() -> None:
    """Five procedures: four on offer, three of them online, three with a fee."""
    ServiceFact.objects.all().delete()
    said = [(BIRTH, True, True, True), ("2", True, True, False), ("3", True, False, True)]
    said += [("4", True, True, True), ("5", False, True, True)]
    for number, (code, offered, online, has_fee) in enumerate(said, start=1):
        ServiceFact.objects.create(
            procedure=code,
            number=number,
            pass_no=10**6,
            month=date(2000, 1, 1),
            offered=offered,
            online=online,
            has_fee=has_fee,
        )


def _enter(name: str, value: str) -> None:
    enter_value(
        actor=SYSTEM,
        at=NOW,
        indicator_id=name,
        period=AUGUST,
        value=Decimal(value),
        document="Báo cáo 12/BC-VP của Văn phòng Ủy ban nhân dân tỉnh",
        document_on=date(2026, 9, 5),
    )


VALUES = {
    "766-2.1": "70.00",  # 7 of 10
    "766-2.2": "66.57",  # 29+29+53+52+197+53+53 = 466 hours of 7
    "766-3.1": "75.00",  # 3 of 4
    "766-3.2": "33.33",  # 1 of 3
    "766-3.3": "70.00",  # 7 of 10
    "766-3.5": "66.67",  # 2 of 3
    "766-3.6": "50.00",  # 2 of 4
    "766-4.1": "100.00",
    "766-4.2": "85.71",  # all of 7 but C
    "766-4.3": "60.00",  # A, B, D of 5
    "766-4.4": "40.00",  # A, D of 5
    "766-4.5": "66.67",  # A, B, D, F of 6
    "766-5.4": "42.86",  # 100 − 2 late of 7 − 2 disliked of 7
}
# Points of each line, as by hand: 14/3 for each line of openness but 1.1, 22/5 for each of digitisation.
POINTS = {
    "1.1": "3.60", "1.2": "4.67", "1.3": None, "1.4": "4.48",
    "2.1": "14.00", "2.2": "0.00",
    "3.1": "3.75", "3.2": "1.33", "3.3": "4.00", "3.5": "4.17", "3.6": "2.50",
    "4.1": "4.40", "4.2": "4.40", "4.3": "3.30", "4.4": "1.76", "4.5": "2.93",
    "5.1": "3.80", "5.2": "3.20", "5.3": None, "5.4": "2.86",
}  # fmt: skip
GROUPS = {
    "openness": "12.75",
    "progress": "14.00",
    "digitisation": "16.79",
    "online": "15.75",
    "satisfaction": "9.86",
}


@pytest.mark.parametrize("in_files", [False, True])
def test_decision_766_agrees_with_the_hand_to_the_digit(in_files: bool) -> None:
    if in_files:
        write_files()
    found = score("766", period=AUGUST)

    for name, value in VALUES.items():
        (figure,) = figures(name, period=AUGUST).figures
        assert str(figure.value) == value, name
    lines = {one.line.id: one for group in found.groups for one in group.lines}
    assert {name: None if one.points is None else str(one.points) for name, one in lines.items()} == POINTS
    assert {one.group.id: str(one.points) for one in found.groups} == GROUPS
    assert (str(found.points), str(found.known), str(found.most)) == ("69.15", "91.33", "100.00")
    assert lines["1.1"].entered
    assert not lines["2.1"].entered
    assert (lines["2.1"].is_setting, lines["3.1"].is_setting, lines["4.1"].is_setting) == (False, True, True)
    assert lines["3.3"].value == Decimal("67.20"), "70 % online times 96 % synchronised"


def test_each_commune_has_its_own_points_and_none_of_what_is_known_of_the_province_only() -> None:
    found = {one.unit: one for one in scores("766", period=AUGUST, by_unit=True)}

    assert set(found) == {BINH_LIEU, HONG_GAI}
    assert [_points(found[unit], "2.1") for unit in (BINH_LIEU, HONG_GAI)] == [Decimal(12), Decimal(16)]
    assert _points(found[BINH_LIEU], "1.1") is None
    assert _points(found[BINH_LIEU], "3.1") is None
    assert found[HONG_GAI].points is not None
    assert found[HONG_GAI].known < found[HONG_GAI].most


def _points(found: Score, line: str) -> Decimal | None:
    return next(one.points for group in found.groups for one in group.lines if one.line.id == line)


def test_circular_01_scores_dossiers_officers_and_agencies() -> None:
    # Seven ended: A 1+1+2+2+1, B 2+2+2+2+2, C 0+0+2+1+0, D 2+2+1+2+2, E 2+2+0+2+2, F 1+1+2+2+1, G 1+1+2+1+0
    by_index = {name: figures(f"tt01-{name}", period=AUGUST).figures[0] for name in "12347"}
    assert {name: one.sums["points"] for name, one in by_index.items()} == {
        "1": 9, "2": 9, "3": 11, "4": 12, "7": 8,
    }  # fmt: skip
    assert {name: str(one.value) for name, one in by_index.items()} == {
        "1": "1.3", "2": "1.3", "3": "1.6", "4": "1.7", "7": "1.1",
    }  # fmt: skip
    (officer,) = figures("tt01-officer", period=AUGUST, by=["officer"]).figures
    assert officer.group == (str(Life("A").officer),)
    assert (officer.sums, str(officer.value)) == ({"points": 49, "whole": 7}, "7.0")
    name = grade_of(officer.value, indicator("tt01-officer").grades)
    assert name is not None
    assert name.vi == "Hoàn thành 100 % nhiệm vụ"

    open_ended = score("tt01", period=AUGUST)
    assert (str(open_ended.points), open_ended.grade) == ("7.00", None), "half a score has no grade"
    for index in "5689":
        _enter(f"tt01-{index}", "1.5")
    whole = score("tt01", period=AUGUST)
    assert (str(whole.points), whole.grade and whole.grade.vi) == ("13.00", "Tốt")


def test_an_entered_value_that_is_wrong_is_corrected_and_both_stay() -> None:
    _enter("766-1.1", "91.5")

    (figure,) = figures("766-1.1", period=AUGUST).figures
    old = EnteredValue.objects.get(indicator="766-1.1", value=90)

    assert figure.value == Decimal("91.5")
    assert old.replaced_by.value == Decimal("91.5")
    with pytest.raises(ComputedHere):
        _enter("766-2.1", "100")
    with pytest.raises(ValueOutside):
        _enter("766-1.1", "101")
    assert EnteredValue.objects.filter(indicator="766-1.1").count() == 2
    assert figures("766-1.3", period=AUGUST).figures[0].value is None, "chưa có số liệu, never 0"


def test_every_figure_opens_to_what_it_is_made_of_and_adds_up_to_it() -> None:
    """The same SELECT is counted by DuckDB and listed by PostgreSQL."""
    computed = [
        one for one in indicators().values() if one.manual is None and "officer" not in one.dimensions
    ]
    assert len(computed) > 15
    for one in computed:
        whole = figures(one.id, period=AUGUST).figures[0]
        found = evidence(actor=SYSTEM, indicator_id=one.id, period=AUGUST, limit=100)
        told = {name: sum(behind.counts[name] or 0 for behind in found.dossiers) for name in whole.sums}
        assert told == whole.sums, one.id
        for by in (name for name in ("unit", "month", "channel", "procedure") if name in one.dimensions):
            for part in figures(one.id, period=AUGUST, by=[by]).figures:
                where: dict[str, str] = {by: part.group[0]}
                narrowed = evidence(actor=SYSTEM, indicator_id=one.id, period=AUGUST, where=where)
                assert narrowed.total == part.sums[one.whole], (one.id, where)


def test_the_parts_of_a_figure_are_told_by_their_numbers() -> None:
    parts = {part.name: (part.ones, part.rest) for part in parts_of(indicator_id="766-5.4", period=AUGUST)}
    assert parts == {"late": (2, 5), "disliked": (2, 5)}
    late = evidence(actor=SYSTEM, indicator_id="766-5.4", period=AUGUST, counts={"late": 1})
    assert [one.counts["disliked"] for one in late.dossiers] == [1, 0], "C and E"
    assert parts_of(indicator_id="766-2.2", period=AUGUST) == (), "minutes are no parts"


def test_an_officer_is_judged_by_the_head_of_the_agency_and_seen_by_nobody_else() -> None:
    by = ("agency", "officer")
    told = figures("tt01-officer", period=AUGUST, by=by).figures
    agency, officer = told[0].group
    at_the_agency = officer_at(agency, "chairperson")
    elsewhere = officer_at(told[-1].group[0], "chairperson")
    assert told[-1].group[0] != agency
    assert [one.group[0] for one in seen(at_the_agency, by, told)] == [agency]
    assert agency not in [one.group[0] for one in seen(elsewhere, by, told)]
    colleague = officer_at(agency, "one_stop")
    assert seen(colleague, by, told) == ()
    himself = replace(colleague, account_id=UUID(officer))
    assert {one.group[1] for one in seen(himself, by, told)} == {officer}


def officer_at(agency_code: str, role: str) -> Actor:
    """Return an officer of an agency; the post's beginning lies before what is counted."""
    agency_id = Agency.objects.get(code=agency_code).pk
    account_id = people_kit.officer(f"{role}.{agency_id.hex[-6:]}", role=role, agency_id=agency_id)
    return actor_of(account_id, at=plans_kit.AT)
