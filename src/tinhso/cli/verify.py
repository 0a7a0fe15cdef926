"""``tinhso verify``: a signed PDF by its name, or ``ledger``: is what was recorded what was sealed?"""

import json
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from tinhso.cli import _light
from tinhso.cli._verify_figure import figure
from tinhso.cli._verify_ledger import ledger
from tinhso.kernel.clock import local
from tinhso.papers.types import SignatureReport
from tinhso.papers.verifying import verify_pdf

LIMIT = 1024**3


class FileUnlessNamed(click.Group):
    """Takes a first word that is no subcommand for the name of a file."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands:
            args = ["file", *args]
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Options before the name of a file are the file's."""
        if args and args[0] not in {*self.commands, "--help"}:
            args = ["file", *args]
        return super().parse_args(ctx, args)


@click.group(cls=FileUnlessNamed)
def command() -> None:
    """Check a signed PDF (FILE), or the ledger against its hash tree."""


@command.command("file")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="A JSON list instead of lines.")
def verify_file(file: Path, as_json: bool) -> None:
    """
    Check every signature of a PDF: one line each. Exit status 2 when one does not hold or there is none.

    Certificates must lead to a root in packs/vietnam/trust or var/trust/roots.
    """
    _light.start()
    reports = verify_pdf(file.read_bytes(), limit=LIMIT)
    if as_json:
        click.echo(json.dumps([asdict(report) for report in reports], default=_plain, ensure_ascii=False))
    else:
        for report in reports:
            click.echo(_line(report))
    if not reports:
        click.echo("Tệp này không có chữ ký số.", err=True)
    if not reports or not all(report.valid for report in reports):
        sys.exit(2)


command.add_command(ledger)
command.add_command(figure)


def _line(report: SignatureReport) -> str:
    at = report.timestamp_at or report.signed_at
    parts = [
        "HỢP LỆ" if report.valid else "KHÔNG HỢP LỆ",
        report.field,
        f"{report.signer_name} ({report.signer_org})",
        local(at).isoformat(timespec="seconds") if at else "-",
        report.reason_vi,
    ]
    if report.covers_whole_file:
        parts.append("Bao trùm toàn bộ tệp.")
    if report.is_test:
        parts.append("Môi trường thử.")
    return "  ".join(parts)


def _plain(value: object) -> str:
    assert isinstance(value, datetime)
    return value.isoformat()
