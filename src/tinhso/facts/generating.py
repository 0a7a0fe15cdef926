"""Made-up facts of dossiers, as many as one likes, to measure speed on. The same seed, the same facts."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb

from tinhso.facts import files
from tinhso.facts.tables import DOSSIERS, TABLES, Table
from tinhso.facts.types import Checkpoint, Part, Snapshot

PROCEDURES = 300

# A pseudo-random number of row and seed below ``m``: whole-number arithmetic, alike on every machine.
_DRAW = (
    "((((i * 2654435761 + {salt} * 40503 + {seed} * 69069) % 4294967296) * 1103515245 + 12345)"
    " % 4294967296 // 64 % {m})"
)


def generate(
    folder: Path, *, dossiers: int, seed: int, units: tuple[str, ...], months: tuple[date, ...]
) -> Path:
    """
    Write facts of so many dossiers, divided evenly among months, one Parquet file for each.

    Seven of ten are filed online, nine of ten on time. Of the last two months one in forty is still open, of
    those before one in forty thousand, for ever.
    """
    target = folder / DOSSIERS.name
    target.mkdir(parents=True, exist_ok=True)
    each, rest = divmod(dossiers, len(months))
    first, recent = 0, months[-2:]
    with duckdb.connect(config={"memory_limit": "2GB", "threads": 2}) as connection:
        connection.execute("CREATE TABLE names (place BIGINT, unit VARCHAR)")
        connection.executemany("INSERT INTO names VALUES (?, ?)", list(enumerate(units)))
        for place, month in enumerate(months):
            count = each + (place < rest)
            rows = _rows(first, count, month, seed, len(units), still_open=40 if month in recent else 40_000)
            path = target / f"{files.month_name(month)}.parquet"
            connection.execute(f"COPY ({rows}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
            first += count
    return folder


def generated(folder: Path) -> Snapshot:
    """Return the facts of a folder that was generated; of other tables there are none."""
    parts = {name: _empty(table, folder) for name, table in TABLES.items()}
    parts[DOSSIERS.name] = Part(_files(folder), _header(DOSSIERS, folder), frozenset())
    return Snapshot(Checkpoint(0, 0), parts)


def _files(folder: Path) -> Mapping[date, Path]:
    paths = sorted((folder / DOSSIERS.name).glob("*.parquet"))
    return {date.fromisoformat(f"{path.stem}-01"): path for path in paths}


def _empty(table: Table, folder: Path) -> Part:
    return Part({}, _header(table, folder), frozenset())


def _header(table: Table, folder: Path) -> Path:
    path = folder / f"{table.name}-live.csv"
    path.write_text(",".join(table.names) + "\n", encoding="utf-8")
    return path


def _rows(first: int, count: int, month: date, seed: int, units: int, *, still_open: int) -> str:
    def draw(salt: int, most: int) -> str:
        return _DRAW.format(salt=salt, seed=seed, m=most)

    drawn = {
        "place": draw(1, units),
        "code": draw(2, PROCEDURES),
        "way": draw(3, 10),
        "day": draw(4, 28),
        "minute": draw(5, 480),
        "took": draw(6, 14400),
        "fate": draw(7, 1000),
        "open": draw(10, still_open),
        "had": draw(8, 5),
        "star": draw(9, 40),
    }
    names = ", ".join(f"{sql} AS {name}" for name, sql in drawn.items())
    base = f"SELECT i, {names} FROM (SELECT range AS i FROM range({first}, {first + count}))"
    return (_SHAPE.format(base=base, month=month.isoformat(), order=DOSSIERS.order)).strip()


# Office hours from one in the morning, UTC. Due in ten days; late are those past nine tenths of the draw.
_SHAPE = """
SELECT
  i + 1 AS number,
  '1.' || lpad(code::VARCHAR, 6, '0') AS procedure,
  'Lĩnh vực ' || (code % 40)::VARCHAR AS field,
  CASE WHEN code % 3 = 0 THEN 'province' ELSE 'commune' END AS level,
  'A' || unit AS agency,
  unit,
  CASE WHEN way < 7 THEN 'online' WHEN way < 9 THEN 'counter' ELSE 'post' END AS channel,
  DATE '{month}' AS filed_month,
  filed_at,
  (filed_at + INTERVAL 7 HOUR)::DATE AS filed_on,
  filed_at + INTERVAL 1 HOUR AS accepted_at,
  (filed_at + INTERVAL 8 HOUR)::DATE AS accepted_on,
  due_at,
  (due_at + INTERVAL 7 HOUR)::DATE AS due_on,
  ended_at,
  (ended_at + INTERVAL 7 HOUR)::DATE AS ended_on,
  (ended_at + INTERVAL 7 HOUR)::DATE AS returned_on,
  CASE WHEN ended_at IS NULL THEN '' WHEN fate < 950 THEN 'granted' ELSE 'refused' END AS outcome,
  NULL::TIMESTAMP AS waiting_since,
  (CASE WHEN fate % 20 = 0 THEN 1440 ELSE 0 END)::INTEGER AS waiting_minutes,
  (date_diff('minute', filed_at + INTERVAL 1 HOUR, ended_at))::INTEGER AS taken_minutes,
  (CASE WHEN fate % 20 = 0 THEN 1 WHEN fate % 199 = 0 THEN 2 ELSE 0 END)::INTEGER AS asks,
  0::INTEGER AS extensions, 0::INTEGER AS steps_missed, 0::INTEGER AS opinions, 0::INTEGER AS changes,
  12::INTEGER AS questions, had::INTEGER AS proved, had::INTEGER AS prefilled,
  3::INTEGER AS papers, (had % 3)::INTEGER AS saved, (had % 2)::INTEGER AS reused,
  ended_at IS NOT NULL AS e_result,
  (CASE WHEN had = 0 THEN 8000 ELSE 0 END)::BIGINT AS billed,
  (CASE WHEN had = 0 THEN 8000 ELSE 0 END)::BIGINT AS paid,
  (CASE WHEN had = 0 AND way < 6 THEN 8000 ELSE 0 END)::BIGINT AS paid_online,
  (CASE WHEN star < 5 THEN star + 1 END)::INTEGER AS stars
FROM (
  SELECT *, filed_at + INTERVAL 10 DAY AS due_at,
    CASE WHEN open = 0 THEN NULL
         ELSE filed_at + INTERVAL 90 MINUTE + to_minutes(took + CASE WHEN fate % 10 = 3 THEN 14400 ELSE 0 END)
    END AS ended_at
  FROM (
    SELECT drawn.*, names.unit,
      TIMESTAMP '{month} 01:00:00' + to_days(day::INTEGER) + to_minutes(minute) AS filed_at
    FROM ({base}) AS drawn JOIN names ON names.place = drawn.place
  )
)
ORDER BY {order}
"""
