"""Hand in again what somebody keeps."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from pypdf import PdfReader

from tinhso.kernel import files, ledger, locks
from tinhso.kernel.refusals import Conflict
from tinhso.papers import policies
from tinhso.papers.events import PaperReused
from tinhso.papers.models import IssuedDocument, Paper
from tinhso.papers.types import CameFrom, KeptView, PaperView, ScanState, Validity
from tinhso.papers.views import PAPER_WITH, kept_view, paper_view
from tinhso.people.types import Actor

PDF = "application/pdf"


class KeptPaperRevoked(Conflict):
    code = "kept-paper-revoked"
    message = _(
        "«%(title)s» số %(number)s đã bị thu hồi nên không dùng lại được. "
        "Hãy xin cấp lại giấy tờ này, hoặc tải lên giấy tờ khác còn giá trị."
    )


class KeptPaperReplaced(Conflict):
    code = "kept-paper-replaced"
    message = _(
        "«%(title)s» số %(number)s đã được thay bằng bản khác. "
        "Hãy chọn bản hiện hành trong kho giấy tờ, hoặc tải lên giấy tờ còn giá trị."
    )


class KeptPaperExpired(Conflict):
    code = "kept-paper-expired"
    message = _(
        "«%(title)s» số %(number)s đã hết hạn ngày %(on)s nên không dùng lại được. "
        "Hãy xin cấp lại, hoặc tải lên giấy tờ còn hạn."
    )


@transaction.atomic
def use_kept(
    *, actor: Actor, at: datetime, kept_id: UUID, owner_person_id: UUID, came_from: CameFrom = CameFrom.WALLET
) -> PaperView:
    """
    Return the document as a paper that can be handed in for the person; the same one however often.

    :param actor: one who may see what is kept, and hand in for the person
    :param owner_person_id: in whose dossier it goes; a parent's paper may go into a child's
    :raises NotFound, NotAllowed: not the actor's to see, or not to hand in for
    :raises KeptPaperRevoked, KeptPaperReplaced, KeptPaperExpired: it does not hold any more
    """
    kept = policies.lock_kept(actor=actor, kept_id=kept_id)

    policies.require_owner(actor=actor, owner_person_id=owner_person_id)

    require_in_force(kept_view(kept), at=at)

    locks.hold(f"paper/{owner_person_id}")
    key = f"{came_from}/{kept.pk}"
    known = Paper.objects.filter(owner_id=owner_person_id, kept=kept, client_key=key)
    if (before := known.select_related(*PAPER_WITH).first()) is not None:
        return paper_view(before)
    document = kept.document
    paper = Paper.objects.create(
        owner_id=owner_person_id,
        original_id=document.file_id,
        file_name=f"{document.title[:80]} {document.number_text}".replace("/", "-") + ".pdf",
        media_type=PDF,
        pages=_pages(document),
        sha256=document.sha256,
        # Ours from its first byte: typeset here, or drawn anew from what was scanned when it came in.
        scan=ScanState.CLEAN,
        flags=["signed"] if document.signatures else [],
        client_key=key,
        came_from=came_from,
        kept=kept,
        received_at=at,
    )

    ledger.record(actor=actor, at=at, event=PaperReused(paper_id=paper.pk, kept_id=kept.pk))
    return paper_view(paper)


def _pages(document: IssuedDocument) -> int:
    with files.open_file(document.file_id) as content:
        return len(PdfReader(content).pages)


def require_in_force(view: KeptView, *, at: datetime) -> None:
    """:raises KeptPaperRevoked, KeptPaperReplaced, KeptPaperExpired: it does not hold any more"""
    told = {"title": view.title, "number": view.number}
    validity = view.validity(at=at)
    if validity is Validity.REVOKED:
        raise KeptPaperRevoked(**told)
    if validity is Validity.SUPERSEDED:
        raise KeptPaperReplaced(**told)
    if validity is Validity.EXPIRED and view.valid_until is not None:
        raise KeptPaperExpired(**told, on=f"{view.valid_until:%d/%m/%Y}")
