"""``tinhso bench …``: fill an installation with a province's years of dossiers, and measure it."""

import json

import click
from django.utils.translation import gettext as _

from tinhso.cli import _django
from tinhso.kernel import clock


@click.group()
def command() -> None:
    """Load and measure with made-up data; never where real dossiers lie."""


@command.command("load")
@click.option("--dossiers", default=1_000_000, show_default=True, help="How many dossiers to make.")
@click.option("--persons", default=400_000, show_default=True, help="How many persons they belong to.")
@click.option("--acts", default=10, show_default=True, help="Ledger entries of each dossier.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def load(dossiers: int, persons: int, acts: int, as_json: bool) -> None:
    """Make persons, dossiers, steps and ledger entries, all invented, in an installation without dossiers."""
    loading = _django.load("tinhso.cli._bench.loading")
    try:
        done = loading.load(at=clock.now(), dossiers=dossiers, persons=persons, acts=acts, tell=_say)
    except loading.NotEmptyError as problem:
        raise click.ClickException(str(problem)) from problem
    loading.gather_statistics()
    if as_json:
        click.echo(json.dumps(done.as_dict()))
        return
    click.echo(
        _("%(dossiers)s hồ sơ, %(steps)s bước, %(entries)s dòng sổ cái trong %(seconds)s giây.")
        % done.as_dict()
    )


def _say(progress: str) -> None:
    click.echo(progress, err=True)
