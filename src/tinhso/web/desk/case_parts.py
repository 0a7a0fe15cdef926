"""The parts of a dossier as the desk shows them: frozen, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tinhso.definitions.types import Procedure, Step
from tinhso.dossiers import opinions
from tinhso.dossiers.models import Consultation, Dossier, StepRun
from tinhso.dossiers.queries import notes_to_read
from tinhso.dossiers.rules import rules
from tinhso.forms import engine
from tinhso.papers import queries as papers
from tinhso.papers.types import CameFrom, DocumentState, Flag, PaperView, ScanState, Validity
from tinhso.people.types import Actor
from tinhso.web.parts import DeadlineView, deadline_view

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class PaperLine:
    """
    One file of the dossier.

    :param part: what it is, of the procedure's list
    :param url: of the original; empty where the officer's agency may not read it
    :param picture_url: of the upright copy, of pictures only
    :param is_unscanned: no virus scanner looked at it, and the page says so
    :param id: None where the officer's agency may not read it
    :param pdf_url: of the original to look at, of PDF files only
    """

    part: str
    name: str
    note: str
    url: str
    picture_url: str
    is_unscanned: bool
    warnings: tuple[str, ...]
    id: UUID | None = None
    pdf_url: str = ""

    @property
    def shown_url(self) -> str:
        """Return what can be looked at beside the answers; empty for nothing."""
        return self.picture_url or self.pdf_url


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """:param answer_url: where the officer answers, when they are the one who was asked"""

    id: UUID
    question: str
    agency: str
    answer: str
    text: str
    who: str
    answered_at: datetime | None
    deadline: DeadlineView | None
    answer_url: str
    withdraw_url: str = ""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """:param state: said of one that holds no longer"""

    title: str
    number: str
    issued_at: datetime
    url: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class NoteLine:
    """:param strike_url: where its author strikes it out, while there is time"""

    who: str
    at: datetime
    text: str
    is_struck: bool
    strike_url: str


def paper_lines(
    *, actor: Actor, dossier: Dossier, procedure: Procedure, at: datetime
) -> tuple[PaperLine, ...]:
    """Return the files in the procedure's order; one query."""
    ids = [UUID(paper_id) for ids in dossier.papers.values() for paper_id in ids]
    seen = {paper.id: paper for paper in papers.papers(actor=actor, paper_ids=ids)} if ids else {}
    names = engine.part_names(procedure, dossier.answers, (get_language() or "vi")[:2])
    order = {part: place for place, part in enumerate(names)}
    return tuple(
        _paper(dossier, names.get(part, part), seen.get(UUID(paper_id)), at)
        for part in sorted(dossier.papers, key=lambda part: order.get(part, 0))
        for paper_id in dossier.papers[part]
    )


def opinion_lines(
    *, actor: Actor, dossier: Dossier, procedure: Procedure, at: datetime
) -> tuple[OpinionLine, ...]:
    """Return what other agencies were asked, in the order of asking."""
    asked = sorted(dossier.consultations.all(), key=lambda row: (row.asked_at, row.pk))
    return tuple(_opinion(row, actor=actor, procedure=procedure, at=at) for row in asked)


def waits(*, dossier: Dossier, step: Step | None, run: StepRun | None, at: datetime) -> str:
    """Say how many opinions the step waits for; where silence is consent, for none that is overdue."""
    if step is None or run is None:
        return ""
    owed = opinions.awaited(dossier.consultations.all(), run=run, step=step, at=at)
    words = ngettext(
        "Còn %(count)s ý kiến chưa trả lời; chuyển bước được khi đủ.",
        "Còn %(count)s ý kiến chưa trả lời; chuyển bước được khi đủ.",
        owed,
    )
    return words % {"count": owed} if owed else ""


def document_lines(*, actor: Actor, dossier: Dossier) -> tuple[DocumentLine, ...]:
    """Return the documents written in the case that the officer may read; one query."""
    views = papers.documents_about(actor=actor, subject_id=dossier.pk)
    return tuple(
        DocumentLine(
            title=view.title,
            number=view.number,
            issued_at=view.issued_at,
            url=reverse("desk:document", args=[dossier.pk, view.id]),
            state=document_state(view.state),
        )
        for view in views
    )


def document_state(state: DocumentState) -> str:
    """Say of a document that holds no longer what became of it."""
    words = {DocumentState.SUPERSEDED: _("Đã bị thay thế"), DocumentState.REVOKED: _("Đã bị thu hồi")}
    return words.get(state, "")


def note_lines(*, actor: Actor, dossier: Dossier, at: datetime) -> tuple[NoteLine, ...]:
    """Return the private notes the officer may read; one query."""
    latest = at - rules().notes.struck_within
    return tuple(
        NoteLine(
            who=note.author.get_full_name(),
            at=note.written_at,
            text=note.text,
            is_struck=note.struck_at is not None,
            strike_url=reverse("desk:strike", args=[dossier.pk, note.pk])
            if note.author_id == actor.account_id and note.struck_at is None and note.written_at >= latest
            else "",
        )
        for note in notes_to_read(actor=actor, dossier=dossier)
    )


def opinion_words(row: Consultation) -> str:
    """Say what was answered."""
    words = {
        Consultation.Opinion.AGREE: _("Đồng ý"),
        Consultation.Opinion.DISAGREE: _("Không đồng ý"),
        Consultation.Opinion.REMARKS: _("Có ý kiến khác"),
        Consultation.Opinion.SILENT_CONSENT: _("Quá hạn không trả lời, coi như đồng ý"),
        Consultation.Opinion.WITHDRAWN: _("Người hỏi đã rút câu hỏi"),
    }
    return words[Consultation.Opinion(row.opinion)] if row.opinion else _("Chưa trả lời")


def opinion_name(row: Consultation, procedure: Procedure) -> str:
    """Return what was asked, as the definition calls it or in the officer's words."""
    if row.is_ad_hoc:
        return row.question
    language = (get_language() or "vi")[:2]
    for step in procedure.steps:
        for asked in step.consult:
            if asked.id == row.consultation:
                return asked.name.into(language)
    return row.consultation


def _opinion(row: Consultation, *, actor: Actor, procedure: Procedure, at: datetime) -> OpinionLine:
    is_open = row.answered_at is None
    has_post = actor.post_with(role=row.role, agency_id=row.agency_id) is not None
    is_asked = has_post and row.to_account_id in (None, actor.account_id)
    is_own = row.is_ad_hoc and row.asked_by_id == actor.account_id
    return OpinionLine(
        id=row.pk,
        question=opinion_name(row, procedure),
        agency=row.agency.name,
        answer=opinion_words(row),
        text=row.text,
        who=row.answered_by.get_full_name() if row.answered_by else "",
        answered_at=row.answered_at,
        deadline=deadline_view(due_at=row.due_at, at=at) if is_open else None,
        answer_url=reverse("desk:opinion", args=[row.dossier_id, row.pk]) if is_open and is_asked else "",
        withdraw_url=reverse("desk:withdraw", args=[row.dossier_id, row.pk]) if is_open and is_own else "",
    )


def _came(view: PaperView, at: datetime) -> tuple[str, ...]:
    """Say that a paper was digitised at a counter or taken from somebody's keeping, and how it stands."""
    if view.kept is None:
        return (_("trang quét gốc"),) if view.came_from is CameFrom.DIGITISED else ()
    source = {
        CameFrom.DIGITISED: _("đã số hóa và ký số tại quầy"),
        CameFrom.WALLET: _("lấy từ kho giấy tờ, số %(number)s") % {"number": view.kept.number},
    }.get(view.came_from, "")
    words = {
        Validity.VALID: _("còn hiệu lực"),
        Validity.EXPIRED: _("đã hết hạn"),
        Validity.SUPERSEDED: _("đã có bản thay thế"),
        Validity.REVOKED: _("đã bị thu hồi"),
    }
    return (source, words[view.kept.validity(at=at)])


def _paper(dossier: Dossier, part: str, view: PaperView | None, at: datetime) -> PaperLine:
    if view is None:
        return PaperLine(part, "", _("Cơ quan của bạn không được xem tệp này."), "", "", False, ())
    url = reverse("desk:paper", args=[dossier.pk, view.id])
    pages = _("%(count)s trang") % {"count": view.pages}
    return PaperLine(
        part=part,
        name=view.file_name,
        note=" · ".join((pages, filesizeformat(view.size), *_came(view, at))),
        url=url,
        picture_url=f"{url}?ban=xem" if view.display_id else "",
        is_unscanned=view.scan is not ScanState.CLEAN,
        warnings=tuple(_flags(view.flags)),
        id=view.id,
        pdf_url=f"{url}?ban=pdf" if view.media_type == PDF else "",
    )


def _flags(flags: Iterable[Flag]) -> Iterable[str]:
    words = {
        Flag.SIGNED: _("có chữ ký số"),
        Flag.FORM: _("có ô điền"),
        Flag.ATTACHMENT: _("có tệp đính kèm bên trong"),
        Flag.LINKS: _("có đường dẫn ra ngoài"),
    }
    return [words[flag] for flag in flags]
