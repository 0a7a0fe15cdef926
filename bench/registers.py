"""
Registers at the size of a province: how fast a record is found by key, by name, in a box, now and as of then.

    TINHSO_VAR=/tmp/bench python -m bench.registers --births 1400000 --parcels 800000 [--keep]

Births and parcels come from a seeded generator and are marked as invented. Only where nothing else lies.
"""

import argparse
import os
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.settings.django")

import django
from django.core.management import call_command

from tinhso.settings.database import start_embedded
from tinhso.settings.env import env

SEED, ROUNDS = 766, 60


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--births", type=int, default=100_000)
    told.add_argument("--parcels", type=int, default=50_000)
    told.add_argument("--keep", action="store_true", help="measure what was loaded before")
    given = told.parse_args()
    start_embedded(env, durable=False)
    django.setup()
    call_command("migrate", verbosity=0)
    from bench import _registers_world as world  # noqa: PLC0415  (models need Django)

    if not given.keep:
        for register_id, count in (("civil-status.births", given.births), ("land.parcels", given.parcels)):
            began = time.monotonic()
            world.load(register_id, count)
            seconds = time.monotonic() - began
            _say(f"{count} {register_id}: {seconds:.0f} s, {count / seconds:.0f}/s")
        world.correct_some()
        world.gather()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _say(f"peak memory {peak:.0f} MB, versions {world.count()}")
    for name, ask in world.questions(random.Random(SEED)):  # noqa: S311  (made up)
        times = sorted(_took(ask) for _round in range(ROUNDS))
        _say(f"{name:32} median {statistics.median(times):7.1f} ms  p95 {times[int(ROUNDS * 0.95)]:7.1f} ms")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _took(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
