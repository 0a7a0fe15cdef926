"""Faults of records, kept beside them so that a score costs a count."""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from tinhso.definitions.registers.types import RegisterDefinition
from tinhso.registers.models import RecordFault, RecordVersion
from tinhso.registers.placing import Placing
from tinhso.registers.rules import broken
from tinhso.registers.types import EnvelopeEvent

CHUNK = 2000


def keep(
    definition: RegisterDefinition, record_id: UUID, versions: Iterable[RecordVersion], *, on: date
) -> None:
    """
    Write down what is wrong with a record now, in place of what was.

    :param versions: what we hold for true of it
    """
    RecordFault.objects.filter(record_id=record_id).delete()
    standing = next((one for one in versions if stands(one, on)), None)
    if standing is not None:
        placing = Placing(definition, on)
        RecordFault.objects.bulk_create(faults_of(definition, standing, on=on, placing=placing))


def stands(version: RecordVersion, on: date) -> bool:
    """Tell whether the version is in force on the day."""
    lasts = version.valid_to is None or on < version.valid_to
    return version.valid_from <= on and lasts and version.event != EnvelopeEvent.CANCEL


def faults_of(
    definition: RegisterDefinition, version: RecordVersion, *, on: date, placing: Placing
) -> Iterator[RecordFault]:
    """Yield the faults of one version, unsaved."""
    rules = broken(
        definition,
        version.values,
        has_geometry=version.geometry is not None,
        on=on,
        is_elsewhere=placing.is_elsewhere(version.geometry, version.unit_key),
    )
    for rule in rules:
        yield RecordFault(
            record_id=version.record_id,
            register=version.register,
            unit_key=version.unit_key,
            rule=rule.id,
            kind=rule.kind,
            field=rule.field,
            weight=rule.weight,
        )
