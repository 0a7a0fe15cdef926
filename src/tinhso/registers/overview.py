"""All registers at a glance, as far as an officer sees them: how many records, how good, last changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, Sum

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel.clock import local
from tinhso.people.types import Actor
from tinhso.registers import sight
from tinhso.registers.models import QualityDay, Record, RecordVersion
from tinhso.registers.quality import reach, score, sees_quality
from tinhso.registers.types import Kind, Moment, RecordState, Score


@dataclass(frozen=True, slots=True)
class Standing:
    """
    :param records: in force; of a register that is measured, as on the day it was last
    :param changed_at: when a record in force was last written or confirmed
    :param scores: of that day; empty while nobody measured, and for who does not read by a post
    :param reads: the actor reads the register by a post
    """

    records: int
    changed_at: datetime | None
    scores: tuple[Score, ...]
    reads: bool


def overview(*, actor: Actor, definitions: Sequence[RegisterDefinition], at: datetime) -> dict[str, Standing]:
    """Return how each register stands, in as many questions for twenty registers as for one."""
    reads = {one.id for one in definitions if sees_quality(actor=actor, register_id=one.id)}
    measured = _measured(actor, [one for one in definitions if one.id in reads])
    counted = _counted(actor, [one for one in definitions if one.id not in measured], local(at).date())
    changed = _changed([one.id for one in definitions])
    return {
        one.id: Standing(
            records=measured[one.id][0].records if one.id in measured else counted.get(one.id, 0),
            changed_at=changed.get(one.id),
            scores=measured.get(one.id, ()),
            reads=one.id in reads,
        )
        for one in definitions
    }


def _measured(actor: Actor, definitions: Iterable[RegisterDefinition]) -> dict[str, tuple[Score, ...]]:
    by_id = {one.id: one for one in definitions}
    newest = QualityDay.objects.filter(register__in=by_id).values_list("register").annotate(Max("on"))
    asked = Q(pk__in=[])
    for register_id, on in newest.order_by():
        units = reach(actor, by_id[register_id])
        here = Q() if units is None else Q(unit_key__in=units)
        asked |= Q(register=register_id, on=on) & here
    rows = QualityDay.objects.filter(asked).values_list("register", "kind").order_by()
    sums = rows.annotate(Sum("records"), Sum("failing"), Sum("lost"))
    found = {(name, kind): tuple(rest) for name, kind, *rest in sums}
    return {
        name: tuple(
            score(by_id[name], kind, records, (failing, lost))
            for kind in Kind
            for records, failing, lost in [found.get((name, kind), (0, 0, 0))]
        )
        for name in {name for name, _kind in found}
    }


def _counted(actor: Actor, definitions: Sequence[RegisterDefinition], on: date) -> dict[str, int]:
    if not definitions:
        return {}
    listed = Q(pk__in=[])
    for one in definitions:
        listed |= Q(register=one.id) & sight.listed(actor, one)
    rows = RecordVersion.objects.filter(register__in=[one.id for one in definitions])
    standing = rows.filter(listed).as_of(Moment(on)).in_force().order_by()
    return dict(standing.values_list("register").annotate(Count("pk")))


def _changed(register_ids: Sequence[str]) -> dict[str, datetime]:
    """Return when a record in force was last written or confirmed, each by the last entry of an index."""
    standing = Record.objects.filter(state=RecordState.IN_FORCE)
    newest = [
        standing.filter(register=one).order_by("-confirmed_at").values_list("register", "confirmed_at")[:1]
        for one in register_ids
    ]
    if not newest:
        return {}
    first, *rest = newest
    return dict(first.union(*rest, all=True) if rest else first)
