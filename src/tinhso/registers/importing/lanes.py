"""
A long file is loaded in lanes: as many jobs as it has, each for rows of its own, on as many processors.

Only where rows do not need those above them: no register that points at itself or numbers its records, no
spans of days. What one row says of another, the same key or the same number under another name, the check of
the whole file has found before.
"""

from itertools import pairwise
from uuid import UUID

from django.db.models import Count, Q

from tinhso.definitions.registers.reading import register
from tinhso.definitions.registers.types import FieldType, RegisterDefinition
from tinhso.registers.importing.matching import SPAN
from tinhso.registers.models import ImportLane, RegisterImport

LANES = 2
# A shorter file is loaded before a second process has read the packs.
LEAST = 20_000


def cut(row: RegisterImport) -> None:
    """
    Cut the file of an import into lanes where it is long and may be, and forget what its check said of rows;
    but for what lanes cannot see themselves.
    """
    row.lanes.all().delete()
    if row.total < LEAST or not _may_be_cut(register(row.register), row):
        row.problems.all().delete()
        return
    row.problems.filter(of_file=False).delete()
    told = row.problems.aggregate(
        wrong=Count("pk", filter=Q(left_out=True)), doubtful=Count("pk", filter=Q(left_out=False))
    )
    row.wrong, row.doubtful = told["wrong"], told["doubtful"]
    ends = [row.total * number // LANES for number in range(LANES + 1)]
    ImportLane.objects.bulk_create(
        ImportLane(import_of=row, number=number, first=first + 1, last=last, done=first)
        for number, (first, last) in enumerate(pairwise(ends))
    )


def lanes_of(import_id: UUID) -> list[int]:
    """Return the numbers of the lanes; none where the file is loaded in one go."""
    found = ImportLane.objects.filter(import_of=import_id).order_by("number")
    return list(found.values_list("number", flat=True))


def _may_be_cut(definition: RegisterDefinition, row: RegisterImport) -> bool:
    points_at_itself = any(
        one.type is FieldType.RELATION and one.register_id == definition.id for one in definition.fields
    )
    has_spans = any(name in SPAN for name in row.mapping.values())
    return not (points_at_itself or has_spans or definition.key.has_serial)
