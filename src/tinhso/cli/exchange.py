"""``tinhso exchange``: outside systems with which dossiers are exchanged."""

import sys

import click

from tinhso.cli import _django


@click.group()
def command() -> None:
    """Look after the connection to the national portal."""


@command.command("check")
def check() -> None:
    """Sign in at the national portal and ask it something; status 2 when that does not work."""
    wrong = _django.load("tinhso.exchange.national_portal.checking").check()
    for sentence in wrong:
        click.echo(sentence, err=True)
    if wrong:
        sys.exit(2)
    click.echo("Kết nối Cổng quốc gia: đăng nhập và tra cứu được.")
