"""Every route × every role × the owner's dossier: as the table says, and the table is whole."""

from http.cookies import SimpleCookie

import pytest
from django.template.backends.django import Template

from tests.authorisation import table
from tests.authorisation.cast import cast, cookies_of
from tests.authorisation.routes import Route, every_route
from tests.authorisation.scenes import Stage, built
from tests.authorisation.table import Row
from tests.dossiers_kit import Province
from tinhso.dossiers.models.dossier import DossierQuerySet
from tinhso.kernel import prepared
from tinhso.people.types import Actor
from tinhso.web.desk.acts import ACTS
from tinhso.web.operations import stream_pages
from tinhso.web.operations.streaming import Places

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DESK_ACT = Route("ban-lam-viec/ho-so/<uuid:dossier_id>/<slug:slug>/", "POST")
READING = ["api/v1/dossiers/<uuidstr:dossier_id>", "ho-so/<uuid:dossier_id>/"]


@pytest.fixture(autouse=True)
def _blank_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is let in is decided before a page is written, and seven thousand pages take minutes to write."""
    monkeypatch.setattr(Template, "render", lambda *_things, **_named: "")


@pytest.fixture(autouse=True)
def _room_for_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens to the streams that are asked for here, so that their places are not given back."""
    monkeypatch.setattr(stream_pages, "PLACES", Places(most=1000))


@pytest.fixture
def knocking(province: Province) -> tuple[Stage, dict[str, SimpleCookie]]:
    """The owner's dossiers in every state, and everybody signed in."""
    owner = province.citizen()
    everybody, mandate_id = cast(province, owner)
    stage = built(province, owner, mandate_id)
    return stage, {role: cookies_of(actor) for role, actor in everybody.items()}


def found(rows: list[Row], stage: Stage, cookies: dict[str, SimpleCookie]) -> list[str]:
    return list(table.differing(rows, cookies=cookies, values=stage.values))


def test_no_route_is_missing_from_the_table() -> None:
    missing, gone = table.lacking(table.read(), every_route())
    # A page that takes nothing needs no line: the test below asks whether it really takes nothing.
    missing = [route for route in missing if route.is_api or route.method == "GET"]
    missing = [route for route in missing if Route(route.pattern, "POST") not in known()]
    assert (missing, gone) == ([], [])
    acts = {row.given["slug"] for row in table.read() if row.route == DESK_ACT}
    assert acts == set(ACTS), "each act of the desk is an address of its own"


def test_everybody_gets_what_the_table_says(
    knocking: tuple[Stage, dict[str, SimpleCookie]],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    """Three questions at one stage: to set it up for each of them takes longer than to ask."""
    stage, cookies = knocking
    differing = found(list(table.read()), stage, cookies)
    assert not differing, "\n".join(differing)
    assert _taken_without_a_line(stage, cookies) == []
    _assert_a_guard_that_is_taken_away_is_seen(stage, cookies, monkeypatch, request)


def _taken_without_a_line(stage: Stage, cookies: dict[str, SimpleCookie]) -> list[tuple[str, dict[str, str]]]:
    """Return pages without a line for a method that take something that way all the same."""
    scenes = {row.route.pattern: row for row in table.read()}
    wrong = []
    for route in table.lacking(table.read(), every_route())[0]:
        like = scenes[route.pattern]
        row = Row(route, like.scene, {}, like.given, {})
        got = table.measure(row, cookies=cookies, values=stage.values)
        if not set(got.values()) <= {"405", "404", "403", "sign-in"}:
            wrong.append((row.label, got))
    return wrong


def _assert_a_guard_that_is_taken_away_is_seen(
    stage: Stage,
    cookies: dict[str, SimpleCookie],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    reading = [Route(pattern, "GET") for pattern in READING]
    rows = [row for row in table.read() if row.route in reading and row.scene == "filed"]

    def everything(self: DossierQuerySet, _actor: Actor) -> DossierQuerySet:
        return self

    monkeypatch.setattr(DossierQuerySet, "visible_to", everything)
    prepared.forget()
    request.addfinalizer(prepared.forget)  # nothing is left of the open door

    leaks = found(rows, stage, cookies)
    assert len(leaks) == len(rows) == len(READING)
    assert all("stranger: ok, not 404" in leak for leak in leaks)
    assert any("elsewhere: ok, not 404" in leak for leak in leaks)


def test_a_new_address_is_missed() -> None:
    new = Route("ho-so/<uuid:dossier_id>/moi/", "GET")
    missing, _gone = table.lacking(table.read(), [*every_route(), new])
    assert new in missing


def known() -> set[Route]:
    return {row.route for row in table.read()}
