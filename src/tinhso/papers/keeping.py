"""Into somebody's keeping: the record that a document is theirs to hand in again."""

from datetime import datetime

from tinhso.kernel import ledger
from tinhso.kernel.refusals import NotFound
from tinhso.kernel.text import fold
from tinhso.papers.events import PaperKept
from tinhso.papers.models import IssuedDocument, KeptPaper
from tinhso.papers.types import Keeping
from tinhso.people.types import Actor

LONGEST_WORDS = 400


def put_by(document: IssuedDocument, keeping: Keeping, *, actor: Actor, at: datetime) -> KeptPaper:
    """Keep the document for its holder or for an organisation. :raises NotFound: for nobody"""
    owner = document.holder_id or keeping.owner_person_id
    if owner is None:
        raise NotFound
    row = KeptPaper.objects.create(
        owner_id=owner,
        organisation_id=keeping.organisation_id,
        kind=keeping.kind,
        source=keeping.source,
        document=document,
        procedure_code=keeping.procedure_code,
        result_code=keeping.result_code,
        words=fold(f"{document.title} {document.number_text}")[:LONGEST_WORDS],
        kept_at=at,
    )
    event = PaperKept(
        kept_id=row.pk,
        paper_kind=keeping.kind,
        source=keeping.source,
        document_id=document.pk,
        agency_id=document.agency_id,
    )
    ledger.record(actor=actor, at=at, event=event)
    return row
