"""Ask for several procedures at once: begin, file what comes first, then what waited for it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.dossiers import announce
from tinhso.dossiers.actions.file_dossier import Filed, file_dossier
from tinhso.dossiers.actions.start_draft import start_draft
from tinhso.dossiers.events import FilingMade
from tinhso.dossiers.filings import DONE, Part, access_filing, bundle_of, carry, carry_all, parts_of
from tinhso.dossiers.models import Dossier, Draft, Filing
from tinhso.dossiers.refusals import FormIncomplete
from tinhso.kernel import ledger
from tinhso.kernel.refusals import Refusal
from tinhso.people.queries import actor_of
from tinhso.people.types import Actor


@dataclass(frozen=True, slots=True)
class Together:
    """:param filed: what was filed now; the others wait for it"""

    filing_id: UUID
    filed: tuple[Filed, ...]


@transaction.atomic
def start_filing(*, actor: Actor, at: datetime, bundle_id: str, unit_code: str) -> UUID:
    """
    Begin a form for each member, prefilled with what the account proves; return the filing's id.

    :param unit_code: the commune whose agencies decide
    :raises NotFound: there is no such bundle
    :raises Refusal: whatever :func:`start_draft` says of one of the members; none is begun then
    """
    bundle = bundle_of(bundle_id)

    filing = Filing.objects.create(
        bundle=bundle.id, account_id=actor.signed_in_as, unit_code=unit_code, started_at=at
    )
    for member in bundle.members:
        started = start_draft(actor=actor, at=at, procedure_code=member.procedure, unit_code=unit_code)
        Draft.objects.filter(pk=started.draft_id).update(filing=filing)
    carry_all(filing, at=at)
    return filing.pk


@transaction.atomic
def file_together(*, actor: Actor, at: datetime, filing_id: UUID) -> Together:
    """
    File every member whose turn it is; done twice, the second call answers with the first one's dossiers.

    All forms must be complete, those that wait included, so that nobody has to come back.

    :raises NotFound: absent, or another's
    :raises FormIncomplete: something is missing in one of the forms
    """
    filing = access_filing(actor=actor, filing_id=filing_id)
    Filing.objects.select_for_update(no_key=True).get(pk=filing.pk)

    carry_all(filing, at=at)
    parts = parts_of(filing, at=at)
    if missing := tuple(error for part in parts for error in part.errors):
        raise FormIncomplete(missing)

    filed = tuple(
        file_dossier(actor=actor, at=at, draft_id=part.draft.pk) for part in parts if part.before is None
    )
    if filing.filed_at is None:
        filing.filed_at = at
        filing.save(update_fields=["filed_at"])
        for one in filed:
            event = FilingMade(dossier_id=one.dossier_id, filing_id=filing.pk, bundle=filing.bundle)
            ledger.record(actor=actor, at=at, event=event)
    return Together(filing.pk, filed)


@transaction.atomic
def file_next(*, at: datetime, dossier_id: UUID) -> tuple[UUID, ...]:
    """
    File what waited for this dossier, in the name of who began the filing; return the new dossiers.

    What cannot be filed, as where the other ended badly or something is missing now, stays a form, and the
    applicant is told. May run twice.
    """
    dossier = Dossier.objects.select_related("draft__filing").get(pk=dossier_id)
    filing = dossier.draft.filing
    if filing is None:
        return ()
    Filing.objects.select_for_update(no_key=True).get(pk=filing.pk)

    following = [part for part in parts_of(filing, at=at) if _follows(part, dossier)]
    actor = actor_of(filing.account_id, at=at)

    return tuple(
        made
        for part in following
        if (made := _file(part, actor=actor, at=at, is_good=dossier.state in DONE)) is not None
    )


def _follows(part: Part, dossier: Dossier) -> bool:
    return part.dossier is None and part.before is not None and part.before.draft.pk == dossier.draft_id


def _file(part: Part, *, actor: Actor, at: datetime, is_good: bool) -> UUID | None:
    if is_good:
        carry(part)
        try:
            with transaction.atomic():
                return file_dossier(actor=actor, at=at, draft_id=part.draft.pk).dossier_id
        except Refusal:
            # Something lacks, a paper was revoked meanwhile, or a mandate ended: a person must look at it.
            pass
    announce.tell_of_form(draft=part.draft, procedure=part.procedure, at=at, template="filing_waits_for_you")
    return None
