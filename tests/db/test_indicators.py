"""Figures can be checked: published, restated, computed again, opened, given on another map."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from tests import agencies_kit
from tests import dossiers_kit as kit
from tests.facts_kit import HONG_GAI, Life, at, decided
from tests.fixtures_trust import Trust, trust
from tinhso.facts.actions.project import project_all
from tinhso.facts.models import DossierFact
from tinhso.indicators.actions.publish import publish
from tinhso.indicators.evidence import evidence
from tinhso.indicators.figures import figures
from tinhso.indicators.formulas import Period
from tinhso.indicators.models import PublishedFigure
from tinhso.indicators.policies import NoSuchDimension
from tinhso.indicators.verifying import verify
from tinhso.kernel.clock import local
from tinhso.kernel.models import LedgerEntry
from tinhso.kernel.refusals import NotAllowed, NotFound
from tinhso.people.types import system
from tinhso.territory import queries as territory

__all__ = ["trust"]
pytestmark = pytest.mark.django_db
NOW = at("2026-09-01")
AUGUST = Period.month(2026, 8)
SYSTEM = system("test")
ON_TIME = "766-2.1"


def test_a_figure_that_is_late_news_is_restated_and_both_can_be_computed_again() -> None:
    agencies_kit.load(NOW)
    decided("one", "2026-08-03", "2026-08-04", due="2026-08-04")
    decided("two", "2026-08-05", "2026-08-09", due="2026-08-06")
    project_all(at=NOW)
    first = publish(actor=SYSTEM, at=NOW, indicator_id=ON_TIME, period=AUGUST)
    again = publish(actor=SYSTEM, at=NOW, indicator_id=ON_TIME, period=AUGUST)

    # A dossier of the closed month that nobody knew of.
    decided("forgotten", "2026-08-10", "2026-08-11", due="2026-08-11")
    project_all(at=NOW)
    second = publish(actor=SYSTEM, at=NOW, indicator_id=ON_TIME, period=AUGUST)

    old, new = (PublishedFigure.objects.get(pk=one.ids[0]) for one in (first, second))
    assert (again.ids, again.same) == ((), 1)
    assert (old.value, new.value, new.difference) == (Decimal(50), Decimal("66.67"), Decimal("16.67"))
    assert (second.restated, new.restates_id) == (1, old.pk)
    assert old.sums == {"on_time": "1", "whole": "2"}
    assert [verify(one.pk).agrees for one in (old, new)] == [True, True]
    assert [verify(one.pk).value for one in (old, new)] == [old.value, new.value]
    assert DossierFact.objects.count() == 3, "to compute again changes no fact of today"
    assert LedgerEntry.objects.filter(kind="indicator.published").count() == 2


def test_a_figure_that_somebody_changed_does_not_agree_with_the_ledger() -> None:
    agencies_kit.load(NOW)
    decided("one", "2026-08-03", "2026-08-06", due="2026-08-04")
    project_all(at=NOW)
    # Facts are a copy: to change them changes what is told, and not what the ledger says.
    DossierFact.objects.update(due_at=at("2026-08-20"))
    told = publish(actor=SYSTEM, at=NOW, indicator_id=ON_TIME, period=AUGUST)

    found = verify(told.ids[0])

    assert (found.figure.value, found.value, found.agrees) == (Decimal(100), Decimal(0), False)
    with pytest.raises(NotFound):
        verify(uuid4())


def test_published_figures_only_grow() -> None:
    agencies_kit.load(NOW)
    project_all(at=NOW)
    publish(actor=SYSTEM, at=NOW, indicator_id=ON_TIME, period=AUGUST)

    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        PublishedFigure.objects.update(value=100)
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        PublishedFigure.objects.all().delete()
    assert PublishedFigure.objects.get().value is None


def test_without_facts_there_is_no_figure_and_not_nought() -> None:
    agencies_kit.load(NOW)
    Life("new").filed(at("2026-08-03"))
    project_all(at=NOW)

    (one,) = figures(ON_TIME, period=AUGUST).figures

    assert (one.value, one.sums) == (None, {"on_time": 0, "whole": 0})
    assert figures(ON_TIME, period=AUGUST, by=["unit"]).figures == ()
    with pytest.raises(NoSuchDimension):
        figures(ON_TIME, period=AUGUST, by=["officer"])


def test_a_figure_opens_to_exactly_its_dossiers_and_says_how_many_the_reader_may_not_open(
    trust: Trust,
) -> None:
    province = kit.found(trust)
    one_stop = province.officer("one_stop")
    mine = kit.filed(province, province.citizen(), kit.BIRTH)
    other = kit.filed(province, province.citizen("000191000202"), kit.BIRTH, unit=HONG_GAI)
    project_all(at=province.at)
    # Both are real dossiers; what happened next is told to facts alone.
    due = province.later(days=2)
    DossierFact.objects.update(accepted_at=province.at, due_at=due)
    period = Period(local(province.at).date(), local(province.later(days=1)).date())

    told = evidence(actor=one_stop, indicator_id=ON_TIME, period=period)
    all_of_it = evidence(actor=SYSTEM, indicator_id=ON_TIME, period=period, limit=1)
    rest = evidence(actor=SYSTEM, indicator_id=ON_TIME, period=period, after=all_of_it.after or 0)
    elsewhere = evidence(actor=one_stop, indicator_id=ON_TIME, period=period, where={"unit": HONG_GAI})
    late = evidence(actor=SYSTEM, indicator_id=ON_TIME, period=period, counts={"on_time": 0})
    with pytest.raises(NotFound):
        evidence(actor=province.citizen("000191000303"), indicator_id=ON_TIME, period=period)

    assert (told.total, told.hidden, [one.dossier_id for one in told.dossiers]) == (2, 1, [mine.dossier_id])
    assert [one.dossier_id for one in (*all_of_it.dossiers, *rest.dossiers)] == [
        mine.dossier_id,
        other.dossier_id,
    ]
    assert (elsewhere.total, elsewhere.hidden, elsewhere.dossiers) == (1, 1, ())
    assert (late.total, late.dossiers) == (0, ())
    with pytest.raises(NotAllowed):
        publish(actor=one_stop, at=NOW, indicator_id=ON_TIME, period=period)


@pytest.mark.parametrize(
    ("day", "to"),
    [("2024-10-01", "2025-07-01"), ("2025-06-30", "2025-07-01"), ("2026-08-01", "2025-06-30")],
)
def test_a_series_on_the_other_map_adds_up(day: str, to: str) -> None:
    on = date.fromisoformat(day)
    units = [one.code for one in territory.communes("22", on)]
    for place, unit in enumerate(units, start=1):
        _facts(unit, on, count=place)
    _told_to_the_planner()
    month = Period.month(on.year, on.month)
    before = figures(ON_TIME, period=month, by=["unit"])

    after = figures(ON_TIME, period=month, by=["unit"], as_of_map=date.fromisoformat(to))

    whole = sum(one.sums["whole"] for one in before.figures)
    given = sum(one.sums["whole"] for one in after.figures)
    apart = sum(one.sums["whole"] for one in after.set_apart)
    assert len(before.figures) == {"2024-10-01": 177, "2025-06-30": 171, "2026-08-01": 54}[day]
    assert whole == given + apart
    known = {one.code for one in territory.communes("22", date.fromisoformat(to))}
    assert {one.group[0] for one in after.figures} <= known
    assert all(set(one.candidates) <= known and len(one.candidates) > 1 for one in after.set_apart)
    one = next(one for one in after.figures if one.sums["whole"] > 1)
    shown = evidence(
        actor=SYSTEM,
        indicator_id=ON_TIME,
        period=month,
        where={"unit": one.group[0]},
        as_of_map=date.fromisoformat(to),
    )
    assert shown.total == one.sums["whole"]


def test_a_unit_abolished_in_the_middle_of_the_year_goes_on_in_its_heir() -> None:
    """Phường Hà Khánh (06649) went into Phường Cao Xanh (06658) on 1 July 2025."""
    _facts("06649", date(2025, 6, 1), count=3)
    _facts("06658", date(2025, 6, 1), count=5)
    _facts("06658", date(2025, 7, 1), count=4)
    year, today = Period.year(2025), date(2025, 12, 31)

    whole = figures(ON_TIME, period=year, by=["unit"], as_of_map=today)
    months = figures(ON_TIME, period=year, by=["unit", "month"], as_of_map=today)
    as_filed = figures(ON_TIME, period=year, by=["unit"])

    assert {one.group: one.sums["whole"] for one in whole.figures} == {("06658",): 12}
    assert sorted(one.sums["whole"] for one in months.figures) == [4, 8]
    assert whole.set_apart == ()
    assert {one.group: one.sums["whole"] for one in as_filed.figures} == {("06649",): 3, ("06658",): 9}
    shown = evidence(
        actor=SYSTEM, indicator_id=ON_TIME, period=year, where={"unit": "06658"}, as_of_map=today
    )
    assert shown.total == 12


def _facts(unit: str, on: date, *, count: int) -> None:
    """Facts as an installation of that day would have: units of its map."""
    first = DossierFact.objects.count() + 1
    when = at(f"{on:%Y-%m}-02")
    DossierFact.objects.bulk_create(
        DossierFact(
            dossier_id=UUID(int=first + place),
            number=first + place,
            pass_no=1,
            unit=unit,
            filed_at=when,
            filed_month=on.replace(day=1),
            accepted_at=when,
            due_at=when,
            ended_at=when,
            outcome="granted",
        )
        for place in range(count)
    )


def _told_to_the_planner() -> None:
    """Count anew what lies in the table, as PostgreSQL does by itself once many rows have come."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE fact_dossier")
