"""``tinhso territory …``: the administrative units in the database."""

import json

import click

from tinhso.cli import _django
from tinhso.kernel.clock import now
from tinhso.settings.env import env


@click.group()
def command() -> None:
    """Administrative units through time."""


@command.command()
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def load(as_json: bool) -> None:
    """Bring the database in line with packs/vietnam/territory; does nothing when it is."""
    loaded = _django.load("tinhso.territory.actions.load_units").load_units(at=now(), packs=env.packs)
    if as_json:
        told = {"units": loaded.units, "successions": loaded.successions, "changed": loaded.changed}
        click.echo(json.dumps(told))
    else:
        state = "đã nạp" if loaded.changed else "không có gì mới"
        click.echo(f"{loaded.units} đơn vị, {loaded.successions} lần thay đổi: {state}")
