"""
Sealing: every entry that was committed gets the next leaf, once, and a checkpoint is signed over all.

Positions come from a sequence: they are committed out of order and some never. So the order of the leaves is
that of sealing. What lies behind ``through`` is never looked at again; it moves up to a position only when
every transaction that could hold a lower one has ended. Such a transaction holds a lock on the table from
before it takes a position until after it is visible (the rule by which CREATE INDEX CONCURRENTLY waits), so
the sealer reads the last position first, then who holds the lock, and waits for nobody: writers never notice.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from tinhso.kernel import locks
from tinhso.kernel.keyring import MissingKey
from tinhso.kernel.models import LedgerCheckpoint, LedgerEntry, LedgerLeaf, LedgerTree
from tinhso.kernel.tree import canonical, keys, notes, tiles
from tinhso.kernel.tree.keys import LogKeys
from tinhso.kernel.tree.merkle import Edge, leaf_hash
from tinhso.kernel.tree.notes import Checkpoint

BATCH = 5_000
PATIENCE = 0.25  # seconds at most that a round waits for writers to end; else it looks behind them next time
PAUSE = 0.01
LOCK = "ledger.seal"
TABLE = LedgerEntry._meta.db_table

LAST = """
SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM ledger_entry_position_seq
"""
KEEP = """
INSERT INTO ledger_leaf (index, position, commitment)
SELECT %s + row.place - 1, row.position, row.commitment
FROM unnest(%s::bigint[], %s::bytea[]) WITH ORDINALITY AS row (position, commitment, place)
"""


class HistoryForked(Exception):  # noqa: N818  (named by what is wrong)
    """What was published is not the beginning of what the database holds: nothing more may be signed."""


@dataclass(frozen=True, slots=True)
class _Horizon:
    """:param decided: no transaction that began before can still bring an entry up to ``position``"""

    position: int
    decided: bool


def seal(*, at: datetime) -> int:
    """
    Seal what was committed since the last round; return how many entries, none while another is at work.

    :raises HistoryForked: the database was set back behind what was published
    :raises MissingKey: the keys are gone although something was signed with them
    """
    horizon = _horizon()
    sealed, after = 0, None
    while True:
        batch = _seal_batch(at=at, horizon=horizon, after=after)
        sealed += len(batch)
        if len(batch) < BATCH:
            return sealed
        after = batch[-1]


def ensure_keys() -> LogKeys:
    """
    Return the keys of the log; the first ones are made when nothing was signed yet.

    :raises MissingKey: they are gone although something was signed with them
    """
    try:
        return keys.load()
    except MissingKey:
        if LedgerCheckpoint.objects.exists():
            raise
        return keys.create(keys.origin_of(settings.TINHSO.base_url))


@transaction.atomic
def _seal_batch(*, at: datetime, horizon: _Horizon, after: int | None) -> Sequence[int]:
    """Seal up to a batch of entries; return their positions."""
    if not locks.try_hold(LOCK):
        return ()
    tree = LedgerTree.objects.get_or_create(id=1)[0]
    entries = list(_unsealed(tree.through if after is None else after))
    if horizon.decided:
        seen = entries[-1].position if len(entries) == BATCH else horizon.position
        tree.through = max(tree.through, min(seen, horizon.position))
    if not entries:
        LedgerTree.objects.filter(id=1).exclude(through=tree.through).update(through=tree.through)
        return ()

    log = ensure_keys()
    refuse_fork(tree.size)

    positions, edge = [entry.position for entry in entries], Edge.unpacked(tree.size, bytes(tree.edge))
    commitments = [canonical.commitment(entry) for entry in entries]
    for commitment in commitments:
        edge.append(leaf_hash(commitment))
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [tree.size, positions, commitments])

    tree.size, tree.edge = edge.size, edge.packed()
    tree.save(update_fields=["size", "edge", "through"])
    _sign(log, edge, at=at)
    return positions


def _unsealed(after: int) -> QuerySet[LedgerEntry]:
    sealed = LedgerLeaf.objects.filter(position=OuterRef("position"))
    return LedgerEntry.objects.filter(~Exists(sealed), position__gt=after).order_by("position")[:BATCH]


def _sign(log: LogKeys, edge: Edge, *, at: datetime) -> None:
    checkpoint = Checkpoint(log.origin, edge.size, edge.root())
    last = LedgerCheckpoint.objects.order_by("-size").values_list("at", flat=True).first()
    # A clock that was set back must not make a later checkpoint look earlier.
    told = max(at, last) if last else at
    LedgerCheckpoint.objects.create(
        size=edge.size,
        root=checkpoint.root,
        at=told,
        behind=int((told - at).total_seconds()),
        note=notes.sign(checkpoint.text(), log.signers),
    )


def refuse_fork(size: int) -> None:
    """:raises HistoryForked: the published checkpoint is not one of ours"""
    published = published_checkpoint()
    if published is None:
        return
    if published.size > size:
        raise HistoryForked(
            f"{published.size} entries were published, the database has sealed {size}: it was set back"
        )
    ours = LedgerCheckpoint.objects.filter(size=published.size).values_list("root", flat=True).first()
    if ours is None or bytes(ours) != published.root:
        raise HistoryForked(f"the database has another root over {published.size} entries than was published")


def published_checkpoint() -> Checkpoint | None:
    """Return what the public file says, whoever signed it. :raises HistoryForked: it is not readable"""
    file = tiles.folder() / tiles.CHECKPOINT
    if not file.is_file():
        return None
    try:
        return Checkpoint.parse(file.read_text(encoding="utf-8"))
    except (notes.BadNote, UnicodeDecodeError):
        raise HistoryForked(f"{file} is not a checkpoint") from None


def _horizon() -> _Horizon:
    """Return the last position that was given out, and whether all up to it is decided by now."""
    with connection.cursor() as cursor:
        cursor.execute(LAST)
        (position,) = cursor.fetchone()
        before = locks.writers_of(TABLE)
        until = time.monotonic() + PATIENCE
        while before and time.monotonic() < until:
            time.sleep(PAUSE)
            before &= locks.writers_of(TABLE)
    return _Horizon(position, not before)
