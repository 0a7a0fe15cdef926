"""The doors of quality: đúng, đủ, sạch, sống as figures, with the records behind each one click away."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Sum

from tinhso.definitions.registers.reading import register
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel.clock import local
from tinhso.kernel.refusals import NotAllowed
from tinhso.people.types import Actor, ActorKind
from tinhso.registers import measuring, places, sight, viewing
from tinhso.registers.models import LikelyTwin, QualityDay, RecordFault, RecordVersion, RecordVersionQuerySet
from tinhso.registers.rules import CLASH, OLD, TWIN, rules_of, weight_of
from tinhso.registers.types import Kind, Moment, Page, Quality, RuleCount, Score, TwinView

LIMIT = 500
Reach = frozenset[str] | None
_SENTENCES = {
    OLD: (Kind.ALIVE, "Đã quá hạn xác nhận còn đúng."),
    CLASH: (Kind.CLEAN, "Khóa trùng với một bản ghi khác."),
    TWIN: (Kind.CLEAN, "Có thể trùng với một bản ghi khác."),
}


def quality_of(*, actor: Actor, register_id: str, at: datetime) -> Quality:
    """
    Measure a register as far as the actor's posts reach.

    :raises RegisterMissing: there is no such register
    :raises NotAllowed: the actor has no post that reads it; the public sees no quality
    """
    definition = register(register_id)
    units = reach(actor, definition)
    counted = _standing(definition, units, at).order_by().values_list("unit_key").annotate(count=Count("pk"))
    records = dict(counted)
    total = sum(records.values())
    lost = {kind: measuring.lost_by_unit(definition, kind, units=units, at=at) for kind in Kind}
    by_unit = {
        places.code_of(unit): tuple(
            score(definition, kind, count, lost[kind].get(unit, (0, 0))) for kind in Kind
        )
        for unit, count in records.items()
    }
    whole = tuple(score(definition, kind, total, _sum(lost[kind])) for kind in Kind)
    return Quality(
        records=total,
        expected=definition.expected.count if definition.expected else None,
        scores=whole,
        rules=_rules(definition, measuring.rule_counts(definition, units=units, at=at)),
        units=by_unit,
    )


def failing_records(
    *,
    actor: Actor,
    register_id: str,
    rule: str,
    at: datetime,
    unit_code: str = "",
    after: UUID | None = None,
    limit: int = 50,
) -> Page:
    """
    Return the records that do not meet a rule, page by page.

    :param rule: of :class:`types.RuleCount`
    :raises Refusal: see :func:`quality_of`
    """
    definition = register(register_id)
    rows = _failing(actor, definition, rule, at, unit_code).order_by("record_id")
    if after is not None:
        rows = rows.filter(record_id__gt=after)
    size = min(limit, LIMIT)
    found = list(rows.select_related("record")[: size + 1])
    return Page(
        viewing.views(actor, definition, found[:size]),
        found[size - 1].record_id if len(found) > size else None,
    )


def count_failing(*, actor: Actor, register_id: str, rule: str, at: datetime, unit_code: str = "") -> int:
    """Return how many records :func:`failing_records` finds in all."""
    return _failing(actor, register(register_id), rule, at, unit_code).count()


def sees_quality(*, actor: Actor, register_id: str) -> bool:
    """Tell whether :func:`quality_of` would answer the actor; for pages that offer it."""
    try:
        reach(actor, register(register_id))
    except NotAllowed:
        return False
    return True


def rules_broken_by(*, record_ids: Iterable[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Return which rules each record breaks. The caller was shown the records and names seen fields only."""
    rows = RecordFault.objects.filter(record_id__in=tuple(record_ids)).order_by("pk")
    found: dict[UUID, tuple[str, ...]] = {}
    for record_id, rule in rows.values_list("record_id", "rule"):
        found[record_id] = (*found.get(record_id, ()), rule)
    return found


def quality_trend(
    *, actor: Actor, register_id: str, kind: str, since: date
) -> tuple[tuple[date, Score], ...]:
    """Return the kind's score on each day that was measured, oldest first. :raises Refusal: as above"""
    definition = register(register_id)
    units = reach(actor, definition)
    days = QualityDay.objects.filter(register=register_id, kind=kind, on__gte=since)
    if units is not None:
        days = days.filter(unit_key__in=units)
    rows = days.order_by("on").values_list("on").annotate(Sum("records"), Sum("failing"), Sum("lost"))
    return tuple(
        (on, score(definition, Kind(kind), records, (failing, lost))) for on, records, failing, lost in rows
    )


def _failing(
    actor: Actor, definition: RegisterDefinition, rule: str, at: datetime, unit_code: str
) -> RecordVersionQuerySet:
    units = reach(actor, definition)
    if unit_code and (wanted := places.reach(unit_code)) is not None:
        units = wanted if units is None else units & wanted
    return measuring.failing_rows(definition, rule, units=units, at=at)


def reach(actor: Actor, definition: RegisterDefinition) -> Reach:
    """Return the units whose quality the actor sees; None: all. :raises NotAllowed: none"""
    if actor.kind is ActorKind.SYSTEM:
        return None
    inside = [one for one in sight.tiers(actor, definition) if not one.public and not one.subject]
    if not inside:
        raise NotAllowed
    reached: frozenset[str] = frozenset()
    for tier in inside:
        if tier.units is None:
            return None
        reached |= tier.units
    return reached


def _standing(definition: RegisterDefinition, units: Reach, at: datetime) -> RecordVersionQuerySet:
    rows = RecordVersion.objects.filter(register=definition.id).as_of(Moment(local(at).date())).in_force()
    return rows if units is None else rows.filter(unit_key__in=units)


def score(definition: RegisterDefinition, kind: Kind, records: int, lost: tuple[int, int]) -> Score:
    most = records * weight_of(definition, kind)
    percent = round(100 * (1 - min(lost[1] / most, 1)), 1) if most else None
    return Score(kind, records, lost[0], percent)


def _sum(lost: measuring.Lost) -> tuple[int, int]:
    return sum(one for one, _lost in lost.values()), sum(one for _failing, one in lost.values())


def _rules(definition: RegisterDefinition, counts: dict[str, int]) -> tuple[RuleCount, ...]:
    written = [
        RuleCount(one.id, one.kind, one.field, one.sentence, one.weight, counts.get(one.id, 0))
        for one in rules_of(definition)
    ]
    others = [
        RuleCount(rule, kind, "", sentence, 1, counts[rule])
        for rule, (kind, sentence) in _SENTENCES.items()
        if rule in counts
    ]
    return (*written, *others)


def likely_twins(*, actor: Actor, register_id: str, moment: Moment, limit: int = 50) -> tuple[TwinView, ...]:
    """
    Return pairs nobody has decided on, the most alike first, both records in force and seen by the actor.

    :raises Refusal: see :func:`quality_of`
    """
    definition = register(register_id)
    units = reach(actor, definition)
    open_ones = LikelyTwin.objects.filter(register=register_id, decision=LikelyTwin.Decision.OPEN)
    pairs = list(open_ones.order_by("-likeness", "id")[: min(limit, LIMIT) * 2])
    wanted = {one for pair in pairs for one in (pair.first_id, pair.second_id)}
    rows = RecordVersion.objects.filter(record_id__in=wanted, register=register_id).as_of(moment).in_force()
    seen = rows if units is None else rows.filter(unit_key__in=units)
    shown = {one.id: one for one in viewing.views(actor, definition, seen.select_related("record"))}
    return tuple(
        TwinView(pair.pk, pair.likeness, tuple(pair.why), shown[pair.first_id], shown[pair.second_id])
        for pair in pairs
        if pair.first_id in shown and pair.second_id in shown
    )[:limit]
