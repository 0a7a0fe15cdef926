"""A record's versions, newest first, each with what it changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.registers.types import Difference, EnvelopeEvent, HistoryEntry
from tinhso.web.registers import words
from tinhso.web.registers.picture import picture_of
from tinhso.web.registers.proof import Proof, proof_in_history

GEOMETRY = "geometry"


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Version:
    """
    :param what: in words: entered, changed, not in force
    :param is_held: what we hold for true now
    :param back_url: a correction that begins with its values; empty where the reader may write none
    """

    id: UUID
    number: int
    what: str
    valid_from: date
    valid_to: date | None
    known_from: datetime
    known_to: datetime | None
    is_held: bool
    proof: Proof
    reason: str
    changes: tuple[Change, ...]
    back_url: str = ""


def versions_of(
    definition: RegisterDefinition,
    reader: words.Reader,
    history: tuple[HistoryEntry, ...],
    writers: Mapping[int, str],
    *,
    correct_url: str,
) -> tuple[Version, ...]:
    """Return the history in words. :param correct_url: of the form of corrections; empty: none is offered"""
    return tuple(_version(definition, reader, one, writers, correct_url) for one in history)


def _version(
    definition: RegisterDefinition,
    reader: words.Reader,
    entry: HistoryEntry,
    writers: Mapping[int, str],
    correct_url: str,
) -> Version:
    view = entry.version
    is_past = view.known_to is not None and view.event != EnvelopeEvent.CANCEL
    changes = tuple(changes_of(definition, reader, entry.changes))
    return Version(
        id=view.version_id,
        number=view.number,
        what=_what(entry, has_changes=bool(changes)),
        valid_from=view.valid_from,
        valid_to=view.valid_to,
        known_from=view.known_from,
        known_to=view.known_to,
        is_held=view.known_to is None,
        proof=proof_in_history(view, writers),
        reason=view.reason,
        # Of what was entered, every value would be a change from nothing.
        changes=() if view.event == EnvelopeEvent.NEW else changes,
        back_url=f"{correct_url}?tu={view.version_id}" if correct_url and is_past else "",
    )


def changes_of(
    definition: RegisterDefinition, reader: words.Reader, differences: tuple[Difference, ...]
) -> Iterator[Change]:
    """Yield the differences in words."""
    for one in differences:
        if one.field == GEOMETRY:
            name = definition.geometry or ""
            label = definition.by_id[name].label.into(words.language())
            yield Change(label, _drawn(one.before), _drawn(one.after))
        elif field := definition.by_id.get(one.field):
            label = field.label.into(words.language())
            yield Change(label, reader.shown(field, one.before), reader.shown(field, one.after))


def _what(entry: HistoryEntry, *, has_changes: bool) -> str:
    event = entry.version.event
    if event == EnvelopeEvent.NEW:
        return _("Ghi mới")
    if event == EnvelopeEvent.CANCEL:
        return _("Thôi hiệu lực")
    return _("Thay đổi") if has_changes else _("Giữ nguyên giá trị")


def _drawn(geometry: object) -> str:
    return picture_of(geometry).words if isinstance(geometry, Mapping) else ""
