"""The door for reading what the time of keeping asks of a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tinhso.definitions.registers.reading import register
from tinhso.people.types import Actor
from tinhso.registers import sight, viewing
from tinhso.registers.models import RecordVersion, RetentionReview
from tinhso.registers.types import RecordView


@dataclass(frozen=True, slots=True)
class ReviewView:
    """One record whose time is over. :param years: so long the register keeps, by the text of ``source``"""

    id: UUID
    record: RecordView
    ended_on: date
    due_on: date
    years: int | None
    source: str


def open_reviews(*, actor: Actor, register_id: str, limit: int = 50) -> tuple[ReviewView, ...]:
    """
    Return the records that wait for a decision, of those the actor may settle; the oldest first.

    :raises RegisterMissing: there is no such register
    """
    definition = register(register_id)
    grants = list(sight.holding(actor, definition.access.settling))
    if not grants:
        return ()
    rows = RetentionReview.objects.filter(register=register_id, decision="open").order_by("due_on", "pk")
    reached = [sight.units_of(post, grant) for post, grant in grants]
    if None not in reached:
        units = frozenset().union(*(one for one in reached if one is not None))
        versions = RecordVersion.objects.filter(register=register_id, unit_key__in=units)
        rows = rows.filter(record_id__in=versions.values("record_id"))
    found = list(rows[:limit])
    seen = _views(actor, register_id, [one.record_id for one in found])
    keeping = definition.retention
    return tuple(
        ReviewView(one.pk, seen[one.record_id], one.ended_on, one.due_on, keeping.years, keeping.source)
        for one in found
        if one.record_id in seen
    )


def _views(actor: Actor, register_id: str, record_ids: list[UUID]) -> Mapping[UUID, RecordView]:
    rows = RecordVersion.objects.filter(register=register_id, record_id__in=record_ids).now()
    versions = (
        rows.visible_to(actor, register_id).select_related("record").order_by("record_id", "valid_from")
    )
    newest = {one.record_id: one for one in versions}
    views = viewing.views(actor, register(register_id), list(newest.values()))
    return {one.id: one for one in views}
