"""``tinhso indicators …``: figures that can be checked."""

import json
from datetime import date, datetime

import click

from tinhso.cli import _django
from tinhso.cli._verify_figure import figure
from tinhso.kernel.clock import now


@click.group()
def command() -> None:
    """Indicators of packs/*/indicators and what they come to."""


@command.command("list")
def listed() -> None:
    """Every indicator: id, unit, name."""
    for one in _django.load("tinhso.indicators.definitions").indicators().values():
        click.echo(f"{one.id}\t{one.unit}\t{one.name.vi}")


@command.command()
@click.argument("indicator")
@click.option("--period", required=True, metavar="YYYY[-MM]", help="A year or a month.")
@click.option("--by", multiple=True, help="A dimension; may be repeated.")
@click.option("--map", "on_map", type=click.DateTime(["%Y-%m-%d"]), help="Give units on the map of this day.")
@click.option("--publish", "is_told", is_flag=True, help="Keep the figures with the checkpoint they are of.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
def compute(
    indicator: str, period: str, by: tuple[str, ...], on_map: datetime | None, is_told: bool, as_json: bool
) -> None:
    """Compute the figures of an indicator."""
    module = _django.load("tinhso.indicators.figures")
    of = {"period": _period(period), "by": by, "as_of_map": on_map.date() if on_map else None}
    if is_told:
        publish = _django.load("tinhso.indicators.actions.publish").publish
        system = _django.load("tinhso.people.types").system
        series = publish(actor=system("indicators"), at=now(), indicator_id=indicator, **of).series
    else:
        series = module.figures(indicator, **of)
    for one in series.figures:
        told = None if one.value is None else str(one.value)
        if as_json:
            sums = {name: str(added) for name, added in one.sums.items()}
            click.echo(json.dumps({"group": one.group, "value": told, "sums": sums}, ensure_ascii=False))
        else:
            click.echo("\t".join([*one.group, told or "chưa có số liệu"]))


@command.command()
@click.argument("index_set")
@click.option("--period", required=True, metavar="YYYY[-MM]", help="A year or a month.")
@click.option("--by-unit", is_flag=True, help="One line for each unit instead of the province's lines.")
def score(index_set: str, period: str, by_unit: bool) -> None:
    """Points of an index set, e.g. 766; what has no data is said to have none."""
    found = _django.load("tinhso.indicators.scoring").scores(
        index_set, period=_period(period), by_unit=by_unit
    )
    for one in found:
        if not by_unit:
            for line in (line for group in one.groups for line in group.lines):
                told = (line.line.id, _told(line.value), f"{_told(line.points)}/{line.most}")
                click.echo("\t".join([*told, "nhập tay" if line.entered else ""]).rstrip())
        click.echo("\t".join([one.unit or "cả tỉnh", _told(one.points), f"{one.known}/{one.most}"]))


command.add_command(figure, "verify")


def _told(value: object) -> str:
    return "chưa có số liệu" if value is None else str(value)


def _period(said: str) -> object:
    periods = _django.load("tinhso.indicators.formulas").Period
    try:
        first = date.fromisoformat(f"{said}-01" if len(said) == 7 else f"{said}-01-01")
    except ValueError:
        raise click.BadParameter("YYYY or YYYY-MM", param_hint="--period") from None
    return periods.month(first.year, first.month) if len(said) == 7 else periods.year(first.year)
