"""
YAML text to nodes that know where they stand, by libyaml.

libyaml resolves plain scalars as YAML 1.1 does, where ``no`` is false; here they are resolved as YAML 1.2
says. It also composes by calling itself, so what is nested too deep is refused before.
"""

import re

import yaml
from yaml.events import CollectionEndEvent, CollectionStartEvent
from yaml.nodes import Node

SAFE_LEVELS = 1000  # libyaml itself breaks at some tens of thousands, in a small stack sooner
_TAG = "tag:yaml.org,2002:"
_PLAIN = (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?0b[0-1_]+|[-+]?0o?[0-7_]+|[-+]?[0-9_]+|[-+]?0x[0-9a-fA-F_]+", "-+0123456789"),
    (
        "float",
        r"[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?(?:[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)"
        r"|[-+]?\.[0-9_]+(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        "-+0123456789.",
    ),
    ("null", r"~|null|Null|NULL|", "~nN"),
)


class TooDeep(Exception):  # noqa: N818  (the answer of this file, not a fault)
    """
    More levels than asked for.

    :param line: where the first level too many begins, from 1
    """

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class _Composer(yaml.CSafeLoader):
    yaml_implicit_resolvers = {}


for _name, _pattern, _first in _PLAIN:
    _Composer.add_implicit_resolver(
        _TAG + _name, re.compile(f"^(?:{_pattern})$"), [*_first, *([""] if _name == "null" else [])]
    )


def compose(text: str, *, deepest: int) -> Node | None:
    """
    Return the root, None for an empty text.

    :raises TooDeep: nested so deep that it cannot be built, and more than that
    :raises yaml.YAMLError: no YAML
    """
    if _may_be_deep(text):
        _require_shallow(text, deepest)
    node: Node | None = _Composer(text).get_single_node()
    return node


def _may_be_deep(text: str) -> bool:
    """Tell whether libyaml might run out of stack: each level takes a column or a bracket."""
    columns = max(map(len, text.splitlines()), default=0)
    return columns + text.count("[") + text.count("{") > SAFE_LEVELS


def _require_shallow(text: str, deepest: int) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Composer):
        depth += isinstance(event, CollectionStartEvent)
        depth -= isinstance(event, CollectionEndEvent)
        if depth > deepest:
            raise TooDeep(event.start_mark.line + 1 if event.start_mark else 1)
