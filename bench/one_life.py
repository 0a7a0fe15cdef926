"""
How long each act of one dossier takes the machine, from sign-in to the verified result.

    python bench/one_life.py [--procedure 1.001193] [--rounds 5]

Plays the procedure's first example on a running demonstration (``make demo``; the same TINHSO_ settings)
through the public pages. Waiting for a fresh one-time code is not counted. Figures are medians of the rounds.
"""

import argparse
import json
import subprocess
import sys
from itertools import pairwise
from statistics import median

Acts = list[tuple[str, float]]


def main() -> int:
    """Print the seconds of each act and of the whole; exit 1 when a life does not come to its end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--procedure", default="1.001193")
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    lives = [play(chosen.procedure) for _ in range(chosen.rounds)]
    for number, (name, _seconds) in enumerate(lives[0]):
        sys.stdout.write(f"{median(life[number][1] for life in lives):7.2f} s  {name}\n")
    totals = [sum(seconds for _name, seconds in life) for life in lives]
    sys.stdout.write(f"{median(totals):7.2f} s  in all, {min(totals):.2f} to {max(totals):.2f} s\n")
    return 0


def play(procedure: str) -> Acts:
    """Play one life and return each act with its seconds."""
    command = [sys.executable, "-m", "tinhso.cli", "play", procedure, "--json"]
    played = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  (our own)
    if played.returncode:
        sys.exit(played.stderr)
    acts = json.loads(played.stdout.splitlines()[-1])["acts"]
    moments = [0.0, *(at for at, _who, _what in acts)]
    spent = [after - before for before, after in pairwise(moments)]
    names = [f"{who}: {what}" for _at, who, what in acts]
    return list(zip(names, spent, strict=True))


if __name__ == "__main__":
    sys.exit(main())
