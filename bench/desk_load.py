"""
The officers' desk over a province's years of dossiers, at a steady rate of requests.

    tinhso bench load                     # once, into an empty installation: a million dossiers
    python -m bench.desk_load [--rate 50] [--seconds 60] [--workers 2] [--port 8790]

Starts the web server as ``tinhso demo`` does and asks it, as officers of busy and of quiet agencies, for
the inbox, a filtered list, searches by name, code and personal id, and dossiers. First one request after
the other, to tell the processor time of each kind, the server's and the database's apart; then so many in
each second, whether the ones before have been answered or not. A request counts from the moment it was due;
the first seconds, in which each process and each connection is used for the first time, do not count.
Ends with status 1 when 95 of 100 of any kind take longer than 50 ms.
"""

import argparse
import http.client
import os
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from itertools import cycle, islice
from typing import Any

from bench import _processor
from tinhso.cli import _django
from tinhso.cli._processes import Service, Supervisor, supervised
from tinhso.cli._serving import web_command
from tinhso.settings.database import data_directory
from tinhso.settings.env import ROOT, env

BUDGET = 0.050
ALONE = 60
WARM = 30
HANDS = 64
LEAD = 15  # seconds
OK = 200


@dataclass(frozen=True, slots=True)
class Answered:
    kind: str
    seconds: float
    status: int


def main() -> int:
    """Print the figures; exit 1 over the budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--port", type=int, default=8790)
    parser.add_argument("--plans", action="store_true", help="print how the database finds each list")
    chosen = parser.parse_args()
    world = _django.load("bench._desk_world")
    officers = world.officers()
    for officer in officers:
        _say(f"{officer.open_count:6,} open dossiers: {officer.agency}")
    asked = world.askings(officers)
    if chosen.plans:
        import_module("bench._desk_plans").show(officers[0].actor)
    with supervised(logs=env.var.resolve() / "log", folder=ROOT) as supervisor:
        server = _start(supervisor, port=chosen.port, workers=chosen.workers)
        _alone(asked, port=chosen.port, server=server)
        return _together(asked, chosen=chosen, server=server)


def _start(supervisor: Supervisor, *, port: int, workers: int) -> int:
    command = web_command(port=port, workers=workers)
    own = {"TINHSO_BASE_URL": f"http://127.0.0.1:{port}"}
    supervisor.start(Service(name="bench-web", command=command, ports=(port,), environment=own))
    supervisor.wait_until_ready()
    return supervisor.pid_of("bench-web")


def _alone(asked: dict[str, list[Any]], *, port: int, server: int) -> None:
    """One request after the other: what each kind costs the processor."""
    _say("\none after the other            p50 ms   p95 ms   web CPU ms   database CPU ms   bytes")
    ask = _Asker(port)
    for kind, some in asked.items():
        for one in islice(cycle(some), WARM):
            ask(one)
        web, base = _processor.seconds(server), _database()
        answers = [ask(one) for one in islice(cycle(some), ALONE)]
        spent = [
            (used - before) / ALONE * 1e3
            for used, before in ((_processor.seconds(server), web), (_database(), base))
        ]
        times = sorted(one.seconds for one in answers)
        wrong = sum(one.status != OK for one in answers)
        _say(
            f"{kind:28} {_ms(times, 50):8.1f} {_ms(times, 95):8.1f} {spent[0]:12.1f} {spent[1]:17.1f}"
            f" {ask.size:7,}{f'   {wrong} wrong' if wrong else ''}"
        )


def _together(asked: dict[str, list[Any]], *, chosen: argparse.Namespace, server: int) -> int:
    local = threading.local()

    def carry_out(due: float, one: Any) -> Answered:
        if not hasattr(local, "ask"):
            local.ask = _Asker(chosen.port)
        ask: _Asker = local.ask
        return ask(one, due=due)

    def at_the_rate(seconds: int) -> list[Answered]:
        waiting, begun = [], time.monotonic()
        for number, one in enumerate(islice(cycle(_mixed(asked)), chosen.rate * seconds)):
            due = begun + number / chosen.rate
            time.sleep(max(0.0, due - time.monotonic()))
            waiting.append(hands.submit(carry_out, due, one))
        return [future.result() for future in waiting]

    with ThreadPoolExecutor(HANDS) as hands:
        at_the_rate(LEAD)
        web, base, begun = _processor.seconds(server), _database(), time.monotonic()
        answers = at_the_rate(chosen.seconds)
    count = len(answers)
    lasted = time.monotonic() - begun
    used = (_processor.seconds(server) - web, _database() - base)
    _say(
        f"\n{count / lasted:.1f} requests a second for {lasted:.0f} s; "
        f"processor: web {used[0] / lasted:.2f}, database {used[1] / lasted:.2f} of {os.cpu_count()} cores; "
        f"load of the machine {os.getloadavg()[0]:.1f}; "
        f"memory of the web processes {_processor.memory(server) / 1e6:.0f} MB"
    )
    return _report(asked, answers)


def _report(asked: dict[str, list[Any]], answers: list[Answered]) -> int:
    _say("at the rate                    p50 ms   p95 ms   p99 ms    worst   requests")
    slowest = 0.0
    for kind in asked:
        times = sorted(one.seconds for one in answers if one.kind == kind)
        slowest = max(slowest, _ms(times, 95))
        _say(
            f"{kind:28} {_ms(times, 50):8.1f} {_ms(times, 95):8.1f} {_ms(times, 99):8.1f}"
            f" {times[-1] * 1e3:8.1f} {len(times):10,}"
        )
    wrong = [one.status for one in answers if one.status != OK]
    _say(f"{len(wrong)} wrong answers {sorted(set(wrong)) or ''}")
    return 0 if slowest <= BUDGET * 1e3 and not wrong else 1


class _Asker:
    """Asks over one connection that stays open, as a browser does."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.size = 0

    def __call__(self, one: Any, *, due: float | None = None) -> Answered:
        begun = time.monotonic() if due is None else due
        headers = {"Cookie": one.cookie, "Accept-Encoding": "gzip"}
        self._connection.request("GET", one.path, headers=headers)
        answer = self._connection.getresponse()
        self.size = len(answer.read())
        return Answered(one.kind, time.monotonic() - begun, answer.status)


def _mixed(asked: dict[str, list[Any]]) -> Iterator[Any]:
    """Yield one of each kind in turn."""
    for together in zip(*asked.values(), strict=False):
        yield from together


def _database() -> float:
    """Return the processor seconds of the embedded database; 0 when another one is used."""
    lines = data_directory(env) / "postmaster.pid"
    if env.database_url or not lines.exists():
        return 0.0
    return _processor.seconds(int(lines.read_text().split()[0]))


def _ms(times: list[float], percent: int) -> float:
    return times[min(len(times) - 1, len(times) * percent // 100)] * 1e3


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
