"""The published contract: complete, and changed only on purpose."""

import json
from collections import Counter
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
from ninja import Schema

from tests.guards.source import ROOT
from tinhso.api.v1.api import schema
from tinhso.api.v1.contract import operations

KEPT = ROOT / "docs" / "api" / "openapi.json"
OPERATIONS = [
    pytest.param(method, told, id=f"{method} {path}") for path, method, told in operations(schema())
]


def cost(kept: str, now: str) -> str:
    """Return what a change of the contract takes from and gives to those who rely on it."""
    return "\n".join(unified_diff(kept.splitlines(), now.splitlines(), "kept", "now", n=1, lineterm=""))


def found_at(reference: str) -> dict[str, Any]:
    found: Any = schema()
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return dict(found)


def written(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def test_the_contract_is_the_one_that_was_kept() -> None:
    changed = cost(Path(KEPT).read_text("utf-8"), written(schema()))
    assert not changed, f"tinhso openapi > docs/api/openapi.json, if this is meant:\n{changed}"


def test_a_change_is_seen() -> None:
    told = json.loads(written(schema()))
    del told["paths"]["/api/v1/me"]
    assert '-  "/api/v1/me": {' in cost(written(schema()), written(told))


@pytest.mark.parametrize(("method", "told"), OPERATIONS)
def test_every_operation_says_what_it_does_and_what_it_refuses(method: str, told: dict[str, Any]) -> None:
    assert told["summary"]
    assert told["description"]
    assert told["tags"]
    good = [answer for status, answer in told["responses"].items() if status.startswith("2")]
    assert len(good) == 1
    assert good[0].get("content") or "204" in told["responses"]
    for status, answer in told["responses"].items():
        if status >= "400":
            assert list(found_at(answer["$ref"])["content"]) == ["application/problem+json"]
    if told.get("security"):
        assert {"401", "403"} <= told["responses"].keys()
    headers = {found_at(said["$ref"])["name"] for said in told["parameters"] if "$ref" in said}
    assert ("Idempotency-Key" in headers) == (method == "post")
    assert ("If-Match" in headers) == ("412" in told["responses"])


def test_operations_are_named_once() -> None:
    names = Counter(told["operationId"] for _path, _method, told in operations(schema()))
    assert [name for name, count in names.items() if count > 1] == []


def test_shapes_are_named_once() -> None:
    """The contract knows a shape by its name alone: of two of one name, one would be told for both."""
    ours = (one.__name__ for one in _shapes(Schema) if one.__module__.startswith("tinhso.api"))
    names = Counter(name for name in ours if not name.startswith("_"))  # those only others are made of

    assert len(names) > 400
    assert [name for name, count in names.items() if count > 1] == []


def _shapes(of: type[Schema]) -> Iterator[type[Schema]]:
    for one in of.__subclasses__():
        yield one
        yield from _shapes(one)
