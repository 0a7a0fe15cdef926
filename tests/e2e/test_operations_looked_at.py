"""The operations room in a real browser: fit to look at everywhere, and counters that follow the ledger."""

from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import expect

from tests import agencies_kit, people_kit, plans_kit
from tests.dossiers_kit import BINH_LIEU
from tests.e2e.conftest import Readers
from tests.e2e.pages_kit import Stage, Stop, Walk, aside, fill, send
from tests.e2e.portal_stages import session_of
from tests.facts_kit import Life
from tinhso.facts.actions.project import project_all
from tinhso.indicators.definitions import indicator
from tinhso.indicators.models import StandingCut
from tinhso.indicators.periods import months_up_to, running
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.operations.models import ThresholdAlert
from tinhso.people.models import Agency
from tinhso.people.queries import actor_of
from tinhso.territory import queries as territory
from tinhso.web.operations import stream_pages, streaming
from tinhso.web.operations.streaming import Places

ALERT = UUID(int=5)
pytestmark = pytest.mark.django_db(transaction=True)


def figures() -> None:
    """Put figures of thirteen months and of every commune where the worker keeps them."""
    at, one = clock.now(), indicator("766-2.1")
    today = local(at).date()
    same = {"indicator": one.id, "definition": one.digest, "set_apart": [], "without": [], "position": 1}
    same |= {"passes": 1, "asked_at": at, "computed_at": at - timedelta(minutes=5), "counted_until": today}
    for place, month in enumerate(months_up_to(today, 13)):
        told = [[[], {"on_time": "186", "whole": "1200"}, f"{88 + place % 5}.4"]]
        StandingCut.objects.create(since=month.since, until=month.until, grouped_by="", figures=told, **same)
    year = running("year", today)
    units = [
        [[unit.code], {"on_time": "1", "whole": str(20 + 37 * place)}, f"{84 + place % 16}.5"]
        for place, unit in enumerate(territory.communes("22", today))
    ]
    StandingCut.objects.create(since=year.since, until=year.until, grouped_by="unit", figures=units, **same)


def prepared() -> dict[str, str]:
    """Make figures, two alerts, a dossier filed today; return everybody's session."""
    at = clock.now()
    head = plans_kit.officer("supervisor")
    agencies_kit.load(at)
    figures()
    committee = Agency.objects.get(kind="commune_committee", unit_code=BINH_LIEU)
    chair = actor_of(people_kit.officer("chair", role="chairperson", agency_id=committee.pk), at=at)
    said = {"agency": committee, "crossed": 5, "count": 6, "highest": 12, "told": 2}
    ThresholdAlert.objects.create(id=ALERT, rule="overdue", raised_at=at, **said)
    over = {"cleared_at": at, "acknowledged_at": at, "acknowledged_by_id": head.account_id}
    note = "Đã giao hai người xử lý trong tuần " * 8
    ThresholdAlert.objects.create(
        rule="held-long", raised_at=at - timedelta(days=4), note=note, **said, **over
    )
    Life("today").filed(at)
    project_all(at=at)
    who = {"head": head, "chair": chair, "citizen": people_kit.citizen(at=at)}
    return {name: session_of(actor.signed_in_as) for name, actor in who.items()}


def stops() -> tuple[Stop, ...]:
    take, write = send("form[action*='canh-bao'] button"), fill("[name=ghi-chu]", "Đã giao")
    return (
        Stop("room", "operations:home", who="head"),
        Stop("room-of-a-pillar-with-a-plan", "operations:home", who="head", query="?muc=economy"),
        Stop("room-of-a-field-not-counted-yet", "operations:home", who="chair", query="?muc=land"),
        Stop("room-on-the-wall", "operations:home", who="head", query="?man-hinh=tuong"),
        Stop("room-absent", "operations:home", who="head", query="?muc=khong-co", status=404),
        Stop("room-denied", "operations:home", who="citizen", status=403),
        Stop("table", "operations:league", who="head"),
        Stop("table-without-figures", "operations:league", who="head", query="?muc=economy"),
        Stop("attention", "operations:attention", who="head"),
        Stop("behind", "operations:behind", who="head", given={"counter": "filed"}),
        Stop("behind-nothing", "operations:behind", who="head", given={"counter": "overdue"}),
        Stop("alerts", "operations:alerts", who="head"),
        Stop(
            "alerts-without-a-note",
            "operations:acknowledge",
            who="chair",
            given={"alert_id": str(ALERT)},
            start="/ban-lam-viec/dieu-hanh/canh-bao/",
            acts=(take,),
            status=422,
        ),
        Stop("alerts-taken", "operations:alerts", who="chair", acts=(write, take)),
        Stop("public", "operations-public:home"),
        Stop("public-without-figures", "operations-public:home", query="?muc=economy"),
    )


def test_every_page_of_the_room_is_fit_to_look_at(readers: Readers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream_pages, "PLACES", Places(most=100))
    monkeypatch.setattr(streaming, "LASTS", 2.0)
    sessions = aside(prepared)
    walk = Walk(readers, Stage({"": {}}, sessions))
    walk.see(stops())
    walk.assert_nothing_wrong()


def test_a_counter_follows_the_ledger_while_the_page_stays_open(
    readers: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream_pages, "PLACES", Places())
    monkeypatch.setattr(streaming, "LASTS", 5.0)
    sessions = aside(prepared)
    reader = readers.make(phone=False, language="vi", scripts=True)
    reader.context.add_cookies([{"name": "sessionid", "value": sessions["head"], "url": reader.base_url}])
    page = reader.go("/ban-lam-viec/dieu-hanh/")
    expect(page.locator("[data-stream-said]")).to_have_text("Đang nối trực tiếp")
    filed = page.locator('[data-figure="filed"]')
    expect(filed).to_have_text("1")

    def file_another() -> None:
        Life("another").filed(clock.now())
        project_all(at=clock.now())

    aside(file_another)
    expect(filed).to_have_text("2")
    page.goto("about:blank")
