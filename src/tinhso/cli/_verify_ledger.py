"""``tinhso verify ledger``: every leaf, node, signature and time stamp computed anew."""

import json
import sys
from dataclasses import asdict

import click

from tinhso.cli import _django


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
def ledger(as_json: bool, quiet: bool) -> None:
    """
    Check the ledger in the database against its hash tree, the signed checkpoints and the public files.

    Exit status 0: all is as it was sealed. 2: something is not; each thing is named on a line of its own.
    """
    checking = _django.load("tinhso.kernel.tree.checking")
    queries = _django.load("tinhso.kernel.tree.queries")
    found = list(checking.check(progress=_silent if quiet or as_json else _shown))
    latest = queries.latest_checkpoint()
    bad = [one for one in found if not one.is_remark]
    if as_json:
        told = {
            "size": latest.size if latest else 0,
            "root": latest.root.hex() if latest else None,
            "intact": not bad,
            "findings": [asdict(one) for one in found],
        }
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        for one in found:
            click.echo(f"{'remark' if one.is_remark else 'FOUND'}  {one.code}  {one.sentence}")
        click.echo(_verdict(latest.size if latest else 0, len(bad)))
    if bad:
        sys.exit(2)


def _verdict(size: int, bad: int) -> str:
    if bad:
        return f"{bad} điều không còn như lúc niêm phong. Xem docs/ledger.md, «Khi phát hiện sai lệch»."
    return f"{size} mục của sổ cái còn nguyên như lúc niêm phong."


def _silent(_done: int, _all: int) -> None:
    pass


def _shown(done: int, of: int) -> None:
    if sys.stderr.isatty() or done == of:
        click.echo(f"\r{done:,} / {of:,}", nl=done == of, err=True)
