"""
Which variables a Typst template reads: ``data.…``, ``data.at("…")``, names given by ``let`` and ``for``.

A reading of the text, not of Typst's tree: what is passed to a function is not followed further.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_COMMENT = re.compile(r"(?<!:)//[^\n]*|/\*.*?\*/", re.DOTALL)
_LET = re.compile(r"\blet\s+([a-z_][\w-]*)\s*=\s*(?=[a-z_])")
_FOR = re.compile(r"\bfor\s+([a-z_][\w-]*)\s+in\s+(?=[a-z_])")
_NAME = re.compile(r'(?<![\w.\-/@"])([a-z_][\w-]*)(?=\.)')
_FIELD = re.compile(r"\.([A-Za-z_][\w-]*)(?!\()(?![\w-])")
_AT = re.compile(r'\.at\(\s*"([^"]+)"[^()]*\)')
_IMPORT = re.compile(r'#?(?:import|include)\s*\(?\s*"([^"@][^"]*)"')
_END = re.compile(r"\s*(?:$|[\n;\[\]{])")


@dataclass(frozen=True, slots=True)
class Use:
    """
    :param name: without ``data.``; ``answers.witnesses[].name`` for a field of an entry
    """

    name: str
    line: int
    column: int


def uses(source: str) -> tuple[Use, ...]:
    """Return every variable the template reads, in order, each place once."""
    text = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), source)
    names = {"data": ""}
    for pattern, mark in ((_LET, ""), (_FOR, "[]")):
        for match in pattern.finditer(text):
            known = _follow(text, match.end(), names)
            if known and known[0].startswith(("answers", "shown", "document")) and _END.match(text, known[1]):
                names.setdefault(match[1], known[0] + mark)
    return tuple(_found(text, names))


def imports(source: str) -> tuple[str, ...]:
    """Return the files a template imports by path."""
    return tuple(_IMPORT.findall(_COMMENT.sub("", source)))


def _found(text: str, names: dict[str, str]) -> Iterator[Use]:
    for match in _NAME.finditer(text):
        if match[1] in names and (known := _follow(text, match.start(), names)):
            line = text.count("\n", 0, match.start()) + 1
            column = match.start() - (text.rfind("\n", 0, match.start()) + 1) + 1
            if known[0]:
                yield Use(known[0], line, column)


def _follow(text: str, at: int, names: dict[str, str]) -> tuple[str, int] | None:
    """Return the full name that begins here and where it ends; None if no known name does."""
    start = re.compile(r"[a-z_][\w-]*").match(text, at)
    if start is None or start[0] not in names:
        return None
    parts = [names[start[0]]] if names[start[0]] else []
    at = start.end()
    while step := _AT.match(text, at) or _FIELD.match(text, at):
        parts.append(step[1])
        at = step.end()
    return ".".join(parts), at
