"""Keep what an officer filled in; nobody has handed it up yet."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import ledger
from tinhso.kernel.refusals import Refusal
from tinhso.people.types import Actor
from tinhso.reports import policies
from tinhso.reports.aggregating import differences
from tinhso.reports.events import ReturnSaved
from tinhso.reports.models import State
from tinhso.reports.rounds import about, lock_return, require_state, saved, template_of
from tinhso.reports.types import ReportTemplate
from tinhso.reports.values import Fault, Value, read, typed, with_formulas, written


class LinesWrong(Refusal):
    """:ivar faults: each names its line"""

    code = "report-lines-wrong"
    message = _("Chưa đúng ở %(count)s dòng: %(lines)s Hãy sửa từng dòng rồi làm lại.")

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        told = " ".join(f"«{one.line}»: {one.sentence}" for one in faults)
        super().__init__(count=len(faults), lines=told)
        self.faults = faults


@transaction.atomic
def save_return(
    *, actor: Actor, at: datetime, return_id: UUID, revision: int, entered: Mapping[str, str]
) -> int:
    """
    Keep the lines as typed; lines left out stay as they were. Return the new revision.

    :param entered: by line, numbers as people write them
    :raises ReportMissing, ReturnChanged, NotNow: see :func:`rounds.lock_return`
    :raises NotYourReport: the actor does not fill this agency's returns
    :raises LinesWrong: a number is none, or out of range; nothing is kept
    """
    row = lock_return(actor=actor, return_id=return_id, revision=revision)

    actor = policies.require_unit(actor=actor, deed="fill", agency_id=row.agency_id)

    require_state(row, State.OPEN)
    template, before = template_of(row.round), read(row.values)
    after = with_formulas(template, before | taken(template, entered))

    row.values = written(after)
    saved(row, actor=actor, at=at, what="saved")

    event = ReturnSaved(**about(row), lines=differences(before, after))
    ledger.record(actor=actor, at=at, event=event)
    return row.revision


def taken(template: ReportTemplate, entered: Mapping[str, str]) -> dict[str, Value]:
    """Return what was typed into lines that officers fill in. :raises LinesWrong: some make no sense"""
    found: dict[str, Value] = {}
    faults: list[Fault] = []
    for line in template.lines:
        if line.is_entered and line.id in entered:
            found[line.id], fault = typed(line, entered[line.id])
            faults += [fault] if fault else []
    if faults:
        raise LinesWrong(tuple(faults))
    return found
