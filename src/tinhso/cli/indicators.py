"""``tinhso indicators …``: figures that can be checked."""

import json
import sys
from datetime import date, datetime

import click

from tinhso.cli import _django
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
@click.argument("figure", type=click.UUID)
def verify(figure: object) -> None:
    """Compute a published figure again from the ledger as it was. Exit 0 when it agrees, else 2."""
    found = _django.load("tinhso.indicators.verifying").verify(figure)
    told, again = found.figure.value, found.value
    click.echo(f"đã công bố {told}, tính lại được {again}: {'khớp' if found.agrees else 'KHÔNG KHỚP'}")
    if not found.same_definition:
        click.echo("Công thức của chỉ số đã đổi từ khi công bố.", err=True)
    if not found.agrees:
        sys.exit(2)


def _period(said: str) -> object:
    periods = _django.load("tinhso.indicators.formulas").Period
    try:
        first = date.fromisoformat(f"{said}-01" if len(said) == 7 else f"{said}-01-01")
    except ValueError:
        raise click.BadParameter("YYYY or YYYY-MM", param_hint="--period") from None
    return periods.month(first.year, first.month) if len(said) == 7 else periods.year(first.year)
