"""Check every record of a register against its rules, and write the day's figures down."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Count

from tinhso.definitions.registers.reading import register
from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.kernel import ledger, locks
from tinhso.kernel.clock import local
from tinhso.kernel.ids import new_id
from tinhso.people.policies import require_system
from tinhso.people.types import Actor
from tinhso.registers import faults, measuring
from tinhso.registers.events import QualityMeasured
from tinhso.registers.models import QualityDay, RecordFault, RecordVersion
from tinhso.registers.placing import Placing
from tinhso.registers.types import Kind, Moment


@transaction.atomic
def measure_quality(*, actor: Actor, at: datetime, register_id: str) -> int:
    """
    Write the faults of every record in force anew and the figures of the day; return how many records there
    are.

    Twice on a day is once: the later figures stand. :raises NotAllowed: not the system itself
    """
    definition, on = register(register_id), local(at).date()
    locks.hold(f"registers/quality/{register_id}")

    require_system(actor)

    RecordFault.objects.filter(register=register_id).delete()
    records = _check(definition, on)
    _write_down(definition, at=at, on=on)

    event = QualityMeasured(measuring_id=new_id(), register=register_id, on=on, records=records)
    ledger.record(actor=actor, at=at, event=event)
    return records


def _check(definition: RegisterDefinition, on: date) -> int:
    rows = RecordVersion.objects.filter(register=definition.id).as_of(Moment(on)).in_force()
    placing = Placing(definition, on)
    found: list[RecordFault] = []
    count = 0
    for version in rows.iterator(chunk_size=faults.CHUNK):
        count += 1
        found += faults.faults_of(definition, version, on=on, placing=placing)
        if len(found) >= faults.CHUNK:
            RecordFault.objects.bulk_create(found)
            found = []
    RecordFault.objects.bulk_create(found)
    return count


def _write_down(definition: RegisterDefinition, *, at: datetime, on: date) -> None:
    counted = RecordVersion.objects.filter(register=definition.id).as_of(Moment(on)).in_force().order_by()
    records = dict(counted.values_list("unit_key").annotate(count=Count("pk")))
    QualityDay.objects.filter(register=definition.id, on=on).delete()
    days = []
    for kind in Kind:
        lost = measuring.lost_by_unit(definition, kind, units=None, at=at)
        for unit_key, count in records.items():
            failing, weight = lost.get(unit_key, (0, 0))
            days.append(
                QualityDay(
                    register=definition.id,
                    unit_key=unit_key,
                    kind=kind,
                    on=on,
                    records=count,
                    failing=failing,
                    lost=weight,
                )
            )
    QualityDay.objects.bulk_create(days)
