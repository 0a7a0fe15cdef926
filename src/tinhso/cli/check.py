"""``tinhso check PACK``: every mistake of a pack with file, line, problem and remedy."""

import json
import sys
from pathlib import Path

import click

from tinhso.cli import _light
from tinhso.definitions.check import Report, check_packs
from tinhso.definitions.mistakes import Mistake


@click.command()
@click.argument("pack", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="For machines: one JSON object.")
@click.option("--quiet", is_flag=True, help="Leave out warnings.")
def command(pack: Path, as_json: bool, quiet: bool) -> None:
    """Check a folder of packs, or one procedure file. Exit 0 without mistakes, 2 with."""
    _light.start()
    report = check_packs(pack)
    if as_json:
        click.echo(json.dumps(_json(report), ensure_ascii=False))
    else:
        for mistake in report.errors if quiet else report.mistakes:
            _write(mistake)
        click.echo(_summary(report), err=bool(report.errors))
    if report.errors:
        sys.exit(2)


def _write(mistake: Mistake) -> None:
    mark = "Lỗi" if mistake.severity == "error" else "Lưu ý"
    click.echo(
        f"{mistake.file}:{mistake.line}:{mistake.column}: {mark}: {mistake.problem} → {mistake.remedy}",
        err=True,
    )


def _summary(report: Report) -> str:
    return f"{report.procedures} thủ tục, {len(report.errors)} lỗi, {len(report.warnings)} lưu ý"


def _json(report: Report) -> dict[str, object]:
    return {
        "procedures": report.procedures,
        "errors": len(report.errors),
        "warnings": len(report.warnings),
        "mistakes": [mistake.as_json() for mistake in report.mistakes],
    }
