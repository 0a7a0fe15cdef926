"""
Enter a few records into registers for the demonstration, by officers of the cast.

Each says in its reason that it is a sample; where records are, none is entered.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from ruamel.yaml import YAML

from tinhso.definitions.registers.reading import register
from tinhso.definitions.registers.types import FieldType
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import NotFound
from tinhso.people import queries as people
from tinhso.people.types import Actor, system
from tinhso.registers import queries
from tinhso.registers.actions.correct_record import correct_record
from tinhso.registers.actions.enter_record import enter_record
from tinhso.registers.actions.measure_quality import measure_quality
from tinhso.registers.actions.seek_twins import seek_twins
from tinhso.registers.types import Moment

PLAN = Path(__file__).with_name("records.yaml")
SEEDER = system("demo")


@transaction.atomic
def fill(*, at: datetime) -> None:
    """Enter what the plan says, unless its registers hold records; then measure and look for twins."""
    plan = YAML(typ="safe").load(PLAN)
    names = list(dict.fromkeys(one["id"] for one in plan["registers"]))
    moment = Moment(local(at).date())
    if any(queries.count_records(actor=SEEDER, register_id=name, moment=moment, most=1) for name in names):
        return
    for one in plan["registers"]:
        officer = _officer(one["by"], at)
        for record in one["records"]:
            values = {name: _value(one["id"], name, value) for name, value in record.items()}
            enter_record(actor=officer, at=at, register_id=one["id"], values=values, reason=plan["reason"])
    for one in plan["corrections"]:
        _correct(one, at=at, moment=moment)
    for name in names:
        seek_twins(actor=SEEDER, at=at, register_id=name)
        measure_quality(actor=SEEDER, at=at, register_id=name)


def _correct(one: Mapping[str, Any], *, at: datetime, moment: Moment) -> None:
    officer = _officer(one["by"], at)
    view = queries.record_by_key(actor=officer, register_id=one["register"], key=one["key"], moment=moment)
    correct_record(actor=officer, at=at, record_id=view.id, changes=one["changes"], reason=one["reason"])


def _officer(username: str, at: datetime) -> Actor:
    """:raises NotFound: the cast has no such officer"""
    account_id = people.officer_by_username(username)
    actor = people.actor_of(account_id, at=at)
    if not actor.posts:
        raise NotFound
    return actor


def _value(register_id: str, name: str, value: object) -> object:
    """Return the value as a form sends it: places are written as pairs of longitude and latitude."""
    kind = register(register_id).by_id[name].type
    if kind is FieldType.POINT:
        return {"type": "Point", "coordinates": value}
    if kind is FieldType.POLYGON and isinstance(value, list):
        return {"type": "Polygon", "coordinates": [[*value, value[0]]]}
    return value
