"""The form of the map: layers to choose, and for each that is shown what can be asked of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tinhso.definitions.registers.types import FieldType, RegisterField
from tinhso.registers.ranges import is_ranged
from tinhso.web.maps.asked import Asked, LayerAsked
from tinhso.web.maps.layers import Layer
from tinhso.web.maps.themes import FROM, KM, NEAR, TO, Theme
from tinhso.web.parts import Option
from tinhso.web.portal.language import say

# Choices of a field that are worth a box; longer lists belong to the list of the register.
MOST_OPTIONS = 20


@dataclass(frozen=True, slots=True)
class Control:
    """
    One thing to ask for. :param options: of a choice; else it is a span, ``low`` to ``high``

    :param unit: what the numbers count; ``is_day``: they are days
    """

    name: str
    label: str
    options: tuple[Option, ...] = ()
    low: str = ""
    high: str = ""
    unit: str = ""
    is_day: bool = False

    @property
    def id(self) -> str:
        return "o-" + self.name.replace(":", "-").replace(".", "-")


@dataclass(frozen=True, slots=True)
class NearControl:
    """What lies near: in which register, within how many kilometres."""

    name: str
    km_name: str
    options: tuple[Option, ...]
    km: str

    @property
    def id(self) -> str:
        return "o-" + self.name.replace(":", "-").replace(".", "-")


@dataclass(frozen=True, slots=True)
class LayerChoice:
    """:param in_use: how many of its controls ask for something"""

    id: str
    name: str
    field: str
    chosen: bool
    look: int
    controls: tuple[Control, ...] = ()
    near: NearControl | None = None
    in_use: int = 0


@dataclass(frozen=True, slots=True)
class ThemeLink:
    id: str
    name: str
    text: str
    url: str
    chosen: bool
    near_me: bool


def layer_choices(layers: Sequence[Layer], asked: Asked) -> tuple[LayerChoice, ...]:
    """Return every layer, first those that are shown, in their order and with their controls."""
    shown = {one.layer.id: one for one in asked.shown}
    others = (one for one in layers if one.id not in shown)
    ordered = (*(one.layer for one in asked.shown), *others)
    return tuple(_choice(one, shown.get(one.id), layers) for one in ordered)


def theme_links(themes: Sequence[Theme], layers: Sequence[Layer], asked: Asked) -> tuple[ThemeLink, ...]:
    """Return the themes of which the reader sees a layer."""
    seen = frozenset(one.id for one in layers)
    return tuple(
        ThemeLink(
            one.id,
            say(one.name),
            say(one.text),
            f"?{one.query(seen)}",
            one.id == asked.theme,
            one.near_me,
        )
        for one in themes
        if seen & set(one.layers)
    )


def _choice(layer: Layer, asked: LayerAsked | None, layers: Sequence[Layer]) -> LayerChoice:
    definition = layer.definition
    if asked is None:
        return LayerChoice(layer.id, say(definition.name), say(definition.field), chosen=False, look=0)
    controls = tuple(made for one in layer.fields if (made := _control(layer, one, asked)) is not None)
    return LayerChoice(
        layer.id,
        say(definition.name),
        say(definition.field),
        chosen=True,
        look=asked.layer.look,
        controls=controls,
        near=_near(layer, asked, layers),
        in_use=len(asked.filters) + len(asked.ranges) + (asked.near is not None),
    )


def _control(layer: Layer, field: RegisterField, asked: LayerAsked) -> Control | None:
    name = f"{layer.id}:{field.id}"
    if is_ranged(field):
        low, high = asked.typed.get(f"{name}:{FROM}", ""), asked.typed.get(f"{name}:{TO}", "")
        unit = "₫" if field.type is FieldType.MONEY else say(field.unit_label)
        is_day = field.type is FieldType.DATE
        return Control(name, say(field.label), low=low, high=high, unit=unit, is_day=is_day)
    typed = asked.typed.get(name, "")
    if field.type is FieldType.YES_NO:
        words = (("true", _("Có")), ("false", _("Không")))
        return Control(name, say(field.label), tuple(Option(*one, one[0] == typed) for one in words))
    if field.type is FieldType.CHOICE and len(field.options) <= MOST_OPTIONS:
        options = tuple(Option(one.value, say(one.label), one.value == typed) for one in field.options)
        return Control(name, say(field.label), options)
    return None


def _near(layer: Layer, asked: LayerAsked, layers: Sequence[Layer]) -> NearControl | None:
    name, km = f"{layer.id}:{NEAR}", f"{layer.id}:{KM}"
    others = tuple(
        Option(one.id, say(one.definition.name), one.id == asked.typed.get(name)) for one in layers
    )
    return NearControl(name, km, others, asked.typed.get(km, ""))
