"""
The catalogue of the country in `packs/vietnam/` from a folder of collected facts.

    python -m scripts.catalogue_from_facts FACTS_FOLDER

Reads `procedures-index.tsv` (one line a procedure) and writes `catalogue/index.tsv`. The same facts give the
same bytes.
"""

import sys
from pathlib import Path

from tinhso.definitions.index import FILE, HEADER
from tinhso.kernel.text import normalise
from tinhso.settings.env import ROOT


def index_of(text: str) -> str:
    """Return the list sorted by code, its Vietnamese composed (NFC), without stray spaces."""
    lines = [tuple(normalise(column) for column in line.split("\t")) for line in text.splitlines() if line]
    listed = sorted(line for line in lines if line != HEADER)
    return "".join("\t".join(line) + "\n" for line in (HEADER, *listed))


def main(facts: Path, packs: Path) -> None:
    """Write what the facts say below the folder of packs."""
    target = packs / FILE
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(
        index_of((facts / "procedures-index.tsv").read_text(encoding="utf-8")), encoding="utf-8"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), ROOT / "packs")
