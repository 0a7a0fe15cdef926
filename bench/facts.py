"""
What figures cost over many facts: an indicator by commune and month, all of Decision 766.

    python -m bench.facts --dossiers 2000000 --months 12 [--keep FOLDER] [--engine duckdb]

Makes facts up (seeded, ``facts.generating``), writes them as Parquet and asks. Every question opens the
engine anew. «cold» is the first question of this program; the cache of the operating system is not emptied,
which needs root. Memory is the most this process ever held.
"""

import argparse
import os
import resource
import sys
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import django

TO = date(2026, 12, 1)


def main() -> int:
    """Print the figures; exit 1 over a budget of issue 5 that applies to so many dossiers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=2_000_000)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--engine", default="duckdb")
    said = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.settings.django")
    django.setup()
    with TemporaryDirectory(prefix="tinhso-bench-") as aside:
        return _measure(said.keep or Path(aside), said)


def _measure(folder: Path, said: argparse.Namespace) -> int:
    making = import_module("tinhso.facts.generating")
    if not (folder / "dossiers").is_dir():
        begun = perf_counter()
        making.generate(
            folder, dossiers=said.dossiers, seed=said.seed, units=_units(), months=_months(said.months)
        )
        took = perf_counter() - begun
        _say(f"{said.dossiers:,} facts made and written in {took:.1f} s, {_size(folder):.0f} MB")
    facts = making.generated(folder)
    periods = import_module("tinhso.indicators.formulas").Period
    whole = periods(_months(said.months)[0], date(2027, 1, 1))
    year = periods.year(2026)
    by = ("unit", "month")
    _timed(
        "766-2.1 by commune and month, all, cold", lambda: _ask(facts, whole, ["766-2.1"], by, said.engine)
    )
    _timed(
        "766-2.1 by commune and month, all, again", lambda: _ask(facts, whole, ["766-2.1"], by, said.engine)
    )
    _timed("766-2.1 by commune and month, 2026", lambda: _ask(facts, year, ["766-2.1"], by, said.engine))
    lines = import_module("tinhso.indicators.index_sets").index_set("766").indicators
    took = _timed("766, every computed line, 2026", lambda: _ask(facts, year, lines, (), said.engine))
    _timed(
        "766, every computed line by commune, 2026", lambda: _ask(facts, year, lines, ("unit",), said.engine)
    )
    _say(f"most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 0 if took <= 2 or said.dossiers > 2_000_000 else 1


def _ask(facts: object, period: object, names: list[str], by: tuple[str, ...], engine: str) -> int:
    figures = import_module("tinhso.indicators.figures")
    wanted = [import_module("tinhso.indicators.definitions").indicator(name) for name in names]
    wanted = [one for one in wanted if one.manual is None and set(by) <= set(one.dimensions)]
    with import_module("tinhso.facts.engines").engine(facts, name=engine) as counting:
        ask = figures.Asking(counting, facts.checkpoint, period, by)  # type: ignore[attr-defined]
        return sum(len(ask.series(one).figures) for one in wanted)


def _timed(what: str, ask: Callable[[], int]) -> float:
    begun, used = perf_counter(), process_time()
    figures = ask()
    took = perf_counter() - begun
    _say(
        f"{what}: {figures} figures in {took:.2f} s on the wall, {process_time() - used:.2f} s of processors"
    )
    return took


def _units() -> tuple[str, ...]:
    territory = import_module("tinhso.territory.queries")
    return tuple(unit.code for unit in territory.communes("22", TO))


def _months(count: int) -> tuple[date, ...]:
    last = TO.year * 12 + TO.month - 1
    return tuple(date(one // 12, one % 12 + 1, 1) for one in range(last - count + 1, last + 1))


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*.parquet")) / 1e6


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
