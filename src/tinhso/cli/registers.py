"""``tinhso registers …``: files become records."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from tinhso.cli import _django
from tinhso.kernel import clock
from tinhso.kernel.refusals import Refusal


@click.group()
def command() -> None:
    """Registers of the packs."""


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--register", "register_id", required=True, help="Id of the register, e.g. education.schools.")
@click.option("--map", "pairs", multiple=True, metavar="COLUMN=FIELD", help="A column and its field.")
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would be written.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_file(file: Path, register_id: str, pairs: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """Import a CSV, XLSX, GeoJSON, GeoPackage or zipped shapefile. Exit 2 when a row is wrong."""
    importing = _django.load("tinhso.registers.importing.importer")
    mapping = dict(pair.split("=", 1) for pair in pairs)
    try:
        done = importing.import_file(
            at=clock.now(),
            register_id=register_id,
            file=file,
            mapping=mapping,
            dry_run=dry_run,
        )
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence()) from refusal
    if as_json:
        click.echo(json.dumps(asdict(done), ensure_ascii=False, default=str))
    else:
        _tell(done)
    if done.report.wrong:
        sys.exit(2)


def _tell(done: Any) -> None:
    report = done.report
    click.echo(f"{done.kind} {done.encoding} «{done.delimiter}»: {done.mapping}", err=True)
    for problem in report.problems:
        click.echo(f"{problem.row}: {problem.sentence}", err=True)
    click.echo(
        f"{report.rows} dòng: {report.new} mới, {report.changed} sửa, "
        f"{report.same} như cũ, {report.wrong} sai"
    )
