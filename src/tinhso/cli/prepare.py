"""``tinhso prepare``: bring an installation in step with its program and its packs."""

import sys

import click

from tinhso.cli import _django
from tinhso.kernel import clock


@click.command()
def command() -> None:
    """Tables, administrative units, agencies, procedures and page files; no data of the demonstration."""
    preparing = _django.load("tinhso.cli._preparing")
    at, troubles = clock.now(), 0
    for step in preparing.steps(with_cast=False):
        for trouble in step.act(at) or ():
            troubles += 1
            click.echo(trouble, err=True)
    click.echo(f"{troubles} lỗi")
    if troubles:
        sys.exit(2)
