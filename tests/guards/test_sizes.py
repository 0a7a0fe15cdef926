"""A file stops at 500 lines, a function at 60; both are asked to stay far below."""

import ast
from collections.abc import Iterator

from tests.guards.source import name_of, python_files

LONGEST_FILE = 500
LONGEST_FUNCTION = 60


def too_long(name: str, source: str) -> Iterator[str]:
    """Yield what is too long in the source, with its place."""
    lines = source.count("\n")
    if lines > LONGEST_FILE:
        yield f"{name}: {lines} lines"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{name}:{node.lineno} {node.name}: {length} lines"


def test_no_file_and_no_function_is_too_long() -> None:
    found = [
        problem for path in python_files() for problem in too_long(name_of(path), path.read_text("utf-8"))
    ]
    assert found == []


def test_the_guard_sees_a_long_file_and_a_long_function() -> None:
    function = "def long():\n" + "    pass\n" * 60
    assert list(too_long("a.py", function)) == ["a.py:1 long: 61 lines"]
    assert list(too_long("a.py", "def fits():\n" + "    pass\n" * 59)) == []
    assert list(too_long("b.py", "x = 1\n" * 501)) == ["b.py: 501 lines"]
    assert list(too_long("b.py", "x = 1\n" * 500)) == []
