"""
Proofs: entries told part by part, each with the path from its leaf to a published root.

What the reader may not see is told by its digest only. Whoever holds the file checks it without us
(tools/verify); its form is in docs/ledger.md.
"""

import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.models import LedgerCheckpoint, LedgerEntry, LedgerLeaf, LedgerStamp
from tinhso.kernel.refusals import Conflict
from tinhso.kernel.tree import canonical
from tinhso.kernel.tree.checking import erased_parts
from tinhso.kernel.tree.checking_files import published_size
from tinhso.kernel.tree.merkle import inclusion_path, leaf_hash, root_by_inclusion
from tinhso.kernel.tree.queries import decided_through
from tinhso.kernel.tree.tiles import TileDamaged, TileTree

PROOF = "tinhso-ledger-proof-v1"
ACTS = "tinhso-ledger-acts-v1"
STEP = 1_000
# (entry, name of the part) → may the reader see it
MayShow = Callable[[LedgerEntry, str], bool]


class NotSealedYet(Conflict):
    """Nothing of it is in a published checkpoint."""

    code = "not-sealed-yet"
    message = _("Sổ cái chưa được niêm phong đến đây. Hãy thử lại sau ít phút.")


class ProofBroken(Conflict):
    """An entry or a file is not what was sealed: no proof of it can be made. A matter for operators."""

    code = "proof-broken"
    message = _(
        "Mục %(position)s không khớp với cây băm đã niêm phong nên không lập được bằng chứng. "
        "Hãy báo cho cơ quan vận hành; họ chạy «tinhso verify ledger» để tìm chỗ sai lệch."
    )


def prove(entries: Sequence[LedgerEntry], *, may_show: MayShow, about: dict[str, str]) -> dict[str, Any]:
    """
    Return the proof of these entries as JSON values.

    :param about: what the entries are of, for whoever reads the file
    :raises NotSealedYet: none of them is in the published tree
    :raises ProofBroken: one is not what was sealed
    """
    checkpoint = LedgerCheckpoint.objects.filter(size=published_size()).first()
    if checkpoint is None:
        raise NotSealedYet
    places = _places(entries, below=checkpoint.size)
    sealed = [entry for entry in entries if entry.position in places]
    if not sealed:
        raise NotSealedYet
    tree, erased = TileTree(checkpoint.size), erased_parts(list(places))
    stamp = LedgerStamp.objects.filter(checkpoint=checkpoint).first()
    return {
        "format": PROOF,
        "about": about,
        "checkpoint": checkpoint.note,
        "stamp": base64.b64encode(bytes(stamp.token)).decode() if stamp else None,
        "acts": [
            _path(places[entry.position], entry, erased.get(entry.position), checkpoint, tree)
            | _act(entry, may_show, erased.get(entry.position, {}))
            for entry in sealed
        ],
        "waiting": len(entries) - len(sealed),
    }


def told_whole(start: int, end: int) -> Iterator[dict[str, Any]]:
    """
    Yield a header, then each entry with a leaf from ``start`` to before ``end``, all shown: for auditors.

    An entry that is gone is not there; one that no leaf knows is told with the index None. What is not as it
    was sealed is told as it is: whoever reads it finds out.
    """
    latest = LedgerCheckpoint.objects.order_by("-size").first()
    end = min(end, latest.size if latest else 0)
    yield {"format": ACTS, "start": start, "end": end, "checkpoint": latest.note if latest else ""}
    for low in range(start, end, STEP):
        leaves = LedgerLeaf.objects.filter(index__gte=low, index__lt=min(low + STEP, end)).order_by("index")
        yield from _told(list(leaves))
    for entry in _without_leaf():
        yield {"index": None} | _act(entry, _everything, {})


def _told(leaves: list[LedgerLeaf]) -> Iterator[dict[str, Any]]:
    positions = [leaf.position for leaf in leaves]
    entries, erased = LedgerEntry.objects.in_bulk(positions), erased_parts(positions)
    for leaf in leaves:
        if leaf.position in entries:
            act = _act(entries[leaf.position], _everything, erased.get(leaf.position, {}))
            yield {"index": leaf.index} | act


def _without_leaf() -> Iterator[LedgerEntry]:
    sealed = LedgerLeaf.objects.filter(position=OuterRef("position"))
    entries = LedgerEntry.objects.filter(~Exists(sealed), position__lte=decided_through())
    return entries.order_by("position").iterator()


def _act(entry: LedgerEntry, may_show: MayShow, erased: dict[str, bytes]) -> dict[str, Any]:
    salt, values = bytes(entry.salt), dict(canonical.parts_of(entry))
    parts: list[dict[str, Any]] = []
    for name in sorted(values.keys() | erased.keys()):
        if name not in values:
            parts.append({"digest": erased[name].hex()})
            continue
        own = canonical.part_salt(salt, name)
        if may_show(entry, name):
            parts.append({"name": name, "value": values[name], "salt": own.hex()})
        else:
            parts.append({"digest": canonical.part_digest(name, values[name], own).hex()})
    return {"parts": parts}


def _path(
    leaf: LedgerLeaf,
    entry: LedgerEntry,
    erased: Mapping[str, bytes] | None,
    checkpoint: LedgerCheckpoint,
    tree: TileTree,
) -> dict[str, Any]:
    """Return place and path, once they are seen to lead to the root that was signed."""
    commitment = canonical.commitment(entry, erased)
    try:
        path = inclusion_path(leaf.index, checkpoint.size, tree)
    except TileDamaged:
        raise ProofBroken(position=entry.position) from None
    root = root_by_inclusion(leaf_hash(commitment), leaf.index, checkpoint.size, path)
    if root != bytes(checkpoint.root):
        raise ProofBroken(position=entry.position)
    return {"index": leaf.index, "path": [one.hex() for one in path]}


def _places(entries: Sequence[LedgerEntry], *, below: int) -> dict[int, LedgerLeaf]:
    positions = [entry.position for entry in entries]
    return {row.position: row for row in LedgerLeaf.objects.filter(position__in=positions, index__lt=below)}


def _everything(_entry: LedgerEntry, _name: str) -> bool:
    return True
