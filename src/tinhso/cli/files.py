"""``tinhso files …``: looking after the encrypted files."""

import json
import sys

import click
from django.utils.translation import gettext as _

from tinhso.cli import _django
from tinhso.kernel import clock, keyring


@click.group()
def command() -> None:
    """Look after the encrypted files."""


@command.command("rotate-keys")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def rotate_keys(as_json: bool) -> None:
    """Wrap every file's key under a fresh key. Interrupted, run it again: it goes on where it stopped."""
    key_rotation = _django.load("tinhso.kernel.key_rotation")
    try:
        done = key_rotation.rotate_keys(at=clock.now())
    except keyring.MissingKey as problem:
        raise click.ClickException(str(problem)) from problem
    if as_json:
        click.echo(json.dumps({"key_id": done.key_id, "files": done.files, "resumed": done.resumed}))
        return
    click.echo(
        _("%(files)s tệp đã được bọc lại bằng khóa %(key_id)s.")
        % {"files": done.files, "key_id": done.key_id}
    )


@command.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def check(as_json: bool) -> None:
    """Read every file through; name those that are damaged, and end with status 2 if there are any."""
    files = _django.load("tinhso.kernel.files")
    damages = list(files.damages())
    for file_id, problem in damages:
        click.echo(f"{file_id}: {problem}", err=True)
    if as_json:
        click.echo(json.dumps({"damaged": [str(file_id) for file_id, _problem in damages]}))
    else:
        click.echo(_("%(count)s tệp hỏng.") % {"count": len(damages)})
    if damages:
        sys.exit(2)
