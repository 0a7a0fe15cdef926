"""What is wrong with the themes of maps in a folder of packs."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from tinhso.definitions.explaining import nearest
from tinhso.definitions.loading import Loaded, load
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.places import Location
from tinhso.definitions.registers.reading import register_files
from tinhso.definitions.registers.types import FieldType, RegisterDefinition, RegisterField
from tinhso.web.maps.themes import FILE, FROM, KM, NEAR, TO, Theme, Themes

# The map draws so many at once; what a theme names beyond is left out of its picture.
MOST_LAYERS = 6
CHOSEN = frozenset({FieldType.CHOICE, FieldType.YES_NO})
SPANNED = frozenset({FieldType.NUMBER, FieldType.MONEY, FieldType.DATE})
Registers = Mapping[str, RegisterDefinition]


def mistakes(packs: Path) -> Iterator[Mistake]:
    """Yield every mistake of the themes of every province."""
    files = sorted(packs.glob(f"*/{FILE}"))
    found = (load(path, RegisterDefinition).patched for path in register_files(packs) if files)
    known = {one.id: one for one in found if one is not None}
    for path in files:
        loaded = load(path, Themes)
        yield from loaded.mistakes
        if loaded.value is not None:
            yield from _themes(loaded, loaded.value, known)


def _themes(loaded: Loaded[Themes], value: Themes, known: Registers) -> Iterator[Mistake]:
    seen: dict[str, int] = {}
    for index, theme in enumerate(value.themes):
        at: Location = ("themes", index)
        spot = loaded.places.spot((*at, "id"))
        if theme.id in seen:
            yield loaded.places.mistake((*at, "id"), "duplicate-id", name=theme.id, other=seen[theme.id])
        seen.setdefault(theme.id, spot.line)
        if not theme.name.vi.strip() or not theme.name.en.strip():
            yield loaded.places.mistake((*at, "name"), "map-theme-nameless", name=theme.id)
        yield from _layers(loaded, at, theme, known)
        for name, said in theme.asked.items():
            yield from _asked(loaded, (*at, "asked", name), theme, name, said, known)


def _layers(loaded: Loaded[Themes], at: Location, theme: Theme, known: Registers) -> Iterator[Mistake]:
    if not theme.layers:
        yield loaded.places.mistake((*at, "layers"), "map-theme-empty", name=theme.id)
    if len(theme.layers) > MOST_LAYERS:
        yield loaded.places.mistake((*at, "layers"), "map-layers-many", name=theme.id, most=MOST_LAYERS)
    for index, layer in enumerate(theme.layers):
        yield from _layer(loaded, (*at, "layers", index), layer, known)


def _layer(loaded: Loaded[Themes], at: Location, layer: str, known: Registers) -> Iterator[Mistake]:
    register = known.get(layer)
    if register is None:
        yield loaded.places.mistake(at, "register-unknown", name=layer, hint=nearest(layer, sorted(known)))
    elif not register.geometry:
        yield loaded.places.mistake(at, "map-layer-placeless", name=layer)
    elif register.public is None or not register.public.open_data:
        yield loaded.places.mistake(at, "map-layer-private", name=layer)


def _asked(
    loaded: Loaded[Themes], at: Location, theme: Theme, name: str, said: str, known: Registers
) -> Iterator[Mistake]:
    """Look at one question: register:field, register:field:tu or :den, register:gan, register:km."""
    layer, _colon, rest = name.partition(":")
    asked, _colon, ending = rest.partition(":")
    register = known.get(layer)
    if layer not in theme.layers or register is None:
        yield loaded.places.mistake(at, "map-asked-elsewhere", name=name, layer=layer)
    elif rest == NEAR:
        yield from _layer(loaded, at, said, known)
    elif rest == KM:
        if not _is_number(said):
            yield loaded.places.mistake(at, "map-asked-value", name=name, value=said)
    elif (field := register.by_id.get(asked)) is None:
        hint = nearest(asked, sorted(register.by_id))
        yield loaded.places.mistake(at, "register-unknown-field", name=asked, hint=hint)
    elif ending in (FROM, TO):
        yield from _span(loaded, at, field, said)
    else:
        yield from _choice(loaded, at, field, ending, said)


def _span(loaded: Loaded[Themes], at: Location, field: RegisterField, said: str) -> Iterator[Mistake]:
    if not field.filtered or field.type not in SPANNED:
        yield loaded.places.mistake(at, "map-asked-no-span", name=field.id)
    elif field.type is not FieldType.DATE and not _is_number(said):
        yield loaded.places.mistake(at, "map-asked-value", name=field.id, value=said)


def _choice(
    loaded: Loaded[Themes], at: Location, field: RegisterField, ending: str, said: str
) -> Iterator[Mistake]:
    if ending or field.type not in CHOSEN:
        yield loaded.places.mistake(at, "map-asked-no-choice", name=field.id)
    elif said not in _values(field):
        allowed = ", ".join(_values(field))
        yield loaded.places.mistake(at, "not-allowed-value", name=field.id, value=said, allowed=allowed)


def _values(field: RegisterField) -> tuple[str, ...]:
    return tuple(one.value for one in field.options) or ("true", "false")


def _is_number(said: str) -> bool:
    return said.replace(".", "", 1).isdecimal()
