"""Nothing of the machine at hand, and no secret, belongs in the repository."""

import re
from collections.abc import Iterator

from tests.guards.source import name_of, text_files

# Written apart, so that this file does not find itself.
FORBIDDEN = {
    "a folder of one machine": re.compile(r"(?<![\w.])/(?:wo" + r"rk|ho" + r"me|Us" + r"ers|ro" + r"ot)/\w"),
    "a registry's host": re.compile(r"(?:py" + r"pi\.org|pythonho" + r"sted\.org|registry\.np" + r"mjs)"),
    "a private key": re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE " + r"KEY-----"),
    "a mark of a merge": re.compile(r"^(?:<" + r"{7}|>" + r"{7}) ", re.MULTILINE),
}
# Where the thing itself is spoken of, by path and reason.
ALLOWED: dict[tuple[str, str], str] = {}


def forbidden(name: str, text: str) -> Iterator[str]:
    """Yield what must not be in the text, with its place."""
    for what, pattern in FORBIDDEN.items():
        if (name, what) in ALLOWED:
            continue
        for found in pattern.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            yield f"{name}:{line}: {what}"


def test_nothing_forbidden_is_in_the_repository() -> None:
    found = [problem for path, text in text_files() for problem in forbidden(name_of(path), text)]
    assert found == []


def test_the_guard_sees_each_forbidden_thing() -> None:
    samples = [
        "see /wo" + "rk/main",
        "cd /ho" + "me/an/tinhso",
        "https://py" + "pi.org/simple",
        "resolved https://registry.np" + "mjs.org/x",
        "-----BEGIN EC PRIVATE " + "KEY-----",
        "one\n<" + "<<<<<< HEAD",
    ]
    for sample in samples:
        assert list(forbidden("a.md", sample)), sample
    assert list(forbidden("a.md", "one\ntwo /wo" + "rk/main")) == ["a.md:2: a folder of one machine"]
    assert list(forbidden("a.md", "/api/v1/wo" + "rk/1 and homework/1")) == []
