"""Merkle trees of RFC 9162, section 2.1: hashes, and the two kinds of proof."""

import hashlib
from collections.abc import Callable, Sequence

SubtreeHash = Callable[[int, int], bytes]


def hash_leaf(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def hash_children(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of_subtrees(hashes: Sequence[bytes]) -> bytes:
    """Return the root over perfect subtrees side by side, the biggest first."""
    if not hashes:
        return hashlib.sha256(b"").digest()
    root = hashes[-1]
    for left in reversed(hashes[:-1]):
        root = hash_children(left, root)
    return root


def root_of_size(size: int, subtree: SubtreeHash) -> bytes:
    """Return the root of the first ``size`` leaves; ``subtree(level, index)`` is asked for each peak."""
    peaks, start = [], 0
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            peaks.append(subtree(level, start >> level))
            start += 1 << level
    return root_of_subtrees(peaks)


def root_from_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """Return the root to which the path leads from the leaf; None when it is no path of this tree."""
    if not 0 <= index < size:
        return None
    fn, sn, current = index, size - 1, leaf
    for sibling in path:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            current = hash_children(sibling, current)
            while fn and not fn & 1:
                fn >>= 1
                sn >>= 1
        else:
            current = hash_children(current, sibling)
        fn >>= 1
        sn >>= 1
    return current if sn == 0 else None
