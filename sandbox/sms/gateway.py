"""What the gateway keeps, and how it is told to misbehave."""

import json
import threading
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

MOODS = ("ok", "down", "reject", "lost")


@dataclass(frozen=True)
class Sms:
    """A message that was taken. ``key`` is the sender's: the same one is taken once."""

    id: str
    to: str
    text: str
    key: str
    at: str


@dataclass(frozen=True)
class Mood:
    """
    What happens to the next messages.

    :param kind: ``ok``; ``down``: 503; ``reject``: 422; ``lost``: taken, and the answer is a 504
    :param times: for how many of them
    """

    kind: str = "ok"
    times: int = 0


class Gateway:
    """Messages in one file, a JSON object a line; kept in memory alone without a file."""

    def __init__(self, path: Path | None = None) -> None:
        self.mood = Mood()
        self._path = path
        self._lock = threading.Lock()
        self._taken: list[Sms] = []
        if path and path.exists():
            self._taken = [Sms(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]

    def take(self, *, to: str, text: str, key: str) -> Sms:
        """Keep the message; with a known key, return the one that was kept."""
        with self._lock:
            for known in self._taken:
                if key and known.key == key:
                    return known
            fresh = Sms(f"SMS{len(self._taken) + 1:06d}", to, text, key, datetime.now(tz=UTC).isoformat())
            self._taken.append(fresh)
            if self._path:
                with self._path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(asdict(fresh), ensure_ascii=False) + "\n")
            return fresh

    def taken(self) -> list[Sms]:
        """Return what was taken, newest first."""
        return self._taken[::-1]

    def mood_once(self) -> str:
        """Return how to treat this message, and count it."""
        if self.mood.times < 1:
            return "ok"
        self.mood = replace(self.mood, times=self.mood.times - 1)
        return self.mood.kind
