"""
What it costs to take in a sheet of fifty thousand filings: to read it, check each row, file the sound ones.

    tinhso prepare                        # an installation with packs and agencies
    python -m bench.import_rows [--rows 50000] [--broken 50] [--load 50000]

Writes a workbook of people who ask for the monthly allowance, every fiftieth row broken in one of five ways,
takes it in as the counter does, runs the job that checks all rows, says yes, and files the sound ones. In the
middle of filing the process is killed and another one goes on. ``--load`` files only so many rows.

Ends with status 1 when a broken row was called sound or a sound one broken, when anything was filed twice or
was lost by the kill, or when a step needs more than 150 MB more memory than it does for a tenth of the rows.
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
ENOUGH = 1000  # rows are filed before memory is measured


def main() -> int:
    """Print the figures; exit 1 when a row was judged wrongly, lost or filed twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--broken", type=int, default=50, help="every so-manieth row is broken")
    parser.add_argument("--load", type=int, default=None, help="file so many rows; all without it")
    parser.add_argument("--step", choices=("check", "load"), help=argparse.SUPPRESS)
    parser.add_argument("--sheet", default="", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    wanted = chosen.rows if chosen.load is None else chosen.load
    if chosen.step == "check":
        sys.stdout.write(json.dumps(_check(chosen.rows, chosen.broken)))
        return 0
    if chosen.step == "load":
        sys.stdout.write(json.dumps(_load(chosen.sheet, wanted)))
        return 0
    few = _apart("--step", "check", "--rows", str(chosen.rows // 10), "--broken", str(chosen.broken))
    whole = _apart("--step", "check", "--rows", str(chosen.rows), "--broken", str(chosen.broken))
    for told in (few, whole):
        sys.stdout.write(
            f"{told['rows']:,} rows ({told['bytes'] / 1e6:.1f} MB): read in {told['read']:.1f} s, checked in "
            f"{told['checked']:.1f} s (processor {told['processor']:.1f} s), {told['sound']:,} sound, "
            f"{told['faulty']:,} broken, memory at most {told['memory']:.0f} MB\n"
        )
    is_right = few["is_right"] and whole["is_right"] and whole["memory"] - few["memory"] <= GROWTH
    return 0 if is_right and _filed_whole(whole, wanted) else 1


def _filed_whole(whole: dict[str, Any], wanted: int) -> bool:
    """File what was checked, with a kill in the middle; tell it, and say whether it is right."""
    wanted = min(wanted, whole["sound"])
    if not wanted:
        return True
    seconds = _killed(whole["id"], wanted, at=wanted // 2)
    told = _apart("--step", "load", "--sheet", whole["id"], "--load", str(wanted))
    each = told["loading"] / max(1, told["filed"] - told["before"])
    sys.stdout.write(
        f"killed after {seconds:.1f} s with {told['before']:,} rows filed; another process filed the rest in "
        f"{told['loading']:.1f} s, {each * 1e3:.1f} ms each (processor of Python "
        f"{told['processor'] / max(1, told['filed'] - told['before']) * 1e3:.1f} ms), state {told['state']}; "
        f"{told['filed']:,} filed, {told['dossiers']:,} dossiers of as many people, memory at most "
        f"{told['memory']:.0f} MB ({told['early']:.0f} MB after {ENOUGH:,} rows)\n"
    )
    return bool(
        told["filed"] == told["dossiers"] == told["persons"]
        and (told["filed"] >= wanted)
        and told["memory"] - told["early"] <= GROWTH
    )


def _killed(sheet: str, wanted: int, *, at: int) -> float:
    """Let a process file rows, and kill it when so many are filed; return the seconds it had."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "bench.import_rows", "--step", "load", "--sheet", sheet]
    with subprocess.Popen(  # noqa: S603  (our own)
        [*command, "--load", str(wanted)], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as child:
        assert child.stderr is not None
        for line in child.stderr:
            if line.strip().isdigit() and int(line) >= at:
                child.kill()
                break
    return time.monotonic() - begun


def _apart(*given: str) -> dict[str, Any]:
    """Return the figures of a process that does nothing else: its highest memory is the import's."""
    command = [sys.executable, "-m", "bench.import_rows", *given]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  (our own)
    if answer.returncode:
        sys.exit(answer.stderr)
    told: dict[str, Any] = json.loads(answer.stdout)
    return told


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _check(rows: int, broken: int) -> dict[str, Any]:
    world = _django.load("bench._import_world")
    sheet = world.sheet(rows, broken)
    begun = time.monotonic()
    import_id = world.receive(sheet)
    read, used, started = time.monotonic() - begun, time.process_time(), time.monotonic()
    view = world.check(import_id)
    return {
        "id": str(import_id),
        "rows": view.total,
        "bytes": sheet.getbuffer().nbytes,
        "read": read,
        "checked": time.monotonic() - started,
        "processor": time.process_time() - used,
        "sound": view.sound,
        "faulty": view.faulty,
        "memory": _memory(),
        "is_right": (view.total, view.faulty) == (rows, rows // broken),
    }


def _load(sheet: str, most: int) -> dict[str, Any]:
    """File rows until so many are filed; how far it is goes to the error stream as it happens."""
    world = _django.load("bench._import_world")
    before, early = world.filed(sheet), [0.0]

    def tell(filed: int) -> None:
        if not early[0] and filed - before >= ENOUGH:
            early[0] = _memory()
        sys.stderr.write(f"{filed}\n")
        sys.stderr.flush()

    used, started = time.process_time(), time.monotonic()
    world.load(sheet, most, tell=tell)
    told = {"loading": time.monotonic() - started, "processor": time.process_time() - used}
    memory = _memory()
    left: dict[str, Any] = world.came_of(sheet)
    return told | left | {"before": before, "memory": memory, "early": early[0] or memory}


if __name__ == "__main__":
    sys.exit(main())
