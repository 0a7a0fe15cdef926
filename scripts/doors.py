"""
The doors in docs/doors.md: their names are written by people, their parameters by this.

    python -m scripts.doors
"""

import inspect
import os
import re
import textwrap
from collections.abc import Iterator
from importlib import import_module
from inspect import Parameter
from types import ModuleType
from typing import Any

import django

from tinhso.settings.env import ROOT

PAGE = ROOT / "docs" / "doors.md"
PLACE = re.compile(r"(?<=<!-- doors -->\n).*?(?=<!-- /doors -->)", re.DOTALL)
_NAMES = re.compile(r"\*\*`(?P<room>[\w.]+)`\*\*|`(?P<door>[\w.]+)\([^`]*\)`")
WIDTH = 119
MARKS: dict[object, str] = {Parameter.VAR_POSITIONAL: "*", Parameter.VAR_KEYWORD: "**"}


class NoSuchDoor(LookupError):  # noqa: N818  (named by what is wrong)
    """The page names something that is not there."""


def rewritten(doors: str) -> str:
    """Return the doors with the parameters they have now. :raises NoSuchDoor: one is gone"""
    return "".join(_paragraph(room, names) for room, names in _by_room(doors))


def _by_room(doors: str) -> Iterator[tuple[str, list[str]]]:
    room, names = "", list[str]()
    for found in _NAMES.finditer(doors):
        if found["door"]:
            names.append(found["door"])
            continue
        if room:
            yield room, names
        room, names = found["room"], []
    yield room, names


def _paragraph(room: str, names: list[str]) -> str:
    doors = [f"`{name}({_parameters(_door(room, name), room, name)})`" for name in names]
    glued = [door.replace(" ", "\0") for door in [f"**`{room}`**", *doors]]
    text = "-\0" + glued[0] + " " + "\0· ".join(glued[1:])
    wrapped = textwrap.fill(
        text, WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )
    return wrapped.replace("\0", " ") + "\n"


def _door(room: str, name: str) -> Any:
    """Return the function; ``receive_paper`` in a package of actions is the one in the file of that name."""
    module_name, _, last = f"tinhso.{room}.{name}".rpartition(".")
    try:
        found = getattr(import_module(module_name), last, None)
        if found is None or isinstance(found, ModuleType):
            found = getattr(import_module(f"{module_name}.{last}"), last)
    except (ImportError, AttributeError) as problem:
        raise NoSuchDoor(f"{room}.{name}") from problem
    return found


def _parameters(door: Any, room: str, name: str) -> str:
    written: list[str] = []
    for one in inspect.signature(door).parameters.values():
        if one.kind is Parameter.KEYWORD_ONLY and "*" not in written:
            written.append("*")
        written.append(_parameter(one))
    is_action = "actions" in f"{room}.{name}".split(".")
    return ", ".join(["…", *written[3:]] if is_action and written[:3] == ["*", "actor", "at"] else written)


def _parameter(one: Parameter) -> str:
    mark = MARKS.get(one.kind, "")
    return mark + one.name + ("" if one.default is Parameter.empty else "?")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.settings.django")
    django.setup()
    PAGE.write_text(PLACE.sub(lambda old: rewritten(old[0]), PAGE.read_text("utf-8")), "utf-8")
