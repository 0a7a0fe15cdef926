"""Acts: what happened, told in parts, and whether that is what the log sealed."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from tinhso_verify.words import Unreadable

ENTRY = b"tinhso-ledger-entry-v1\n"
PART = b"tinhso-ledger-part-v1\n"


@dataclass(frozen=True)
class Act:
    """
    One thing that happened.

    :param index: its place in the log; None for one that no place was told of
    :param parts: as the file has them
    """

    index: int | None
    parts: list[dict[str, Any]]
    path: list[bytes]

    @property
    def told(self) -> dict[str, Any]:
        """What the file shows of the act itself."""
        found: dict[str, Any] = self.shown().get("act") or {}
        return found

    @property
    def facts(self) -> dict[str, object]:
        return {"kind": self.told.get("kind", "?"), "at": self.told.get("at", "?")}

    @property
    def hidden(self) -> int:
        return sum("digest" in part for part in self.parts)

    def shown(self) -> dict[str, Any]:
        return {part["name"]: part["value"] for part in self.parts if "digest" not in part}

    def entry(self) -> bytes:
        """Return what the log holds of the act, computed from its parts."""
        return hashlib.sha256(ENTRY + b"".join(_digest(part) for part in self.parts)).digest()

    def at_position(self, position: object) -> "Act":
        """Return the act as if it had been recorded at this position."""
        moved = [
            {**part, "value": {**part["value"], "position": position}} if part.get("name") == "act" else part
            for part in self.parts
        ]
        return Act(self.index, moved, self.path)


def canonical(value: Any) -> bytes:
    """Return a JSON value as the log hashes it (docs/ledger.md, «Canonical form»)."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_act(raw: dict[str, Any], *, file: str) -> Act:
    """:raises Unreadable: this is not how an act is told"""
    try:
        parts = list(raw["parts"])
        names = [part["name"] for part in parts if "digest" not in part]
        act = Act(raw["index"], parts, [bytes.fromhex(one) for one in raw.get("path", ())])
        act.entry()
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Unreadable("acts-unreadable", file=file, why="parts") from None
    if names != sorted(set(names)) or "act" not in names:
        raise Unreadable("acts-unreadable", file=file, why="names")
    return act


def _digest(part: dict[str, Any]) -> bytes:
    if "digest" in part:
        digest = bytes.fromhex(part["digest"])
        if len(digest) != 32:
            raise ValueError
        return digest
    return hashlib.sha256(
        PART + bytes.fromhex(part["salt"]) + canonical([part["name"], part["value"]])
    ).digest()
