"""
The states of a dossier as a page of documentation, written from the table that the program runs on.

    python -m scripts.dossier_states > docs/dossier-states.md
"""

from collections.abc import Iterable, Iterator

from django.utils import translation

from tinhso.cli import _light
from tinhso.dossiers.moves import MOVES, Move
from tinhso.dossiers.statuses import FINAL, NATIONAL_CODES, OPEN, WAITING, Status

HEAD = """# States of a dossier

Written by `python -m scripts.dossier_states > docs/dossier-states.md`; do not edit. The table is `MOVES` in
`src/tinhso/dossiers/moves.py`: there is no other way from one state to another. Articles are those of Decree
61/2018/NĐ-CP as carried over by Decree 118/2025/NĐ-CP.
"""
FOOT = """## What changes no state

`claim_step`, `hand_over_step`, `give_opinion`, `withdraw_question`, `write_note`, `move_to_version` and
`rate_dossier` leave the state as it is, and so do the moves above whose end is «the same».
A draft has no state: `file_dossier` makes the dossier. Who filed online has the result when it is signed:
`deliver` follows `sign` or `refuse` in the same transaction, unless a fee is still owed.
"""
OWES = {"officer": OPEN, "applicant": WAITING, "nobody, it is over": FINAL}
BY = {
    "applicant": "applicant, or who may act for them",
    "step": "officer of the open step",
    "signer": "who signs for the agency that issued the result",
    "system": "system",
}
NEEDS = {"receive": "the first", "process": "in between", "sign": "signs", "return": "returns", "": "any"}


def as_markdown() -> str:
    """Return the page: the states, the picture, the moves with their law."""
    moves = MOVES.values()
    with translation.override("vi"):
        states = tuple(_states())
    return "\n".join(
        [
            HEAD,
            *states,
            "",
            "## Moves",
            "",
            "```mermaid",
            *_picture(moves),
            "```",
            "",
            *_table(moves),
            "",
            FOOT,
        ]
    )


def _states() -> Iterator[str]:
    yield "| state | on pages | national code | who owes the next act |"
    yield "|---|---|---|---|"
    for status in Status:
        owes = next((who for who, states in OWES.items() if status in states), "officer who hands out")
        yield f"| `{status}` | {status.label} | {NATIONAL_CODES[status]} | {owes} |"


def _picture(moves: Iterable[Move]) -> Iterator[str]:
    yield "stateDiagram-v2"
    yield f"    [*] --> {Status.FILED}: file_dossier"
    for move in moves:
        for source in _in_order(move.sources):
            for target in _in_order(move.targets) or (source,):
                yield f"    {source} --> {target}: {move.name}"
    for status in _in_order(FINAL):
        yield f"    {status} --> [*]"


def _table(moves: Iterable[Move]) -> Iterator[str]:
    yield "| move | from | to | by | step | law |"
    yield "|---|---|---|---|---|---|"
    for move in moves:
        sources, targets = ", ".join(_in_order(move.sources)), ", ".join(_in_order(move.targets))
        step = NEEDS[move.needs] if move.by == "step" else "–"
        yield f"| `{move.name}` | {sources} | {targets or 'the same'} | {BY[move.by]} | {step} | {move.law} |"


def _in_order(statuses: frozenset[Status]) -> list[str]:
    return [str(status) for status in Status if status in statuses]


if __name__ == "__main__":
    _light.start()
    print(as_markdown(), end="")  # noqa: T201  (its output is the file)
