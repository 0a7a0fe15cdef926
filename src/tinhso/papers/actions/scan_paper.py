"""Make paper electronic at a counter: take the files in, compare them with the original, sign the copy."""

from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import files, ledger
from tinhso.kernel.refusals import Conflict, Invalid
from tinhso.kernel.text import normalise
from tinhso.papers import digitising, policies
from tinhso.papers.actions.grant_paper import grant_paper
from tinhso.papers.actions.issue_document import issue_document
from tinhso.papers.actions.receive_paper import receive_paper
from tinhso.papers.events import ScanDiscarded, ScanSigned, ScanTaken
from tinhso.papers.models import KeptPaper, Paper, Scan
from tinhso.papers.rules import form_rules, rules
from tinhso.papers.types import (
    CameFrom,
    DocumentRequest,
    Keeping,
    KeptSource,
    KeptView,
    ScanStage,
    ScanView,
)
from tinhso.papers.views import kept_view, scan_view
from tinhso.people.types import Actor

LONGEST_TITLE = 240


class NoPages(Invalid):
    code = "no-pages"
    message = _("Chưa có trang nào. Hãy chụp hoặc chọn tệp quét, đủ các trang của giấy tờ.")


class TooManyFiles(Invalid):
    code = "too-many-files"
    message = _("Một giấy tờ nhận nhiều nhất %(most)s tệp một lần. Hãy quét nhiều trang vào một tệp PDF.")


class SayWhetherItMatches(Invalid):
    code = "say-whether-it-matches"
    message = _("Hãy đối chiếu với bản giấy rồi chọn: đúng với bản giấy, hay không đúng.")


class CopyDiffers(Conflict):
    code = "copy-differs"
    message = _(
        "Bản chụp không đúng với bản giấy nên không ký số. Hãy bỏ bản chụp này rồi quét hoặc chụp lại."
    )


class ScanClosed(Conflict):
    code = "scan-closed"
    message = _("Bản chụp này đã bỏ. Hãy quét hoặc chụp lại từ đầu.")


@transaction.atomic
def take_scan(
    *,
    actor: Actor,
    at: datetime,
    agency_id: UUID,
    owner_person_id: UUID,
    kind: str,
    title: str,
    content: Sequence[tuple[str, BinaryIO]],
    organisation_id: UUID | None = None,
    about_id: UUID | None = None,
    part: str = "",
) -> ScanView:
    """
    Keep the files of a scanner or a camera byte for byte, until an officer has compared them with the paper.

    :param kind: see ``Keeping``; :param title: what the paper is called
    :param content: name and bytes of each file, in the order of the pages
    :param about_id: part: the form it is for, as the caller names it
    :raises NotAllowed: no officer of the agency's counter, or one who may not hand in for the person
    :raises NoPages, TooManyFiles, TooSmallToRead: nothing is kept
    :raises Refusal: see :func:`receive_paper`; nothing is kept
    """
    policies.require_counter(actor=actor, agency_id=agency_id)
    policies.require_owner(actor=actor, owner_person_id=owner_person_id)

    if not content:
        raise NoPages
    if len(content) > rules().e_copy.most_files:
        raise TooManyFiles(most=rules().e_copy.most_files)

    scan = Scan(
        owner_id=owner_person_id,
        organisation_id=organisation_id,
        agency_id=agency_id,
        kind=kind,
        title=normalise(title)[:LONGEST_TITLE],
        about_id=about_id,
        part=part,
        taken_by_id=actor.signed_in_as,
        taken_at=at,
    )
    _receive(scan, content, actor=actor, at=at)
    pages = _pages(scan)
    for paper in pages:
        digitising.require_readable(paper)
    scan.save(force_insert=True)

    count = sum(paper.pages for paper in pages)
    event = ScanTaken(scan_id=scan.pk, agency_id=agency_id, paper_kind=kind, pages=count)
    ledger.record(actor=actor, at=at, event=event)
    return scan_view(scan, pages)


@transaction.atomic
def sign_scan(*, actor: Actor, at: datetime, scan_id: UUID, matches: bool | None) -> KeptView:
    """
    Join the pages into one PDF, sign it with the agency's key, and put it into the keeping of whose it is.

    Twice is once. The officer's word and name are on the copy and in the ledger.

    :param matches: whether the pictures show the original, as the officer declares; None when not said
    :raises NotFound: no such scan at a counter of the actor's
    :raises SayWhetherItMatches, CopyDiffers, ScanClosed, CopyTooLarge: as they say
    :raises Refusal: see :func:`issue_document`
    """
    scan = policies.lock_scan(actor=actor, scan_id=scan_id)

    policies.require_counter(actor=actor, agency_id=scan.agency_id)

    if scan.stage == ScanStage.SIGNED:
        return kept_view(KeptPaper.objects.get(document_id=scan.document_id))
    if scan.stage == ScanStage.DISCARDED:
        raise ScanClosed
    if matches is None:
        raise SayWhetherItMatches
    if not matches:
        raise CopyDiffers

    pages = _pages(scan)
    issued = issue_document(actor=actor, at=at, document=_request(scan, pages))
    scan.stage, scan.document_id, scan.closed_at = ScanStage.SIGNED, issued.id, at
    scan.save(update_fields=["stage", "document", "closed_at"])

    count = sum(paper.pages for paper in pages)
    event = ScanSigned(scan_id=scan.pk, document_id=issued.id, agency_id=scan.agency_id, pages=count)
    ledger.record(actor=actor, at=at, event=event)
    return kept_view(KeptPaper.objects.get(document_id=issued.id))


@transaction.atomic
def discard_scan(*, actor: Actor, at: datetime, scan_id: UUID) -> None:
    """
    Throw the pictures away, as when they are blurred; twice changes nothing.

    :raises NotFound: no such scan at a counter of the actor's, or it is signed
    """
    scan = policies.lock_scan(actor=actor, scan_id=scan_id)

    policies.require_counter(actor=actor, agency_id=scan.agency_id)

    if scan.stage == ScanStage.DISCARDED:
        return
    policies.require_open(scan)

    for paper in _pages(scan):
        paper.grants.all().delete()
        kept = [paper.original_id, paper.display_id, paper.preview_id]
        paper.delete()
        for file_id in kept:
            if file_id is not None:
                files.delete(file_id)
    scan.pages, scan.stage, scan.closed_at = [], ScanStage.DISCARDED, at
    scan.save(update_fields=["pages", "stage", "closed_at"])

    ledger.record(actor=actor, at=at, event=ScanDiscarded(scan_id=scan_id))


def _receive(scan: Scan, content: Sequence[tuple[str, BinaryIO]], *, actor: Actor, at: datetime) -> None:
    """Keep each file as it came, for the owner and the counter's agency."""
    for number, (name, file) in enumerate(content):
        page = receive_paper(
            actor=actor,
            at=at,
            owner_person_id=scan.owner_id,
            file_name=name,
            content=file,
            client_key=f"scan/{scan.pk}/{number}",
            came_from=CameFrom.DIGITISED,
        )
        grant_paper(actor=actor, at=at, paper_id=page.id, agency_id=scan.agency_id)
        scan.pages.append(str(page.id))


def _pages(scan: Scan) -> list[Paper]:
    """Return the papers of the pages in order."""
    rows = {str(row.pk): row for row in Paper.objects.select_related("original").filter(pk__in=scan.pages)}
    return [rows[one] for one in scan.pages]


def _request(scan: Scan, pages: Sequence[Paper]) -> DocumentRequest:
    form = form_rules("e_copy")
    sheets = [{"file": sheet.file, "page": sheet.page} for sheet in digitising.sheets_of(pages)]
    return DocumentRequest(
        kind="e_copy",
        title=f"{scan.title} ({form.title[:1].lower()}{form.title[1:]})"[:LONGEST_TITLE],
        template_source=form.template_source,
        template_name=form.template,
        data={"copy": {"of": scan.title, "sheets": sheets}},
        agency_id=scan.agency_id,
        series=form.series,
        notation=form.notation,
        subject_id=scan.about_id,
        # What belongs to an organisation has no person for its holder, who may leave it one day.
        holder_person_id=None if scan.organisation_id else scan.owner_id,
        holder_name=scan.organisation.name if scan.organisation else "",
        sign_as_person=False,
        extra_files=digitising.content_of(pages),
        archival=all(sheet["page"] == 0 for sheet in sheets),
        keeping=Keeping(
            kind=scan.kind,
            source=KeptSource.DIGITISED,
            organisation_id=scan.organisation_id,
            owner_person_id=scan.owner_id,
        ),
    )
