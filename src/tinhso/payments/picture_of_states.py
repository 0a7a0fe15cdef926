"""The graph of states as a page of documentation, written from the table that the program runs on."""

from collections.abc import Iterable

from tinhso.payments.states import BILL_MOVES, REFUND_MOVES, Move

HEAD = """# States of a bill and of a refund

Written by `python -m tinhso.payments.picture_of_states > docs/payments-states.md`; do not edit. Each move
writes one row of `payment_event` and one entry of the ledger.
"""


def as_markdown() -> str:
    """Return the page: for each graph a Mermaid picture and a table."""
    return "\n".join([HEAD, *_section("Bill", BILL_MOVES), *_section("Refund", REFUND_MOVES)])


def _section(title: str, moves: Iterable[Move]) -> list[str]:
    moves = tuple(moves)
    arrows = (f"    {move.came_from or '[*]'} --> {move.to}: {move.name}" for move in moves)
    rows = (
        f"| {move.came_from or '–'} | {move.name} | {move.to} | `{move.event.kind}` | {move.why} |"
        for move in moves
    )
    table = ["| from | move | to | event | why |", "|---|---|---|---|---|", *rows]
    return [f"## {title}", "", "```mermaid", "stateDiagram-v2", *arrows, "```", "", *table, ""]


if __name__ == "__main__":
    print(as_markdown(), end="")  # noqa: T201  (its output is the file)
