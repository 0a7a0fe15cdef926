"""Made-up records with places, marked so, and screens to look at them."""

import random

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tinhso.kernel import clock
from tinhso.people.types import ANONYMOUS, system
from tinhso.registers import queries
from tinhso.registers.actions.invent_records import invent_records
from tinhso.registers.models import RecordVersion
from tinhso.registers.types import Moment

SEED = 766
SYSTEM = system("bench")
# Where most communes lie.
WEST, SOUTH, EAST, NORTH = 106.5, 20.8, 107.9, 21.5


def load(register_id: str, count: int) -> None:
    """Write so many made-up records of the register."""
    invent_records(actor=SYSTEM, at=clock.now(), register_id=register_id, count=count, seed=SEED)


def gather() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE register_version, register_record, register_held_value")


def count() -> int:
    return RecordVersion.objects.count()


def screen(dice: random.Random, high: float) -> str:
    """Return a screen of that height somewhere, as the script asks for it."""
    x, y = dice.uniform(WEST, EAST), dice.uniform(SOUTH, NORTH)
    return f"{x - high * 0.75:.2f},{y - high / 2:.2f},{x + high * 0.75:.2f},{y + high / 2:.2f}"


def plan(register_id: str, box: str) -> str:
    """Return how PostgreSQL finds the records of a screen."""
    west, south, east, north = (float(one) for one in box.split(","))
    with CaptureQueriesContext(connection) as asked:
        queries.find_records(
            actor=ANONYMOUS,
            register_id=register_id,
            moment=Moment(clock.local(clock.now()).date()),
            box=(west, south, east, north),
            limit=300,
        )
    told = []
    for one in asked.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY ON) " + one["sql"])
            told += [f"    {line[:150]}" for (line,) in cursor.fetchall()]
    return "\n".join(told)
