"""``tinhso territory …``: the administrative units in the database."""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from tinhso.cli import _django
from tinhso.kernel.clock import local, now
from tinhso.kernel.refusals import Refusal
from tinhso.settings.env import env


@click.group()
def command() -> None:
    """Administrative units through time."""


@command.command()
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def load(as_json: bool) -> None:
    """Bring the database in line with packs/vietnam/territory; does nothing when it is."""
    loaded = _django.load("tinhso.territory.actions.load_units").load_units(at=now(), packs=env.packs)
    if as_json:
        told = {"units": loaded.units, "successions": loaded.successions, "changed": loaded.changed}
        click.echo(json.dumps(told))
    else:
        state = "đã nạp" if loaded.changed else "không có gì mới"
        click.echo(f"{loaded.units} đơn vị, {loaded.successions} lần thay đổi: {state}")


@command.command("import-boundaries")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day of its units; today.")
@click.option("--code", default="", metavar="COLUMN", help="The property that holds the code.")
@click.option("--name", default="", metavar="COLUMN", help="The property that holds the name.")
@click.option("--source", default="", help="Who drew it, shown under maps; the file's name.")
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would be written.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def import_boundaries(
    file: Path, day: datetime | None, code: str, name: str, source: str, dry_run: bool, as_json: bool
) -> None:
    """
    Load polygons of units. Exit 0 when all are good, else 2.

    GeoJSON and TopoJSON are in WGS 84; a GeoPackage, or a shapefile in a .zip, says its own projection.
    """
    action = _django.load("tinhso.territory.actions.import_boundaries")
    at = now()
    try:
        reports = action.import_boundaries(
            at=at,
            name=file.name,
            content=_geojson(file),
            on=day.date() if day else local(at).date(),
            province=import_module("tinhso.web.province").current().code,
            columns=import_module("tinhso.territory.naming").Columns(code=code, name=name),
            source=source,
            dry_run=dry_run,
        )
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence()) from refusal
    counts = Counter(str(one.outcome) for one in reports)
    if as_json:
        told = {"features": [asdict(one) for one in reports], "counts": counts, "dry_run": dry_run}
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        _tell(reports, counts)
    if not {one.outcome for one in reports} <= action.GOOD:
        sys.exit(2)


def _geojson(file: Path) -> bytes:
    """Return the file's content; what GDAL reads as GeoJSON in WGS 84."""
    if file.suffix.lower() not in {".gpkg", ".zip"}:
        return file.read_bytes()
    sheet = import_module("tinhso.registers.importing.features").read_features(file, file.name)
    features = [
        {"type": "Feature", "geometry": row.pop("geometry"), "properties": row}
        for row in map(dict, sheet.rows())
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _tell(reports: Sequence[Any], counts: Counter[str]) -> None:
    for one in reports:
        if one.sentence:
            click.echo(f"{one.place} {one.name}: {one.sentence}", err=True)
        elif one.mended:
            click.echo(f"{one.place} {one.name}: ranh tự cắt, đã sửa", err=True)
    words = {"new": "mới", "changed": "sửa", "same": "như cũ", "unknown": "không nhận ra"}
    words |= {"outside": "ngoài tỉnh hoặc sai chỗ", "refused": "không dùng được"}
    click.echo(f"{len(reports)} hình: " + ", ".join(f"{counts[name]} {word}" for name, word in words.items()))
