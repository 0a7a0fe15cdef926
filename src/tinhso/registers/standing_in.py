"""Records in the place of papers, as of the version that was found: for who may see the draft or dossier."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tinhso.definitions.registers.reading import registers
from tinhso.people.types import system
from tinhso.registers import viewing
from tinhso.registers.models import RecordVersion
from tinhso.registers.sight import SUBJECT
from tinhso.registers.types import RecordView

READER = system("registers")


def stand_ins(*, version_ids: Iterable[str]) -> Mapping[str, RecordView]:
    """
    Return version id → the record as it was then, with the fields its subject may see; one question.

    The caller has checked the right to what the versions were found for.
    """
    rows = RecordVersion.objects.filter(pk__in=list(version_ids)).select_related("record")
    return {str(row.pk): _as_subject(row) for row in rows}


def _as_subject(row: RecordVersion) -> RecordView:
    """The extract shows what the person could have shown on paper, and no more."""
    definition = registers()[row.register]
    (view,) = viewing.views(READER, definition, [row])
    shown = {one.id for one in definition.fields if not one.seen_by or SUBJECT in one.seen_by}
    values = {name: value for name, value in view.values.items() if name in shown}
    return replace(view, values=values, hidden=len(view.values) - len(values))
