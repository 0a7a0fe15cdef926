"""
A screenful of the map: how long the answer takes, how large it is, and how PostgreSQL finds what lies in it.

    TINHSO_VAR=var/bench python -m bench.map_screen --schools 100000 --plots 20000 --plans

Records are made up (``tinhso registers generate``) and marked so; without ``--keep`` they are made first. The
whole request is timed in one process, without a web server: rights, queries, drawing and the list.
"""

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.settings.django")

import django
from django.core.management import call_command
from django.test import Client

from tinhso.settings.database import start_embedded
from tinhso.settings.env import env

SEED, ROUNDS = 766, 60
SCHOOLS, PLOTS, PORTS = "education.schools", "economy.industrial-plots", "transport.ports"
# Heights of a screen in degrees: a few streets, a commune, a third of the province.
SCALES = {"a few streets": 0.01, "a commune": 0.08, "a third of the province": 0.4}


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--schools", type=int, default=100_000)
    told.add_argument("--plots", type=int, default=20_000)
    told.add_argument("--plans", action="store_true", help="show how PostgreSQL answers")
    told.add_argument("--keep", action="store_true", help="measure what was loaded before")
    given = told.parse_args()
    start_embedded(env, durable=False)
    django.setup()
    call_command("migrate", verbosity=0)
    from bench import _map_world as world  # noqa: PLC0415  (models need Django)

    if not given.keep:
        for register_id, count in ((SCHOOLS, given.schools), (PLOTS, given.plots), (PORTS, 60)):
            world.load(register_id, count)
        world.gather()
    _say(f"{world.count()} versions, {os.getloadavg()[0]:.1f} processes wait for {os.cpu_count()} cores")
    dice = random.Random(SEED)  # noqa: S311  (made up)
    browser = Client(headers={"host": "localhost"})
    for name, scale in SCALES.items():
        _measure(f"schools, {name}", partial(_look, browser, dice, scale))
    asked = {f"{PLOTS}:area:tu": "5", f"{PLOTS}:gan": PORTS, f"{PLOTS}:km": "30"}
    box = SCALES["a commune"]
    _measure("plots near a port, a commune", lambda: _get(browser, [PLOTS], world.screen(dice, box), asked))
    _measure(
        "three layers, a commune", lambda: _get(browser, [SCHOOLS, PLOTS, PORTS], world.screen(dice, box))
    )
    if given.plans:
        _say(world.plan(SCHOOLS, world.screen(dice, box)))


def _get(browser: Client, layers: list[str], box: str, more: dict[str, str] | None = None) -> int:
    answer = browser.get("/ban-do/khung/", {"lop": layers, "khung": box, **(more or {})})
    assert answer.status_code == 200, answer.status_code
    return len(answer.content)


def _look(browser: Client, dice: random.Random, high: float) -> int:
    from bench import _map_world as world  # noqa: PLC0415  (models need Django)

    return _get(browser, [SCHOOLS], world.screen(dice, high))


def _measure(name: str, ask: Callable[[], int]) -> None:
    ask()  # a process answers its first question later than any other
    times, sizes = [], []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        sizes.append(ask())
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    _say(
        f"{name:36} median {statistics.median(times):6.1f} ms  p95 {times[int(ROUNDS * 0.95)]:6.1f} ms  "
        f"at most {max(sizes) // 1000} KB"
    )


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
