"""
Years of a province's dossiers, invented: persons from a seeded generator, the rest by the database itself.

What is made is marked: every personal id begins with 000, which no province has, and each dossier's code with
``BENCH``. Load this module with ``_django.load``.
"""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tinhso.definitions import catalogue
from tinhso.dossiers.models import Dossier
from tinhso.kernel.ids import new_id
from tinhso.kernel.text import name_sort_key
from tinhso.people.models.accounts import Account, AccountKind

SEED = 766
SQL = Path(__file__).with_name("load.sql")
_INTO_PERSONS = """
COPY people_person (
    id, personal_id, full_name, search, given_name_key, born_on, born_precision, sex, nationality,
    ethnicity, phone, email, residence_commune, residence_detail, sources, made_at
) FROM STDIN
"""
COUNTED = ("dossiers_dossier", "dossiers_steprun", "ledger_entry")
NAMES = Path(__file__).with_name("names.txt")


class NotEmptyError(Exception):
    """There are dossiers already."""

    def __str__(self) -> str:
        return _("Cơ sở dữ liệu này đã có hồ sơ; hãy nạp thử vào một bản cài đặt trống (TINHSO_VAR khác).")


@dataclass(frozen=True, slots=True)
class Loaded:
    dossiers: int
    steps: int
    entries: int
    seconds: int

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


def load(*, at: datetime, dossiers: int, persons: int, acts: int, tell: Callable[[str], None]) -> Loaded:
    """
    Make the data, oldest dossier first.

    :raises NotEmptyError: a dossier exists; nothing is written
    """
    if Dossier.objects.exists():
        raise NotEmptyError
    began = time.monotonic()
    with transaction.atomic(), connection.cursor() as cursor:
        account = Account.objects.create(username="bench", kind=AccountKind.CITIZEN, made_at=at)
        given: dict[str, Any] = {
            "dossiers": dossiers,
            "persons": persons,
            "acts": acts,
            "at": at,
            "account": account.pk,
        }
        cursor.execute("SET LOCAL work_mem = '256MB'; SET LOCAL max_parallel_workers_per_gather = 0")
        _copy_persons(cursor, count=persons, at=at)
        _copy_procedures(cursor)
        for name, statement in _statements():
            tell(f"{time.monotonic() - began:6.0f} s  {name}")
            cursor.execute(statement, given)
        made, steps, entries = (_count(cursor, table) for table in COUNTED)
    return Loaded(made, steps, entries, seconds=round(time.monotonic() - began))


def gather_statistics() -> None:
    """Tell the planner what there is now, as PostgreSQL would by itself some minutes later."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _copy_persons(cursor: Any, *, count: int, at: datetime) -> None:
    cursor.execute("CREATE TEMP TABLE bench_person (n int PRIMARY KEY, id uuid) ON COMMIT DROP")
    people = list(_people(count, at))
    with cursor.copy(_INTO_PERSONS) as copy:
        for person in people:
            copy.write_row(person)
    with cursor.copy("COPY bench_person FROM STDIN") as copy:
        for number, person in enumerate(people):
            copy.write_row((number, person[0]))


def _people(count: int, at: datetime) -> Iterator[tuple[object, ...]]:
    drawn = random.Random(SEED)  # noqa: S311  the same people every time, nothing secret
    surnames, middle, given_names = (line.split() for line in NAMES.read_text(encoding="utf-8").splitlines())
    for number in range(count):
        name = f"{drawn.choice(surnames)} {drawn.choice(middle)} {drawn.choice(given_names)}"
        given, search = name_sort_key(name)
        born = (at - timedelta(days=drawn.randrange(18 * 365, 85 * 365))).date()
        sex = "female" if number % 2 else "male"
        yield (
            new_id(), f"000{number:09d}", name, search, given, born, "day", sex, "Việt Nam", "Kinh",
            f"09{number:08d}"[:10], "", "", "", "{}", at,
        )  # fmt: skip


def _copy_procedures(cursor: Any) -> None:
    """Tell the database which steps each current procedure has."""
    cursor.execute(
        "CREATE TEMP TABLE bench_step (code text, version_id uuid, kind text, position int, step text,"
        " role text, place text) ON COMMIT DROP"
    )
    # Before COPY, which keeps the connection to itself: the catalogue may have to read.
    steps = [
        (procedure.code, current.version_id, procedure.agency, position, step.id, step.by, step.agency)
        for current in catalogue.all_current()
        for procedure in (current.procedure,)
        for position, step in enumerate(procedure.steps)
    ]
    with cursor.copy("COPY bench_step FROM STDIN") as copy:
        for step in steps:
            copy.write_row(step)


def _statements() -> Iterator[tuple[str, str]]:
    """Yield name and text of each statement of ``load.sql``."""
    for part in SQL.read_text(encoding="utf-8").split("-- name: ")[1:]:
        name, _newline, text = part.partition("\n")
        yield name, text


def _count(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608  a constant of ours
    return int(cursor.fetchone()[0])
