"""Let an agency read a paper."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from tinhso.kernel import ledger
from tinhso.papers import policies
from tinhso.papers.events import PaperGranted
from tinhso.papers.models import PaperGrant
from tinhso.people.types import Actor


@transaction.atomic
def grant_paper(*, actor: Actor, at: datetime, paper_id: UUID, agency_id: UUID) -> None:
    """
    Let the officers of the agency read the paper from now on; a second time changes nothing.

    :raises NotFound: absent, or not visible to the actor
    """
    paper = policies.lock_paper(actor=actor, paper_id=paper_id)

    _grant, is_new = PaperGrant.objects.get_or_create(
        paper=paper, agency_id=agency_id, defaults={"granted_at": at}
    )

    if is_new:
        ledger.record(actor=actor, at=at, event=PaperGranted(paper_id=paper_id, agency_id=agency_id))
