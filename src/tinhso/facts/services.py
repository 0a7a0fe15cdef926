"""What is on offer, as publications of the catalogue say."""

from collections.abc import Iterable
from datetime import date

from tinhso.definitions.events import ProcedurePublished, ProcedureWithdrawn
from tinhso.facts.models import ServiceFact
from tinhso.facts.places import Places
from tinhso.facts.reading import Entry

CHANGED = [field.name for field in ServiceFact._meta.concrete_fields if not field.primary_key]
# One month for all: what is published again must not lie in two files.
FIRST = date(2000, 1, 1)
KINDS = (ProcedurePublished.kind, ProcedureWithdrawn.kind)


def count_services(entries: Iterable[Entry], places: Places, *, pass_no: int) -> None:
    """Let publications count; of one procedure the last does."""
    made: dict[str, ServiceFact] = {}
    for entry in entries:
        if entry.kind in KINDS:
            code = entry.payload["code"]
            made[code] = _service(entry, code, places, pass_no)
    ServiceFact.objects.bulk_create(
        made.values(), update_conflicts=True, unique_fields=["procedure"], update_fields=CHANGED
    )


def _service(entry: Entry, code: str, places: Places, pass_no: int) -> ServiceFact:
    said = places.service(entry.subject_id)
    return ServiceFact(
        procedure=code,
        number=entry.position,
        pass_no=pass_no,
        month=FIRST,
        field=said.field,
        level=said.level,
        offered=entry.kind == ProcedurePublished.kind,
        online=said.online,
        whole_online=said.whole_online,
        has_fee=said.has_fee,
    )
