"""The doors for reading what the time of keeping asks of a person."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from tinhso.definitions.registers.reading import register, registers
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel.refusals import NotAllowed
from tinhso.people.types import Actor
from tinhso.registers import policies, sight, viewing
from tinhso.registers.models import RecordVersion, RetentionReview
from tinhso.registers.refusals import NotYourRegister, RecordMissing
from tinhso.registers.types import RecordView

Decision = RetentionReview.Decision


class NothingToKeep(NotAllowed):
    code = "retention-not-yours"
    message = _(
        "Vị trí của bạn không quyết định việc lưu hay xóa bản ghi của sổ nào. "
        "Hãy hỏi người đứng đầu cơ quan giữ sổ."
    )


@dataclass(frozen=True, slots=True)
class ReviewView:
    """
    One record whose time is over.

    :param years: so long the register keeps, by the text of ``source``
    :param decision: ``open``, ``erased`` or ``kept``; ``reason``, ``decided_at``, ``kept_until`` belong to it
    """

    id: UUID
    record: RecordView
    ended_on: date
    due_on: date
    years: int | None
    source: str
    decision: str = Decision.OPEN.value
    reason: str = ""
    decided_at: datetime | None = None
    kept_until: date | None = None


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """:param next: where the page after begins; empty on the last"""

    items: tuple[ReviewView, ...]
    next: str


def open_reviews(*, actor: Actor, register_id: str = "", after: str = "", limit: int = 50) -> ReviewPage:
    """
    Return the records that wait for a decision, of those the actor may settle; the oldest first.

    :param register_id: only of this register; empty: of all, in as many questions as of one
    :param after: ``next`` of the page before
    :raises RegisterMissing: there is no such register
    :raises RecordMissing: ``after`` is no cursor of ours
    """
    wanted = (register(register_id),) if register_id else tuple(registers().values())
    reached = _reached(actor, wanted)
    if reached is None:
        return ReviewPage((), "")
    rows = RetentionReview.objects.filter(reached, decision=Decision.OPEN)
    if after:
        due_on, pk = _cursor(after)
        rows = rows.filter(Q(due_on__gt=due_on) | Q(due_on=due_on, pk__gt=pk))
    found = list(rows.order_by("due_on", "pk")[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    seen = _views(actor, found[:limit])
    return ReviewPage(
        tuple(_view(one, seen[one.record_id]) for one in found[:limit] if one.record_id in seen),
        f"{last.due_on}~{last.pk}" if last else "",
    )


def waiting(*, actor: Actor) -> Mapping[str, int]:
    """Return how many records wait for the actor's decision, register by register."""
    reached = _reached(actor, registers().values())
    if reached is None:
        return {}
    rows = RetentionReview.objects.filter(reached, decision=Decision.OPEN).order_by()
    return dict(rows.values_list("register").annotate(Count("pk")))


def access_review(*, actor: Actor, review_id: UUID) -> ReviewView:
    """
    Return one review for who may decide it, decided or not.

    :raises RecordMissing: absent, or the actor sees nothing of the record
    :raises NotYourRegister, TruthIsOutside: the actor may not settle the record
    """
    row = RetentionReview.objects.filter(pk=review_id).first()
    seen = _views(actor, [row]) if row else {}
    if row is None or row.record_id not in seen:
        raise RecordMissing
    held = RecordVersion.objects.filter(record_id=row.record_id).now()
    unit_keys = held.values_list("unit_key", flat=True)
    policies.require_writer(
        actor=actor, definition=register(row.register), unit_keys=unit_keys, deed="settle"
    )
    return _view(row, seen[row.record_id])


def review_of(*, actor: Actor, view: RecordView) -> ReviewView | None:
    """Return what was last asked about keeping a record, for who reads it by a post."""
    definition = register(view.register)
    if not policies.fields_to_write(actor=actor, definition=definition, unit_key=view.unit_key):
        return None
    row = RetentionReview.objects.filter(record_id=view.id).order_by("-found_at", "-pk").first()
    return _view(row, view) if row else None


def require_keeper(*, actor: Actor, register_id: str = "") -> None:
    """
    :param register_id: of this register; empty: of any

    :raises NothingToKeep, NotYourRegister: the actor lets no record go
    :raises RegisterMissing: there is no such register
    """
    if not register_id:
        if not _units(actor, registers().values()):
            raise NothingToKeep
    elif not _units(actor, (register(register_id),)):
        raise NotYourRegister(register=register(register_id).name.vi)


def _cursor(after: str) -> tuple[date, UUID]:
    """:raises RecordMissing: it is none of ours"""
    due_on, _sign, pk = after.partition("~")
    try:
        return date.fromisoformat(due_on), UUID(pk)
    except ValueError:
        raise RecordMissing from None


def _units(
    actor: Actor, definitions: Iterable[RegisterDefinition]
) -> Mapping[frozenset[str] | None, frozenset[str]]:
    """Return units, None for everywhere → registers whose records there the actor may settle."""
    found: dict[frozenset[str] | None, set[str]] = defaultdict(set)
    for definition in definitions:
        if definition.truth == "outside":
            continue
        for post, grant in sight.holding(actor, definition.access.settling):
            found[sight.units_of(post, grant)].add(definition.id)
    return {units: frozenset(ids) for units, ids in found.items()}


def _reached(actor: Actor, definitions: Iterable[RegisterDefinition]) -> Q | None:
    """Return the condition that the actor may decide a review, as the policy says; None: nothing anywhere."""
    reached: Q | None = None
    for units, register_ids in _units(actor, definitions).items():
        mine = Q(register__in=register_ids)
        if units is not None:
            held = RecordVersion.objects.filter(record_id=OuterRef("record_id")).now()
            mine &= ~Q(Exists(held.exclude(unit_key__in=units)))
        reached = mine if reached is None else reached | mine
    return reached


def _view(row: RetentionReview, record: RecordView) -> ReviewView:
    rule = register(row.register).retention
    return ReviewView(
        id=row.pk,
        record=record,
        ended_on=row.ended_on,
        due_on=row.due_on,
        years=rule.years,
        source=rule.source,
        decision=row.decision,
        reason=row.reason,
        decided_at=row.decided_at,
        kept_until=row.kept_until,
    )


def _views(actor: Actor, rows: Iterable[RetentionReview]) -> Mapping[UUID, RecordView]:
    """Return each record as it was in its last days, in one question for all registers."""
    record_ids: dict[str, set[UUID]] = defaultdict(set)
    for row in rows:
        record_ids[row.register].add(row.record_id)
    if not record_ids:
        return {}
    every = set().union(*record_ids.values())
    versions = RecordVersion.objects.filter(record_id__in=every).now().visible_to(actor, *record_ids)
    newest = {
        one.record_id: one for one in versions.select_related("record").order_by("record_id", "valid_from")
    }
    return {
        view.id: view
        for register_id, ids in record_ids.items()
        for view in viewing.views(actor, register(register_id), [newest[one] for one in ids if one in newest])
    }
