"""``tinhso keys ledger``: the keys that sign the ledger's checkpoints."""

import json
from typing import Any

import click

from tinhso.cli import _django
from tinhso.kernel.keyring import MissingKey

AS_JSON = click.option("--json", "as_json", is_flag=True, help="For machines: one JSON object.")


@click.command("ledger")
@AS_JSON
def show(as_json: bool) -> None:
    """Show the public keys of the ledger, those that sign now first; make the first one if there is none."""
    sealing = _django.load("tinhso.kernel.tree.sealing")
    try:
        _tell(sealing.ensure_keys(), as_json=as_json)
    except MissingKey as problem:
        raise click.ClickException(str(problem)) from problem


@click.command("rotate-ledger")
@AS_JSON
def rotate(as_json: bool) -> None:
    """Make a further key; checkpoints carry both signatures until the earlier one is retired."""
    keys = _django.load("tinhso.kernel.tree.keys")
    try:
        renewed = keys.load().with_new_key()
    except MissingKey as problem:
        raise click.ClickException(str(problem)) from problem
    keys.save(renewed)
    _tell(renewed, as_json=as_json)


@click.command("retire-ledger")
@click.argument("key_id")
@AS_JSON
def retire(key_id: str, as_json: bool) -> None:
    """Let the key with this id (eight hexadecimal digits) sign no more; what it signed still counts."""
    keys = _django.load("tinhso.kernel.tree.keys")
    try:
        left = keys.load().without(key_id)
    except (MissingKey, ValueError) as problem:
        raise click.ClickException(str(problem)) from problem
    keys.save(left)
    _tell(left, as_json=as_json)


def _tell(log: Any, *, as_json: bool) -> None:
    signing = {str(signer.public) for signer in log.signers}
    if as_json:
        told = [{"key": str(key), "signs": str(key) in signing} for key in log.public]
        click.echo(json.dumps({"origin": log.origin, "keys": told}))
        return
    for key in log.public:
        click.echo(f"{key}  {'đang ký' if str(key) in signing else 'đã thôi ký'}")
