"""
What it costs to take in a sheet of fifty thousand filings: to read it, check each row, file the sound ones.

    tinhso prepare                        # an installation with packs and agencies
    python -m bench.import_rows [--rows 50000] [--broken 50] [--load 500]

Writes a workbook of people who ask for the monthly allowance, every fiftieth row broken in one of five ways,
takes it in as the counter does, runs the job that checks all rows, then files the first so many of them; the
rest is computed from those. Ends with status 1 when a broken row was called sound or a sound one broken, when
sending the sheet again would file anything twice, or when checking needs more than 150 MB more memory than a
tenth of the rows.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from typing import Any

from tinhso.cli import _django

GROWTH = 150.0  # MB


def main() -> int:
    """Print the figures; exit 1 when a row was judged wrongly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--broken", type=int, default=50, help="every so-manieth row is broken")
    parser.add_argument("--load", type=int, default=500, help="file so many rows")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        sys.stdout.write(json.dumps(_run(chosen.rows, chosen.broken, chosen.load)))
        return 0
    few = _apart(chosen.rows // 10, chosen.broken, 0)
    whole = _apart(chosen.rows, chosen.broken, chosen.load)
    for told in (few, whole):
        sys.stdout.write(
            f"{told['rows']:,} rows ({told['bytes'] / 1e6:.1f} MB): read in {told['read']:.1f} s, checked in "
            f"{told['checked']:.1f} s (processor {told['processor']:.1f} s), {told['sound']:,} sound, "
            f"{told['faulty']:,} broken, memory at most {told['memory']:.0f} MB\n"
        )
    if whole["filed"]:
        each = whole["loading"] / whole["filed"]
        sys.stdout.write(
            f"{whole['filed']:,} rows filed in {whole['loading']:.1f} s, {each * 1e3:.0f} ms each; "
            f"all of them would take {each * whole['sound'] / 60:.0f} minutes\n"
        )
    is_constant = whole["memory"] - few["memory"] <= GROWTH
    return 0 if few["is_right"] and whole["is_right"] and is_constant else 1


def _apart(rows: int, broken: int, load: int) -> dict[str, Any]:
    """Return the figures of a process that does nothing else: its highest memory is the import's."""
    given = ("--rows", str(rows), "--broken", str(broken), "--load", str(load))
    command = [sys.executable, "-m", "bench.import_rows", "--one", *given]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  (our own)
    if answer.returncode:
        sys.exit(answer.stderr)
    told: dict[str, Any] = json.loads(answer.stdout)
    return told


def _run(rows: int, broken: int, load: int) -> dict[str, Any]:
    world = _django.load("bench._import_world")
    sheet = world.sheet(rows, broken)
    begun = time.monotonic()
    import_id = world.receive(sheet)
    read, used, started = time.monotonic() - begun, time.process_time(), time.monotonic()
    view = world.check(import_id)
    told = {
        "rows": view.total,
        "bytes": sheet.getbuffer().nbytes,
        "read": read,
        "checked": time.monotonic() - started,
        "processor": time.process_time() - used,
        "sound": view.sound,
        "faulty": view.faulty,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "is_right": (view.total, view.faulty) == (rows, rows // broken),
    }
    started = time.monotonic()
    filed = world.load(import_id, load) if load else 0
    return told | {"filed": filed, "loading": time.monotonic() - started}


if __name__ == "__main__":
    sys.exit(main())
