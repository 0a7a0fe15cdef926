"""
What it costs to write out a list of a hundred thousand dossiers: seconds and memory.

    tinhso bench load                     # once, into an empty installation
    python -m bench.export_rows [--rows 100000] [--format csv --format xlsx]

For each format a process of its own asks for the export of the newest dossiers as the supervisor of the
province and runs its job: rights, server-side cursor, file, encryption, one look in each person's log. Done
for a tenth of the rows too: the memory at its highest must not grow with them. Ends with status 1 when the
whole takes more than two minutes, or more than 40 MB more memory than the tenth.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from typing import Any

from tinhso.cli import _django

BUDGET = 120.0
GROWTH = 40.0  # MB
USERNAME = "bench.giam-sat"


def main() -> int:
    """Print the figures; exit 1 over the budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--format", dest="formats", action="append", choices=("csv", "xlsx"))
    parser.add_argument("--one", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        sys.stdout.write(json.dumps(_write(chosen.one, chosen.rows)))
        return 0
    return max(_compare(one, chosen.rows) for one in chosen.formats or ("csv", "xlsx"))


def _compare(format_: str, rows: int) -> int:
    few, all_ = _apart(format_, rows // 10), _apart(format_, rows)
    for told in (few, all_):
        sys.stdout.write(
            f"{format_:5} {told['rows']:8,} rows  {told['seconds']:6.1f} s, "
            f"processor {told['processor']:6.1f} s, file {told['bytes'] / 1e6:6.1f} MB, "
            f"memory at most {told['memory']:6.1f} MB (before it began {told['before']:.1f})\n"
        )
    is_constant = all_["memory"] - few["memory"] <= GROWTH
    return 0 if all_["seconds"] <= BUDGET and is_constant else 1


def _apart(format_: str, rows: int) -> dict[str, Any]:
    """Return the figures of a process that does nothing else: its highest memory is the export's."""
    command = [sys.executable, "-m", "bench.export_rows", "--one", format_, "--rows", str(rows)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  (our own)
    if answer.returncode:
        sys.exit(answer.stderr)
    told: dict[str, Any] = json.loads(answer.stdout)
    return told


def _write(format_: str, rows: int) -> dict[str, Any]:
    """Ask for the export and run its job; return what it cost."""
    world = _django.load("bench._export_world")
    actor = world.supervisor(USERNAME)
    selection = world.newest(actor, rows)
    before, begun, used = _memory(), time.monotonic(), time.process_time()
    view = world.write(actor, format_, selection)
    return {
        "rows": view.total,
        "bytes": view.size,
        "seconds": time.monotonic() - begun,
        "processor": time.process_time() - used,
        "before": before,
        "memory": _memory(),
    }


def _memory() -> float:
    """Return the highest memory so far in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
