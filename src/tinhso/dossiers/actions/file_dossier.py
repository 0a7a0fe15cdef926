"""File: from here on the state owes an answer."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.definitions import catalogue
from tinhso.definitions.types import Procedure
from tinhso.dossiers import (
    announce,
    arriving,
    codes,
    effort,
    filings,
    finding,
    once_only,
    process,
    queries,
)
from tinhso.dossiers.billing import ACTOR, bill_for
from tinhso.dossiers.events import DossierFiled
from tinhso.dossiers.facts import facts_of
from tinhso.dossiers.models import Dossier, Draft
from tinhso.dossiers.paperwork import handed_in, page_counts
from tinhso.dossiers.places import commune_lookup
from tinhso.dossiers.refusals import FormIncomplete
from tinhso.dossiers.standing import require_standing
from tinhso.forms import engine
from tinhso.kernel import ledger
from tinhso.papers import wallet
from tinhso.papers.actions.use_kept import require_in_force
from tinhso.payments import queries as payments
from tinhso.people import queries as people
from tinhso.people.types import Actor


@dataclass(frozen=True, slots=True)
class Filed:
    dossier_id: UUID
    code: str
    bill_id: UUID | None


@transaction.atomic
def file_dossier(*, actor: Actor, at: datetime, draft_id: UUID) -> Filed:
    """
    Turn a draft into a dossier; done twice, the second call answers with the first one's dossier.

    :raises NotFound: the draft is absent, or another's
    :raises WaitsForOther: it was asked for together with another, and follows it
    :raises MandateMissing: the mandate by which it was begun is over
    :raises FormIncomplete: an answer or a paper is missing or wrong
    :raises KeptPaperRevoked, KeptPaperReplaced, KeptPaperExpired: a paper taken from the wallet is void
    """
    draft = queries.lock_draft(actor=actor, draft_id=draft_id, filed_too=True)
    if (earlier := Dossier.objects.filter(draft=draft).first()) is not None:
        return _filed_before(earlier)

    filings.require_turn(draft, at=at)
    procedure = catalogue.of_version(draft.version_id).procedure
    require_standing(actor=actor, at=at, draft=draft, procedure=procedure)
    once_only.replace_papers(actor=actor, at=at, draft=draft, procedure=procedure)
    answers = _require_complete(draft=draft, procedure=procedure, at=at)

    papers = handed_in(draft=draft, procedure=procedure, answers=answers)
    dossier = _create(actor=actor, at=at, draft=draft, answers=answers, papers=papers)
    process.open_step(actor=actor, dossier=dossier, step=procedure.steps[0], at=at)
    effort.measure(actor=actor, at=at, dossier=dossier, procedure=procedure)

    ledger.record(actor=actor, at=at, event=filed_event(dossier, procedure))
    bill = bill_for(at=at, dossier=dossier, procedure=procedure, moment="on_filing")
    announce.tell_applicant(dossier=dossier, procedure=procedure, at=at, template="dossier_filed")
    return Filed(dossier_id=dossier.id, code=dossier.code, bill_id=bill)


@transaction.atomic
def file_as_received(
    *, actor: Actor, at: datetime, draft_id: UUID, national_code: str, filed_at: datetime
) -> Filed:
    """
    Turn the form of what was filed on the national portal into a dossier, with whatever the portal gave.

    Its day of filing is the portal's. Gaps are asked for by the counter; see ``arriving``.

    :param actor: the applicant, as the portal proved them
    :raises NotFound: the draft is absent, or another's
    """
    draft = queries.lock_draft(actor=actor, draft_id=draft_id, filed_too=True)
    if (earlier := Dossier.objects.filter(draft=draft).first()) is not None:
        return _filed_before(earlier)

    procedure = catalogue.of_version(draft.version_id).procedure
    once_only.replace_papers(actor=actor, at=at, draft=draft, procedure=procedure)
    facts = facts_of(dossier=draft, at=at)
    answers = engine.counted_answers(procedure, draft.answers, facts)

    papers = handed_in(draft=draft, procedure=procedure, answers=answers)
    dossier = _create(
        actor=actor,
        at=at,
        draft=draft,
        answers=answers,
        papers=papers,
        filed_at=filed_at,
        national_code=national_code,
    )
    process.open_step(actor=actor, dossier=dossier, step=procedure.steps[0], at=at)
    effort.measure(actor=actor, at=at, dossier=dossier, procedure=procedure)

    ledger.record(actor=actor, at=at, event=filed_event(dossier, procedure))
    if not arriving.gaps(dossier=dossier, procedure=procedure, at=at):
        arriving.bill_when_whole(dossier=dossier, procedure=procedure, at=at)
    announce.tell_applicant(dossier=dossier, procedure=procedure, at=at, template="dossier_filed")
    return _filed_before(dossier)


def require_papers_in_force(*, draft: Draft, at: datetime) -> None:
    """
    Judge again what was taken from somebody's keeping: it may have been revoked since.

    :raises KeptPaperRevoked, KeptPaperReplaced, KeptPaperExpired: the first that does not hold any more
    """
    taken = {UUID(one) for ids in draft.papers.values() for one in ids}
    for kept in wallet.not_in_force(taken, at=at):
        require_in_force(kept, at=at)


def filed_event(dossier: Dossier, procedure: Procedure, *, way: str | None = None) -> DossierFiled:
    """
    Return what the ledger is told of a filing.

    :param way: how the word of whom it is filed for was given; None to look it up
    """
    if way is None and dossier.mandate_id is not None:
        way = people.access_mandate(dossier.mandate_id).way
    return DossierFiled(
        dossier_id=dossier.id,
        procedure=procedure.code,
        version_id=dossier.version_id,
        agency_id=dossier.agency_id,
        channel=dossier.channel,
        mandate_way=way or "",
    )


def _require_complete(*, draft: Draft, procedure: Procedure, at: datetime) -> dict[str, object]:
    facts = facts_of(dossier=draft, at=at)
    answers = engine.counted_answers(procedure, draft.answers, facts)
    require_papers_in_force(draft=draft, at=at)
    papers = page_counts(draft.papers)
    if errors := engine.check_all(procedure, answers, papers=papers, facts=facts, communes=commune_lookup):
        raise FormIncomplete(errors)
    return answers


def _create(
    *,
    actor: Actor,
    at: datetime,
    draft: Draft,
    answers: dict[str, object],
    papers: dict[str, list[str]],
    filed_at: datetime | None = None,
    national_code: str = "",
) -> Dossier:
    dossier = dossier_of(
        actor=actor,
        draft=draft,
        code=codes.next_code(agency=draft.agency, at=at),
        full_name=draft.applicant.full_name,
        personal_id=draft.applicant.personal_id,
        filed_at=filed_at or at,
        national_code=national_code,
    )
    dossier.answers, dossier.papers = answers, papers
    dossier.save(force_insert=True)
    return dossier


def dossier_of(
    *,
    actor: Actor,
    draft: Draft,
    code: str,
    full_name: str,
    personal_id: str | None,
    filed_at: datetime,
    national_code: str = "",
) -> Dossier:
    """Return the dossier a draft becomes, unsaved and without its answers and papers."""
    return Dossier(
        code=code,
        national_code=national_code,
        draft=draft,
        version_id=draft.version_id,
        procedure_code=draft.procedure_code,
        applicant_id=draft.applicant_id,
        organisation_id=draft.organisation_id,
        mandate_id=draft.mandate_id,
        filed_by_id=actor.person_id,
        channel=draft.channel,
        receiving_agency_id=draft.receiving_agency_id,
        agency_id=draft.agency_id,
        by_data=draft.by_data,
        filed_at=filed_at,
        rating_token=secrets.token_urlsafe(32),
        search=finding.text_of(
            code=f"{code} {national_code}".strip(), full_name=full_name, personal_id=personal_id
        ),
    )


def _filed_before(dossier: Dossier) -> Filed:
    """Return what the first call returned: the bill of the filing is the dossier's first."""
    bills = payments.bills_of_subject(actor=ACTOR, subject_id=dossier.id)
    return Filed(dossier_id=dossier.id, code=dossier.code, bill_id=bills[0].id if bills else None)
