"""``tinhso facts …``: what can be counted of the ledger."""

import json
from threading import Event

import click

from tinhso.cli import _django
from tinhso.kernel.clock import now


@click.group()
def command() -> None:
    """Facts: rows made of the ledger, from which figures are computed."""


@command.command()
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def status(as_json: bool) -> None:
    """How far the ledger was read, and how far behind that is."""
    found = _django.load("tinhso.facts.queries").standing(at=now())
    if as_json:
        click.echo(json.dumps(found.as_json()))
        return
    click.echo(
        f"vị trí {found.position}/{found.ledger}, "
        f"còn {found.waiting} mục chờ đọc, chậm {found.behind:.1f} giây"
    )


@command.command()
@click.option("--once", is_flag=True, help="Read what there is and stop.")
def follow(once: bool) -> None:
    """Read the ledger as it grows; «tinhso worker» does so too."""
    if once:
        passed = _django.load("tinhso.facts.actions.project").project_all(at=now())
        click.echo(f"đã đọc đến vị trí {passed.checkpoint.position}")
        return
    _django.load("tinhso.facts.following").follow(Event())


@command.command()
def write() -> None:
    """Write the months that changed to Parquet; a job does so every ten minutes."""
    files = _django.load("tinhso.facts.actions.write_files").write_files()
    click.echo(f"đã ghi {files} tệp")


@command.command()
def rebuild() -> None:
    """Make every fact anew from the ledger; no figure is told until it is done."""
    passed = _django.load("tinhso.facts.actions.rebuild").rebuild(at=now())
    click.echo(f"đã tính lại đến vị trí {passed.checkpoint.position}")
