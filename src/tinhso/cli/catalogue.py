"""``tinhso catalogue``: what is on offer."""

import json

import click

from tinhso.cli import _django


@click.group()
def command() -> None:
    """Procedures on offer."""


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="For machines: one JSON object.")
def list_command(as_json: bool) -> None:
    """Publish what changed in the packs, then list the procedures on offer; errors of the packs on stderr."""
    catalogue = _django.load("tinhso.definitions.catalogue")
    offered = catalogue.all_current()
    for mistake in catalogue.problems():
        click.echo(f"{mistake.file}:{mistake.line}:{mistake.column}: {mistake.problem}", err=True)
    rows = [
        {"code": one.procedure.code, "version": str(one.version_id), "name": one.procedure.name.vi}
        for one in offered
    ]
    if as_json:
        click.echo(json.dumps({"procedures": rows}, ensure_ascii=False))
        return
    for row in rows:
        click.echo(f"{row['code']}  {row['version']}  {row['name']}")
    click.echo(f"{len(rows)} thủ tục")
