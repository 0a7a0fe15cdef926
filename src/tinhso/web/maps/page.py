"""The page of a map: what was asked, what was found, drawn and listed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhso.kernel.text import fold
from tinhso.people.types import Actor
from tinhso.web.maps import ground
from tinhso.web.maps.asked import BOX, Asked, asked
from tinhso.web.maps.boxes import Frame, around, frame
from tinhso.web.maps.controls import LayerChoice, ThemeLink, layer_choices, theme_links
from tinhso.web.maps.finding import LayerFound, find_layer, find_words
from tinhso.web.maps.ground import Base, Land
from tinhso.web.maps.items import LISTED, Item, items_of, record_url
from tinhso.web.maps.layers import Layer, layers_for
from tinhso.web.maps.picture import UNIT_HIGH, Picture, picture
from tinhso.web.maps.themes import themes
from tinhso.web.navigation import address
from tinhso.web.portal.language import say
from tinhso.web.templatetags.look import thousands

FOUND = 5
# Height of a look at one record, in degrees.
RECORD_HIGH = 0.02


@dataclass(frozen=True, slots=True)
class Group:
    """
    One layer's part of the list.

    :param counts: communes with their numbers and a closer look, where there are too many records
    :param more: how many are on the screen and not in the list
    :param table_url: all of the register as a list
    """

    id: str
    look: int
    name: str
    said: str
    items: tuple[Item, ...]
    counts: tuple[tuple[str, str, str], ...]
    more: int
    table_url: str
    problem: str
    is_empty: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """Found by words. :param look_url: the map around it; ``url``: the record, where it has a page"""

    title: str
    note: str
    look_url: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Moves:
    """Addresses of the map moved and zoomed; empty where it goes no further."""

    closer: str
    farther: str
    north: str
    south: str
    west: str
    east: str
    whole: str


@dataclass(frozen=True)
class MapPage:
    """
    :param only: the one register of a map of its own; empty for the combined map
    :param hits: what words have found; None where nothing was looked for
    :param kept: what the form sends along unseen
    """

    title: str
    only: str
    on: date
    asked: Asked
    frame: Frame
    land: Land
    picture: Picture
    groups: tuple[Group, ...]
    choices: tuple[LayerChoice, ...]
    themes: tuple[ThemeLink, ...]
    communes: tuple[tuple[str, str], ...]
    hits: tuple[Hit, ...] | None
    moves: Moves
    said: str
    sheet_url: str
    items: tuple[Item, ...]

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        written = "" if self.frame.is_whole else self.frame.written()
        return ((BOX, written),) if written else ()

    @property
    def limits(self) -> str:
        return Frame(self.frame.limits, self.frame.limits).written()

    @property
    def theme(self) -> ThemeLink | None:
        return next((one for one in self.themes if one.chosen), None)

    @property
    def unit(self) -> str:
        return next((name for code, name in self.communes if code == self.asked.unit), "")


def map_page(*, actor: Actor, query: QueryDict, on: date, only: str = "") -> MapPage:
    """
    Return the page an address asks for.

    :param only: a register that is a layer of the reader; the caller has looked
    """
    layers = layers_for(actor)
    wanted = asked(query, layers, themes(), only=only)
    base = ground.base(on)
    frame_ = _frame(query, wanted, base)
    land = ground.land(base, frame_)
    found = [
        find_layer(actor=actor, asked=one, box=frame_.box, on=on, in_counts=land.is_tiled)
        for one in wanted.shown
    ]
    start = base.places.get(wanted.unit)
    listed = [items_of(one, actor, start=start) for one in found]
    items = tuple(item for one in listed for item in one)
    choices = layer_choices(layers, wanted)
    return MapPage(
        title=_title(layers, only),
        only=only,
        on=on,
        asked=wanted,
        frame=frame_,
        land=land,
        picture=picture(frame_, land, found, items, wanted),
        groups=tuple(_group(*one, land, wanted, frame_, actor) for one in zip(found, listed, strict=True)),
        choices=tuple(one for one in choices if one.id == only) if only else choices,
        themes=() if only else theme_links(themes(), layers, wanted),
        communes=ground.communes(on),
        hits=tuple(_hits(actor, wanted, base)) if wanted.words else None,
        moves=_moves(frame_, wanted),
        said=_said(found),
        sheet_url=reverse("maps:sheet") + wanted.query(frame_),
        items=items,
    )


def _title(layers: Sequence[Layer], only: str) -> str:
    chosen = next((one for one in layers if one.id == only), None)
    if chosen is None:
        return _("Bản đồ dữ liệu")
    return _("Bản đồ: %(name)s") % {"name": say(chosen.definition.name)}


def _frame(query: QueryDict, wanted: Asked, base: Base) -> Frame:
    if query.get(BOX) or wanted.unit not in base.places:
        return frame(query.get(BOX, ""), base.limits)
    place = base.ground.place.get(wanted.unit)
    if place is not None:
        return frame(",".join(map(str, base.ground.shapes[place].bounds)), base.limits)
    return around(base.places[wanted.unit], UNIT_HIGH, frame("", base.limits).limits)


def _group(
    found: LayerFound, items: tuple[Item, ...], land: Land, wanted: Asked, frame_: Frame, actor: Actor
) -> Group:
    layer = found.asked.layer
    route = "registers:list" if not layer.definition.public or actor.posts else "opendata:register"
    return Group(
        id=layer.id,
        look=layer.look,
        name=say(layer.definition.name),
        said=ngettext("%(count)s bản ghi", "%(count)s bản ghi", found.total)
        % {"count": thousands(found.total)},
        items=items[:LISTED],
        counts=tuple(_counts(found, land, wanted, frame_)),
        more=max(len(items) - LISTED, 0),
        table_url=address(route, layer.id),
        problem=found.problem,
        is_empty=not found.total and not found.problem,
    )


def _counts(found: LayerFound, land: Land, wanted: Asked, frame_: Frame) -> Iterator[tuple[str, str, str]]:
    """Yield name, number and a closer look of each commune that has records, the most first."""
    names = {one.code: one for one in land.areas}
    for code, count in sorted((found.counts or {}).items(), key=lambda one: (-one[1], one[0])):
        area = names.get(code)
        if area is not None:
            look = around(area.label, UNIT_HIGH, frame_.limits)
            yield area.full_name, thousands(count), wanted.query(look, unit=code)
        else:
            yield code or _("Chưa rõ xã, phường"), thousands(count), ""


def _hits(actor: Actor, wanted: Asked, base: Base) -> Iterator[Hit]:
    words = fold(wanted.words).split()
    for code, name in ground.communes(base.on):
        if code in base.places and all(word in fold(name) for word in words):
            yield Hit(name, _("Đơn vị hành chính"), wanted.query(unit=code))
    limits = frame("", base.limits).limits
    for one in wanted.shown:
        found = find_words(actor=actor, asked=one, words=wanted.words, on=base.on, limit=FOUND)
        shown = LayerFound(one, found)
        places = {item.id: item for item in items_of(shown, actor)}
        for record in found:
            item = places.get(str(record.id))
            look = wanted.query(around(item.at, RECORD_HIGH, limits)) if item else ""
            url = record_url(one.layer.definition, record, actor)
            yield Hit(record.title or record.key, say(one.layer.definition.name), look, url)


def _moves(frame_: Frame, wanted: Asked) -> Moves:
    def to(other: Frame) -> str:
        same = all(abs(one - two) < 1e-7 for one, two in zip(other.box, frame_.box, strict=True))
        return "" if same else wanted.query(other)

    return Moves(
        closer=to(frame_.zoomed(2)),
        farther=to(frame_.zoomed(0.5)),
        north=to(frame_.moved(0, 1)),
        south=to(frame_.moved(0, -1)),
        west=to(frame_.moved(-1, 0)),
        east=to(frame_.moved(1, 0)),
        whole="" if frame_.is_whole else wanted.query(Frame(frame_.limits, frame_.limits)),
    )


def _said(found: Sequence[LayerFound]) -> str:
    if not found:
        return _("Chưa chọn lớp dữ liệu nào.")
    total = sum(one.total for one in found)
    if not total:
        return _("Không có bản ghi nào trong khung bản đồ này.")
    return ngettext(
        "%(count)s bản ghi trong khung bản đồ.", "%(count)s bản ghi trong khung bản đồ.", total
    ) % {"count": thousands(total)}
