"""How the database finds the desk's lists: rows read, indexes, time. Needs Django."""

import json
import sys
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from tinhso.dossiers import queries
from tinhso.dossiers.models import Dossier
from tinhso.kernel import clock
from tinhso.people.types import Actor
from tinhso.web.desk import work
from tinhso.web.desk.filters import Filters


def show(actor: Actor) -> None:
    """Print the plan of each list for the officer."""
    at = clock.now()
    heaps = work.heaps(actor=actor, at=at)
    pairs = {(heap.version_id, heap.step) for heap in heaps}
    newest = queries.dossiers_of(actor)[0]
    found = queries.work_list(actor=actor)
    lists: dict[str, QuerySet[Dossier]] = {
        tab: work.listed(actor=actor, at=at, filters=Filters(tab=tab), pairs=pairs)
        for tab in ("cua-toi", "cho-tiep-nhan", "dang-xu-ly", "cho-ky", "cho-bo-sung", "qua-han")
    }
    for words in (newest.applicant.full_name, newest.code, newest.applicant.personal_id or ""):
        lists[f"search «{words}»"] = work.in_order(queries.search(found, words, actor=actor))
    sys.stdout.write("\nplans                          ms    read   shown  by\n")
    for name, rows in lists.items():
        plan = json.loads(rows[: work.PAGE + 1].explain(format="json", analyze=True))[0]
        nodes = list(_nodes(plan["Plan"]))
        read = sum(
            int(node["Actual Rows"] * node["Actual Loops"]) for node in nodes if "Relation Name" in node
        )
        indexes = sorted({node["Index Name"] for node in nodes if "Index Name" in node})
        shown = int(plan["Plan"]["Actual Rows"])
        sys.stdout.write(
            f"{name:28} {plan['Execution Time']:6.1f} {read:7,} {shown:6} {', '.join(indexes)}\n"
        )
        scans = {node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan"}
        if scans:
            sys.stdout.write(f"{'':28} whole tables: {', '.join(sorted(scans))}\n")


def _rows(node: dict[str, Any]) -> int:
    return int(node["Actual Rows"] * node["Actual Loops"])


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for below in node.get("Plans", []):
        yield from _nodes(below)
