"""
The catalogue of the country in `packs/vietnam/` from a folder of collected facts.

    python -m scripts.catalogue_from_facts FACTS_FOLDER

Reads `procedures-index.tsv` (one line a procedure) and writes `catalogue/index.tsv`; reads `procedures.yaml`
and writes one file of facts a procedure below `procedures/<sector>/`. The same facts give the same bytes.
Codes, titles, numbers, paper lists and citations are taken over; sentences are not.
"""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from scripts.facts import agencies, money, papers, people, times
from tinhso.definitions.index import FILE, HEADER
from tinhso.definitions.packs import COUNTRY, FOLDER
from tinhso.definitions.standard import StandardProcedure
from tinhso.kernel.text import fold, normalise
from tinhso.settings.env import ROOT

WRITTEN_BY = (
    "# Written by scripts/catalogue_from_facts.py; write a whole file of this code elsewhere to replace it."
)
WAYS = {"online": "online", "in_person": "counter", "post": "post", "unspecified": "counter"}
WORDS_OF_NAME = 7


def index_of(text: str) -> str:
    """Return the list sorted by code, its Vietnamese composed (NFC), without stray spaces."""
    lines = [tuple(normalise(column) for column in line.split("\t")) for line in text.splitlines() if line]
    listed = sorted(line for line in lines if line != HEADER)
    return "".join("\t".join(line) + "\n" for line in (HEADER, *listed))


def facts_of(collected: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the file of one procedure holds, in the order of :class:`StandardProcedure`."""
    agency, is_named = agencies.agency_of(collected)
    common, cases = papers.papers_of(collected)
    found = {
        "code": collected["code"],
        "form": "standard",
        "name": _official(collected["name"]),
        "field": normalise(collected["field"]),
        "sector": collected["sector"],
        "level": agencies.level_of(agency),
        "agency": agency,
        "agency_listed": agencies.listed_of(collected),
        "agency_here": is_named,
        "audience": people.audience_of(collected),
        "life_events": people.life_events_of(collected),
        "ways": _ways(collected),
        "times": times.times_of(collected),
        "papers": common,
        "cases": cases,
        "results": [_result(one) for one in collected.get("result") or ()],
        "decision": normalise(collected.get("decision") or ""),
        "law": [normalise(one) for one in collected.get("legal_basis") or ()],
        "source": f"{collected['source']} ({collected['confidence']})",
    }
    if is_named:
        del found["agency_here"]
    return {name: value for name, value in found.items() if value not in ("", [], None)}


def file_of(facts: Mapping[str, Any]) -> str:
    """Return the YAML of the facts. :raises pydantic.ValidationError: they are not what a file may hold"""
    StandardProcedure.model_validate(facts)
    body = yaml.dump(dict(facts), allow_unicode=True, sort_keys=False, width=116, default_flow_style=None)
    return f"{WRITTEN_BY}\n{body}"


def name_of(facts: Mapping[str, Any]) -> str:
    """Return the file name: code, then the first words of the name."""
    words = re.findall(r"[a-z0-9]+", fold(facts["name"]))
    return f"{facts['code']}-{'-'.join(words[:WORDS_OF_NAME])}.yaml"


def write_all(collected: Sequence[Mapping[str, Any]], folder: Path) -> int:
    """Write a file a procedure and remove those of procedures that are gone; return how many there are."""
    files = [facts_of(one) for one in collected]
    wanted = {folder / facts["sector"] / name_of(facts): file_of(facts) for facts in files}
    for path in _written(folder):
        if path not in wanted:
            path.unlink()
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return len(wanted)


def main(facts: Path, packs: Path) -> None:
    """Write what the facts say below the folder of packs."""
    target = packs / FILE
    target.parent.mkdir(parents=True, exist_ok=True)
    listed = (facts / "procedures-index.tsv").read_text(encoding="utf-8")
    target.write_text(index_of(listed), encoding="utf-8")
    collected = yaml.safe_load((facts / "procedures.yaml").read_text(encoding="utf-8"))["procedures"]
    sys.stdout.write(f"{write_all(collected, packs / COUNTRY / FOLDER)} thủ tục\n")


def _written(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.glob("*/*.yaml")):
        if path.read_text(encoding="utf-8").startswith(WRITTEN_BY):
            yield path


def _ways(collected: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = list(money.with_notes(collected["channels"]))
    by_way: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_way.setdefault(WAYS[row["mode"]], []).append(row)
    ordered = [way for way in ("online", "counter", "post") if way in by_way]
    return [{"by": way, "fee": money.fee_of(by_way[way], collected["confidence"])} for way in ordered]


def _result(one: Mapping[str, Any]) -> dict[str, str]:
    found = {"name": _official(one["name"]), "code": one.get("code") or ""}
    return {name: value for name, value in found.items() if value}


def _official(name: str) -> str:
    """Return the title without the full stop and the code that the portal puts behind some of them."""
    return re.sub(r"[\s.]*(\(\s*\d\.\d{6}\s*\))?[\s.]*$", "", normalise(name))


if __name__ == "__main__":
    main(Path(sys.argv[1]), ROOT / "packs")
