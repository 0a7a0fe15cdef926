"""The room for everybody: figures of the province, nothing personal, small numbers left out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.indicators.suppression import small_numbers
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.operations.league import League, league
from tinhso.operations.public import public_league, public_reading
from tinhso.operations.reading import board, tab
from tinhso.operations.tiles import Reading, readings
from tinhso.operations.types import Tab
from tinhso.people.types import ANONYMOUS
from tinhso.plans.views import TargetView
from tinhso.web.navigation import address
from tinhso.web.operations import words
from tinhso.web.operations.drawing import Map, commune_map
from tinhso.web.operations.files import commune_rows, heading, tile_rows
from tinhso.web.operations.parts import FigureTile, LeaguePart, TabLink
from tinhso.web.operations.plan_tiles import targets
from tinhso.web.operations.room import (
    as_of,
    computed,
    figure_tile,
    goal_tiles,
    league_part,
    place_title,
)
from tinhso.web.plans.files import as_csv
from tinhso.web.portal.language import say
from tinhso.web.province import current


@dataclass(frozen=True, slots=True)
class PublicRoom:
    """:param least: what is counted on fewer dossiers is left out"""

    title: str
    tabs: tuple[TabLink, ...]
    tab_name: str
    as_of: str
    updated: str
    tiles: tuple[FigureTile, ...]
    map: Map | None
    league: LeaguePart | None
    least: int
    csv_url: str


@dataclass(frozen=True, slots=True)
class Told:
    """What everybody may see of a tab."""

    readings: tuple[Reading, ...]
    goals: tuple[TargetView, ...]
    league: League | None


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show a tab to everybody. :raises RoomMissing, TabMissing: as they say"""
    page = public_room(tab(request.GET.get("muc", "")), at=clock.now())
    return render(request, "operations/public.html", {"page": page})


@require_safe
def figures_csv(request: HttpRequest) -> HttpResponse:
    """Send what a tab shows everybody. :raises RoomMissing, TabMissing: as they say"""
    shown, at = tab(request.GET.get("muc", "")), clock.now()
    return as_csv(f"dieu-hanh-{shown.id}.csv", _rows(shown, at))


def told_to_all(shown: Tab, *, at: datetime) -> Told:
    """Return the figures of a tab without what is too few."""
    laid, today = board(), local(at).date()
    placed = league(shown, laid, today=today)
    return Told(
        tuple(public_reading(one) for one in readings(shown, today=today)),
        targets(shown.plan, actor=ANONYMOUS, at=at) if shown.plan else (),
        public_league(placed) if placed else None,
    )


def public_room(shown: Tab, *, at: datetime) -> PublicRoom:
    laid, today = board(), local(at).date()
    told = told_to_all(shown, at=at)
    placed = told.league
    titles = {one.code: place_title(one, placed) for one in placed.places} if placed else {}
    return PublicRoom(
        title=_("Điều hành tỉnh %(province)s") % {"province": say(current().name)},
        tabs=tuple(TabLink(say(one.name), _url("home", one.id), one.id == shown.id) for one in laid.tabs),
        tab_name=say(shown.name),
        as_of=as_of(told.readings, placed, today),
        updated=words.ago(computed(told.readings, placed), at),
        tiles=(
            *(_tile(one, today) for one in told.readings),
            *goal_tiles(shown, told.goals, len(told.readings), area="plans-public"),
        ),
        map=commune_map(placed, {}, titles, today) if placed else None,
        league=_unlinked(league_part(placed, shown, everything=True)) if placed else None,
        least=small_numbers().least,
        csv_url=_url("csv", shown.id),
    )


def _tile(one: Reading, today: date) -> FigureTile:
    about = address("figures-public:indicator", one.indicator.id)
    return replace(figure_tile(one, today), url="", about_url=about)


def _unlinked(part: LeaguePart) -> LeaguePart:
    return replace(part, top=tuple(replace(one, url="") for one in part.top))


def _url(name: str, tab_id: str) -> str:
    return f"{reverse(f'operations-public:{name}')}?{urlencode({'muc': tab_id})}"


def _rows(shown: Tab, at: datetime) -> Iterator[tuple[object, ...]]:
    told = told_to_all(shown, at=at)
    yield heading()
    yield from tile_rows(told.readings)
    if told.league:
        yield from commune_rows(told.league)
