"""``tinhso openapi``: the contract of API v1."""

import json

import click

from tinhso.cli import _django


@click.command()
def command() -> None:
    """Print the contract of API v1 (OpenAPI 3.1), as it is kept in docs/api/openapi.json."""
    schema = _django.load("tinhso.api.v1.api").schema()
    click.echo(json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True))
