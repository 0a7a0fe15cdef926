"""Made-up persons and parcels, marked so, and the questions asked of them."""

import csv
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from subprocess import PIPE, Popen
from uuid import UUID

from django.db import connection
from django.db.models import Min
from django.test.utils import CaptureQueriesContext

from tinhso.definitions.registers.reading import register
from tinhso.kernel import files
from tinhso.people.types import system
from tinhso.registers import queries
from tinhso.registers.actions.correct_past import correct_past
from tinhso.registers.actions.import_file import MEDIA_TYPE
from tinhso.registers.actions.invent_records import invent_records
from tinhso.registers.actions.seek_twins import seek_twins
from tinhso.registers.importing import lanes, running
from tinhso.registers.inventing.inventor import Inventor
from tinhso.registers.models import RecordVersion, RegisterImport
from tinhso.registers.twins.judging import judge
from tinhso.registers.types import ImportState, Moment

SEED, CORRECTED, TWINS = 766, 2000, 0.01
AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
NOW = Moment(date(2026, 3, 10))
SYSTEM = system("bench")
PERSONS, PARCELS, BIRTHS = "population.persons", "land.parcels", "civil-status.births"
HOUSEHOLDS = "population.households"
_KNOWN = """
SELECT key, "values"->>'person.full_name'
FROM register_version TABLESAMPLE BERNOULLI (1) WHERE register = %s LIMIT 500
"""
_truth: list[tuple[str, ...]] = []


def load(register_id: str, count: int) -> None:
    """Write so many made-up records of the register, a hundredth of the persons twice."""
    twins = TWINS if register_id == PERSONS else 0.0
    made = invent_records(actor=SYSTEM, at=AT, register_id=register_id, count=count, seed=SEED, twins=twins)
    _truth.extend(made.twins)


def correct_some() -> None:
    """Give some records a history."""
    rows = RecordVersion.objects.filter(register=PERSONS).order_by("record_id")
    for record_id in rows.values_list("record_id", flat=True)[:CORRECTED]:
        correct_past(
            actor=SYSTEM,
            at=AT + timedelta(hours=1),
            record_id=record_id,
            changes={"home.detail": "Khu 2"},
            reason="Đo",
        )


def gather() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE register_version, register_record, register_held_value")


def count() -> int:
    return RecordVersion.objects.count()


def server_process() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def questions(dice: random.Random) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what is asked, each time of something else."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [PERSONS])
        known = cursor.fetchall()
    begun = RecordVersion.objects.filter(register=PERSONS).aggregate(at=Min("known_from"))["at"]
    then = Moment(NOW.valid, known=begun + timedelta(minutes=1))
    for name, moment in (("now", NOW), ("as of then", then)):
        asked: dict[str, Callable[[Moment], object]] = {
            "key": lambda moment: _by_key(moment, dice.choice(known)[0]),
            "whole name": lambda moment: _find(moment, text=dice.choice(known)[1]),
            "two words of a name": lambda moment: _find(moment, text=_two_words(dice.choice(known)[1])),
            "the last two of a name": lambda moment: _find(moment, text=_last_words(dice.choice(known)[1])),
            "a given name": lambda moment: _find(moment, text=dice.choice(known)[1].split()[-1]),
            "a name counted to 1,001": lambda moment: _count(moment, dice.choice(known)[1]),
            "personal id": lambda moment: _find(moment, text=dice.choice(known)[0]),
            "a screenful": lambda moment: _find(moment, PARCELS, box=_screen(dice)),
            "first page": _find,
            "first page of a unit": lambda moment: _find(moment, unit_code="06838"),
        }
        for what, ask in asked.items():
            yield f"{what}, {name}", partial(ask, moment)


def plan(ask: Callable[[], object]) -> str:
    """Return how PostgreSQL answers what is asked, each question in a few lines."""
    with CaptureQueriesContext(connection) as asked:
        ask()
    told = []
    for one in asked.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY ON) " + one["sql"])
            told += [f"    {line[:150]}" for (line,) in cursor.fetchall()]
    return "\n".join(told)


def file_of(rows: int, folder: Path) -> Path:
    """Return a file of births that are not in the register yet."""
    inventor = Inventor(register(BIRTHS), random.SystemRandom().randrange(10**6), NOW.valid)
    names = [one.id for one in register(BIRTHS).fields]
    path = folder / "births.csv"
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, names, restval="")
        writer.writeheader()
        writer.writerows(inventor.rows(rows))
    return path


def checked(file: Path) -> UUID:
    """Have every row of the file checked, as the job does; return the import."""
    names = [one.id for one in register(BIRTHS).fields]
    with file.open("rb") as content:
        stored = files.store(content=content, media_type=MEDIA_TYPE)
    row = RegisterImport.objects.create(
        register=BIRTHS,
        file=stored,
        file_name=file.name,
        kind="csv",
        columns=names,
        mapping={name: name for name in names},
        state=ImportState.CHECKING,
        started_at=AT,
    )
    running.check(system=SYSTEM, import_id=row.pk, now=lambda: AT)
    row.refresh_from_db()
    assert row.state == ImportState.CHECKED, row.sentence
    return row.pk


def loaded(import_id: UUID) -> str:
    """Load the file that was checked, as workers do, a process for each lane; say what that cost."""
    row = RegisterImport.objects.get(pk=import_id)
    row.state, row.confirmed_at, row.done = ImportState.LOADING, datetime.now(UTC), 0
    row.new = row.changed = row.same = row.wrong = row.doubtful = 0
    lanes.cut(row)
    row.save()
    several = lanes.lanes_of(import_id)
    if not several:
        running.load(system=SYSTEM, import_id=import_id, now=lambda: AT)
        return "in one lane, in this process"
    began = time.monotonic()
    command = [sys.executable, "-m", "bench._registers_lane", str(import_id)]
    running_lanes = [
        Popen([*command, str(one)], stdout=PIPE, text=True)  # noqa: S603  (this program itself)
        for one in several
    ]
    said = [[float(one) for one in lane.communicate()[0].split()] for lane in running_lanes]
    row.refresh_from_db()
    assert row.state == ImportState.DONE, row.sentence
    own, theirs, memory = (sum(column) for column in zip(*said, strict=True))
    each, seconds = 1000 / max(row.total, 1), time.monotonic() - began
    return (
        f"in {len(several)} lanes: {seconds:.0f} s on the wall; for 1,000: {own * each:.3f} s of Python, "
        f"{theirs * each:.3f} s of PostgreSQL; {memory:.0f} MB together; "
        f"{row.new} new, {row.changed} changed, {row.same} the same, {row.wrong} wrong"
    )


def seek() -> str:
    """Look for twins, and judge what was found by what was planted."""
    seek_twins(actor=SYSTEM, at=AT, register_id=PERSONS)
    judged = judge(PERSONS, _truth)
    return (
        f"precision {judged.precision:.3f}, recall {judged.recall:.3f}: {judged.found} found, "
        f"{judged.right} of them right, {judged.planted} planted"
    )


def _by_key(moment: Moment, key: str) -> object:
    return queries.record_by_key(actor=SYSTEM, register_id=PERSONS, key=key, moment=moment)


def _two_words(name: str) -> str:
    return " ".join(name.split()[:2])


def _last_words(name: str) -> str:
    return " ".join(name.split()[-2:])


def _count(moment: Moment, text: str) -> object:
    return queries.count_records(actor=SYSTEM, register_id=PERSONS, moment=moment, text=text, most=1001)


def _find(moment: Moment, register_id: str = PERSONS, **asked: object) -> object:
    return queries.find_records(actor=SYSTEM, register_id=register_id, moment=moment, **asked)  # type: ignore[arg-type]


def _screen(dice: random.Random) -> tuple[float, float, float, float]:
    west, south = 106.5 + dice.random() * 1.4, 20.8 + dice.random() * 0.7
    return west, south, west + 0.01, south + 0.007
