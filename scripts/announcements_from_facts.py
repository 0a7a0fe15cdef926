"""
The decisions that announced procedures, in `packs/vietnam/announcements.yaml`, from collected facts.

    python -m scripts.announcements_from_facts FACTS_FOLDER

Reads `procedures.yaml`, which names the decision of most procedures and no date. Dates written by hand into
the file are kept. The same facts give the same bytes.
"""

import sys
from collections import defaultdict
from pathlib import Path

from ruamel.yaml import YAML

from tinhso.definitions.announcing import FILE
from tinhso.settings.env import ROOT

HEAD = """\
# Decisions of ministries that announced the procedures of the national list, as the portal names them in July
# 2026. Its pages name no date: write `on:` (yyyy-mm-dd) and `law_effective_on:` when the decision is at hand.
# Decisions of the province itself belong in its own folder, `packs/<province>/announcements.yaml`.
"""


def decisions_of(collected: list[dict[str, object]]) -> dict[str, list[str]]:
    """Return the codes of each decision, both sorted."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in collected:
        if one.get("decision"):
            found[str(one["decision"])].append(str(one["code"]))
    return {number: sorted(codes) for number, codes in sorted(found.items())}


def written(decisions: dict[str, list[str]], dates: dict[str, dict[str, str]]) -> str:
    """Return the file; ``dates`` are those a person wrote, by number of the decision."""
    lines = [HEAD + "decisions:"]
    for number, codes in decisions.items():
        kept = "".join(f", {name}: {value}" for name, value in sorted(dates.get(number, {}).items()))
        said = ", ".join(f'"{code}"' for code in codes)
        lines.append(f"  - {{number: {number}, by: ministry{kept}, codes: [{said}]}}")
    return "\n".join(lines) + "\n"


def dates_in(path: Path) -> dict[str, dict[str, str]]:
    """Return the dates that stand in the file now."""
    if not path.exists():
        return {}
    held = YAML(typ="safe").load(path.read_text(encoding="utf-8"))["decisions"]
    names = ("on", "law_effective_on")
    return {one["number"]: {name: str(one[name]) for name in names if one.get(name)} for one in held}


def main(facts: Path, packs: Path) -> None:
    """Write what the facts say below the folder of packs."""
    text = (facts / "procedures.yaml").read_text(encoding="utf-8")
    target = packs / "vietnam" / FILE
    collected = YAML(typ="safe").load(text)["procedures"]
    target.write_text(written(decisions_of(collected), dates_in(target)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), ROOT / "packs")
