"""Processor time and memory of processes and all their children, from ``/proc``."""

import os
from pathlib import Path

PROC = Path("/proc")
TICK = os.sysconf("SC_CLK_TCK")


def tree(root: int) -> set[int]:
    """Return the process and everything below it that lives now."""
    children: dict[int, list[int]] = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit() and (fields := _fields(int(folder.name))):
            children.setdefault(int(fields[1]), []).append(int(folder.name))
    found, waiting = set(), [root]
    while waiting:
        pid = waiting.pop()
        found.add(pid)
        waiting += children.get(pid, [])
    return found


def seconds(root: int) -> float:
    """Return the processor seconds the process and its children used, those that ended included."""
    used = 0
    for pid in tree(root):
        fields = _fields(pid)
        own = fields[11:13] if fields else []
        ended = fields[13:15] if fields else []
        used += sum(int(ticks) for ticks in [*own, *ended])
    return used / TICK


def memory(root: int) -> int:
    """Return the bytes of memory the process and its children hold now."""
    return sum(_resident(pid) for pid in tree(root))


def _resident(pid: int) -> int:
    try:
        lines = (PROC / str(pid) / "status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:")), 0)


def _fields(pid: int) -> list[str]:
    """Return the fields of ``stat`` from the state on (proc(5): field 3); none when it is gone."""
    try:
        text = (PROC / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return text.rpartition(")")[2].split()
