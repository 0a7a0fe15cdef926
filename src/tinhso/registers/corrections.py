"""Requests to put records right, as the actor may see them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from tinhso.definitions.registers.reading import registers
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.people.types import Actor, ActorKind
from tinhso.registers.correction_rules import CorrectionMissing
from tinhso.registers.correction_views import CorrectionView, CorrectionViewing
from tinhso.registers.in_words import value_in_words
from tinhso.registers.models import Correction, CorrectionQuerySet
from tinhso.registers.types import CORRECTION_OPEN, CorrectionState, Value

LIMIT = 200


@dataclass(frozen=True, slots=True)
class CorrectionTold:
    """:param person_id: who is told; None: nobody is known"""

    person_id: UUID | None
    number: str
    unit_key: str
    register: dict[str, str]
    field: dict[str, str]
    due_at: datetime
    question: str
    reason: str


@dataclass(frozen=True, slots=True)
class CorrectionPage:
    """:param next: where the page after begins; empty on the last"""

    items: tuple[CorrectionView, ...]
    next: str


@dataclass(frozen=True, slots=True)
class CorrectionCounts:
    open: int
    overdue: int
    done: int
    refused: int


def access_correction(
    *, actor: Actor, correction_id: UUID, at: datetime, language: str = "vi"
) -> CorrectionView:
    """Return the request. :raises CorrectionMissing: absent, or the actor may not see it"""
    rows = Correction.objects.visible_to(actor).filter(pk=correction_id)
    row = rows.select_related("version", "record").first()
    if row is None:
        raise CorrectionMissing
    return CorrectionViewing(actor, at, language).view(row)


def papers_shown(paper_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Return those of the papers that some request shows; for rooms above, which keep them; one question."""
    wanted = {str(one) for one in paper_ids}
    if not wanted:
        return frozenset()
    rows = Correction.objects.filter(paper_ids__has_any_keys=sorted(wanted))
    shown = {paper for ids in rows.values_list("paper_ids", flat=True) for paper in ids}
    return frozenset(UUID(one) for one in shown & wanted)


def told_of(correction_id: UUID) -> CorrectionTold:
    """Return what a message about the request says; for rooms above, which tell the person."""
    row = Correction.objects.get(pk=correction_id)
    definition = registers().get(row.register)
    field = definition.by_id.get(row.field) if definition else None
    return CorrectionTold(
        person_id=row.person_id,
        number=row.number,
        unit_key=row.unit_key,
        register=definition.name.model_dump() if definition else {"vi": row.register, "en": row.register},
        field=field.label.model_dump() if field else {"vi": row.field, "en": row.field},
        due_at=row.due_at,
        question=row.question,
        reason=row.reason,
    )


def find_corrections(
    *,
    actor: Actor,
    at: datetime,
    register_id: str = "",
    state: str = "",
    overdue: bool = False,
    record_id: UUID | None = None,
    mine: bool = False,
    after: str = "",
    limit: int = 50,
    language: str = "vi",
) -> CorrectionPage:
    """
    Return requests by the day they are due, page by page, each once; for their own person the newest first.

    :param state: of :class:`CorrectionState`, ``open`` for all that are open; empty for all
    :param mine: only those that are about the actor or that they asked for
    :param after: ``next`` of the page before
    :param limit: at most :data:`LIMIT`
    """
    rows = _asked(actor, at, register_id, state, overdue=overdue)
    if record_id is not None:
        rows = rows.filter(record_id=record_id)
    if mine:
        persons = [one for one in (actor.person_id, *actor.whole_principals) if one]
        rows = rows.filter(Q(person_id__in=persons) | Q(asked_by=actor.ref.id))
    if after:
        due_at, _sign, pk = after.partition("~")
        moment = _moment(due_at)
        rows = rows.filter(Q(due_at__gt=moment) | Q(due_at=moment, pk__gt=_id(pk)))
    size = min(max(limit, 1), LIMIT)
    found = list(rows.select_related("version", "record").order_by("due_at", "pk")[: size + 1])
    view = CorrectionViewing(actor, at, language).view
    last = found[size - 1] if len(found) > size else None
    return CorrectionPage(
        tuple(view(row) for row in found[:size]), f"{last.due_at.isoformat()}~{last.pk}" if last else ""
    )


def count_corrections(*, actor: Actor, at: datetime, register_id: str = "") -> CorrectionCounts:
    """Return how many there are of each kind; one question."""
    rows = _asked(actor, at, register_id, "", overdue=False)
    is_open = Q(state__in=CORRECTION_OPEN)
    found = rows.aggregate(
        open=Count("pk", filter=is_open),
        overdue=Count("pk", filter=is_open & Q(due_at__lt=at)),
        done=Count("pk", filter=Q(state=CorrectionState.DONE)),
        refused=Count("pk", filter=Q(state=CorrectionState.REFUSED)),
    )
    return CorrectionCounts(**found)


def waiting_corrections(*, actor: Actor, at: datetime) -> CorrectionCounts:
    """Return how many open requests the actor may decide, and how many of them are late."""
    found = (
        Correction.objects.charged_to(actor)
        .open()
        .aggregate(open=Count("pk"), overdue=Count("pk", filter=Q(due_at__lt=at)))
    )
    return CorrectionCounts(**found, done=0, refused=0)


def may_see_corrections(actor: Actor) -> bool:
    """Tell whether the officer reads a register whose requests they could see."""
    if actor.kind is not ActorKind.OFFICER:
        return False
    return any(registers_seen(actor))


def registers_seen(actor: Actor) -> tuple[RegisterDefinition, ...]:
    """Return the registers in which the officer sees requests, by name."""
    posts = {post.role for post in actor.posts}
    seen = (
        one
        for one in registers().values()
        for access in [one.access]
        if any(posts & set(grant.roles) for grant in (*access.read, *access.write, *access.settle))
    )
    return tuple(sorted(seen, key=lambda one: one.name.vi))


def _asked(actor: Actor, at: datetime, register_id: str, state: str, *, overdue: bool) -> CorrectionQuerySet:
    rows = Correction.objects.visible_to(actor)
    if register_id:
        rows = rows.filter(register=register_id)
    if state == "open":
        rows = rows.open()
    elif state:
        rows = rows.filter(state=state)
    return rows.overdue(at=at) if overdue else rows


def _moment(written: str) -> datetime:
    """:raises CorrectionMissing: the cursor is none of ours"""
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        raise CorrectionMissing from None


def _id(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        raise CorrectionMissing from None


def fields_of_record(
    definition: RegisterDefinition, values: Iterable[tuple[str, Value]], language: str
) -> Iterator[tuple[str, str, str]]:
    """Yield id, label and words of each value, in the order of the definition."""
    held = dict(values)
    for field in definition.fields:
        if field.id in held:
            yield field.id, field.label.into(language), value_in_words(field, held[field.id], language)
