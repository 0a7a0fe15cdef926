"""``tinhso qr …``: the VietQR payload of a transfer."""

import json
from pathlib import Path

import click

from tinhso.cli import _light
from tinhso.payments.pictures import as_png
from tinhso.payments.vietqr import PURPOSE_LIMIT, Transfer, build, parse


@click.command
@click.option("--bin", "bin_code", required=True, help="Six digits of the bank that keeps the account.")
@click.option("--account", required=True, help="Account number.")
@click.option("--amount", type=int, help="Whole đồng; without it the payer types the amount.")
@click.option("--purpose", default="", help="Purpose of the transfer; marks are dropped.")
@click.option("--purpose-limit", type=click.IntRange(1, 95), default=PURPOSE_LIMIT, show_default=True)
@click.option("--png", type=click.Path(dir_okay=False, path_type=Path), help="Also write the picture here.")
@click.option("--json", "as_json", is_flag=True, help="Answer as one JSON object.")
def command(
    bin_code: str,
    account: str,
    amount: int | None,
    purpose: str,
    purpose_limit: int,
    png: Path | None,
    as_json: bool,
) -> None:
    """Print the VietQR payload of a transfer."""
    _light.start()
    payload = build(Transfer(bin_code, account, amount, purpose), purpose_limit=purpose_limit)
    if png:
        _write(png, as_png(payload))
    if as_json:
        read_back = parse(payload)
        click.echo(
            json.dumps(
                {
                    "payload": payload,
                    "bin": read_back.bin,
                    "account": read_back.account,
                    "amount": read_back.amount,
                    "purpose": read_back.purpose,
                    "png": str(png) if png else None,
                },
                ensure_ascii=False,
            )
        )
        return
    click.echo(payload)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as problem:
        raise click.FileError(str(path), hint=problem.strerror or "") from problem
