"""
A signed result is an entry of a register: written, put right and cancelled with it. Wired in
``wiring/listeners.py``.
"""

from datetime import datetime, timedelta
from uuid import UUID

from tinhso.definitions import catalogue, conditions
from tinhso.dossiers.events import ResultCorrected, ResultReissued, ResultRevoked, ResultSigned
from tinhso.dossiers.facts import all_answers, facts_of
from tinhso.dossiers.models import Dossier, Result, ResultChange
from tinhso.kernel.clock import local
from tinhso.people.types import system
from tinhso.registers import outcomes
from tinhso.registers.actions.write_result import (
    cancel_result_entries,
    correct_result_entries,
    write_result,
)
from tinhso.registers.outcomes import Outcome

WRITER = system("registers")


def on_result_signed(*, event: ResultSigned, at: datetime) -> None:
    """Write the entries of a granted result."""
    if outcome := _outcome(event.dossier_id, at=at):
        write_result(actor=WRITER, at=at, outcome=outcome)


def on_result_changed(*, event: ResultCorrected | ResultReissued, at: datetime) -> None:
    """Put the entries right: values that were corrected, and the number of the new document."""
    if outcome := _outcome(event.dossier_id, at=at):
        reason = _reason(event.dossier_id)
        correct_result_entries(actor=WRITER, at=at, outcome=outcome, reason=reason)


def on_result_revoked(*, event: ResultRevoked, at: datetime) -> None:
    """Cancel the entries of a result that is void."""
    reason = _reason(event.dossier_id)
    cancel_result_entries(actor=WRITER, at=at, dossier_id=event.dossier_id, reason=reason)


def _outcome(dossier_id: UUID, *, at: datetime) -> Outcome | None:
    """Return what the result is made of; None where its procedure writes no register."""
    dossier = Dossier.objects.select_related("applicant", "agency").get(pk=dossier_id)
    if not outcomes.writes(dossier.procedure_code):
        return None
    document = Result.objects.select_related("document").get(dossier=dossier).document
    facts = facts_of(dossier=dossier, at=at)
    procedure = catalogue.of_version(dossier.version_id).procedure
    answers = conditions.asked(procedure, answers=all_answers(dossier), facts=facts)
    signed_on = local(document.issued_at).date()
    return Outcome(
        dossier_id=dossier_id,
        procedure=procedure,
        answers=answers,
        facts=facts,
        document={
            "document.number": document.number_text,
            "document.date": signed_on.isoformat(),
            "dossier.code": dossier.code,
            "agency.name": dossier.agency.name,
            "agency.unit": dossier.agency.unit_code,
        },
        signed_on=signed_on,
        filed_on=local(dossier.filed_at).date(),
        until=document.valid_until + timedelta(days=1) if document.valid_until else None,
    )


def _reason(dossier_id: UUID) -> str:
    changes = ResultChange.objects.filter(result__dossier_id=dossier_id)
    return changes.order_by("-changed_at", "-pk").values_list("reason", flat=True).first() or ""
