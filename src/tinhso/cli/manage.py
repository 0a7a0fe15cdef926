"""``tinhso manage …``: Django's own commands (migrate, makemigrations, compilemessages, …)."""

import click
from django.core.management import execute_from_command_line

from tinhso.cli import _django


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands."""
    _django.start()
    execute_from_command_line(["tinhso manage", *arguments])
