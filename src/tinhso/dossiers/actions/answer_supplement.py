"""Hand in what was missing; the deadline starts again from zero."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.dossiers import announce, arriving, case, deadline, policies
from tinhso.dossiers.events import SupplementAnswered
from tinhso.dossiers.facts import facts_of
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.paperwork import handed_in, page_counts
from tinhso.dossiers.places import commune_lookup
from tinhso.dossiers.refusals import FormIncomplete
from tinhso.dossiers.sharing import agencies_of, share
from tinhso.dossiers.statuses import Status
from tinhso.dossiers.time_limits import limit_of
from tinhso.forms import engine
from tinhso.kernel import ledger
from tinhso.people.types import Actor


@dataclass(frozen=True, slots=True)
class Answered:
    """:param due_at: the new due moment; None while the dossier is not accepted yet"""

    due_at: datetime | None


@transaction.atomic
def answer_supplement(
    *, actor: Actor, at: datetime, dossier_id: UUID, revision: int | None = None
) -> Answered:
    """
    Take the corrected form and papers into the dossier. What they replace is kept with the request.

    :raises NotFound, MoveNotPossible: absent, not theirs, or nothing was asked
    :raises FormIncomplete: something is still missing or wrong
    """
    in_hand = case.lock(actor=actor, dossier_id=dossier_id, revision=revision)
    dossier, procedure = in_hand.dossier, in_hand.procedure

    move = policies.require_move(actor=actor, dossier=dossier, name="answer_supplement")

    facts = facts_of(dossier=dossier, at=at)
    answers = engine.counted_answers(procedure, dossier.draft.answers, facts)
    papers = handed_in(draft=dossier.draft, procedure=procedure, answers=answers)
    errors = engine.check_all(
        procedure, answers, papers=page_counts(papers), facts=facts, communes=commune_lookup
    )
    if errors:
        raise FormIncomplete(errors)

    _close_request(dossier=dossier, at=at)
    dossier.answers, dossier.papers = answers, papers
    in_hand.make(move, target=Status.IN_PROGRESS if dossier.accepted_at else Status.FILED)
    if dossier.accepted_at:
        dossier.clock_started_at = at
        dossier.due_at = deadline.due_at(limit=limit_of(dossier, procedure), received=at)
    in_hand.save()
    share(at=at, dossier=dossier, agency_ids=agencies_of(dossier))
    arriving.bill_when_whole(dossier=dossier, procedure=procedure, at=at)

    event = SupplementAnswered(dossier_id=dossier.id, due_at=dossier.due_at)
    ledger.record(actor=actor, at=at, event=event)
    announce.tell_officers(dossier=dossier, procedure=procedure, run=in_hand.open_run, at=at)
    return Answered(due_at=dossier.due_at)


def _close_request(*, dossier: Dossier, at: datetime) -> None:
    request = dossier.supplements.get(answered_at__isnull=True)
    request.answered_at = at
    request.replaced = {"answers": dossier.answers, "papers": dossier.papers}
    request.save()
    dossier.suspensions.filter(ended_at__isnull=True).update(ended_at=at)
