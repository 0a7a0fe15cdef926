"""``tinhso check PACK``: every mistake of a pack with file, line, problem and remedy."""

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

import click

from tinhso.cli import _django, _light
from tinhso.definitions.check import Report, check_packs
from tinhso.definitions.mistakes import Mistake
from tinhso.indicators import checking as indicators
from tinhso.notices.templates import Fault, check_templates
from tinhso.operations import checking as operations
from tinhso.outreach import checking as outreach
from tinhso.plans import checking as plans
from tinhso.reports import checking as reports
from tinhso.surveys import rules as surveys
from tinhso.web.maps import checking as maps


@click.command()
@click.argument("pack", type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="For machines: one JSON object.")
@click.option("--quiet", is_flag=True, help="Leave out warnings.")
@click.option("--data", "with_data", is_flag=True, help="Compare with the records of this installation too.")
def command(pack: Path, as_json: bool, quiet: bool, with_data: bool) -> None:
    """Check a folder of packs, or one procedure file. Exit 0 without mistakes, 2 with."""
    if with_data:
        _django.start()
    _light.start()
    report = _whole(pack, with_data=with_data)
    faults = _notices(pack)
    if as_json:
        click.echo(json.dumps(_json(report, faults), ensure_ascii=False))
    else:
        for mistake in report.errors if quiet else report.mistakes:
            _write(mistake)
        for fault in faults:
            click.echo(f"{fault.file}: Lỗi: {fault.problem} → {fault.remedy}", err=True)
        click.echo(_summary(report, faults), err=bool(report.errors or faults))
    if report.errors or faults:
        sys.exit(2)


def _whole(pack: Path, *, with_data: bool = False) -> Report:
    """Return what all rooms that read the packs find in them."""
    report = check_packs(pack)
    found = (
        *surveys.mistakes(pack),
        *outreach.mistakes(pack, report.by_code),
        *maps.mistakes(pack),
        *plans.mistakes(pack),
        *operations.mistakes(pack),
        *reports.mistakes(pack),
        *indicators.mistakes(pack),
    )
    if with_data:
        held = _django.load("tinhso.registers.held_fields").mistakes(pack)
        found = (*found, *held)
    ordered = sorted((*report.mistakes, *found), key=lambda one: (one.file, one.line, one.column, one.code))
    return replace(report, mistakes=tuple(ordered))


def _notices(pack: Path) -> tuple[Fault, ...]:
    """Return what is wrong with the notices of a folder of packs; one procedure alone has none."""
    return check_templates(pack) if any(pack.glob("*/notices/*.yaml")) else ()


def _write(mistake: Mistake) -> None:
    mark = "Lỗi" if mistake.severity == "error" else "Lưu ý"
    click.echo(
        f"{mistake.file}:{mistake.line}:{mistake.column}: {mark}: {mistake.problem} → {mistake.remedy}",
        err=True,
    )


def _summary(report: Report, faults: tuple[Fault, ...]) -> str:
    errors = len(report.errors) + len(faults)
    return f"{report.procedures} thủ tục, {errors} lỗi, {len(report.warnings)} lưu ý"


def _json(report: Report, faults: tuple[Fault, ...]) -> dict[str, object]:
    return {
        "procedures": report.procedures,
        "errors": len(report.errors) + len(faults),
        "warnings": len(report.warnings),
        "mistakes": [mistake.as_json() for mistake in report.mistakes],
        "notices": [asdict(fault) for fault in faults],
    }
