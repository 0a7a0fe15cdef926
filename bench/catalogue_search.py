"""
What a search over the whole catalogue costs: time of each question, memory of the index.

    python -m bench.catalogue_search [--rounds 3]

Lays the index out of the packs as they are in this folder (the national list, every procedure file, the
everyday words), without a database, and asks questions as people type them: those of
``tests/unit/search_judged.tsv`` and names of procedures cut, without marks, with slips, in Telex. Processor
time, so that a busy machine changes little. Ends with status 1 when 95 of 100 take longer than 30 ms.
"""

import argparse
import os
import random
import sys
import tracemalloc
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from time import process_time

import django

from tinhso.definitions.search.everyday import everyday_words
from tinhso.definitions.search.ranking import rank
from tinhso.definitions.search.shelf import Shelf, lay_out
from tinhso.kernel.text import fold

ROOT = Path(__file__).resolve().parents[1]
JUDGED = ROOT / "tests" / "unit" / "search_judged.tsv"
BUDGET = 0.030
MADE = 400
TELEX = str.maketrans({"â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "ă": "aw", "đ": "dd"})


def main() -> int:
    """Print the figures; exit 1 over the budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhso.settings.django")
    django.setup()
    cards = import_module("bench._catalogue").cards
    everyday = everyday_words(ROOT / "packs")
    on_shelf = cards(ROOT / "packs")
    tracemalloc.start()
    begun = process_time()
    shelf = lay_out(on_shelf, everyday)
    laid_out, memory = process_time() - begun, tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    asked = [*judged(), *made([card.name.vi for card in on_shelf])]
    times = sorted(timed(text, shelf) for _round in range(rounds) for text in asked)
    p50, p95, worst = times[len(times) // 2], times[int(len(times) * 0.95)], times[-1]
    sys.stdout.write(
        f"{len(on_shelf):,} codes, of them {sum(card.filed_here for card in on_shelf)} filed here; "
        f"index {memory / 1e6:.1f} MB\n"
        f"{len(asked)} questions, {rounds} rounds: p50 {p50 * 1e3:.1f} ms, p95 {p95 * 1e3:.1f} ms, "
        f"worst {worst * 1e3:.1f} ms (laid out in {laid_out:.1f} s while memory was measured)\n"
    )
    return 0 if p95 <= BUDGET else 1


def timed(text: str, shelf: Shelf) -> float:
    """Return the seconds of processor time one question takes."""
    begun = process_time()
    rank(text, shelf)
    return process_time() - begun


def judged() -> list[str]:
    """Return the questions whose answers a test judges."""
    lines = JUDGED.read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[0] for line in lines if line and not line.startswith(("#", "query\t"))]


def made(names: list[str]) -> Iterator[str]:
    """Yield parts of names as careless people type them; the same ones each time."""
    chance = random.Random(766)  # noqa: S311  (no secret)
    for _number in range(MADE):
        words = chance.choice(names).split()
        start = chance.randrange(max(1, len(words) - 5))
        text = " ".join(words[start : start + chance.randint(2, 7)])[:120]
        kind = chance.randrange(5)
        if kind == 1:
            text = fold(text)
        elif kind == 2:
            text = slipped(fold(text), chance)
        elif kind == 3:
            text = text.lower().translate(TELEX)
        elif kind == 4:
            text = text.replace(" ", "", 1)
        yield text


def slipped(text: str, chance: random.Random) -> str:
    """Swap two letters that stand side by side."""
    place = chance.randrange(max(1, len(text) - 1))
    return text[:place] + text[place + 1 : place + 2] + text[place : place + 1] + text[place + 2 :]


if __name__ == "__main__":
    sys.exit(main())
