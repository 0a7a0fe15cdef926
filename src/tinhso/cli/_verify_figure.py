"""``tinhso verify figure``: compute a published figure again."""

import sys
from uuid import UUID

import click

from tinhso.cli import _django


@click.command()
@click.argument("figure_id", metavar="FIGURE", type=click.UUID)
def figure(figure_id: UUID) -> None:
    """Compute a published figure again from the ledger as it was. Exit 0 when it agrees, else 2."""
    found = _django.load("tinhso.indicators.verifying").verify(figure_id)
    told, again = found.figure.value, found.value
    click.echo(f"đã công bố {told}, tính lại được {again}: {'khớp' if found.agrees else 'KHÔNG KHỚP'}")
    if not found.same_definition:
        click.echo("Công thức của chỉ số đã đổi từ khi công bố.", err=True)
    if not found.agrees:
        sys.exit(2)
