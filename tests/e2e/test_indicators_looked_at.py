"""Figures at the desk and in public, in a real browser: fit to look at on both sizes, in both languages."""

from datetime import date
from decimal import Decimal

import pytest

from tests import agencies_kit, people_kit, plans_kit
from tests.e2e.conftest import Readers
from tests.e2e.pages_kit import Stage, Stop, Walk, aside, send, unfold
from tests.e2e.portal_stages import session_of
from tests.facts_kit import HONG_GAI, Life, at, decided
from tinhso.facts.actions.project import project_all
from tinhso.indicators.actions.ask_cuts import ask_cuts
from tinhso.indicators.actions.enter_value import enter_value
from tinhso.indicators.actions.publish import publish
from tinhso.indicators.actions.refresh import count_waiting
from tinhso.indicators.definitions import indicators
from tinhso.indicators.formulas import Period
from tinhso.indicators.standing import Cut
from tinhso.kernel import clock
from tinhso.people.types import system

pytestmark = pytest.mark.django_db(transaction=True)
NOW = at("2026-09-01")
AUGUST = Period.month(2026, 8)
ON_TIME, ENTERED, SYSTEM = {"indicator_id": "766-2.1"}, {"indicator_id": "dti"}, system("test")
PERIOD = "?ky=2026-08"


def prepared() -> tuple[dict[str, str], dict[str, str]]:
    """Settle dossiers in two communes, publish, enter; return the ids of pages and everybody's session."""
    agencies_kit.load(NOW)
    for month in range(1, 9):
        for place in range(11 + month):
            late = place < 9 - month
            ended, due = f"2026-{month:02}-{9 if late else 4:02}", f"2026-{month:02}-05"
            decided(f"{month}-{place}", f"2026-{month:02}-03", ended, due=due)
    for place in range(7):
        life = Life(f"h{place}", unit=HONG_GAI, channel="counter").filed(at("2026-08-03"))
        life.accepted(at("2026-08-03", 10), at("2026-08-05", 17)).signed(at("2026-08-04"))
    project_all(at=NOW)
    first = publish(actor=SYSTEM, at=NOW, indicator_id="766-2.1", period=AUGUST).ids[0]
    publish(actor=SYSTEM, at=NOW, indicator_id="766-2.1", period=AUGUST, by=["unit"])
    decided("late news", "2026-08-10", "2026-08-20", due="2026-08-11")
    project_all(at=NOW)
    again = publish(actor=SYSTEM, at=NOW, indicator_id="766-2.1", period=AUGUST).ids[0]
    _entered()
    _counted()
    at_now = clock.now()
    who = {
        "head": plans_kit.officer("supervisor"),
        "clerk": plans_kit.officer("specialist"),
        "citizen": people_kit.citizen(at=at_now),
    }
    scene = {"restated": str(first), "figure_id": str(again)}
    return scene, {name: session_of(actor.signed_in_as) for name, actor in who.items()}


def _entered() -> None:
    for name, value in (("dti", "0.3264"), ("dti-national", "0.3026")):
        enter_value(
            actor=SYSTEM,
            at=NOW,
            indicator_id=name,
            period=Period.year(2022),
            value=Decimal(value),
            document="Công bố DTI năm 2022",
            document_on=date(2023, 7, 12),
        )


def _counted() -> None:
    """Have counted what the pages of August show, as a worker would have."""
    months = [Period.month(2026, month) for month in range(1, 9)]
    names = [one.id for one in indicators().values() if one.manual is None]
    ask_cuts(at=NOW, cuts=[Cut(name, month) for name in names for month in months])
    by_unit = [Cut(one.id, AUGUST, ("unit",)) for one in indicators().values() if "unit" in one.dimensions]
    ask_cuts(at=NOW, cuts=by_unit)
    while count_waiting(at=NOW):
        pass


def stops(restated: str) -> tuple[Stop, ...]:
    enter = (unfold, send("button[name=viec][value=enter]"))
    part = "&dem=on_time:0"
    return (
        Stop("home", "indicators:home", who="clerk", query=PERIOD),
        Stop("indicator", "indicators:indicator", who="head", given=ON_TIME, query=PERIOD),
        Stop(
            "indicator-being-counted", "indicators:indicator", who="clerk", given=ON_TIME, query="?ky=2024-Q1"
        ),
        Stop(
            "indicator-absent", "indicators:indicator", who="clerk", given={"indicator_id": "x"}, status=404
        ),
        Stop("entered", "indicators:indicator", who="head", given=ENTERED, query="?ky=2022"),
        Stop("entered-wrong", "indicators:indicator", who="head", given=ENTERED, acts=enter, status=422),
        Stop("evidence-of-others", "indicators:evidence", who="clerk", given=ON_TIME, query=PERIOD + part),
        Stop("evidence-none", "indicators:evidence", who="clerk", given=ON_TIME, query="?ky=2020"),
        Stop(
            "evidence-procedures",
            "indicators:evidence",
            who="clerk",
            given={"indicator_id": "766-3.1"},
            query=PERIOD,
        ),
        Stop("figure", "indicators:figure", who="clerk"),
        Stop("figure-restated", "indicators:figure", who="clerk", given={"figure_id": restated}),
        Stop("sets", "indicators:index-sets", who="clerk"),
        Stop("set", "indicators:index-set", who="clerk", query=PERIOD),
        Stop("set-not-added-up", "indicators:index-set", who="clerk", given={"set_id": "par"}),
        Stop("denied", "indicators:home", who="citizen", status=403),
        Stop("public-home", "figures-public:home"),
        Stop("public-indicator", "figures-public:indicator", given=ON_TIME),
        Stop("public-entered", "figures-public:indicator", given=ENTERED),
    )


def test_every_page_of_figures_is_fit_to_look_at(readers: Readers) -> None:
    scene, sessions = aside(prepared)
    restated = scene.pop("restated")
    walk = Walk(readers, Stage({"": {"set_id": "766", **ON_TIME, **scene}}, sessions))
    walk.see(stops(restated))
    walk.assert_nothing_wrong()
