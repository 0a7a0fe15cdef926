"""The room's own pages: the first screen, the whole table, what needs attention, what is behind a counter."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tinhso.indicators.actions.ask_cuts import ask_cuts
from tinhso.kernel import clock
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import NotFound
from tinhso.operations import league as leagues
from tinhso.operations import tiles
from tinhso.operations.league import league
from tinhso.operations.live import Counter, live
from tinhso.operations.reading import board, tab
from tinhso.operations.tiles import readings
from tinhso.operations.types import Tab
from tinhso.web.desk.guard import actor_of, draw, officers_only
from tinhso.web.live.polling import part_of, wants_part
from tinhso.web.operations.behind import behind_page
from tinhso.web.operations.parts import LeaguePart, PressingLine
from tinhso.web.operations.plan_tiles import targets
from tinhso.web.operations.pressing import pressing
from tinhso.web.operations.room import TURN, WALL, counter_tiles, league_part, room
from tinhso.web.portal.language import say

SHORTEST_TURN, LONGEST_TURN = 10, 600
# How long counters may stay as they are while nothing happens: deadlines pass by themselves.
POLLED_EVERY = 5
MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class LeaguePage:
    title: str
    tab_id: str
    part: LeaguePart | None


@dataclass(frozen=True, slots=True)
class PressingPage:
    """:param more: how many lines there are beyond these"""

    title: str
    tab_id: str
    lines: tuple[PressingLine, ...]
    more: int


@require_safe
@officers_only
def home(request: HttpRequest) -> HttpResponse:
    """Show a tab; scripts ask for the counters alone. :raises RoomMissing, TabMissing: as they say"""
    at, tab_id = clock.now(), request.GET.get("muc", "")
    if wants_part(request):
        return part_of(request, at=at, seconds=POLLED_EVERY, draw=lambda: _counters(request, tab(tab_id), at))
    _ask(tab(tab_id), at)
    page = room(
        actor=actor_of(request),
        at=at,
        tab_id=tab_id,
        wall=request.GET.get("man-hinh") == WALL,
        turn=_turn(request.GET.get(TURN, "")),
    )
    return draw(request, "operations/room.html", page=page)


@require_safe
@officers_only
def table(request: HttpRequest) -> HttpResponse:
    """Show all communes, with those that are not ranked. :raises TabMissing: there is none"""
    shown, at = tab(request.GET.get("muc", "")), clock.now()
    found = league(shown, board(), today=local(at).date())
    part = league_part(found, shown, everything=True) if found else None
    return draw(request, "operations/league.html", page=LeaguePage(say(shown.name), shown.id, part))


@require_safe
@officers_only
def attention(request: HttpRequest) -> HttpResponse:
    """Show everything that needs attention and the reader may see. :raises TabMissing: there is none"""
    shown, at = tab(request.GET.get("muc", "")), clock.now()
    told = readings(shown, today=local(at).date())
    actor = actor_of(request)
    goals = targets(shown.plan, actor=actor, at=at) if shown.plan else ()
    lines, more = pressing(actor=actor, at=at, shown=shown, readings=told, goals=goals, most=MOST_LINES)
    title = _("Cần xử lý: %(tab)s") % {"tab": say(shown.name)}
    return draw(request, "operations/attention.html", page=PressingPage(title, shown.id, lines, more))


@require_safe
@officers_only
def behind(request: HttpRequest, counter: str) -> HttpResponse:
    """Show the dossiers behind a live counter that the reader may open. :raises NotFound: no such counter"""
    if counter not in set(Counter):
        raise NotFound
    page = behind_page(
        actor=actor_of(request),
        at=clock.now(),
        counter=Counter(counter),
        shown=tab(request.GET.get("muc", "")),
        after=request.GET.get("sau", ""),
    )
    return draw(request, "operations/behind.html", page=page)


def _counters(request: HttpRequest, shown: Tab, at: datetime) -> HttpResponse:
    counters = counter_tiles(live(at=at, field=shown.field), shown)
    return draw(request, "operations/_counters.html", counters=counters)


def _ask(shown: Tab, at: datetime) -> None:
    """Have counted what is not kept ready: the figures of a field."""
    today = local(at).date()
    if shown.field:
        ask_cuts(at=at, cuts=[*tiles.cuts_of(shown, today=today), leagues.cut_of(shown, today=today)])


def _turn(text: str) -> int:
    """Return after how many seconds the wall goes on; 0 where it is not asked for."""
    asked = int(text) if text.isdecimal() and len(text) < 5 else 0
    return min(max(asked, SHORTEST_TURN), LONGEST_TURN) if asked else 0
