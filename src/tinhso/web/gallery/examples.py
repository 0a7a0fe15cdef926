"""What the gallery shows: ``components/<name>/component.yaml`` beside each template."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest
from django.template import engines
from django.utils.safestring import SafeString
from django_cotton.compiler_regex import CottonCompiler
from ruamel.yaml import YAML

from tinhso.definitions.types import NO_TEXT, Strict, Text
from tinhso.forms.types import Choice, Entry, Field, Problem

COMPONENTS = Path(__file__).resolve().parents[1] / "components"


class Argument(Strict):
    """One typed argument; ``type`` is Python's, ``default`` empty when the argument must be given."""

    name: str
    type: str
    default: str = ""
    meaning: Text


class Example(Strict):
    """
    One state of a component.

    :param data: the context; ``{vi: …, en: …}`` is chosen by language, ``{field: …}`` makes a forms field
    :param shows: words the drawn example must contain, in Vietnamese; the test looks for them
    """

    title: Text
    data: dict[str, Any] = {}
    html: str
    shows: tuple[str, ...] = ()


class Component(Strict):
    """One component: its purpose, its arguments, its examples."""

    name: Text
    purpose: Text = NO_TEXT
    room: str = "portal"
    arguments: tuple[Argument, ...] = ()
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """An example as the gallery draws it."""

    title: str
    html: SafeString
    source: str


@cache
def components() -> Mapping[str, Component]:
    """Return every component by the name of its folder."""
    files = sorted(COMPONENTS.glob("*/component.yaml"))
    return {file.parent.name: read(file) for file in files}


def read(file: Path) -> Component:
    return Component.model_validate(YAML(typ="safe").load(file.read_text(encoding="utf-8")))


def draw(example: Example, *, request: HttpRequest, language: str) -> Shown:
    """Render an example in a language."""
    data = {key: _said(value, language) for key, value in example.data.items()}
    html = _template(example.html).render(data, request)
    return Shown(example.title.into(language), html, example.html.strip())


@cache
def _template(html: str) -> Any:
    return engines["django"].from_string(CottonCompiler().process(html))  # type: ignore[no-untyped-call]


def _said(value: object, language: str) -> object:
    """Choose the language and make of plain data what components take."""
    if isinstance(value, Mapping):
        if value and set(value) <= {"vi", "en"}:
            return value.get(language, value["vi"])
        said = {str(key): _said(item, language) for key, item in value.items()}
        return _field(said["field"]) if set(said) == {"field"} and isinstance(said["field"], dict) else said
    if isinstance(value, list):
        return [_said(item, language) for item in value]
    return value


def _field(said: dict[str, Any]) -> Field:
    given = dict(said)
    given["options"] = tuple(Choice(**option) for option in given.get("options", ()))
    given["errors"] = tuple(Problem(**error) for error in given.get("errors", ()))
    given["entries"] = tuple(
        Entry(entry["number"], tuple(entry["fields"]), entry.get("remove_name", ""))
        for entry in given.get("entries", ())
    )
    names = tuple(given.pop("names", (given["name"],)))
    values = tuple(str(value) for value in given.pop("values", ("",)))
    return Field(
        **{"question_id": given["name"], "id": names[0], "hint": "", "names": names, "values": values} | given
    )
