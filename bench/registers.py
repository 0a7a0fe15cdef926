"""
Registers at the size of a province: how fast a record is found by key, by name, in a box, now and as of then;
how fast a file becomes records; how many of those who are there twice are found.

    TINHSO_VAR=var/bench python -m bench.registers --persons 1400000 --parcels 800000 --households 400000
    TINHSO_VAR=var/bench python -m bench.registers --keep --rows 1000000

Persons and parcels are made up (``tinhso registers generate``) and marked so. Only where nothing else lies:
without ``--keep`` the registers are filled first. Seconds on the wall say little on a busy machine, so the
processor's are told beside them, Python's and PostgreSQL's together.
"""

import argparse
import os
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import UUID

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.settings.django")

import django
from django.core.management import call_command

from bench import _processor
from tinhso.settings.database import start_embedded
from tinhso.settings.env import env

SEED, ROUNDS = 766, 60


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--persons", type=int, default=20_000)
    told.add_argument("--parcels", type=int, default=10_000)
    told.add_argument("--households", type=int, default=0)
    told.add_argument("--rows", type=int, default=0, help="import a file of so many rows")
    told.add_argument("--twins", action="store_true", help="look for who is there twice")
    told.add_argument("--plans", action="store_true", help="show how PostgreSQL answers")
    told.add_argument("--keep", action="store_true", help="measure what was loaded before")
    given = told.parse_args()
    start_embedded(env, durable=False)
    django.setup()
    call_command("migrate", verbosity=0)
    from bench import _registers_world as world  # noqa: PLC0415  (models need Django)

    if not given.keep:
        wanted = {
            world.PERSONS: given.persons,
            world.PARCELS: given.parcels,
            world.HOUSEHOLDS: given.households,
        }
        for register_id, count in wanted.items():
            _timed(f"{count} {register_id}", count, partial(world.load, register_id, count))
        world.correct_some()
        world.gather()
    _say(f"{world.count()} versions, {os.getloadavg()[0]:.1f} processes wait for {os.cpu_count()} cores")
    for name, ask in world.questions(random.Random(SEED)):  # noqa: S311  (made up)
        ask()  # a process answers its first question later than any other
        used, served = time.process_time(), _server()
        times = sorted(_took(ask) for _round in range(ROUNDS))
        own, theirs = (time.process_time() - used) / ROUNDS, (_server() - served) / ROUNDS
        _say(
            f"{name:32} median {statistics.median(times):7.1f} ms  p95 {times[int(ROUNDS * 0.95)]:7.1f} ms"
            f"  processor {own * 1000:5.1f} + {theirs * 1000:5.1f} ms"
        )
        if given.plans:
            _say(world.plan(ask))
    if given.rows:
        file = world.file_of(given.rows, Path(env.var))
        checked: list[UUID] = []
        _timed(f"check of {given.rows} rows", given.rows, lambda: checked.append(world.checked(file)))
        _say(f"import of {given.rows} rows {world.loaded(checked[0])}")
    if given.twins:
        _timed("twins", world.count(), lambda: _say(world.seek()))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _say(f"memory at most {peak:.0f} MB")


def _timed(what: str, count: int, do: Callable[[], object]) -> None:
    began, used, server = time.monotonic(), time.process_time(), _server()
    do()
    seconds, own, theirs = time.monotonic() - began, time.process_time() - used, _server() - server
    each = 1000 / max(count, 1)
    _say(
        f"{what}: {seconds:.0f} s on the wall; for 1,000: {own * each:.3f} s of Python, "
        f"{theirs * each:.3f} s of PostgreSQL"
    )


def _server() -> float:
    """Return the processor seconds of the connection's process of PostgreSQL."""
    from bench import _registers_world as world  # noqa: PLC0415  (models need Django)

    return _processor.seconds(world.server_process())


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _took(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
