"""The tree of RFC 9162 against its published vectors and a slow oracle."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhso.kernel.tree import merkle
from tinhso.kernel.tree.merkle import Edge, leaf_hash

# The leaves of the reference implementation of RFC 6962 and the roots over the first n of them.
LEAVES = [
    bytes.fromhex(one)
    for one in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
hashes = st.lists(st.binary(min_size=0, max_size=3), min_size=1, max_size=70)


def slow_root(leaves: list[bytes]) -> bytes:
    """The definition, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + slow_root(leaves[:split]) + slow_root(leaves[split:])).digest()


def subtree_of(leaves: list[bytes]) -> merkle.Subtree:
    def subtree(level: int, index: int) -> bytes:
        return slow_root(leaves[index << level : (index + 1) << level])

    return subtree


def test_the_published_roots_are_reached() -> None:
    assert merkle.EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    edge = Edge()
    for leaf, root in zip(LEAVES, ROOTS, strict=True):
        edge.append(leaf_hash(leaf))
        assert edge.root().hex() == root


@given(hashes)
def test_root_edge_and_tree_agree_with_the_oracle(leaves: list[bytes]) -> None:
    edge = Edge()
    for leaf in leaves:
        edge = Edge.unpacked(edge.size, edge.packed())
        edge.append(leaf_hash(leaf))
    assert edge.root() == slow_root(leaves) == merkle.tree_root(len(leaves), subtree_of(leaves))


@given(hashes, st.data())
def test_each_leaf_is_proved_and_no_other(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    size, root = len(leaves), slow_root(leaves)
    path = merkle.inclusion_path(index, size, subtree_of(leaves))
    assert merkle.root_by_inclusion(leaf_hash(leaves[index]), index, size, path) == root
    assert merkle.root_by_inclusion(leaf_hash(b"another leaf"), index, size, path) != root
    assert merkle.root_by_inclusion(leaf_hash(leaves[index]), size, size, path) is None
    assert merkle.root_by_inclusion(leaf_hash(leaves[index]), index, size, [*path, root]) is None


@given(hashes, st.data())
def test_an_older_tree_is_proved_to_be_the_beginning(leaves: list[bytes], data: st.DataObject) -> None:
    old = data.draw(st.integers(1, len(leaves)))
    new = len(leaves)
    roots = slow_root(leaves[:old]), slow_root(leaves)
    path = merkle.consistency_path(old, new, subtree_of(leaves))
    assert merkle.is_consistent(old, roots[0], new, roots[1], path)
    forged = sha256(b"forged").digest()
    assert not merkle.is_consistent(old, forged, new, roots[1], path)
    assert not merkle.is_consistent(old, roots[0], new, forged, path)


def test_what_is_no_tree_is_refused() -> None:
    with pytest.raises(ValueError, match="no leaf 3"):
        merkle.inclusion_path(3, 3, subtree_of(LEAVES))
    with pytest.raises(ValueError, match="from 0 to 3"):
        merkle.consistency_path(0, 3, subtree_of(LEAVES))
    with pytest.raises(ValueError, match="not that of 3 leaves"):
        Edge.unpacked(3, bytes(32))
