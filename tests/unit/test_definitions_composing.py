"""Nodes of libyaml are those of a YAML 1.2 reader in pure Python, and no depth breaks it."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tinhso.definitions.composing import TooDeep, compose

ROOT = Path(__file__).resolve().parents[2]
PACKS = sorted((ROOT / "packs").rglob("*.yaml"))[:40]


def flat(node: Any) -> object:
    """Return tag, value and place of every node; a date is a text to us."""
    here = (node.tag.replace("timestamp", "str"), node.start_mark.line, node.start_mark.column)
    if isinstance(node.value, str):
        return (*here, node.value, node.style or None)
    return (
        *here,
        [flat(one) for item in node.value for one in (item if isinstance(item, tuple) else [item])],
    )


def pure(text: str) -> object:
    return flat(YAML(typ="safe", pure=True).compose(text))


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.name)
def test_a_file_of_the_packs_gives_the_same_nodes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert flat(compose(text, deepest=40)) == pure(text)


@pytest.mark.parametrize(
    "value", ["no", "06838", "1:30", "0o17", "0x1f", "1e3", ".5", "null", "~", "yes", "1_000", "190:20:30"]
)
def test_a_plain_value_means_what_yaml_1_2_says(value: str) -> None:
    assert flat(compose(f"a: {value}", deepest=2)) == pure(f"a: {value}")


def test_what_is_nested_too_deep_is_refused_before_it_is_built() -> None:
    with pytest.raises(TooDeep) as deep:
        compose("a:\n" + " [\n" * 400_000, deepest=40)
    assert deep.value.line == 41
