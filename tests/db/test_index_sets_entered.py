"""Index sets whose points others compute, and communes ranked by the set of the province itself."""

from datetime import date
from decimal import Decimal

import pytest

from tests import agencies_kit
from tests.facts_kit import BINH_LIEU, HONG_GAI, Life, at
from tinhso.facts.actions.project import project_all
from tinhso.indicators import periods
from tinhso.indicators.actions.ask_cuts import ask_cuts
from tinhso.indicators.actions.enter_value import ValueOutside, enter_value
from tinhso.indicators.actions.refresh import count_waiting
from tinhso.indicators.comparing import comparisons
from tinhso.indicators.definitions import indicator
from tinhso.indicators.formulas import Period
from tinhso.indicators.index_sets import index_set
from tinhso.indicators.judging import is_better
from tinhso.indicators.scoring import score, scores
from tinhso.indicators.set_scores import cuts_of, standing
from tinhso.indicators.standing import figures_of
from tinhso.people.types import system

pytestmark = pytest.mark.django_db
NOW = at("2026-09-01")
YEAR = periods.named("2022")
AUGUST = Period.month(2026, 8)


def enter(name: str, value: str, *, period: Period = YEAR, unit: str = "") -> None:
    enter_value(
        actor=system("test"),
        at=NOW,
        indicator_id=name,
        period=period,
        value=Decimal(value),
        document="Công bố DTI",
        document_on=date(2026, 8, 31),
        unit=unit,
    )


def test_the_index_of_a_province_is_held_against_the_countrys() -> None:
    enter("dti", "0.3264")
    enter("dti-national", "0.3026")

    found = figures_of(["dti", "dti-national"], period=YEAR)
    own, country = (found[name].figure for name in ("dti", "dti-national"))

    assert own is not None
    assert country is not None
    assert own.value is not None
    assert own.value - (country.value or 0) == Decimal("0.0238")
    assert indicator("dti").compare == "dti-national"
    told = comparisons(indicator("dti"))[0]
    assert (told.place.vi, told.value, told.difference) == ("Quảng Nam", Decimal("0.3264"), Decimal("0.0238"))
    assert is_better(indicator("dti"), Decimal("0.0238"))
    with pytest.raises(ValueOutside):
        enter("dti", "32.64", period=periods.named("2023"))


def test_nine_main_indices_make_the_index_once_all_are_known() -> None:
    groups = index_set("dti922").groups
    assert [int(group.points) for group in groups] == [100, 100, 100, 100, 100, 0, 200, 150, 150]
    counts = [int(group.note.vi.split()[0]) for group in groups]
    assert (counts, sum(counts)) == ([10, 11, 7, 13, 12, 3, 22, 12, 8], 98)
    for name, points in (("nhan-thuc", "80"), ("the-che", "75"), ("ha-tang", "60.5"), ("nhan-luc", "50")):
        enter(f"dti922-{name}", points)

    partly = score("dti922", period=YEAR)
    rest = (("an-toan", "40"), ("do-thi", "0"), ("chinh-quyen", "150"), ("kinh-te", "90"), ("xa-hoi", "100"))
    for name, points in rest:
        enter(f"dti922-{name}", points)
    whole = score("dti922", period=YEAR)

    assert (partly.points, partly.known, partly.index) == (Decimal("265.50"), Decimal("400.00"), None)
    assert (whole.points, whole.most, whole.index) == (Decimal("645.50"), Decimal(1000), Decimal("0.6455"))


def test_the_fields_of_the_reform_index_are_watched_and_never_added_up() -> None:
    fields = index_set("par").groups
    said = [group.note.vi.split() for group in fields]
    assert sum(int(words[0]) for words in said) == 43
    assert sum(int(words[3]) for words in said) == 95
    enter("par-so", "88.2")
    found = score("par", period=YEAR)
    assert (found.known, found.most) == (Decimal(0), Decimal(0))


def test_communes_are_ranked_by_points_that_can_be_counted_by_hand() -> None:
    agencies_kit.load(NOW)
    first = Life("one").filed(at("2026-08-03")).paid(at("2026-08-03", 9, 30), 8000, online=True)
    first.accepted(at("2026-08-03", 10), at("2026-08-05", 17)).signed(at("2026-08-04"))
    late = Life("two").filed(at("2026-08-03")).accepted(at("2026-08-03", 10), at("2026-08-05", 17))
    late.signed(at("2026-08-07"))
    other = Life("three", unit=HONG_GAI, channel="counter").filed(at("2026-08-03"))
    other.paid(at("2026-08-03", 9, 30), 8000, online=False)
    other.accepted(at("2026-08-03", 10), at("2026-08-05", 17)).signed(at("2026-08-04"))
    project_all(at=NOW)
    enter("xa-hoa-don-dien-tu", "80", period=AUGUST, unit=BINH_LIEU)
    enter("xa-dinh-danh", "70", period=AUGUST, unit=BINH_LIEU)

    found = {one.unit: one for one in scores("dti-xa", period=AUGUST, by_unit=True)}

    # Online 100 %, paid online 1 of 1, electronic 100 %, on time 1 of 2: 15 + 15 + 15 + 7.5; then 16 and 14.
    one = found[BINH_LIEU]
    assert (one.points, one.known, one.index) == (Decimal("82.50"), Decimal("100.00"), Decimal("0.8250"))
    # Nothing online, nothing paid online; electronic and on time; of the other pillars nothing is known.
    two = found[HONG_GAI]
    assert (two.points, two.known, two.index) == (Decimal("30.00"), Decimal("60.00"), None)

    ask_cuts(at=NOW, cuts=cuts_of(index_set("dti-xa"), AUGUST))
    assert standing(index_set("dti-xa"), period=AUGUST).is_waiting
    count_waiting(at=NOW)
    stands = standing(index_set("dti-xa"), period=AUGUST)
    assert not stands.is_waiting
    assert {one.unit: one.points for one in stands.units} == {BINH_LIEU: one.points, HONG_GAI: two.points}
