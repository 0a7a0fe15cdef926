"""``tinhso otp``: the one-time code of an officer of the demonstration, where nobody has a phone at hand."""

import time

import click

from tinhso.cli._player import cast
from tinhso.settings.env import env


@click.command()
@click.argument("username")
def command(username: str) -> None:
    """Print the code that USERNAME of the demonstration's cast may enter now."""
    for officer in cast.officers(env.var):
        if officer.username == username:
            click.echo(cast.one_time_code(officer.totp, time.time()))
            return
    raise click.ClickException(f"Không có ai tên {username} trong bản trình diễn.")
