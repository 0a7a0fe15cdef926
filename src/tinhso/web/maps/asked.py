"""What the address of a map asks for: layers, their filters, words, the part of the province."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from tinhso.definitions.registers.types import FieldType
from tinhso.registers.nearness import FARTHEST, Near
from tinhso.registers.ranges import Range, is_ranged
from tinhso.web.maps.boxes import Frame
from tinhso.web.maps.layers import MOST, Layer
from tinhso.web.maps.themes import FROM, KM, NEAR, TO, Theme

LAYER, BOX, WORDS, UNIT, THEME = "lop", "khung", "tim", "xa", "de-tai"
LONGEST = 120
_CONTROLLED = frozenset({FieldType.CHOICE, FieldType.YES_NO})


@dataclass(frozen=True, slots=True)
class LayerAsked:
    """
    One layer that is shown, with what is asked of its records.

    :param typed: name in the address → what stands there, as it was typed
    """

    layer: Layer
    filters: Mapping[str, object] = field(default_factory=dict)
    ranges: Mapping[str, Range] = field(default_factory=dict)
    near: Near | None = None
    typed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """:param too_many: more layers were asked for than are drawn"""

    shown: tuple[LayerAsked, ...]
    words: str
    unit: str
    theme: str
    too_many: bool = False

    def query(self, frame: Frame | None = None, *, unit: str | None = None) -> str:
        """
        Return the address's query that asks for the same, of this part of the province.

        :param unit: another commune than the one that was asked for
        """
        chosen = self.unit if unit is None else unit
        said = [(THEME, self.theme)] if self.theme else []
        said += [(LAYER, one.layer.id) for one in self.shown]
        said += [(name, value) for one in self.shown for name, value in one.typed.items()]
        said += [(UNIT, chosen)] if chosen else []
        said += [(BOX, frame.written())] if frame is not None and not frame.is_whole else []
        return "?" + urlencode(said)


def asked(query: QueryDict, layers: Sequence[Layer], themes: Sequence[Theme], *, only: str = "") -> Asked:
    """
    Return what is asked for; what nobody can ask for is left out.

    :param only: the one register of a map of its own
    """
    by_id = {one.id: one for one in layers}
    theme = query.get(THEME, "")
    if (
        not only
        and not query.getlist(LAYER)
        and BOX not in query
        and WORDS not in query
        and UNIT not in query
    ):
        chosen = next((one for one in themes if not theme or one.id == theme), None)
        if chosen is not None:
            query = QueryDict(chosen.query(frozenset(by_id)))
            theme = chosen.id
    wanted = [only] if only else [one for one in dict.fromkeys(query.getlist(LAYER)) if one in by_id]
    near_ones = frozenset(by_id)
    shown = [
        _layer(query, replace(by_id[one], look=look), near_ones)
        for look, one in enumerate(wanted[:MOST], start=1)
    ]
    return Asked(
        shown=tuple(shown),
        words="".join(mark for mark in query.get(WORDS, "") if mark.isprintable()).strip()[:LONGEST],
        unit=query.get(UNIT, "")[:5],
        theme=theme if any(one.id == theme for one in themes) else "",
        too_many=len(wanted) > MOST,
    )


def _layer(query: QueryDict, layer: Layer, near_ones: frozenset[str]) -> LayerAsked:
    filters: dict[str, object] = {}
    ranges: dict[str, Range] = {}
    typed: dict[str, str] = {}
    for one in layer.fields:
        name = f"{layer.id}:{one.id}"
        if is_ranged(one):
            read = _day if one.type is FieldType.DATE else _number
            low, high = read(query, f"{name}:{FROM}", typed), read(query, f"{name}:{TO}", typed)
            if low is not None or high is not None:
                ranges[one.id] = (low, high)
        elif one.type in _CONTROLLED and (value := query.get(name, "")):
            known = {option.value for option in one.options} or {"true", "false"}
            if value in known:
                typed[name] = value
                filters[one.id] = value == "true" if one.type is FieldType.YES_NO else value
    return LayerAsked(layer, filters, ranges, _near(query, layer, near_ones, typed), typed)


def _number(query: QueryDict, name: str, typed: dict[str, str]) -> str | None:
    """Return a number with a point, as written with a comma or spaces."""
    written = query.get(name, "").strip().replace(" ", "").replace(",", ".")
    if not written or len(written) > 18 or not written.replace(".", "", 1).isdecimal():
        return None
    typed[name] = written
    return written


def _day(query: QueryDict, name: str, typed: dict[str, str]) -> str | None:
    """Return a day as ISO 8601; what is none asks for nothing."""
    try:
        day = date.fromisoformat(query.get(name, "").strip()).isoformat()
    except ValueError:
        return None
    typed[name] = day
    return day


def _near(query: QueryDict, layer: Layer, near_ones: frozenset[str], typed: dict[str, str]) -> Near | None:
    other, name = query.get(f"{layer.id}:{NEAR}", ""), f"{layer.id}:{KM}"
    if other not in near_ones:
        return None
    km = _number(query, name, typed)
    if km is None or not 0 < float(km) <= FARTHEST:
        return None
    typed[f"{layer.id}:{NEAR}"] = other
    return Near(other, float(km))
