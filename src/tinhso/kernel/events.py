"""Events: what happened, in the past tense, and who wants to hear of it."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Event:
    """
    Base of every event. A subclass is a frozen dataclass of identifiers and facts, no personal data.

    :cvar kind: stable dotted name, e.g. ``dossier.accepted``
    :cvar subject_kind: what it happened to, e.g. ``dossier``
    :cvar subject_field: the field that holds the subject's UUID
    """

    kind: ClassVar[str]
    subject_kind: ClassVar[str]
    subject_field: ClassVar[str]

    @property
    def subject_id(self) -> UUID:
        subject = getattr(self, self.subject_field)
        assert isinstance(subject, UUID)
        return subject

    def payload(self) -> dict[str, Any]:
        """Return the facts as JSON values; the subject itself is left out, the entry has it."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self) if f.name != self.subject_field}


def _plain(value: object) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return value


Listener = Callable[..., None]
_listeners: dict[type[Event], list[Listener]] = defaultdict(list)
_together: dict[Listener, Listener] = {}


def listen(event_type: type[Event], listener: Listener) -> None:
    """Call ``listener(event=…, at=…)`` in the same transaction whenever such an event is recorded."""
    if listener not in _listeners[event_type]:
        _listeners[event_type].append(listener)


def listeners_of(event_type: type[Event]) -> tuple[Listener, ...]:
    """Return who listens to this type of event, in the order of wiring."""
    return tuple(_listeners[event_type])


def together(listener: Listener, for_many: Listener) -> None:
    """Call ``for_many(events=…, at=…)`` once, not the listener for each, when many are recorded at once."""
    _together[listener] = for_many


def for_many(listener: Listener) -> Listener | None:
    """Return what is called for many events at once in the listener's place; None calls it for each."""
    return _together.get(listener)
