"""About where each commune lies (``packs/<province>/centres.tsv``): enough for a map without boundaries."""

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

FILE = "centres.tsv"
Centre = tuple[float, float]


def read_centres(path: Path) -> Mapping[str, Centre]:
    """Return code → longitude and latitude; nothing where the province has no such file."""
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else {}


@lru_cache(maxsize=2)
def _read(path: Path, _stamp: int) -> Mapping[str, Centre]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
        return {row["code"]: (float(row["longitude"]), float(row["latitude"])) for row in rows}
