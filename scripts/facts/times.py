"""
Time limits, read so that nothing is promised later than the law allows.

A bare number of days is read as working days where the law counts so (civil status, certification: Law on
civil status 60/2014/QH13, Decree 23/2015/NĐ-CP) and as calendar days elsewhere, which end sooner. «1» then
means the same day, or the next working day if received after 15:00.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

UNITS = {"hours": "hour", "days": "day", "working_days": "working_day"}
BY_WORKING_DAYS = frozenset({"civil_status", "certification"})
SAME_DAY = {"value": 1, "unit": "working_day", "same_day": True, "cut_off": "15:00"}
SAID = re.compile(r"(\d+) (working_days|days|hours)")


def times_of(facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the limits the list gives, each once, in the order of the list."""
    summary = facts.get("time_summary") or ""
    if summary.startswith("same working day"):
        return [dict(SAME_DAY)]
    rows: Iterable[Mapping[str, Any] | None] = (row["time"] for row in facts["channels"])
    found = [_limit(row, facts["sector"]) for row in rows if row and row["value"]]
    if not found:
        found = [
            {"value": int(value), "unit": UNITS[unit]}
            for value, unit in SAID.findall(summary)[:1]
            if int(value)
        ]
    return [one for index, one in enumerate(found) if one not in found[:index]]


def _limit(row: Mapping[str, Any], sector: str) -> dict[str, Any]:
    value, unit = int(row["value"]), UNITS[row["unit"]]
    if not row.get("unit_note"):
        return {"value": value, "unit": unit}
    if sector not in BY_WORKING_DAYS:
        return {"value": value, "unit": unit, "unit_known": False}
    if value == 1:
        return {**SAME_DAY, "unit_known": False}
    return {"value": value, "unit": "working_day", "unit_known": False}
