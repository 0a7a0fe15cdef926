"""``tinhso ledger``: sealing the ledger by hand, writing its public files anew, lists for auditors."""

import json
from typing import Any, TextIO

import click

from tinhso.cli import _django
from tinhso.kernel import clock
from tinhso.kernel.keyring import MissingKey

AS_JSON = click.option("--json", "as_json", is_flag=True, help="For machines: one JSON object.")


@click.group()
def command() -> None:
    """The ledger and its hash tree. To check it: tinhso verify ledger."""


@command.command("seal")
@AS_JSON
def seal(as_json: bool) -> None:
    """Seal and publish now what the worker would seal within seconds."""
    sealing, publishing = _modules("sealing", "publishing")
    try:
        sealed = sealing.seal(at=clock.now())
        size = publishing.publish()
    except (sealing.HistoryForked, publishing.TileDamaged, MissingKey) as problem:
        raise click.ClickException(str(problem)) from problem
    _answer({"sealed": sealed, "size": size}, f"{sealed} mục mới; sổ có {size} mục.", as_json=as_json)


@command.command("stamp")
@AS_JSON
def stamp(as_json: bool) -> None:
    """Have the latest checkpoint stamped now by the time-stamping authority."""
    stamps, publishing = _modules("stamps", "publishing")
    try:
        size = stamps.stamp()
    except (stamps.NoStamp, stamps.BadStamp) as problem:
        raise click.ClickException(str(problem)) from problem
    publishing.publish()
    text = f"Đã có dấu thời gian của {size} mục." if size else "Điểm niêm phong gần nhất đã có dấu."
    _answer({"size": size}, text, as_json=as_json)


@command.command("publish")
@click.option("--anew", is_flag=True, help="Write every file again from the database.")
@AS_JSON
def publish(anew: bool, as_json: bool) -> None:
    """Write the public files; --anew mends what was lost or damaged."""
    sealing, publishing = _modules("sealing", "publishing")
    try:
        size = publishing.publish(anew=anew)
    except (sealing.HistoryForked, publishing.TileDamaged, MissingKey) as problem:
        raise click.ClickException(str(problem)) from problem
    _answer({"size": size}, f"Đã công bố {size} mục.", as_json=as_json)


@command.command("export")
@click.argument("file", type=click.File("w", encoding="utf-8"))
@click.option("--start", default=0, type=click.IntRange(min=0), help="First leaf.")
@click.option("--end", default=2**62, type=click.IntRange(min=0), help="Before this leaf; default: all.")
@AS_JSON
def export(file: TextIO, start: int, end: int, as_json: bool) -> None:
    """
    Write the entries with nothing hidden to FILE, for an auditor to check with tools/verify.

    They hold identifiers of people, dossiers and officers, no names: hand them to who may have them only.
    """
    (proofs,) = _modules("proofs")
    count = -1  # the header is no entry
    for row in proofs.told_whole(start, end):
        file.write(f"{json.dumps(row, ensure_ascii=False)}\n")
        count += 1
    _answer({"entries": count}, f"{count} mục.", as_json=as_json)


@command.command("erase")
@click.argument("position", type=int)
@click.option("--part", "parts", multiple=True, required=True, help="payload.KEY; may be repeated.")
@click.option("--reason", required=True, help="The decision that demands it; without the value.")
@AS_JSON
def erase(position: int, parts: tuple[str, ...], reason: str, as_json: bool) -> None:
    """Erase values of the entry at POSITION by law; their digests stay, so that the tree still holds."""
    (erasing,) = _modules("erasing")
    actor = _django.load("tinhso.people.types").system("command line")
    erasing.erase_parts(actor=actor, at=clock.now(), position=position, parts=parts, reason=reason)
    _answer({"position": position}, f"Đã xóa {', '.join(parts)} của mục {position}.", as_json=as_json)


def _modules(*names: str) -> tuple[Any, ...]:
    return tuple(_django.load(f"tinhso.kernel.tree.{name}") for name in names)


def _answer(told: dict[str, int], text: str, *, as_json: bool) -> None:
    click.echo(json.dumps(told) if as_json else text)
