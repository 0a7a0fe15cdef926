"""
The Merkle tree of RFC 9162, section 2.1, hashed as in RFC 6962: 0x00 before a leaf, 0x01 before a node.

A tree of ``size`` leaves is never held whole: sealing needs its :class:`Edge` only, proofs ask a
:data:`Subtree` for the few nodes they need.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

HASH = 32
EMPTY = sha256(b"").digest()
# (level, index) → hash of the perfect subtree over leaves index·2^level … (index+1)·2^level-1
Subtree = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of a leaf."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of the node over two subtrees."""
    return sha256(b"\x01" + left + right).digest()


@dataclass
class Edge:
    """
    The right edge of a tree: the hashes of its perfect subtrees, the biggest first.

    :param size: number of leaves
    :param peaks: one hash for each bit that is set in ``size``
    """

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> None:
        """Put the hash of one more leaf to the right."""
        carried, level = leaf, self.size
        while level & 1:
            carried = node_hash(self.peaks.pop(), carried)
            level >>= 1
        self.peaks.append(carried)
        self.size += 1

    def root(self) -> bytes:
        """Return the hash of the whole tree."""
        return fold(self.peaks)

    def packed(self) -> bytes:
        return b"".join(self.peaks)

    @classmethod
    def unpacked(cls, size: int, packed: bytes) -> "Edge":
        """
        Return the edge that was packed.

        :raises ValueError: the hashes are not as many as a tree of this size has
        """
        if len(packed) != HASH * size.bit_count():
            raise ValueError(f"an edge of {len(packed)} bytes is not that of {size} leaves")
        return cls(size, [packed[at : at + HASH] for at in range(0, len(packed), HASH)])


def fold(peaks: Sequence[bytes]) -> bytes:
    """Return the root over perfect subtrees that stand side by side, the biggest first."""
    if not peaks:
        return EMPTY
    *others, root = peaks
    for peak in reversed(others):
        root = node_hash(peak, root)
    return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over these hashes of leaves."""
    edge = Edge()
    for leaf in leaves:
        edge.append(leaf)
    return edge.root()


def tree_root(size: int, subtree: Subtree) -> bytes:
    """Return the root of the first ``size`` leaves."""
    return range_hash(0, size, subtree)


def range_hash(start: int, end: int, subtree: Subtree) -> bytes:
    """Return the hash over the leaves from start to before end, as RFC 9162 splits them."""
    peaks: list[bytes] = []
    while start < end:
        level = (end - start).bit_length() - 1
        peaks.append(subtree(level, start >> level))
        start += 1 << level
    return fold(peaks)


def inclusion_path(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """
    Return what proves that the leaf is in the tree of this size (RFC 9162, 2.1.3.1), from the leaf upwards.

    :raises ValueError: the tree has no such leaf
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(range_hash(middle, end, subtree))
            end = middle
        else:
            path.append(range_hash(start, middle, subtree))
            start = middle
    return path[::-1]


def consistency_path(old: int, new: int, subtree: Subtree) -> list[bytes]:
    """
    Return what proves that the first ``old`` of ``new`` leaves are the older tree (RFC 9162, 2.1.4.1).

    :raises ValueError: the sizes are not 0 < old ≤ new
    """
    if not 0 < old <= new:
        raise ValueError(f"no proof leads from {old} to {new} leaves")
    path: list[bytes] = []
    start, end = 0, new
    while end != old:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(range_hash(middle, end, subtree))
            end = middle
        else:
            path.append(range_hash(start, middle, subtree))
            start = middle
    if start:
        path.append(range_hash(start, end, subtree))
    return path[::-1]


def root_by_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """Return the root the path leads to (RFC 9162, 2.1.3.2); None when it cannot be such a path."""
    if not 0 <= index < size:
        return None
    node, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if node & 1 or node == last:
            found = node_hash(sibling, found)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        node, last = node >> 1, last >> 1
    return found if last == 0 else None


def is_consistent(old: int, old_root: bytes, new: int, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Tell whether the path proves that the new tree begins with the old one (RFC 9162, 2.1.4.2)."""
    if old == new:
        return not path and old_root == new_root
    if not 0 < old < new or not path:
        return False
    hashes = [old_root, *path] if old & (old - 1) == 0 else list(path)
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    of_old = of_new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            of_old, of_new = node_hash(sibling, of_old), node_hash(sibling, of_new)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            of_new = node_hash(of_new, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and of_old == old_root and of_new == new_root


def _split(size: int) -> int:
    """Return the largest power of two below the size."""
    return 1 << ((size - 1).bit_length() - 1)
