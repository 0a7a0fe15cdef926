"""
What was filed on the national portal: its forms do not ask all that ours ask, so it may come with gaps.

It is filed the day it was filed there all the same; the counter asks for what is missing in one request.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tinhso.definitions.types import Procedure
from tinhso.dossiers.billing import ACTOR, bill_for
from tinhso.dossiers.facts import facts_of
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.paperwork import page_counts
from tinhso.dossiers.places import commune_lookup
from tinhso.dossiers.types import MissingItem
from tinhso.forms import engine
from tinhso.forms.types import FieldError
from tinhso.kernel.refusals import Refusal
from tinhso.payments import queries as payments

ON_FILING = "on_filing"


class StillIncomplete(Refusal):
    code = "still-incomplete"
    message = _(
        "Hồ sơ nộp trên Cổng Dịch vụ công quốc gia còn thiếu %(count)s mục so với tờ khai. "
        "Hãy gửi yêu cầu bổ sung; các mục còn thiếu đã được điền sẵn."
    )


def gaps(*, dossier: Dossier, procedure: Procedure, at: datetime) -> tuple[FieldError, ...]:
    """Return what our form misses of a dossier that came from the portal; nothing for any other."""
    if not dossier.came_from_portal:
        return ()
    return engine.check_all(
        procedure,
        dossier.answers,
        papers=page_counts(dossier.papers),
        facts=facts_of(dossier=dossier, at=at),
        communes=commune_lookup,
    )


def gap_items(*, dossier: Dossier, procedure: Procedure, at: datetime) -> tuple[MissingItem, ...]:
    """Return the gaps as a request for supplement names them, each part once."""
    papers = {paper.id for paper in procedure.papers}
    items: dict[str, MissingItem] = {}
    for error in gaps(dossier=dossier, procedure=procedure, at=at):
        kind = "paper" if error.question_id in papers else "question"
        items.setdefault(error.question_id, MissingItem(kind, error.question_id, error.sentence))  # type: ignore[arg-type]
    return tuple(items.values())


def require_whole(*, dossier: Dossier, procedure: Procedure, at: datetime) -> None:
    """:raises StillIncomplete: nobody can decide on what is not there"""
    if missing := gaps(dossier=dossier, procedure=procedure, at=at):
        raise StillIncomplete(count=len(missing))


def bill_when_whole(*, dossier: Dossier, procedure: Procedure, at: datetime) -> None:
    """Issue the bill of the filing once the answers it is computed from are there."""
    if not dossier.came_from_portal or dossier.accepted_at is not None:
        return
    known = payments.bills_of_subject(actor=ACTOR, subject_id=dossier.id)
    if not any(bill.purpose_key == ON_FILING for bill in known):
        bill_for(at=at, dossier=dossier, procedure=procedure, moment=ON_FILING)
