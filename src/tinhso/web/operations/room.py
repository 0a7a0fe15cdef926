"""The first screen of the operations room as a page: tabs, live counters, tiles, map, table, attention."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import pairwise

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from tinhso.indicators.periods import name_of
from tinhso.kernel.clock import local
from tinhso.operations import alerts
from tinhso.operations.classes import Scale
from tinhso.operations.league import League, Place, league
from tinhso.operations.live import Counter, Live, live
from tinhso.operations.reading import board, tab
from tinhso.operations.tiles import Reading, readings
from tinhso.operations.types import MOST_TILES, Board, Tab
from tinhso.people.types import Actor
from tinhso.plans.views import TargetView
from tinhso.web.navigation import address
from tinhso.web.operations import words
from tinhso.web.operations.drawing import Line, Map, commune_map, line, spark
from tinhso.web.operations.parts import CounterTile, FigureTile, Key, LeaguePart, LeagueRow, Room, TabLink
from tinhso.web.operations.plan_tiles import target_tile, targets
from tinhso.web.operations.pressing import pressing
from tinhso.web.portal.language import say
from tinhso.web.province import current
from tinhso.web.templatetags.look import thousands

WALL, TURN = "tuong", "xoay"
TOP, BOTTOM = 5, 5


def room(*, actor: Actor, at: datetime, tab_id: str, wall: bool, turn: int) -> Room:
    """
    Return the page.

    :param turn: seconds after which the next tab is shown; 0: never
    :raises RoomMissing, TabMissing: as they say
    """
    laid, shown = board(), tab(tab_id)
    today = local(at).date()
    told = readings(shown, today=today)
    placed = league(shown, laid, today=today)
    goals = targets(shown.plan, actor=actor, at=at) if shown.plan else ()
    lines, more = pressing(actor=actor, at=at, shown=shown, readings=told, goals=goals, most=laid.attention)
    return Room(
        title=_("Điều hành tỉnh %(province)s") % {"province": say(current().name)},
        tab_id=shown.id,
        pillars=_tabs(laid, shown, "pillar", wall=wall, turn=turn),
        fields=_tabs(laid, shown, "field", wall=wall, turn=turn),
        as_of=as_of(told, placed, today),
        updated=words.ago(computed(told, placed), at),
        counters=counter_tiles(live(at=at, field=shown.field), shown),
        tiles=(
            *(figure_tile(one, today) for one in told),
            *goal_tiles(shown, goals, len(told), area="plans"),
        ),
        map=_map(placed, today, shown),
        league=league_part(placed, shown) if placed else None,
        line=_line(told, shown),
        line_name=_line_name(told, shown),
        pressing=lines,
        pressing_more=more,
        alerts=alerts.count_open(actor=actor),
        wall=wall,
        turn_to=_next(laid, shown, turn) if wall and turn else "",
        turn_seconds=turn if wall else 0,
        stream_url=f"{reverse('operations:stream')}?{urlencode({'muc': shown.id})}",
        csv_url=f"{reverse('operations:csv')}?{urlencode({'muc': shown.id})}",
        wall_url=_address(shown.id, wall=True, turn=0),
        plain_url=_address(shown.id, wall=False, turn=0),
    )


def counter_tiles(figures: Live, shown: Tab) -> tuple[CounterTile, ...]:
    """Return the live figures as they are drawn; the stream sends the same."""
    query = f"?{urlencode({'muc': shown.id})}" if shown.field else ""
    return tuple(
        CounterTile(
            id=one.value,
            name=str(words.COUNTERS[one]),
            shown=words.counted(figures, one),
            url=reverse("operations:behind", args=[one.value]) + query,
            is_alarm=one is Counter.OVERDUE and figures.overdue > 0,
        )
        for one in Counter
    )


def figure_tile(one: Reading, today: date) -> FigureTile:
    """Return one tile."""
    indicator, decimals = one.indicator, one.indicator.decimals
    look, standing = words.VERDICTS[one.verdict]
    asked = {"ky": name_of(one.month)}
    is_up = one.change is not None and one.change > 0
    return FigureTile(
        name=say(indicator.name),
        value=words.value(one.value, decimals),
        unit=say(indicator.unit),
        target=words.value(indicator.target, decimals) if indicator.target is not None else "",
        standing=_("Đang tính") if one.is_asked else str(standing),
        look=look,
        change=words.change(one.change, decimals),
        is_up=is_up,
        is_better=is_up == (indicator.direction == "up"),
        when=words.month(one.month.since, today),
        volume=words.dossiers(one.whole) if one.whole is not None else "",
        spark=spark(one.months),
        url=_opened("indicators:evidence", indicator.id, asked),
        about_url=_opened("indicators:indicator", indicator.id, asked),
    )


def goal_tiles(shown: Tab, goals: Sequence[TargetView], taken: int, *, area: str) -> tuple[FigureTile, ...]:
    """Return the plan's targets that still have room among the tiles."""
    part = shown.plan
    room_left = max(MOST_TILES - taken, 0)
    return tuple(target_tile(part, one, area=area) for one in goals[:room_left]) if part else ()


def league_part(placed: League, shown: Tab, *, everything: bool = False) -> LeaguePart:
    """Return the table: its head and its foot, or all of it."""
    ranked = placed.ranked
    is_short = everything or len(ranked) <= TOP + BOTTOM
    first, last = (ranked, ()) if is_short else (ranked[:TOP], ranked[-BOTTOM:])
    unranked = tuple(one for one in placed.places if one.rank is None)
    rows = (*first, *unranked) if everything else first
    return LeaguePart(
        name=say(placed.indicator.name),
        unit=say(placed.indicator.unit),
        about=_about(placed, shown),
        top=tuple(league_row(one, placed, shown) for one in rows),
        bottom=tuple(league_row(one, placed, shown) for one in last),
        between=0 if is_short else len(ranked) - TOP - BOTTOM,
        unranked=len(unranked),
        least=placed.least,
        keys=keys(placed.scale, placed.indicator.decimals),
        has_data=any(one.value is not None for one in placed.places),
        has_target=bool(placed.scale.bounds),
    )


def league_row(one: Place, placed: League, shown: Tab) -> LeagueRow:
    return LeagueRow(
        rank=one.rank,
        name=one.name,
        value=words.value(one.value, placed.indicator.decimals),
        whole=thousands(one.whole),
        class_=one.class_,
        url=_place_url(one, placed, shown),
    )


def keys(scale: Scale, decimals: int) -> tuple[Key, ...]:
    """Return the classes in words, worst first; nothing without a target."""
    if not scale.bounds:
        return ()
    marks = [words.value(one, decimals) for one in scale.bounds]
    low = _("dưới %(mark)s") if scale.is_up else _("trên %(mark)s")
    high = _("từ %(mark)s") if scale.is_up else _("đến %(mark)s")
    between = [f"{first}–{second}" for first, second in pairwise(marks)]
    texts = [low % {"mark": marks[0]}, *between, high % {"mark": marks[-1]}]
    return tuple(Key(place, text) for place, text in enumerate(texts))


def _about(placed: League, shown: Tab) -> str:
    said = {"year": placed.year, "field": shown.field}
    if shown.field:
        return _("năm %(year)s, lĩnh vực %(field)s") % said
    return _("năm %(year)s") % said


def _tabs(laid: Board, shown: Tab, group: str, *, wall: bool, turn: int) -> tuple[TabLink, ...]:
    return tuple(
        TabLink(say(one.name), _address(one.id, wall=wall, turn=turn), one.id == shown.id)
        for one in laid.tabs
        if one.group == group
    )


def _address(tab_id: str, *, wall: bool, turn: int) -> str:
    asked = {"muc": tab_id}
    if wall:
        asked["man-hinh"] = WALL
    if turn:
        asked[TURN] = str(turn)
    return f"{reverse('operations:home')}?{urlencode(asked)}"


def _next(laid: Board, shown: Tab, turn: int) -> str:
    ids = [one.id for one in laid.tabs]
    return _address(ids[(ids.index(shown.id) + 1) % len(ids)], wall=True, turn=turn)


def computed(told: Iterable[Reading], placed: League | None) -> datetime | None:
    """Return when the oldest of what is shown was counted."""
    moments = [one.computed_at for one in told if one.computed_at]
    moments += [placed.computed_at] if placed and placed.computed_at else []
    return min(moments, default=None)


def as_of(told: Iterable[Reading], placed: League | None, today: date) -> str:
    """Name the last day that everything shown has counted."""
    days = [one.counted_until for one in told if one.counted_until]
    days += [placed.counted_until] if placed and placed.counted_until else []
    return words.until(min(days, default=None), today)


def _map(placed: League | None, today: date, shown: Tab) -> Map | None:
    if placed is None:
        return None
    urls = {one.code: _place_url(one, placed, shown) for one in placed.places}
    titles = {one.code: place_title(one, placed) for one in placed.places}
    return commune_map(placed, urls, titles, today)


def place_title(one: Place, placed: League) -> str:
    """Return what the map says of a commune."""
    if one.value is None:
        return _("%(name)s: chưa có số liệu") % {"name": one.name}
    said = {
        "name": one.name,
        "value": words.value(one.value, placed.indicator.decimals),
        "unit": say(placed.indicator.unit),
        "count": words.dossiers(one.whole),
    }
    if one.rank is None:
        return _("%(name)s: %(value)s %(unit)s, %(count)s, chưa đủ để xếp hạng") % said
    return _("%(name)s: %(value)s %(unit)s, %(count)s") % said


def _place_url(one: Place, placed: League, shown: Tab) -> str:
    asked = {"ky": str(placed.year), "unit": one.code}
    if shown.field:
        asked["field"] = shown.field
    return _opened("indicators:evidence", placed.indicator.id, asked) if one.whole else ""


def _opened(route: str, indicator_id: str, asked: dict[str, str]) -> str:
    found = address(route, indicator_id)
    return f"{found}?{urlencode(asked)}" if found else ""


def _shown_line(told: Iterable[Reading], shown: Tab) -> Reading | None:
    return next((one for one in told if one.indicator.id == shown.map), None)


def _line(told: Iterable[Reading], shown: Tab) -> Line | None:
    found = _shown_line(told, shown)
    if found is None:
        return None
    one = found.indicator
    return line(found.months, one.target, decimals=one.decimals, is_percent=one.unit.vi == "%")


def _line_name(told: Iterable[Reading], shown: Tab) -> str:
    found = _shown_line(told, shown)
    return f"{say(found.indicator.name)} ({say(found.indicator.unit)})" if found else ""
