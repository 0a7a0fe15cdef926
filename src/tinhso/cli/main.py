"""The ``tinhso`` command: one file of this folder for each subcommand."""

import sys
from importlib import import_module
from pathlib import Path

import click

from tinhso.kernel.refusals import Refusal

_HERE = Path(__file__).parent
_NOT_COMMANDS = {"main", "__init__"}


class Commands(click.Group):
    """Subcommands by file name, loaded only when called, so that small ones start quickly."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return sorted(
            f.stem.replace("_", "-")
            for f in _HERE.glob("*.py")
            if f.stem not in _NOT_COMMANDS and f.stem[0] != "_"
        )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        module = import_module(f"tinhso.cli.{cmd_name.replace('-', '_')}")
        command = module.command
        assert isinstance(command, click.Command)
        return command


@click.group(cls=Commands)
def commands() -> None:
    """Tỉnh Số: a province's public services without paper."""


def main() -> None:
    """Run the command; a refusal is one sentence on stderr and exit status 2."""
    try:
        commands(standalone_mode=False)
    except click.ClickException as problem:
        problem.show()
        sys.exit(2)
    except click.Abort:
        sys.exit(130)
    except Refusal as refusal:
        click.echo(refusal.sentence(), err=True)
        sys.exit(2)
