"""API v1 is whole: every action and every question of a page is an operation, or has a reason not to be."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.guards.source import ROOT

SOURCE = ROOT / "src" / "tinhso"
PAGE = (ROOT / "docs" / "api" / "README.md").read_text("utf-8")
_ROW = re.compile(r"^\| ((?:`[\w.]+`(?:, )?)+) \|", re.MULTILINE)


def actions(source: Path = SOURCE) -> set[str]:
    """Return every action as ``room.name``: a public function told who acts and when."""
    return {
        f"{file.relative_to(source).parts[0]}.{node.name}"
        for file in source.glob("*/actions/*.py")
        for node in ast.parse(file.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and _is_action(node)
    }


def named(text: str) -> Iterator[str]:
    """Yield ``room.name`` for every action and ``room.queries.name`` for every query the source reads."""
    tree, modules = ast.parse(text), dict[str, str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("tinhso."):
            room, _, rest = node.module.removeprefix("tinhso.").partition(".")
            for alias in node.names:
                if not rest and alias.name in ("actions", "queries"):
                    modules[alias.asname or alias.name] = _prefix(room, alias.name)
                elif rest.split(".")[0] in ("actions", "queries"):
                    yield f"{_prefix(room, rest.split('.')[0])}.{alias.name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            yield f"{modules[node.value.id]}.{node.attr}"


def named_in(folder: str) -> set[str]:
    return {name for file in (SOURCE / folder).rglob("*.py") for name in named(file.read_text("utf-8"))}


def excused(page: str) -> set[str]:
    """Return what the page says is not in the API, each with its reason."""
    return {name for row in _ROW.findall(page) for name in re.findall(r"`([\w.]+)`", row)}


def questions_of_pages() -> set[str]:
    """Return the queries pages read, functions only."""
    return {name for name in named_in("web") if ".queries." in name and name.rpartition(".")[2].islower()}


def test_every_action_is_an_operation_or_has_a_reason() -> None:
    assert sorted(actions() - named_in("api") - excused(PAGE)) == []


def test_every_question_of_a_page_can_be_asked_or_has_a_reason() -> None:
    assert sorted(questions_of_pages() - named_in("api") - excused(PAGE)) == []


def test_no_reason_is_given_for_what_is_served_or_gone() -> None:
    assert sorted(excused(PAGE) - ((actions() | questions_of_pages()) - named_in("api"))) == []


def test_the_guard_sees_an_action_nobody_serves(tmp_path: Path) -> None:
    (tmp_path / "forms" / "actions").mkdir(parents=True)
    file = tmp_path / "forms" / "actions" / "burn.py"
    file.write_text("def burn(*, actor, at, form_id): ...\ndef _hide(*, actor, at): ...\ndef plain(x): ...\n")
    assert actions(tmp_path) == {"forms.burn"}
    assert excused("| `forms.burn`, `a.queries.b` | because |\n") == {"forms.burn", "a.queries.b"}


def test_the_guard_sees_what_a_source_uses() -> None:
    text = (
        "from tinhso.people import queries as people\n"
        "from tinhso.people.queries.agents import agent_named\n"
        "from tinhso.dossiers.actions.claim import claim_step\n"
        "people.agency(1)\nother.agency(1)\n"
    )
    assert set(named(text)) == {"people.queries.agent_named", "dossiers.claim_step", "people.queries.agency"}


def _prefix(room: str, kind: str) -> str:
    return room if kind == "actions" else f"{room}.queries"


def _is_action(node: ast.FunctionDef) -> bool:
    told = [argument.arg for argument in node.args.kwonlyargs]
    return not node.name.startswith("_") and {"actor", "at"} <= set(told)
