"""Paper brought to the counter, made electronic: what the pages show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO, cast
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tinhso.definitions import catalogue
from tinhso.definitions.paper_kinds import asked_name
from tinhso.dossiers import queries, wallet
from tinhso.dossiers.models import Draft
from tinhso.kernel.refusals import NotFound
from tinhso.papers import queries as papers
from tinhso.papers.rules import rules
from tinhso.papers.types import PaperView, ScanStage, ScanView
from tinhso.people import queries as people
from tinhso.people.types import Actor
from tinhso.web.portal.language import say

FILES, KIND, PART, MATCHES = "tep", "loai", "muc", "khop"
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class NewScan:
    """
    A page that takes the files.

    :param paper: what is to be digitised; empty while the officer chooses among ``kinds``
    :param whose: the person or the organisation it belongs to
    """

    paper: str
    whose: str
    kinds: tuple[tuple[str, str, bool], ...]
    action: str
    back_url: str
    limit: int
    limit_bytes: int
    most: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """:param picture_url: empty for a PDF, which is opened by ``url``"""

    name: str
    note: str
    url: str
    picture_url: str


@dataclass(frozen=True, slots=True)
class ScanPage:
    """:param document_url: the signed copy; empty before"""

    scan: ScanView
    whose: str
    sheets: tuple[Sheet, ...]
    is_open: bool
    document_url: str
    verify_url: str
    number: str
    next_url: str
    next_label: str
    again_url: str


def files_of(request: HttpRequest) -> list[tuple[str, BinaryIO]]:
    """Return the files in the order they were chosen."""
    return [(file.name or "", cast(BinaryIO, file)) for file in request.FILES.getlist(FILES)]


def for_draft(draft: Draft, part: str) -> NewScan:
    """:raises NotFound: nothing of the form takes files under the part"""
    named = asked_name(catalogue.of_version(draft.version_id).procedure, part)
    if named is None:
        raise NotFound
    whose = draft.organisation.name if draft.organisation else draft.applicant.full_name
    action = f"{reverse('desk:scan-draft', args=[draft.pk])}?{PART}={part}"
    return _new(say(named[1]), whose, action, form_url(draft, part))


def for_person(actor: Actor, person_id: UUID, chosen: str) -> NewScan:
    """:raises NotFound: the agency does not know the person"""
    person = people.access_person(actor=actor, person_id=person_id)
    offered = [one for one in wallet.kinds().kinds if one.digitised]
    kinds = tuple((one.id, say(one.name), one.id == chosen) for one in offered)
    action, back = reverse("desk:scan-person", args=[person_id]), reverse("desk:choose", args=[person_id])
    return _new("", person.full_name, action, back, kinds)


def form_url(draft: Draft, part: str) -> str:
    """Return where the form asks for the part."""
    procedure = catalogue.of_version(draft.version_id).procedure
    if any(paper.id == part for paper in procedure.papers):
        return reverse("portal:form-papers", args=[draft.pk])
    group = part.partition("[")[0]
    page = next(one for one in procedure.form if any(asked.id == group for asked in one.ask))
    return reverse("portal:form-page", args=[draft.pk, page.id])


def scan_page(actor: Actor, scan: ScanView) -> ScanPage:
    """Return the pages to compare, or what was signed."""
    draft = queries.access_draft(actor=actor, draft_id=scan.about_id) if scan.about_id else None
    document = papers.access_document(actor=actor, document_id=scan.document_id) if scan.document_id else None
    again = reverse("desk:scan-person", args=[scan.owner_person_id])
    if draft is not None:
        next_url, label = form_url(draft, scan.part), _("Về tờ khai")
        again = f"{reverse('desk:scan-draft', args=[draft.pk])}?{PART}={scan.part}"
    else:
        next_url, label = reverse("desk:choose", args=[scan.owner_person_id]), _("Chọn thủ tục cho người này")
    return ScanPage(
        scan=scan,
        whose=_whose(actor, scan, draft),
        sheets=tuple(map(_sheet, scan.pages)),
        is_open=scan.stage is ScanStage.TAKEN,
        document_url=reverse("portal:document", args=[document.id]) if document else "",
        verify_url=document.verify_url if document else "",
        number=document.number if document else "",
        next_url=next_url,
        next_label=label,
        again_url=again,
    )


def _whose(actor: Actor, scan: ScanView, draft: Draft | None) -> str:
    if draft is not None:
        return draft.organisation.name if draft.organisation else draft.applicant.full_name
    return people.access_person(actor=actor, person_id=scan.owner_person_id).full_name


def _sheet(paper: PaperView) -> Sheet:
    url = reverse("portal:paper", args=[paper.id])
    pages = ngettext("%(count)s trang", "%(count)s trang", paper.pages) % {"count": paper.pages}
    return Sheet(
        name=paper.file_name,
        note=pages,
        url=url,
        picture_url=f"{url}?ban=hien-thi" if paper.display_id else "",
    )


def _new(
    paper: str, whose: str, action: str, back_url: str, kinds: Sequence[tuple[str, str, bool]] = ()
) -> NewScan:
    limit = rules().upload.max_bytes
    return NewScan(
        paper=paper,
        whose=whose,
        kinds=tuple(kinds),
        action=action,
        back_url=back_url,
        limit=limit // MIB,
        limit_bytes=limit,
        most=rules().e_copy.most_files,
    )
