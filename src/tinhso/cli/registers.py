"""``tinhso registers …``: files become records, made-up ones too; who is there twice is looked for."""

import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from time import monotonic, process_time
from typing import Any

import click

from tinhso.cli import _django
from tinhso.kernel import clock
from tinhso.kernel.refusals import Refusal
from tinhso.people.types import system

GENERATOR = system("generator")


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


@command.command("generate")
@click.option("--register", "register_id", required=True, help="Id of the register, e.g. population.persons.")
@click.option("--count", default=1000, show_default=True, help="How many records.")
@click.option("--seed", default=766, show_default=True, help="The same seed makes the same records.")
@click.option("--twins", default=0.0, show_default=True, help="Share of records that come twice, e.g. 0.01.")
@click.option("--truth", type=click.Path(dir_okay=False, path_type=Path), help="Where to write who is twice.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day it is made for; today if not said.")
def generate(
    register_id: str, count: int, seed: int, twins: float, truth: Path | None, on: datetime | None
) -> None:
    """Fill a register with made-up records, marked as such; refused where real ones lie."""
    inventing = _django.load("tinhso.registers.actions.invent_records")
    now = clock.now()
    at = clock.local(now).replace(year=on.year, month=on.month, day=on.day) if on else now
    try:
        made = inventing.invent_records(
            actor=GENERATOR,
            at=at,
            register_id=register_id,
            count=count,
            seed=seed,
            twins=twins,
            told=lambda done: click.echo(f"{done}", err=True) if done % 100_000 == 0 else None,
        )
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence()) from refusal
    for problem in made.problems:
        click.echo(f"{problem.row}: {problem.sentence}", err=True)
    if truth is not None:
        truth.write_text("".join(f"{one}\t{other}\n" for one, other in made.twins), "utf-8")
    click.echo(f"{made.new} bản ghi giả lập, {made.wrong} không ghi được, {len(made.twins)} cặp trùng")


@command.command("twins")
@click.option("--register", "register_id", required=True, help="Id of the register, e.g. population.persons.")
@click.option("--truth", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Who is twice.")
def seek(register_id: str, truth: Path | None) -> None:
    """Look for records that are there twice; with the truth, tell how many are found and how many rightly."""
    seeking = _django.load("tinhso.registers.actions.seek_twins")
    judging = _django.load("tinhso.registers.twins.judging")
    began, used = monotonic(), process_time()
    new = seeking.seek_twins(actor=GENERATOR, at=clock.now(), register_id=register_id)
    click.echo(
        f"{new} cặp mới, {monotonic() - began:.1f} s, {process_time() - used:.1f} s bộ xử lý", err=True
    )
    if truth is not None:
        pairs = [tuple(line.split("\t")) for line in truth.read_text("utf-8").splitlines()]
        judged = judging.judge(register_id, pairs)
        click.echo(
            f"precision {judged.precision:.3f}, recall {judged.recall:.3f} "
            f"({judged.found} tìm thấy, {judged.right} đúng, {judged.planted} đã cài)"
        )


def _tell(done: Any) -> None:
    report = done.report
    click.echo(f"{done.kind} {done.encoding} «{done.delimiter}»: {done.mapping}", err=True)
    for problem in report.problems:
        click.echo(f"{problem.row}: {problem.sentence}", err=True)
    click.echo(
        f"{report.rows} dòng: {report.new} mới, {report.changed} sửa, "
        f"{report.same} như cũ, {report.wrong} sai"
    )
