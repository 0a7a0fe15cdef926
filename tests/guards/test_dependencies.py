"""Every direct dependency stands in docs/dependencies.md with licence and one reason; nothing else does."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from tests.guards.source import ROOT

_NAME = re.compile(r"^[A-Za-z0-9._-]+")
_ROW = re.compile(r"^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
_COPYLEFT = re.compile(r"\bA?GPL", re.IGNORECASE)


def direct(project: dict[str, Any]) -> set[str]:
    """Return the names of what the project itself asks for."""
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    return {_plain(match[0]) for group in groups for line in group if (match := _NAME.match(line))}


def disagreements(names: set[str], document: str) -> Iterator[str]:
    """Yield where the document and the project say different things, and what may not be used."""
    rows = {_plain(name): licence.strip() for name, licence, _ in _ROW.findall(document)}
    yield from (f"{name} is not explained" for name in sorted(names - set(rows)))
    yield from (f"{name} is explained and not used" for name in sorted(set(rows) - names))
    yield from (f"{name} is under {licence}" for name, licence in rows.items() if _COPYLEFT.search(licence))


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_direct_dependency_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    document = (ROOT / "docs" / "dependencies.md").read_text("utf-8")

    assert list(disagreements(direct(project), document)) == []


def test_every_direct_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    locks = (ROOT / "requirements" / name for name in ("dev.lock", "spark.lock"))
    lock = "\n".join(one.read_text("utf-8") for one in locks)
    locked = {_plain(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE)}

    assert direct(project) - locked == set(), "call make lock"


def test_the_guard_sees_what_is_missing_left_over_or_copyleft() -> None:
    names = direct(
        {"dependencies": ["django>=5", "Ruamel.yaml[x]"], "optional-dependencies": {"t": ["ruff"]}}
    )
    assert names == {"django", "ruamel-yaml", "ruff"}
    document = "| `django` | BSD | pages |\n| `ruamel.yaml` | AGPL-3.0 | files |\n| `flask` | BSD | none |\n"

    assert list(disagreements(names, document)) == [
        "ruff is not explained",
        "flask is explained and not used",
        "ruamel-yaml is under AGPL-3.0",
    ]
