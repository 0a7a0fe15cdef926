"""Records that point at records: by id or key, through merges, and never round in a circle."""

from collections.abc import Mapping
from uuid import UUID

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel import locks
from tinhso.registers.models import HeldValue, Record, RecordVersion
from tinhso.registers.refusals import ParentCycle

KEY = "key"
DEEPEST = 60


def find(register_id: str, written: str) -> UUID | None:
    """Return the record of that id or key, whatever became of it; None where there is none."""
    try:
        wanted = UUID(written)
    except ValueError:
        held = HeldValue.objects.filter(register=register_id, field=KEY, value=written)
        return held.values_list("record_id", flat=True).first()
    return Record.objects.filter(pk=wanted, register=register_id).values_list("pk", flat=True).first()


def standing(record_id: UUID) -> UUID:
    """Return the record that stands for this one: itself, or the one it was merged into in the end."""
    for _step in range(DEEPEST):
        into = Record.objects.filter(pk=record_id).values_list("merged_into_id", flat=True).first()
        if into is None:
            return record_id
        record_id = into
    return record_id


def merged_into(record_id: UUID) -> frozenset[UUID]:
    """Return the record and all that were merged into it: who points at one of them points at it."""
    found, waiting = {record_id}, [record_id]
    while waiting:
        rows = Record.objects.filter(merged_into_id__in=waiting).values_list("pk", flat=True)
        waiting = [one for one in rows if one not in found]
        found.update(waiting)
    return frozenset(found)


def require_no_cycle(
    definition: RegisterDefinition,
    record_id: UUID,
    parent: object,
    *,
    moved: Mapping[UUID, UUID] | None = None,
) -> None:
    """
    :param moved: records and their parents as they would be, against what is written
    :raises ParentCycle: the parent lies inside the record itself
    """
    if definition.parent is None or parent is None:
        return
    # Two who move two branches into each other at once must not both be right.
    locks.hold(f"registers/tree/{definition.id}")
    above = standing(UUID(str(parent)))
    for _step in range(DEEPEST):
        if above == record_id:
            raise ParentCycle
        if moved and above in moved:
            above = standing(moved[above])
            continue
        values = RecordVersion.objects.now().in_force().filter(record_id=above, valid_to__isnull=True)
        given = (values.values_list("values", flat=True).first() or {}).get(definition.parent)
        if given is None:
            return
        above = standing(UUID(str(given)))
    raise ParentCycle
