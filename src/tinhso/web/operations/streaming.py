"""
The live counters as server-sent events (docs/adr/0020-live-counters.md).

A stream holds one of the server's threads, so few are given out at a time, each for a minute. The browser
comes back by itself, and whoever finds no place asks for the part every few seconds instead.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Lock

# Of the sixteen threads of a web process.
MOST_STREAMS = 4
LASTS = 60.0
LOOKS_EVERY = 0.4
BEATS_EVERY = 15.0
# Milliseconds after which the browser comes back.
RETRY = 2000


@dataclass
class Places:
    """Places of one process; one that nobody gave back is free again once its stream would have ended."""

    most: int = MOST_STREAMS
    _until: dict[int, float] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _last: int = 0

    def take(self, *, now: float) -> int | None:
        """Return the number of the place; None when all are taken."""
        with self._lock:
            self._until = {place: until for place, until in self._until.items() if until > now}
            if len(self._until) >= self.most:
                return None
            self._last += 1
            self._until[self._last] = now + LASTS + BEATS_EVERY
            return self._last

    def give_back(self, place: int) -> None:
        """Give it back; twice is once."""
        with self._lock:
            self._until.pop(place, None)


@dataclass
class Stream:
    """
    What one browser is sent: a message when the ledger has moved, a beat when it has not for long.

    :param place: is given back when the stream ends, however it ends
    :param position: how far facts are now
    :param message: the figures now
    :param clock: seconds that only grow; ``rest`` waits
    """

    places: Places
    place: int
    position: Callable[[], int]
    message: Callable[[], dict[str, str]]
    clock: Callable[[], float]
    rest: Callable[[float], None]

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._events()
        finally:
            self.close()

    def close(self) -> None:
        """Called by the server when the browser went away."""
        self.places.give_back(self.place)

    def _events(self) -> Iterator[bytes]:
        ends = self.clock() + LASTS
        seen = self.position()
        yield f"retry: {RETRY}\n".encode() + event(seen, self.message())
        said = self.clock()
        while self.clock() < ends:
            self.rest(LOOKS_EVERY)
            now = self.position()
            if now != seen:
                seen = now
                yield event(seen, self.message())
            elif self.clock() - said >= BEATS_EVERY:
                yield b": \n\n"
            else:
                continue
            said = self.clock()


def event(position: int, message: dict[str, str]) -> bytes:
    """Return one event as it goes over the line."""
    return f"id: {position}\nevent: live\ndata: {json.dumps(message, ensure_ascii=False)}\n\n".encode()
