"""docs/operations.md says what settings and commands there are."""

import re

import click
from pydantic import Field
from pydantic.fields import FieldInfo
from scripts import settings_table

from tests.guards.source import ROOT
from tinhso.cli.main import commands
from tinhso.settings.env import Environment

PAGE = (ROOT / "docs" / "operations.md").read_text("utf-8")
_COMMAND = re.compile(r"(?:^    |`)tinhso ((?:[a-z]+)(?: [a-z][a-z-]*)?)", re.MULTILINE)
# Read by the commands themselves.
OF_COMMANDS = {"TINHSO_OFFICER_PASSWORD", "TINHSO_KEY_PASSPHRASE", "TINHSO_KEY_PIN"}


def unknown_commands(page: str) -> list[str]:
    """Return the commands the page shows that the program does not have."""
    context = click.Context(commands)
    return sorted({said for said in _COMMAND.findall(page) if not _is_known(context, said.split())})


def unknown_settings(page: str) -> list[str]:
    """Return the variables the page names that nobody reads."""
    known = {f"TINHSO_{name.upper()}" for name in Environment.model_fields} | OF_COMMANDS
    return sorted(set(re.findall(r"TINHSO_[A-Z0-9_]+[A-Z0-9]", page)) - known)


def _is_known(context: click.Context, words: list[str]) -> bool:
    command = commands.get_command(context, words[0])
    if isinstance(command, click.Group) and len(words) > 1:
        return words[1] in command.commands
    return command is not None


def test_the_table_is_what_the_program_reads() -> None:
    (shown,) = settings_table.PLACE.findall(PAGE)
    assert shown == settings_table.table(), "run: python -m scripts.settings_table"


def test_every_setting_says_what_it_means() -> None:
    assert settings_table.lacking_meaning(Environment.model_fields.items()) == []


def test_every_command_and_setting_of_the_page_exists() -> None:
    assert unknown_commands(PAGE) == []
    assert unknown_settings(PAGE) == []


def test_the_guards_see_what_does_not_exist() -> None:
    page = (
        "    tinhso prepare\nRun `tinhso bake` and `tinhso keys add-cake`, with TINHSO_CAKE and TINHSO_VAR."
    )
    assert unknown_commands(page) == ["bake", "keys add-cake"]
    assert unknown_settings(page) == ["TINHSO_CAKE"]
    fields: dict[str, FieldInfo] = {"a": Field(description="x"), "b": Field()}
    assert settings_table.lacking_meaning(fields.items()) == ["b"]
