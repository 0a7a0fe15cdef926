"""
What sealing the ledger costs those who write into it, and whether it keeps up.

    python -m bench.ledger_sealing [--rate 1000] [--pairs 6] [--seconds 10]

A writer records ten entries a transaction at the rate. Stretches without sealing and with it take turns, so
that both meet the same machine; while on, sealing also works off what the stretch before left, twice the
load of life. Compared are the medians of what a transaction took. Ends with status 1 when sealing costs the
writer more than 5 %, or does not keep up. Needs TINHSO_VAR of its own: the entries stay in that ledger.
"""

import argparse
import statistics
import sys
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from bench import _ledger_world
from tinhso.cli import _django

MOST = 1.05
EVERY = 5.0


def main() -> int:
    """Print the figures; exit 1 over the budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=1000)
    parser.add_argument("--pairs", type=int, default=6)
    parser.add_argument("--seconds", type=float, default=10.0)
    chosen = parser.parse_args()
    world = _django.load("bench._ledger_writing")
    writer, writing = _started(_ledger_world.write, chosen.rate)
    sealer, sealing = _started(_ledger_world.seal, EVERY)
    world.seal()
    before = world.counted()
    without, with_it, did = _measured(writer, sealer, chosen.pairs, chosen.seconds)
    for pipe, process in ((writer, writing), (sealer, sealing)):
        pipe.send(None)
        process.join()
    world.seal()
    entries, leaves = world.counted()
    return _told(without, with_it, did, entries - before[0], entries - leaves)


def _measured(
    writer: Connection, sealer: Connection, pairs: int, seconds: float
) -> tuple[list[float], list[float], list[Any]]:
    without: list[float] = []
    with_it: list[float] = []
    did: list[Any] = []
    for _pair in range(pairs):
        without += _stretch(writer, seconds)
        sealer.send(True)
        with_it += _stretch(writer, seconds)
        sealer.send(False)
        did.append(sealer.recv())
    return without, with_it, did


def _stretch(writer: Connection, seconds: float) -> list[float]:
    writer.send(seconds)
    took, _busy = writer.recv()
    return list(took)


def _told(without: list[float], with_it: list[float], did: list[Any], entries: int, left: int) -> int:
    sealed, used = sum(one[0] for one in did), sum(one[1] for one in did)
    ratio = statistics.median(with_it) / statistics.median(without)
    mean = statistics.fmean(with_it) / statistics.fmean(without)
    sys.stdout.write(
        f"transactions of {_ledger_world.TOGETHER} entries, median: {_ms(without)} ms without sealing, "
        f"{_ms(with_it)} ms with it: ratio {ratio:.3f} (mean {mean:.3f})\n"
        f"{entries:,} entries written, {sealed:,} sealed beside the writer, "
        f"{used / max(sealed, 1) * 1e6:.0f} µs of processor each, {left} left without a leaf at the end\n"
        f"longest round {max(one[3] for one in did):.2f} s\n"
    )
    return 0 if ratio <= MOST and not left else 1


def _ms(took: list[float]) -> str:
    return f"{statistics.median(took) * 1000:.2f}"


def _started(work: Any, argument: float) -> tuple[Connection, SpawnProcess]:
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=work, args=(there, argument), daemon=True)
    process.start()
    here.recv()
    return here, process


if __name__ == "__main__":
    sys.exit(main())
