"""Checking what was signed: each root over the leaves, each signature, each time stamp, their order."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from tinhso.kernel.models import LedgerCheckpoint
from tinhso.kernel.tree import notes, stamps
from tinhso.kernel.tree.findings import Finding
from tinhso.kernel.tree.merkle import Edge
from tinhso.kernel.tree.notes import PublicKey

# The clock that stamps and ours may differ by so much.
TOLERANCE = timedelta(minutes=10)


class CheckpointCheck:
    """Meets each checkpoint when the tree has grown to its size."""

    def __init__(self, public: Sequence[PublicKey]) -> None:
        self._public = public
        rows = LedgerCheckpoint.objects.order_by("size").select_related("stamp").iterator(chunk_size=500)
        self._rows = iter(rows)
        self._next = next(self._rows, None)
        self._at: datetime | None = None
        self._stamped_at: datetime | None = None
        self._behind = 0
        self._differs = False

    def at(self, edge: Edge) -> Iterator[Finding]:
        """Yield what is wrong with the checkpoint of this size, if there is one."""
        while self._next is not None and self._next.size <= edge.size:
            row, self._next = self._next, next(self._rows, None)
            if row.size < edge.size:
                yield Finding("checkpoint-out-of-place", f"there is a checkpoint of size {row.size}")
                continue
            yield from self._root(row, edge)
            yield from self._signature(row)
            yield from self._time(row)
            yield from self._stamp(row)

    def over(self, edge: Edge) -> Iterator[Finding]:
        """Yield what is only known at the end."""
        if self._behind:
            yield Finding(
                "clock-back", f"the clock had been set back at {self._behind} checkpoints", is_remark=True
            )
        if edge.size and self._stamped_at is None:
            yield Finding("no-stamp", "no checkpoint has a time stamp yet", is_remark=True)

    def _root(self, row: LedgerCheckpoint, edge: Edge) -> Iterator[Finding]:
        if bytes(row.root) != edge.root() and not self._differs:
            self._differs = True  # from the first on all of them do
            yield Finding(
                "root-differs",
                f"the root over {row.size} entries is not the one that was signed, nor any after it",
            )

    def _signature(self, row: LedgerCheckpoint) -> Iterator[Finding]:
        try:
            told = notes.open_checkpoint(row.note, self._public)
        except notes.BadNote as problem:
            yield Finding(
                "signature-forged", f"the checkpoint of {row.size} entries is not signed by us: {problem}"
            )
            return
        if (told.size, told.root) != (row.size, bytes(row.root)):
            yield Finding(
                "checkpoint-altered", f"the note of {row.size} entries says something else than its row"
            )

    def _time(self, row: LedgerCheckpoint) -> Iterator[Finding]:
        if self._at is not None and row.at < self._at:
            yield Finding(
                "time-backwards", f"the checkpoint of {row.size} entries is older than the one before it"
            )
        self._at = row.at
        self._behind += bool(row.behind)

    def _stamp(self, row: LedgerCheckpoint) -> Iterator[Finding]:
        stamp = getattr(row, "stamp", None)
        if stamp is None:
            return
        try:
            told = stamps.authority().stamped_at(row.note.encode(), bytes(stamp.token))
        except (stamps.BadStamp, stamps.NoStamp) as problem:
            yield Finding("stamp-forged", f"the time stamp over {row.size} entries does not hold: {problem}")
            return
        if told != stamp.stamped_at:
            yield Finding("stamp-altered", f"the time stamp over {row.size} entries tells another moment")
        if self._stamped_at is not None and told < self._stamped_at:
            yield Finding(
                "stamp-backwards", f"the time stamp over {row.size} entries is older than one before it"
            )
        if told < row.at - TOLERANCE - timedelta(seconds=row.behind):
            yield Finding(
                "stamp-too-early", f"the checkpoint of {row.size} entries was stamped before it was made"
            )
        self._stamped_at = told
