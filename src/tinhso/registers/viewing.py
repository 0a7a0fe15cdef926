"""Versions as the actor may see them."""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.people.types import Actor
from tinhso.registers import hand, places, sight
from tinhso.registers.models import RecordVersion
from tinhso.registers.types import Difference, EnvelopeEvent, HistoryEntry, RecordView


def views(
    actor: Actor, definition: RegisterDefinition, rows: Iterable[RecordVersion]
) -> tuple[RecordView, ...]:
    """Return the versions with the fields the actor sees; their records are loaded with them."""
    found = sight.tiers(actor, definition)
    return tuple(_view(definition, found, row) for row in rows)


def each(actor: Actor, definition: RegisterDefinition, rows: Iterable[RecordVersion]) -> Iterator[RecordView]:
    """Yield the same one by one; ``rows`` need not fit into memory."""
    found = sight.tiers(actor, definition)
    return (_view(definition, found, row) for row in rows)


def history(
    actor: Actor, definition: RegisterDefinition, rows: Iterable[RecordVersion]
) -> tuple[HistoryEntry, ...]:
    """
    Return the versions newest first, each with its differences from what was known before.

    :param rows: by moment of knowing, then by day
    """
    entries: list[HistoryEntry] = []
    before: dict[UUID, list[tuple[RecordVersion, RecordView]]] = {}
    for row, view in zip(rows, views(actor, definition, rows), strict=True):
        earlier = before.setdefault(row.record_id, [])
        replaced = next((seen for one, seen in reversed(earlier) if _replaces(row, one)), None)
        entries.append(HistoryEntry(view, tuple(_differences(replaced, view))))
        earlier.append((row, view))
    return tuple(reversed(entries))


def _view(definition: RegisterDefinition, found: tuple[sight.Tier, ...], row: RecordVersion) -> RecordView:
    seen = sight.seen_fields(
        found,
        unit_key=row.unit_key,
        version_words=row.words,
        is_current=row.event != EnvelopeEvent.CANCEL and row.known_to is None,
    )
    values = {name: value for name, value in row.values.items() if name in seen}
    record = row.record
    key = row.key if sight.sees_key(definition, seen) else ""
    return RecordView(
        id=record.pk,
        version_id=row.pk,
        register=row.register,
        key=key,
        title=hand.title(definition, row.values, seen) or key,
        values=values,
        hidden=len(row.values) - len(values),
        geometry=row.geometry if definition.geometry in seen else None,
        state=record.state,
        event=row.event,
        number=row.number,
        unit_code=places.code_of(row.unit_key),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        known_from=row.known_from,
        known_to=row.known_to,
        updated_at=record.updated_at,
        confirmed_at=record.confirmed_at,
        source=row.source,
        reference=row.reference,
        reason=row.reason,
        merged_into=record.merged_into_id,
        clashes_with=record.clashes_with_id,
        unit_key=row.unit_key,
        seen=seen,
        newest=record.number,
    )


def _replaces(row: RecordVersion, earlier: RecordVersion) -> bool:
    """Tell whether the row says anew what the earlier one said of the same days."""
    meets = (row.valid_to is None or earlier.valid_from < row.valid_to) and (
        earlier.valid_to is None or row.valid_from < earlier.valid_to
    )
    return meets and earlier.known_to is not None and earlier.known_to <= row.known_from


def _differences(before: RecordView | None, after: RecordView) -> Iterator[Difference]:
    old = _told(before)
    new = _told(after)
    for name in dict.fromkeys([*new, *old]):
        if old.get(name) != new.get(name):
            yield Difference(name, old.get(name), new.get(name))


def _told(view: RecordView | None) -> Mapping[str, object]:
    if view is None:
        return {}
    return dict(view.values) | ({"geometry": view.geometry} if view.geometry else {})
