"""``tinhso unit``: what a written unit is on another day."""

import json
from datetime import date, datetime

import click

from tinhso.cli import _language
from tinhso.kernel.clock import local, now
from tinhso.kernel.refusals import Refusal
from tinhso.settings.env import env
from tinhso.territory.atlas import load_atlas
from tinhso.territory.finding import find_unit
from tinhso.territory.types import Resolution, UnitView

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("text")
@click.option("--on", type=_DAY, help="The day on which it was written so; today unless given.")
@click.option("--as-of", type=_DAY, help="The day for which to answer; today unless given.")
@click.option("--json", "as_json", is_flag=True, help="For machines.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
def command(text: str, on: datetime | None, as_of: datetime | None, as_json: bool, lang: str) -> None:
    """Say which unit a written one is on another day: the reason, on the last line code and name."""
    today = local(now()).date()
    try:
        result = find_unit(load_atlas(env.packs), text, on=_day(on, today), as_of=_day(as_of, today))
    except Refusal as refusal:
        raise _language.spoken(refusal, lang) from refusal
    click.echo(_as_json(result, lang) if as_json else _as_text(result, lang))


def _day(given: datetime | None, today: date) -> date:
    return given.date() if given else today


def _as_text(result: Resolution, language: str) -> str:
    units = "; ".join(f"{unit.code} {unit.name}" for unit in result.units)
    return f"{result.reason.into(language)}\n{units}"


def _as_json(result: Resolution, language: str) -> str:
    told = {
        "units": [_unit(unit) for unit in result.units],
        "found": [_unit(unit) for unit in result.found],
        "reason": result.reason.into(language),
    }
    return json.dumps(told, ensure_ascii=False)


def _unit(unit: UnitView) -> dict[str, str]:
    return {
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind,
        "level": unit.level,
        "province_code": unit.province_code,
        "within": unit.within,
    }
