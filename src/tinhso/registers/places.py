"""Administrative units as records keep them: tied to the map of a day, found again on today's."""

from collections.abc import Iterator
from datetime import date, timedelta

from tinhso.territory import queries as territory
from tinhso.territory.atlas import Atlas
from tinhso.territory.types import Unit


def key_of(code: str, on: date) -> str:
    """
    Return the name of the unit for ever: codes are used again, so its first day belongs to it; or nothing.
    """
    unit = territory.atlas().unit(code, on)
    return _key(unit) if unit else ""


def reach(code: str) -> frozenset[str] | None:
    """
    Return the keys of the unit that has this code now and of all it grew out of; None: the whole province.

    A unit that was split belongs to each of its parts: its records are seen by all of them.
    """
    return None if len(code) == 2 else frozenset(_reach(territory.atlas(), code))


def code_of(key: str) -> str:
    """Return the code the unit had."""
    return key.partition("@")[0]


def name_of(code: str, on: date | None = None) -> str:
    """Return the name of the unit that had the code on the day, or was the last to have it; else the code."""
    atlas = territory.atlas()
    unit = atlas.unit(code, on) if on else None
    held = atlas.by_code.get(code, ())
    found = unit or (held[-1] if held else None)
    return found.full_name if found else code


def today_of(key: str, on: date) -> tuple[str, ...]:
    """Return the codes of what the unit has become on that day; several where it was split."""
    atlas = territory.atlas()
    for unit in atlas.by_code.get(code_of(key), ()):
        if _key(unit) == key:
            return tuple(one.code for one in _carried(atlas, unit, on))
    return ()


def carried_to(key: str, on: date) -> tuple[str, ...]:
    """Return the codes of what the unit is on the map of a day, earlier or later; several where it split."""
    atlas = territory.atlas()
    for unit in atlas.by_code.get(code_of(key), ()):
        if _key(unit) == key:
            if unit.holds_on(on):
                return (unit.code,)
            stood = unit.start or date.min
            held = stood if on > stood else (unit.end - timedelta(days=1) if unit.end else stood)
            return tuple(one.code for one in atlas.carried(unit, held, on)[0])
    return ()


def _carried(atlas: Atlas, unit: Unit, on: date) -> tuple[Unit, ...]:
    return (unit,) if unit.holds_on(on) else atlas.carried(unit, unit.start or date.min, on)[0]


def _key(unit: Unit) -> str:
    return f"{unit.code}@{unit.start:%Y%m%d}" if unit.start else f"{unit.code}@"


def _reach(atlas: Atlas, code: str) -> Iterator[str]:
    now = next((unit for unit in atlas.by_code.get(code, ()) if unit.end is None), None)
    found: set[str] = set()
    waiting = [now] if now else []
    while waiting:
        unit = waiting.pop()
        if _key(unit) not in found:
            found.add(_key(unit))
            waiting += _fathers(atlas, unit)
    yield from found


def _fathers(atlas: Atlas, unit: Unit) -> list[Unit]:
    return [
        father
        for step in atlas.backward.get(unit.code, ())
        if unit.holds_on(step.on)
        for father in atlas.by_code[step.before]
        if father.end == step.on
    ]
