"""
The tree of a parsed CEL expression: what it reads, how deep it loops.

``cel-expr-python`` shows no tree, but serialises one as a ``cel.expr.ParsedExpr`` message
(``cel/expr/syntax.proto`` of github.com/google/cel-spec). The few fields needed are read off the wire.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

Wire = Mapping[int, list[int | bytes]]

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_IDENT, _SELECT, _CALL, _LIST, _STRUCT, _COMPREHENSION = 4, 5, 6, 7, 8, 9


@dataclass(frozen=True, slots=True)
class Reference:
    """
    One dotted name read by an expression, as far as it can be followed.

    :param name: ``child.born_on``; a field of a group's entry through a loop variable, ``witnesses[].name``
    :param column: from 1, where the name starts
    :param tested: read inside ``has(…)``
    """

    name: str
    column: int
    tested: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    references: tuple[Reference, ...]
    depth: int


def read_tree(serialised: bytes) -> Parsed:
    """Return what the serialised expression reads and how deep its loops are nested."""
    parsed_expr = _message(_one(_message(serialised), 2))
    reader = _Reader(positions=_positions(parsed_expr))
    found = tuple(reader.walk(_message(_one(parsed_expr, 2)), {}, 0))
    return Parsed(references=found, depth=reader.deepest)


class _Reader:
    def __init__(self, positions: Mapping[int, int]) -> None:
        self.positions = positions
        self.deepest = 0

    def walk(self, expr: Wire, loops: Mapping[str, str], depth: int) -> Iterator[Reference]:
        """Yield the references of one node; ``loops`` maps a loop variable to what it runs over."""
        chain = _chain(expr)
        if chain is not None:
            root, fields, tested, ident_id = chain
            name = ".".join((loops.get(root, root), *fields))
            if root == "has" and fields:
                name, tested = ".".join(fields), True
            if loops.get(root, root):
                yield Reference(name, self.positions.get(ident_id, 0) + 1, tested)
            return
        for child in _nested(expr):
            yield from self.walk(child, loops, depth)
        for body in expr.get(_COMPREHENSION, ()):
            yield from self._loop(_message(body), loops, depth + 1)

    def _loop(self, body: Wire, loops: Mapping[str, str], depth: int) -> Iterator[Reference]:
        self.deepest = max(self.deepest, depth)
        over = _message(_one(body, 2))
        yield from self.walk(over, loops, depth - 1)
        chain = _chain(over)
        source = ""
        if chain is not None:
            root, fields, _, _ = chain
            source = ".".join((loops.get(root, root), *fields)) + "[]"
        inner = {**loops, _text(body, 1): source, _text(body, 3): ""}
        for child in _children(body, (4, 5, 6, 7)):
            yield from self.walk(child, inner, depth)


def _chain(expr: Wire) -> tuple[str, tuple[str, ...], bool, int] | None:
    """Return root, fields, tested and the root's id of ``a.b.c``; None for anything else."""
    fields: list[str] = []
    tested = False
    while _SELECT in expr:
        select = _message(_one(expr, _SELECT))
        fields.append(_text(select, 2))
        tested = tested or bool(select.get(3))
        expr = _message(_one(select, 1))
    if _IDENT not in expr:
        return None
    ident_id = cast(int, expr.get(2, [0])[0])
    return _text(_message(_one(expr, _IDENT)), 1), tuple(reversed(fields)), tested, ident_id


def _nested(expr: Wire) -> Iterator[Wire]:
    """Yield the nodes directly below a node that is not a loop."""
    for kind, parts in ((_SELECT, (1,)), (_CALL, (1, 3)), (_LIST, (1,))):
        for body in expr.get(kind, ()):
            yield from _children(_message(body), parts)
    for body in expr.get(_STRUCT, ()):
        for entry in _children(_message(body), (2,)):
            yield from _children(entry, (3, 4))


def _children(body: Wire, parts: tuple[int, ...]) -> Iterator[Wire]:
    for part in parts:
        for child in body.get(part, ()):
            yield _message(child)


def _positions(parsed_expr: Wire) -> dict[int, int]:
    source = _message(_one(parsed_expr, 3))
    entries = (_message(entry) for entry in source.get(4, ()))
    return {cast(int, entry.get(1, [0])[0]): cast(int, entry.get(2, [0])[0]) for entry in entries}


def _one(message: Wire, field: int) -> int | bytes:
    return message.get(field, [b""])[0]


def _text(message: Wire, field: int) -> str:
    return cast(bytes, _one(message, field)).decode()


def _message(raw: int | bytes) -> Wire:
    """Return the fields of one protobuf message by number, undecoded."""
    data = cast(bytes, raw)
    fields: dict[int, list[int | bytes]] = {}
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        kind = key & 7
        value: int | bytes
        if kind == _VARINT:
            value, at = _varint(data, at)
        else:
            length = {_FIXED64: 8, _FIXED32: 4}.get(kind)
            if length is None:
                length, at = _varint(data, at)
            value, at = data[at : at + length], at + length
        fields.setdefault(key >> 3, []).append(value)
    return fields


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
