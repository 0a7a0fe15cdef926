"""All that the page of one dossier shows its applicant, gathered before anything is drawn."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from tinhso.definitions import catalogue
from tinhso.definitions.types import Procedure
from tinhso.dossiers import policies, queries
from tinhso.dossiers.durations import in_words, usual_duration
from tinhso.dossiers.explaining import explain
from tinhso.dossiers.facts import facts_of
from tinhso.dossiers.models import Dossier, ResultChange, StepRun
from tinhso.dossiers.party import into
from tinhso.dossiers.places import commune_lookup
from tinhso.dossiers.statuses import FINAL, WAITING, Status
from tinhso.forms import engine
from tinhso.forms.types import Section
from tinhso.papers import queries as papers
from tinhso.papers.types import DocumentState, IssuedView, PaperView
from tinhso.payments import queries as payments
from tinhso.payments.types import BillView
from tinhso.people.models import Agency
from tinhso.people.types import Actor
from tinhso.web.parts import DeadlineView, Happening, Tone, deadline_view
from tinhso.web.portal.bills import owed
from tinhso.web.portal.history import history
from tinhso.web.portal.numbers import Numbers, numbers_of
from tinhso.web.portal.words import Standing, agency_name, standing

# The mark of the one document the whole case was about.
RESULT = "result"
# Ended by the agency, which says why in writing; ended so that the citizen may begin anew.
GIVEN_UP = frozenset({Status.NOT_ACCEPTED, Status.STOPPED})
ENDED = GIVEN_UP | {Status.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Act:
    """Something the reader may do, the most urgent first."""

    name: str
    label: str
    url: str
    icon: str
    tone: Tone | str = "secondary"


@dataclass(frozen=True, slots=True)
class Office:
    """Whom to ask."""

    name: str
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class Why:
    """One line of the count that leads to the due date."""

    on: date
    text: str
    counted: bool


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the dossier; ``mark`` names it to scripted players."""

    name: str
    note: str
    url: str
    mark: str = ""
    picture_url: str = ""
    verify_url: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the case is: step ``current`` of ``total``, and the agency it lies with."""

    current: int
    total: int
    name: str
    holder: str


@dataclass(frozen=True, slots=True)
class DossierPage:
    """:param just_filed: show the confirmation instead of the plain heading"""

    id: UUID
    code: str
    revision: int
    procedure: str
    applicant: str
    organisation: str
    filed_at: datetime
    standing: Standing
    office: Office
    progress: Progress | None
    deadline: DeadlineView | None
    due_at: datetime | None
    why: tuple[Why, ...]
    acts: tuple[Act, ...]
    history: tuple[Happening, ...]
    declared: tuple[Section, ...]
    papers: tuple[Item, ...]
    documents: tuple[Item, ...]
    bills: tuple[BillView, ...]
    owed: BillView | None
    is_closed: bool
    numbers: Numbers
    together_url: str = ""
    thread_url: str = ""
    unread_messages: int = 0
    all_messages: int = 0
    usual: str = ""
    just_filed: bool = False


def dossier_page(
    *, actor: Actor, at: datetime, dossier_id: UUID, language: str, just_filed: bool = False
) -> DossierPage:
    """:raises NotFound: absent, or not visible to the actor"""
    dossier = queries.access_dossier(actor=actor, dossier_id=dossier_id)
    procedure = catalogue.of_version(dossier.version_id).procedure
    party = into(actor, dossier)
    bills = payments.bills_of_subject(actor=party, subject_id=dossier.id)
    due, documents = owed(bills), _documents(party, dossier)
    return DossierPage(
        id=dossier.id,
        code=dossier.code,
        revision=dossier.revision,
        procedure=procedure.name.into(language),
        applicant=dossier.applicant.full_name,
        organisation=dossier.organisation.name if dossier.organisation else "",
        filed_at=dossier.filed_at,
        standing=standing(dossier, owes_money=due is not None),
        office=office(dossier.agency, language),
        progress=progress(dossier, procedure, language),
        deadline=_deadline(dossier, at),
        due_at=None if dossier.state in WAITING else dossier.due_at,
        why=_why(dossier, procedure, language),
        acts=tuple(_acts(actor, dossier, procedure, due, documents)),
        history=history(dossier=dossier, procedure=procedure, bills=bills, language=language),
        declared=_declared(dossier, procedure, at, language),
        papers=_papers(party, dossier, procedure, language),
        documents=documents,
        bills=bills,
        owed=due,
        is_closed=dossier.state in FINAL,
        numbers=numbers_of(dossier),
        together_url=_together(actor, dossier),
        thread_url=reverse("portal:thread", args=(dossier.id,)),
        unread_messages=vars(dossier)["unread_by_applicant"],
        all_messages=vars(dossier)["all_messages"],
        usual=_usual(dossier),
        just_filed=just_filed,
    )


def _together(actor: Actor, dossier: Dossier) -> str:
    """Return where the other procedures of the same filing are seen, by who began it."""
    draft = dossier.draft
    if draft.filing_id is None or draft.account_id != actor.account_id:
        return ""
    return reverse("portal:together", args=(draft.filing_id,))


def _usual(dossier: Dossier) -> str:
    """Say how long such dossiers take; nothing of one that is decided."""
    if dossier.finished_at is not None:
        return ""
    usual = usual_duration(dossier.procedure_code, agency_id=dossier.receiving_agency_id)
    return in_words(usual) if usual.is_known else ""


def office(agency: Agency, language: str) -> Office:
    """Return the agency that answers for the case."""
    return Office(agency_name(agency, language), agency.address, agency.phone)


def progress(dossier: Dossier, procedure: Procedure, language: str) -> Progress | None:
    """Return the open step's place among all steps; None when the case is over."""
    run = open_run(dossier)
    if run is None:
        return None
    ids = [step.id for step in procedure.steps]
    name = procedure.step(run.step).name.into(language)
    return Progress(ids.index(run.step) + 1, len(ids), name, agency_name(run.agency, language))


def open_run(dossier: Dossier) -> StepRun | None:
    """Return the open step among the prefetched ones."""
    return next((run for run in dossier.steps.all() if run.closed_at is None), None)


def _deadline(dossier: Dossier, at: datetime) -> DeadlineView | None:
    """A clock that stands still has no day: the one it had will not be kept."""
    if dossier.due_at is None or dossier.state in FINAL | {Status.DECIDED}:
        return None
    state: Literal["paused", "running"] = "paused" if dossier.state in WAITING else "running"
    # The day itself stands beside it.
    return replace(deadline_view(due_at=dossier.due_at, at=at, state=state), on=None)


def _why(dossier: Dossier, procedure: Procedure, language: str) -> tuple[Why, ...]:
    told = explain(dossier=dossier, procedure=procedure)
    return tuple(Why(line.on, line.text.into(language), line.counted) for line in told.lines) if told else ()


def _acts(
    actor: Actor,
    dossier: Dossier,
    procedure: Procedure,
    due: BillView | None,
    documents: tuple[Item, ...],
) -> Iterator[Act]:
    moves = policies.moves_of(actor=actor, dossier=dossier, run=open_run(dossier), procedure=procedure)
    here = (dossier.id,)
    for document in documents:
        if document.mark == RESULT and not _is_revoked(dossier):
            words = _("Tải kết quả") if dossier.result.granted else _("Tải văn bản từ chối")
            yield Act(RESULT, words, document.url, "download", "primary")
    if dossier.state in GIVEN_UP and documents:
        yield Act("answer", _("Xem văn bản của cơ quan"), documents[0].url, "file-certificate", "primary")
    if due is not None and dossier.state not in FINAL:
        yield Act("pay", _("Nộp phí"), reverse("portal:pay", args=here), "qrcode", "primary")
    if "answer_supplement" in moves:
        url = reverse("portal:supplement", args=here)
        yield Act("supplement", _("Bổ sung hồ sơ"), url, "paperclip", "primary")
    if dossier.state in ENDED:
        url = reverse("portal:procedure", args=(dossier.procedure_code,))
        yield Act("again", _("Nộp hồ sơ mới"), url, "file-text")
    if dossier.state in FINAL and getattr(dossier, "rating", None) is None:
        yield Act("rate", _("Đánh giá"), reverse("portal:rate", args=(dossier.rating_token,)), "star")
    if "withdraw" in moves:
        url = reverse("portal:withdraw", args=here)
        yield Act("withdraw", _("Rút hồ sơ"), url, "arrow-back-up", "quiet")


def _is_revoked(dossier: Dossier) -> bool:
    return any(change.kind == ResultChange.Kind.REVOKED for change in dossier.result.changes.all())


def _declared(dossier: Dossier, procedure: Procedure, at: datetime, language: str) -> tuple[Section, ...]:
    facts = facts_of(dossier=dossier, at=at)
    return engine.summary(procedure, dossier.answers, facts, language, commune_lookup)


def _papers(actor: Actor, dossier: Dossier, procedure: Procedure, language: str) -> tuple[Item, ...]:
    named = engine.part_names(procedure, dossier.answers, language)
    order = {part: place for place, part in enumerate(named)}
    parts = sorted(dossier.papers, key=lambda part: order.get(part, len(order)))
    ids = {UUID(paper) for part in parts for paper in dossier.papers[part]}
    found = {paper.id: paper for paper in papers.papers(actor=actor, paper_ids=ids)} if ids else {}
    return tuple(
        _paper_item(found[UUID(paper)], named.get(part, ""))
        for part in parts
        for paper in dossier.papers[part]
        if UUID(paper) in found
    )


def _paper_item(paper: PaperView, part: str) -> Item:
    url = reverse("portal:paper", args=(paper.id,))
    return Item(
        name=part or paper.file_name,
        note=f"{paper.file_name}, {filesizeformat(paper.size)}",
        url=f"{url}?ban=hien-thi" if paper.display_id else url,
        picture_url=f"{url}?ban=nho" if paper.preview_id else "",
    )


def _documents(actor: Actor, dossier: Dossier) -> tuple[Item, ...]:
    found = papers.documents_about(actor=actor, subject_id=dossier.id)
    return tuple(_document_items(found, dossier))


def _note(document: IssuedView) -> str:
    words = _("Số %(number)s · PDF, %(size)s")
    note = words % {"number": document.number, "size": filesizeformat(document.size)}
    gone = {DocumentState.SUPERSEDED: _("Đã bị thay thế"), DocumentState.REVOKED: _("Đã bị thu hồi")}
    return f"{gone[document.state]} · {note}" if document.state in gone else note


def _document_items(found: Iterable[IssuedView], dossier: Dossier) -> Iterator[Item]:
    result = getattr(dossier, "result", None)
    for document in reversed(tuple(found)):
        is_result = result is not None and document.id == result.document_id
        old = result is not None and any(document.id == one.old_document_id for one in result.changes.all())
        if (is_result or old) and dossier.state is not Status.RETURNED:
            continue
        yield Item(
            name=document.title,
            note=_note(document),
            url=reverse("portal:document", args=(document.id,)),
            mark=RESULT if is_result else document.kind,
            verify_url=reverse("verify", args=(document.token,)) if document.signatures else "",
        )
