"""Figures as they stand: counted beforehand, read by pages, always of the facts there are."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests import agencies_kit
from tests.facts_kit import BINH_LIEU, HONG_GAI, Life, at, decided
from tinhso.facts.actions.project import project_all
from tinhso.indicators import periods
from tinhso.indicators.actions.ask_cuts import ask_cuts
from tinhso.indicators.actions.enter_value import enter_value
from tinhso.indicators.actions.refresh import TIERS, count_waiting, refresh, sweep
from tinhso.indicators.definitions import indicators
from tinhso.indicators.figures import figures
from tinhso.indicators.following import carry_on
from tinhso.indicators.formulas import Period
from tinhso.indicators.models import StandingCut
from tinhso.indicators.standing import Cut, figures_of, months_of, stood
from tinhso.people.types import ANONYMOUS, system
from tinhso.wiring.plans import ByMonth

pytestmark = pytest.mark.django_db
NOW = at("2026-08-20")
AUGUST = Period.month(2026, 8)
ON_TIME, SYNCHRONISED = "766-2.1", "766-1.4"


@pytest.fixture
def three() -> None:
    """One on time and one late in August, one of July on time in the other commune."""
    agencies_kit.load(NOW)
    decided("one", "2026-08-03", "2026-08-04", due="2026-08-04")
    decided("two", "2026-08-05", "2026-08-09", due="2026-08-06")
    life = (
        Life("three", unit=HONG_GAI).filed(at("2026-07-01")).accepted(at("2026-07-01", 10), at("2026-07-03"))
    )
    life.signed(at("2026-07-02"))
    project_all(at=NOW)


def test_what_pages_read_is_what_is_counted(three: None) -> None:
    assert figures_of([ON_TIME], period=AUGUST) == {}
    assert all(refresh(at=NOW, tier=tier) > 0 for tier in ("now", "units", "past"))

    whole = figures_of([ON_TIME], period=AUGUST)[ON_TIME]
    by_unit = figures_of([ON_TIME], period=periods.named("2026"), by=["unit"])[ON_TIME]

    assert whole.figure is not None
    assert (whole.figure.value, whole.figure.sums) == (Decimal("50.00"), {"on_time": 1, "whole": 2})
    up_to_today = Period(AUGUST.since, date(2026, 8, 21))
    assert whole.series.figures == figures(ON_TIME, period=up_to_today).figures
    assert {one.group[0]: one.value for one in by_unit.series.figures} == {
        HONG_GAI: Decimal("100.00"),
        BINH_LIEU: Decimal("50.00"),
    }
    assert (whole.counted_until, whole.computed_at) == (date(2026, 8, 21), NOW)
    months = months_of([ON_TIME], last=NOW.date(), count=3)[ON_TIME]
    assert [figure and figure.value for _month, figure in months] == [None, Decimal(100), Decimal(50)]


def test_only_what_changed_is_counted_again(three: None) -> None:
    first = refresh(at=NOW, tier="now")
    assert refresh(at=NOW, tier="now") == 0

    decided("four", "2026-08-10", "2026-08-11", due="2026-08-11")
    project_all(at=NOW)
    assert refresh(at=NOW, tier="now") == first

    # A day later the running periods end a day later, with or without news.
    tomorrow = NOW + timedelta(days=1)
    assert refresh(at=tomorrow, tier="now") == first
    assert figures_of([ON_TIME], period=AUGUST)[ON_TIME].counted_until == date(2026, 8, 22)


def test_a_cut_nobody_keeps_is_asked_for_once_and_then_kept_fresh(three: None) -> None:
    cut = Cut(ON_TIME, AUGUST, ("channel",))
    wanted = [cut, Cut(SYNCHRONISED, AUGUST), Cut("khong-co", AUGUST)]
    assert ask_cuts(at=NOW, cuts=wanted) == 1
    assert ask_cuts(at=NOW, cuts=wanted) == 0
    assert stood([cut]) == {}
    assert count_waiting(at=NOW) == 1
    assert [one.group for one in stood([cut])[cut].series.figures] == [("online",)]

    decided("four", "2026-08-10", "2026-08-11", due="2026-08-11")
    project_all(at=NOW)
    refresh(at=NOW, tier="asked")
    assert stood([cut])[cut].series.figures[0].sums["whole"] == 3

    assert sweep(at=NOW + timedelta(days=50)) == 1
    assert not StandingCut.objects.exists()


def test_another_map_is_a_cut_of_its_own(three: None) -> None:
    other = Cut(ON_TIME, AUGUST, ("unit",), date(2025, 6, 30))
    ask_cuts(at=NOW, cuts=[other])
    count_waiting(at=NOW)

    series = stood([other])[other].series

    up_to_today = Period(AUGUST.since, date(2026, 8, 21))
    counted = figures(ON_TIME, period=up_to_today, by=["unit"], as_of_map=date(2025, 6, 30))
    assert (series.figures, series.set_apart) == (counted.figures, counted.set_apart)
    assert series.set_apart


def test_entered_values_are_read_where_they_were_entered() -> None:
    agencies_kit.load(NOW)
    enter_value(
        actor=system("test"),
        at=NOW,
        indicator_id=SYNCHRONISED,
        period=AUGUST,
        value=Decimal("98.5"),
        document="12/BC-VPCP",
        document_on=date(2026, 8, 15),
    )

    found = figures_of([SYNCHRONISED], period=AUGUST)[SYNCHRONISED]

    assert found.figure is not None
    assert (found.figure.value, found.computed_at) == (Decimal("98.5"), NOW)
    assert figures_of([SYNCHRONISED], period=periods.named("2026-07")) == {}
    assert figures_of([SYNCHRONISED], period=AUGUST, by=["unit"]) == {}
    assert TIERS[0] == "now"


def test_the_worker_counts_each_kind_and_then_lets_it_rest(three: None) -> None:
    due = dict.fromkeys(TIERS, 0.0)
    assert carry_on(due) < 1
    assert StandingCut.objects.filter(grouped_by="unit").exists()
    assert min(due.values()) > 0
    StandingCut.objects.all().delete()
    later = {tier: at + 3600 for tier, at in due.items()}
    carry_on(later)
    assert not StandingCut.objects.exists(), "nothing is due before its time"


def test_plans_read_months_that_were_counted_and_lead_to_the_indicator(three: None) -> None:
    ask = {"ids": [ON_TIME, SYNCHRONISED, "766-3.1"], "at": NOW}
    first = ByMonth().read(**ask, actor=system("test"))  # type: ignore[arg-type]
    assert [one.points for one in first.values()] == [()]
    assert count_waiting(at=NOW) == 4, "a cut for each of four years"

    told = ByMonth().read(**ask, actor=ANONYMOUS)[ON_TIME]  # type: ignore[arg-type]

    assert [(point.on, point.value) for point in told.points] == [
        (date(2026, 7, 31), Decimal(100)),
        (date(2026, 8, 20), Decimal(50)),
    ]
    assert told.url == f"/so-lieu/{ON_TIME}/"
    assert told.checkpoint
    assert indicators()[SYNCHRONISED].manual is not None
