"""
Checking: the database against the tree, the tree against what was signed, and both against the public files.

Nothing here trusts what sealing remembered: every leaf is computed anew from its entry, every node from the
leaves, every signature from the key file. A finding names what is wrong in a sentence for operators.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from tinhso.kernel.keyring import MissingKey
from tinhso.kernel.models import LedgerCheckpoint, LedgerEntry, LedgerErasure, LedgerLeaf, LedgerTree
from tinhso.kernel.tree import canonical, checking_files, keys
from tinhso.kernel.tree.checkpoint_checking import CheckpointCheck
from tinhso.kernel.tree.findings import Finding
from tinhso.kernel.tree.merkle import Edge, leaf_hash

STEP = 2_000
NAMED = 100  # of one kind, so that a tree that is wrong as a whole is still told
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class _Step:
    start: int
    end: int
    rows: list[LedgerLeaf]


@dataclass
class _Walk:
    """What is known while the leaves are walked through."""

    edge: Edge = field(default_factory=Edge)
    altered: list[tuple[LedgerLeaf, LedgerEntry]] = field(default_factory=list)


def check(progress: Progress = lambda _done, _all: None) -> Iterator[Finding]:
    """
    Yield everything that is not as it was sealed; nothing at all is good news.

    :param progress: told how many leaves of how many are done
    """
    tree = LedgerTree.objects.filter(id=1).first() or LedgerTree()
    try:
        public = keys.load().public
    except MissingKey as problem:
        if tree.size:
            yield Finding("key-missing", str(problem))
        public = ()
    walk, checkpoints = _Walk(), CheckpointCheck(public)
    yield from _few_of_a_kind(_all(tree, walk, checkpoints, progress))


def check_stretch(start: int, end: int) -> Iterator[Finding]:
    """
    Yield what is wrong with entries and files of the leaves ``start`` to before ``end``, and with the whole
    as the public files tell it. Costs what the stretch costs, not what the ledger does.

    :param start: a multiple of 256
    """
    tree = LedgerTree.objects.filter(id=1).first() or LedgerTree()
    yield from _few_of_a_kind(_stretch(tree, start, end))


def _stretch(tree: LedgerTree, start: int, end: int) -> Iterator[Finding]:
    walk, files = _Walk(), checking_files.LeafFiles(tree.size)
    for leaves in _steps(start, end):
        yield from _missing(leaves.rows, leaves.start, leaves.end)
        yield from _entries(leaves.rows, walk)
        yield from files.against(leaves.rows)
    yield from _swapped_or_altered(walk.altered)
    yield from _inserted(tree)
    yield from checking_files.check(tree.size, start=start, end=end)
    yield from checking_files.root()


def _few_of_a_kind(found: Iterator[Finding]) -> Iterator[Finding]:
    seen: Counter[str] = Counter()
    for finding in found:
        seen[finding.code] += 1
        if seen[finding.code] <= NAMED:
            yield finding
    for code, times in seen.items():
        if times > NAMED:
            yield Finding(code, f"{times - NAMED} more of this kind ({code}) are not named")


def _all(
    tree: LedgerTree, walk: _Walk, checkpoints: CheckpointCheck, progress: Progress
) -> Iterator[Finding]:
    yield from _leaves(walk, checkpoints, tree.size, progress)
    yield from _swapped_or_altered(walk.altered)
    yield from _inserted(tree)
    yield from checkpoints.over(walk.edge)
    yield from _state(tree, walk.edge)
    yield from checking_files.check(walk.edge.size)


def _leaves(walk: _Walk, checkpoints: CheckpointCheck, size: int, progress: Progress) -> Iterator[Finding]:
    files = checking_files.LeafFiles(size)
    for leaves in _steps(0, size):
        yield from _missing(leaves.rows, leaves.start, leaves.end)
        yield from _entries(leaves.rows, walk)
        for leaf in leaves.rows:
            walk.edge.append(leaf_hash(bytes(leaf.commitment)))
            yield from checkpoints.at(walk.edge)
        yield from files.against(leaves.rows)
        progress(leaves.end, size)


def _steps(start: int, end: int) -> Iterator[_Step]:
    for low in range(start, end, STEP):
        high = min(low + STEP, end)
        rows = LedgerLeaf.objects.filter(index__gte=low, index__lt=high).order_by("index")
        yield _Step(low, high, list(rows))


def _missing(leaves: list[LedgerLeaf], start: int, end: int) -> Iterator[Finding]:
    there = {leaf.index for leaf in leaves}
    for index in range(start, end):
        if index not in there:
            yield Finding("leaf-deleted", f"leaf {index} of the tree was deleted", index=index)


def _entries(leaves: list[LedgerLeaf], walk: _Walk) -> Iterator[Finding]:
    positions = [leaf.position for leaf in leaves]
    entries = LedgerEntry.objects.in_bulk(positions)
    erased = erased_parts(positions)
    for leaf in leaves:
        entry = entries.get(leaf.position)
        if entry is None:
            yield Finding(
                "row-deleted",
                f"entry {leaf.position} was deleted; it is leaf {leaf.index}",
                position=leaf.position,
                index=leaf.index,
            )
        elif canonical.commitment(entry, erased.get(leaf.position)) != bytes(leaf.commitment):
            walk.altered.append((leaf, entry))


def erased_parts(positions: list[int]) -> dict[int, dict[str, bytes]]:
    """Return the digests of parts erased by law, by position and name."""
    found: dict[int, dict[str, bytes]] = {}
    for one in LedgerErasure.objects.filter(position__in=positions):
        found.setdefault(one.position, {})[one.part] = bytes(one.digest)
    return found


def _swapped_or_altered(altered: list[tuple[LedgerLeaf, LedgerEntry]]) -> Iterator[Finding]:
    """Name the entries that are not what was sealed; two that changed places are named together."""
    named: set[int] = set()
    for leaf, entry in altered:
        if leaf.position in named:
            continue
        other = next((two for two in altered[:NAMED] if _changed_places(leaf, entry, *two)), None)
        if other is not None:
            named.add(other[0].position)
            yield Finding(
                "rows-swapped",
                f"entries {leaf.position} and {other[0].position} have changed places",
                position=leaf.position,
                index=leaf.index,
            )
            continue
        yield Finding(
            "row-altered",
            f"entry {leaf.position} ({entry.kind}) is not what was sealed as leaf {leaf.index}",
            position=leaf.position,
            index=leaf.index,
        )


def _changed_places(leaf: LedgerLeaf, entry: LedgerEntry, to: LedgerLeaf, there: LedgerEntry) -> bool:
    if leaf.position == to.position:
        return False
    return _as_at(entry, to.position) == bytes(to.commitment) and _as_at(there, leaf.position) == bytes(
        leaf.commitment
    )


def _as_at(entry: LedgerEntry, position: int) -> bytes:
    kept = entry.position
    entry.position = position
    try:
        return canonical.commitment(entry)
    finally:
        entry.position = kept


def _inserted(tree: LedgerTree) -> Iterator[Finding]:
    """Entries where all had been decided: they were put there later."""
    sealed = LedgerLeaf.objects.filter(position=OuterRef("position"))
    rows = LedgerEntry.objects.filter(~Exists(sealed), position__lte=tree.through).order_by("position")
    for position, kind in rows.values_list("position", "kind")[: NAMED + 1]:
        yield Finding(
            "row-inserted",
            f"entry {position} ({kind}) is in no leaf although all entries up to {tree.through} were sealed",
            position=position,
        )


def _state(tree: LedgerTree, edge: Edge) -> Iterator[Finding]:
    if tree.size and (edge.size, edge.packed()) != (tree.size, bytes(tree.edge)):
        yield Finding("state-altered", "what sealing goes on from is not the tree of the leaves")
    now = Coalesce(Subquery(LedgerTree.objects.filter(id=1).values("size")), 0)
    more = LedgerLeaf.objects.filter(index__gte=now).order_by("index").values_list("index", flat=True)
    for index in more[: NAMED + 1]:
        yield Finding("leaf-inserted", f"leaf {index} stands behind the end of the tree", index=index)
    beyond = LedgerCheckpoint.objects.filter(size__gt=now).values_list("size", flat=True)
    for size in beyond[:NAMED]:
        yield Finding("tree-cut", f"{size} entries were signed, the tree has {tree.size}: it was set back")
