"""Icons of Tabler (MIT), drawn into the page; ``assets/icons.txt`` names the ones we carry."""

import json
from functools import cache
from pathlib import Path

SHAPES = Path(__file__).with_name("tabler.json")


@cache
def shapes() -> dict[str, str]:
    """Return name → the shapes inside a 24 × 24 drawing."""
    found: dict[str, str] = json.loads(SHAPES.read_text(encoding="utf-8"))
    return found
