"""The four things one can ask: of a proof, of a list of acts, of two checkpoints, of a whole log."""

import base64
import binascii
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography import x509

from tinhso_verify.acts import Act, read_act
from tinhso_verify.files import Read, Tiles, check_all
from tinhso_verify.notes import Checkpoint, Key, open_checkpoint
from tinhso_verify.stamps import judge
from tinhso_verify.trees import hash_leaf, root_from_inclusion
from tinhso_verify.words import Unreadable, Wrong

PROOF, ACTS = "tinhso-ledger-proof-v1", "tinhso-ledger-acts-v1"
NAMED = 20
Say = Callable[..., None]


@dataclass(frozen=True)
class Trust:
    """What the person who checks takes for true."""

    keys: list[Key]
    roots: Sequence[x509.Certificate] = ()


def check_proof(path: str, trust: Trust, say: Say) -> None:
    """Check a person's own file. :raises Wrong, Unreadable: with the sentence"""
    raw = _json(path)
    if raw.get("format") != PROOF:
        raise Unreadable("acts-unreadable", file=path, why="format")
    checkpoint = _checkpoint(str(raw.get("checkpoint", "")).encode(), trust, say)
    token = _token(raw.get("stamp"))
    _say_stamp(token, checkpoint.note, trust, say)
    acts = [read_act(one, file=path) for one in raw.get("acts", ())]
    _report(_not_sealed(acts, checkpoint), lambda _act: None)
    for act in acts:
        say("act-holds", index=act.index, **act.facts)
    say("acts-hold", count=len(acts))
    if hidden := sum(act.hidden for act in acts):
        say("parts-hidden", count=hidden)
    if raw.get("waiting"):
        say("acts-waiting", count=raw["waiting"])


def check_acts(path: str, read: Read, trust: Trust, say: Say) -> None:
    """Check a list of acts against the public log: none altered, put in, taken out or moved."""
    lines = _lines(path)
    header = next(lines, {})
    if header.get("format") != ACTS:
        raise Unreadable("acts-unreadable", file=path, why="format")
    checkpoint = _log(read, trust, say)
    tiles = Tiles(read, checkpoint.size)
    start, end = int(header["start"]), int(header["end"])
    if end > checkpoint.size:
        raise Wrong("rolled-back", old=end, new=checkpoint.size)
    wanted = {
        index * 256 + place: entry
        for index, _name, entries in tiles.entries()
        for place, entry in enumerate(entries)
        if start <= index * 256 + place < end
    }
    acts = [read_act(one, file=path) for one in lines]
    _report(
        [act for act in acts if act.index is not None and act.entry() != wanted.get(act.index)],
        lambda act: wanted.get(-1 if act.index is None else act.index),
    )
    for act in acts:
        if act.index is None:
            raise Wrong("act-inserted", **act.facts)
    for index in sorted(wanted.keys() - {act.index for act in acts}):
        raise Wrong("act-missing", index=index)
    say("acts-hold", count=len(acts))


def check_consistency(old: bytes, read: Read, trust: Trust, say: Say, new: bytes | None = None) -> None:
    """Check that the newer checkpoint goes on from the older one, from the tiles in between."""
    before = _checkpoint(old, trust, say)
    after = _checkpoint(new, trust, say) if new is not None else _log(read, trust, say, whole=False)
    if before.origin != after.origin:
        raise Wrong("other-log", old=before.origin, new=after.origin)
    if after.size < before.size:
        raise Wrong("rolled-back", old=before.size, new=after.size)
    tiles = Tiles(read, after.size)
    if tiles.root(after.size) != after.root:
        raise Wrong("root-differs", size=after.size)
    if tiles.root(before.size) != before.root:
        raise Wrong("forked", old=before.size)
    say("consistent", old=before.size, new=after.size)


def check_log(read: Read, trust: Trust, say: Say) -> None:
    """Compute the whole public log anew: bundles, tiles, root, signature, time stamp."""
    _log(read, trust, say)
    note, token = read("stamped"), read("stamped.tsr")
    if note is not None:
        _say_stamp(token, note, trust, say)
        check_consistency(note, read, trust, say)


def _log(read: Read, trust: Trust, say: Say, *, whole: bool = True) -> Checkpoint:
    note = read("checkpoint")
    if note is None:
        raise Wrong("file-missing", file="checkpoint")
    checkpoint = _checkpoint(note, trust, say)
    if whole:
        tiles = Tiles(read, checkpoint.size)
        check_all(tiles)
        if tiles.root(checkpoint.size) != checkpoint.root:
            raise Wrong("root-differs", size=checkpoint.size)
        say("log-holds", size=checkpoint.size)
    return checkpoint


def _checkpoint(note: bytes, trust: Trust, say: Say) -> Checkpoint:
    found = open_checkpoint(note, trust.keys)
    say("checkpoint-holds", origin=found.origin, size=found.size, root=found.root.hex())
    return found


def _say_stamp(token: bytes | None, note: bytes, trust: Trust, say: Say) -> None:
    if token is None:
        say("no-stamp")
        return
    stamped = judge(token, note, trust.roots)
    at = f"{stamped.at:%Y-%m-%d %H:%M:%S}"
    if stamped.is_judged:
        say("stamp-holds", who=stamped.who, at=at)
    else:
        say("stamp-not-judged", at=at)


def _not_sealed(acts: Sequence[Act], checkpoint: Checkpoint) -> list[Act]:
    return [
        act
        for act in acts
        if act.index is None
        or root_from_inclusion(hash_leaf(act.entry()), act.index, checkpoint.size, act.path)
        != checkpoint.root
    ]


def _report(altered: list[Act], wanted: Callable[[Act], bytes | None]) -> None:
    """:raises Wrong: something was altered; two that changed places are told together"""
    for one in altered[:NAMED]:
        for two in altered[:NAMED]:
            if one is not two and _changed_places(one, two, wanted):
                raise Wrong("acts-swapped", one=one.index, two=two.index)
    for one in altered:
        raise Wrong("act-altered", index=one.index, **one.facts)


def _changed_places(one: Act, two: Act, wanted: Callable[[Act], bytes | None]) -> bool:
    here, there = one.told.get("position"), two.told.get("position")
    return one.at_position(there).entry() == wanted(two) and two.at_position(here).entry() == wanted(one)


def _token(encoded: Any) -> bytes | None:
    if encoded is None:
        return None
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, TypeError, ValueError):
        raise Unreadable("stamp-unreadable") from None


def _json(path: str) -> dict[str, Any]:
    try:
        raw = json.loads(Path(path).read_text("utf-8"))
    except (OSError, ValueError) as problem:
        raise Unreadable("acts-unreadable", file=path, why=problem) from None
    if not isinstance(raw, dict):
        raise Unreadable("acts-unreadable", file=path, why="object")
    return raw


def _lines(path: str) -> Iterator[dict[str, Any]]:
    try:
        with Path(path).open(encoding="utf-8") as file:
            for line in file:
                yield json.loads(line)
    except (OSError, ValueError) as problem:
        raise Unreadable("acts-unreadable", file=path, why=problem) from None
