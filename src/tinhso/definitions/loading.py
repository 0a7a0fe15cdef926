"""
YAML with its line numbers, safely: plain values only, limited in size, depth and repetition.

Dates stay texts, as answers are; ``y`` and ``no`` are texts too (YAML 1.2).
"""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from yaml.error import MarkedYAMLError, YAMLError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from tinhso.definitions.composing import TooDeep, compose
from tinhso.definitions.explaining import explain
from tinhso.definitions.mistakes import Mistake
from tinhso.definitions.patching import patch
from tinhso.definitions.places import Location, Places, Spot

LARGEST_FILE = 1_000_000
MOST_NODES = 50_000
DEEPEST_NODE = 40

_TAG = "tag:yaml.org,2002:"
_SEQUENCE, _MAPPING, _FLOAT = f"{_TAG}seq", f"{_TAG}map", f"{_TAG}float"
_PLAIN = {f"{_TAG}{name}" for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map")}

Model = TypeVar("Model", bound=BaseModel)


class Unreadable(Exception):  # noqa: N818
    """The file is no YAML of ours; ``mistake`` says why and where."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake.code)
        self.mistake = mistake


@dataclass(frozen=True, slots=True)
class Loaded(Generic[Model]):
    """
    What a file gave.

    :param value: None where mistakes keep it from being read
    :param patched: the value with small mistakes patched over, only to look for further ones
    """

    value: Model | None
    places: Places
    mistakes: tuple[Mistake, ...] = ()
    patched: Model | None = None


@dataclass(slots=True)
class _Reading:
    """One walk over the nodes of a file."""

    file: str
    spots: dict[Location, Spot] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    nodes: int = 0

    def stop(self, node: Node, code: str, **data: str) -> Unreadable:
        mark = node.start_mark
        return Unreadable(Mistake(self.file, mark.line + 1, mark.column + 1, code, data))

    def value(self, node: Node, at: Location) -> Any:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise self.stop(node, "too-many-nodes", most=str(MOST_NODES))
        if len(at) > DEEPEST_NODE:
            raise self.stop(node, "too-deep-file", most=str(DEEPEST_NODE))
        tag = str(node.tag)
        if tag not in _PLAIN:
            raise self.stop(node, "forbidden-tag", tag=tag.replace(_TAG, "!!"))
        if isinstance(node, MappingNode):
            return self._mapping(node, at)
        if isinstance(node, SequenceNode):
            return [self._item(child, (*at, index)) for index, child in enumerate(node.value)]
        assert isinstance(node, ScalarNode)
        return _scalar(tag, str(node.value))

    def _mapping(self, node: MappingNode, at: Location) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            spot = Spot.of(key_node, value_node)
            if key in values:
                self.mistakes.append(
                    Mistake(self.file, spot.line, spot.column, "duplicate-key", {"name": key})
                )
                continue
            self.spots[(*at, key)] = spot
            values[key] = self.value(value_node, (*at, key))
        return values

    def _item(self, node: Node, at: Location) -> Any:
        self.spots[at] = Spot.of(node, node)
        return self.value(node, at)


def read_yaml(content: bytes, *, file: str) -> tuple[Any, Places, tuple[Mistake, ...]]:
    """
    Return the plain value of a file's content, where each part stands, and doubled keys.

    :param file: how mistakes name the file
    :raises Unreadable: too large, not UTF-8, not YAML, a tag, too deep, or aliases that multiply
    """
    if len(content) > LARGEST_FILE:
        raise Unreadable(Mistake(file, 1, 1, "file-too-large", {"most": str(LARGEST_FILE)}))
    try:
        node = _composed(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable(Mistake(file, 1, 1, "not-utf8", {})) from error
    except TooDeep as error:
        mistake = Mistake(file, error.line, 1, "too-deep-file", {"most": str(DEEPEST_NODE)})
        raise Unreadable(mistake) from error
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise Unreadable(Mistake(file, line, column, "not-yaml", {"detail": str(error.problem)})) from error
    except YAMLError as error:
        raise Unreadable(Mistake(file, 1, 1, "not-yaml", {"detail": str(error)})) from error
    reading = _Reading(file)
    if not isinstance(node, MappingNode):
        raise Unreadable(Mistake(file, 1, 1, "not-a-mapping", {}))
    value = reading.value(node, ())
    return value, Places(file, reading.spots), tuple(reading.mistakes)


@lru_cache(maxsize=64)
def _composed(text: str) -> Node | None:
    # Shared lists are read again beside every file.
    return compose(text, deepest=DEEPEST_NODE)


def load(path: Path, model: type[Model]) -> Loaded[Model]:
    """Return the file as a typed value, or every mistake that keeps it from being one."""
    with path.open("rb") as stream:
        return parse(stream.read(LARGEST_FILE + 1), model, file=str(path))


def parse(content: bytes, model: type[Model], *, file: str) -> Loaded[Model]:
    """Return the content as a typed value, or every mistake that keeps it from being one."""
    try:
        value, places, mistakes = read_yaml(content, file=file)
    except Unreadable as problem:
        return Loaded(None, Places(file, {}), (problem.mistake,))
    try:
        typed = model.model_validate(value)
    except ValidationError as error:
        found = tuple(explain(detail, model=model, places=places) for detail in error.errors())
        return Loaded(None, places, mistakes + found, patch(value, error.errors(), model))
    return Loaded(None if mistakes else typed, places, mistakes, typed)


def _scalar(tag: str, text: str) -> object:
    kind = tag.removeprefix(_TAG)
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    try:
        if kind == "int":
            return int(text.replace("_", ""), 0) if not text.lstrip("+-").startswith("0") else _zero(text)
        if kind == "float":
            return float(text.replace("_", "").lower().replace(".inf", "inf").replace(".nan", "nan"))
    except ValueError:  # «._» and four thousand figures have the form of a number and are none
        return text
    return text


def _zero(text: str) -> int | str:
    """Keep ``06838`` a text: a code of a commune is no number."""
    return 0 if text.lstrip("+-") == "0" else text
