"""A writer and a sealer of the ledger, each in a process of its own."""

import time
from multiprocessing.connection import Connection
from typing import Any

from tinhso.cli import _django

TOGETHER = 10  # entries of one transaction, as an act with its notices and bills makes


def write(pipe: Connection, rate: int) -> None:
    """Write at the rate for as many seconds as each message says; answer with seconds of each transaction."""
    world = _django.load("bench._ledger_writing")
    world.warm()
    pipe.send("ready")
    while (seconds := pipe.recv()) is not None:
        pipe.send(_written(world, float(seconds), rate))


def _written(world: Any, seconds: float, rate: int) -> tuple[list[float], float]:
    took, begun, used = [], time.perf_counter(), time.process_time()
    due, pause = begun, TOGETHER / rate
    while time.perf_counter() < begun + seconds:
        time.sleep(max(0.0, due - time.perf_counter()))
        started = time.perf_counter()
        world.write(TOGETHER)
        took.append(time.perf_counter() - started)
        due += pause
    return took, (time.process_time() - used) / max(time.perf_counter() - begun, seconds)


def seal(pipe: Connection, every: float) -> None:
    """Seal and publish every so often while the last message is True; answer each False with what it did."""
    world = _django.load("bench._ledger_writing")
    pipe.send("ready")
    while (on := pipe.recv()) is not None:
        sealed, used, rounds, longest = 0, time.process_time(), 0, 0.0
        while on and not pipe.poll():
            started = time.perf_counter()
            sealed += world.seal()
            rounds += 1
            longest = max(longest, time.perf_counter() - started)
            pipe.poll(max(0.0, every - (time.perf_counter() - started)))
        if on:
            pipe.recv()
            pipe.send((sealed, time.process_time() - used, rounds, longest))
