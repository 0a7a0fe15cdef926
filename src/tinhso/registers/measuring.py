"""Counting faults: of rules, of age, of doubt whether a record is there twice."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import Count, Q, Sum

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel.clock import local
from tinhso.registers.models import LikelyTwin, Record, RecordFault, RecordVersion, RecordVersionQuerySet
from tinhso.registers.rules import CLASH, OLD, TWIN
from tinhso.registers.types import Kind, Moment, RecordState

Lost = dict[str, tuple[int, int]]
DAYS_OF_MONTH = 30.44


def lost_by_unit(
    definition: RegisterDefinition, kind: Kind, *, units: frozenset[str] | None, at: datetime
) -> Lost:
    """
    Return by unit how many records fail the kind, and the weights of their faults together.

    :param units: only these; None: all
    """
    rows = RecordFault.objects.filter(register=definition.id, kind=kind, **_within(units)).order_by()
    counted = rows.values_list("unit_key").annotate(
        failing=Count("record", distinct=True), lost=Sum("weight")
    )
    found: Lost = {unit_key: (failing, lost) for unit_key, failing, lost in counted}
    return _added(found, _doubtful(definition, kind, units=units, at=at))


def failing_rows(
    definition: RegisterDefinition, rule: str, *, units: frozenset[str] | None, at: datetime
) -> RecordVersionQuerySet:
    """Return the versions in force of the records that fail the rule."""
    rows = RecordVersion.objects.filter(register=definition.id, **_within(units))
    standing = rows.as_of(Moment(local(at).date())).in_force()
    if rule in {OLD, CLASH, TWIN}:
        return standing.filter(_condition(definition, rule, at=at))
    failing = RecordFault.objects.filter(register=definition.id, rule=rule)
    return standing.filter(record_id__in=failing.values("record_id"))


def rule_counts(
    definition: RegisterDefinition, *, units: frozenset[str] | None, at: datetime
) -> dict[str, int]:
    """Return how many records fail each rule, those of age and doubt too."""
    rows = RecordFault.objects.filter(register=definition.id, **_within(units)).order_by()
    found = dict(rows.values_list("rule").annotate(count=Count("pk")))
    for rule in (CLASH, TWIN, *([OLD] if definition.alive else [])):
        found[rule] = failing_rows(definition, rule, units=units, at=at).count()
    return found


def _doubtful(
    definition: RegisterDefinition, kind: Kind, *, units: frozenset[str] | None, at: datetime
) -> Lost:
    asked = {Kind.CLEAN: (CLASH, TWIN), Kind.ALIVE: (OLD,) if definition.alive else ()}.get(kind, ())
    if not asked:
        return {}
    either = Q()
    for rule in asked:
        either |= _condition(definition, rule, at=at)
    rows = RecordVersion.objects.filter(register=definition.id, **_within(units)).order_by()
    standing = rows.as_of(Moment(local(at).date())).in_force().filter(either)
    counted = standing.values_list("unit_key").annotate(count=Count("pk"))
    return {unit_key: (count, count) for unit_key, count in counted}


def _condition(definition: RegisterDefinition, rule: str, *, at: datetime) -> Q:
    if rule == CLASH:
        return Q(record__clashes_with__isnull=False)
    if rule == OLD:
        assert definition.alive is not None
        oldest = at - timedelta(days=definition.alive.months * DAYS_OF_MONTH)
        return Q(record__confirmed_at__lt=oldest)
    open_ones = LikelyTwin.objects.filter(register=definition.id, decision=LikelyTwin.Decision.OPEN)
    in_force = Record.objects.filter(state=RecordState.IN_FORCE)
    newer = open_ones.filter(first__in=in_force, second__in=in_force)
    return Q(record_id__in=newer.values("second_id"))


def _added(one: Lost, other: Lost) -> Lost:
    found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0), one)
    for unit_key, (failing, lost) in other.items():
        before = found[unit_key]
        found[unit_key] = (before[0] + failing, before[1] + lost)
    return dict(found)


def _within(units: frozenset[str] | None) -> dict[str, frozenset[str]]:
    return {} if units is None else {"unit_key__in": units}
