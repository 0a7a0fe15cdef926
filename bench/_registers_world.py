"""Invented births and parcels, marked so, and the questions asked of them."""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from django.db import connection, transaction

from tinhso.definitions.registers.reading import register
from tinhso.people.types import system
from tinhso.registers import hand, queries
from tinhso.registers.actions.correct_past import correct_past
from tinhso.registers.bulk import NewRecord, copy_records
from tinhso.registers.checking import Content
from tinhso.registers.models import RecordVersion
from tinhso.registers.types import Moment, Source, SourceKind
from tinhso.territory import queries as territory

SEED, CORRECTED = 766, 2000
AT = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
NOW = Moment(date(2026, 3, 10))
THEN = Moment(date(2026, 3, 10), known=AT + timedelta(minutes=1))
SYSTEM = system("bench")
NAMES = Path(__file__).parents[1] / "src" / "tinhso" / "cli" / "_bench" / "names.txt"
BIRTHS, PARCELS = "civil-status.births", "land.parcels"
_KNOWN = """
SELECT key, "values"->>'child.full_name', "values"->>'child.personal_id'
FROM register_version TABLESAMPLE BERNOULLI (0.5) WHERE register = %s LIMIT 500
"""


def load(register_id: str, count: int) -> None:
    """Write so many records of the register."""
    entry = hand.Entry(Source(SourceKind.IMPORT, "bench"), "Dữ liệu tạo ra để đo")
    with transaction.atomic():
        made = MAKERS[register_id](random.Random(SEED), count)  # noqa: S311  (made up)
        copy_records(register(register_id), made, at=AT, entry=entry)


def correct_some() -> None:
    """Give some records a history."""
    rows = RecordVersion.objects.filter(register=BIRTHS).order_by("record_id")
    for record_id in rows.values_list("record_id", flat=True)[:CORRECTED]:
        correct_past(
            actor=SYSTEM,
            at=AT + timedelta(hours=1),
            record_id=record_id,
            changes={"register.book": "2"},
            reason="Đo",
        )


def gather() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE register_version, register_record, register_held_value")


def count() -> int:
    return RecordVersion.objects.count()


def questions(dice: random.Random) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what is asked, each time of something else."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [BIRTHS])
        known = cursor.fetchall()
    for name, moment in (("now", NOW), ("as of then", THEN)):
        asked: dict[str, Callable[[Moment], object]] = {
            "key": lambda moment: _by_key(moment, dice.choice(known)[0]),
            "whole name": lambda moment: _find(moment, text=dice.choice(known)[1]),
            "two words of a name": lambda moment: _find(moment, text=_two_words(dice.choice(known)[1])),
            "personal id": lambda moment: _find(moment, text=dice.choice(known)[2]),
            "a screenful": lambda moment: _find(moment, PARCELS, box=_screen(dice)),
            "first page": _find,
            "first page of a unit": lambda moment: _find(moment, unit_code="06838"),
        }
        for what, ask in asked.items():
            yield f"{what}, {name}", partial(ask, moment)


def _by_key(moment: Moment, key: str) -> object:
    return queries.record_by_key(actor=SYSTEM, register_id=BIRTHS, key=key, moment=moment)


def _two_words(name: str) -> str:
    return " ".join(name.split()[:2])


def _find(moment: Moment, register_id: str = BIRTHS, **asked: object) -> object:
    return queries.find_records(actor=SYSTEM, register_id=register_id, moment=moment, **asked)  # type: ignore[arg-type]


def _screen(dice: random.Random) -> tuple[float, float, float, float]:
    west, south = 106.5 + dice.random() * 1.4, 20.8 + dice.random() * 0.7
    return west, south, west + 0.01, south + 0.007


def _communes() -> list[str]:
    return [one.code for one in territory.communes("22", NOW.valid)]


def _births(dice: random.Random, count: int) -> Iterator[NewRecord]:
    family, middle, own = (line.split() for line in NAMES.read_text("utf-8").splitlines())
    communes = _communes()
    for number in range(count):
        name = f"{dice.choice(family)} {dice.choice(middle)} {dice.choice(own)}"
        born = date(1940, 1, 1) + timedelta(days=dice.randrange(31_000))
        unit = {"code": dice.choice(communes), "on": "2026-03-10"}
        values = {
            "certificate.number": f"{number}/KS",
            "registered.unit": unit,
            "registered.on": "2026-03-10",
            "child.full_name": name,
            "child.personal_id": f"000{number:09}",
            "child.sex": dice.choice(("male", "female")),
            "child.born_on": born.isoformat(),
            "child.nationality": "Việt Nam",
            "mother.full_name": f"{dice.choice(family)} Thị {dice.choice(own)}",
            "mother.personal_id": f"001{dice.randrange(10**9):09}",
        }
        yield NewRecord(Content(values), since=NOW.valid)


def _parcels(dice: random.Random, count: int) -> Iterator[NewRecord]:
    communes = _communes()
    for number in range(count):
        west, south, side = 106.5 + dice.random() * 1.4, 20.8 + dice.random() * 0.7, 0.0002
        ring = [
            [west, south],
            [west + side, south],
            [west + side, south + side],
            [west, south + side],
            [west, south],
        ]
        values = {
            "place.unit": {"code": communes[number % len(communes)], "on": "2026-03-10"},
            "map.sheet": str(number // 5000),
            "parcel.number": str(number),
            "area": str(50 + dice.randrange(5000)),
            "use": dice.choice(("ont", "luc", "cln", "rsx")),
        }
        shape = {"type": "Polygon", "coordinates": [ring]}
        yield NewRecord(Content(values, shape, (west, south, west + side, south + side)), since=NOW.valid)


MAKERS = {BIRTHS: _births, PARCELS: _parcels}
