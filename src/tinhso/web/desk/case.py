"""A dossier as one page object: everything the panel and the page show, read before anything is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tinhso.appointments.rules import rules as hall_rules
from tinhso.definitions import catalogue
from tinhso.dossiers import policies, queries
from tinhso.dossiers.explaining import explain
from tinhso.dossiers.facts import all_answers, facts_of, sources_of
from tinhso.dossiers.models import CaseMessage, Dossier
from tinhso.dossiers.models.dossier import oversees
from tinhso.dossiers.party import watching
from tinhso.dossiers.places import commune_lookup
from tinhso.exchange.national_portal.reading import SOURCE as NATIONAL_PORTAL
from tinhso.forms import engine
from tinhso.forms.types import Data, FieldError, Row, Section
from tinhso.payments import queries as payments
from tinhso.payments.types import BillView
from tinhso.people import queries as people
from tinhso.people.types import Actor, MandateView
from tinhso.web.desk import case_parts
from tinhso.web.desk.case_parts import DocumentLine, NoteLine, OpinionLine, PaperLine
from tinhso.web.desk.channels import channel_words
from tinhso.web.desk.extracts import DataLine, data_lines
from tinhso.web.desk.happenings import happenings, ledger_of
from tinhso.web.desk.inbox import deadline_of
from tinhso.web.desk.neighbours import Neighbours
from tinhso.web.desk.offers import MAIN, Offers, Situation, offers_of
from tinhso.web.desk.postal import post_lines
from tinhso.web.desk.queue.office import may
from tinhso.web.desk.reliefs import claim_fields
from tinhso.web.once_only import SourceLine, source_lines
from tinhso.web.parts import DeadlineView, Happening


@dataclass(frozen=True, slots=True)
class WhyDay:
    on: str
    words: str
    counted: bool


HELPED = frozenset({"sms", "paper"})


@dataclass(frozen=True, slots=True)
class Applicant:
    name: str
    personal_id: str
    phone: str
    email: str
    organisation: str
    helped_by: str = ""
    helped_how: str = ""
    proof_url: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """
    One answer in words.

    :param differs: what the register says where the answer is another
    """

    label: str
    shown: str
    source: str = ""
    differs: str = ""
    correct_url: str = ""


@dataclass(frozen=True, slots=True)
class AnswerSection:
    title: str
    rows: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    """
    :param back: the query string of the list the officer came from
    :param may_write: to the applicant; who only watches may not
    :param may_open_receipts: those are for who answers for the money
    :param holder_url: where it is said whether the applicant waits at a counter of the officer's
    :param waits: what must come from elsewhere before the step can end; empty when nothing
    """

    id: UUID
    code: str
    procedure: str
    status: str
    revision: int
    url: str
    back: str
    close_url: str
    deadline: DeadlineView
    due_at: datetime | None
    is_extended: bool
    why: tuple[WhyDay, ...]
    applicant: Applicant
    channel: str
    agency: str
    step: str
    holder: str
    holder_agency: str
    sections: tuple[AnswerSection, ...]
    found: Section | None
    papers: tuple[PaperLine, ...]
    by_data: tuple[DataLine, ...]
    bills: tuple[BillView, ...]
    opinions: tuple[OpinionLine, ...]
    documents: tuple[DocumentLine, ...]
    asked: tuple[str, ...]
    story: tuple[Happening, ...]
    offers: Offers
    waits: str
    notes: tuple[NoteLine, ...] = ()
    place: str = ""
    neighbours: Neighbours | None = None
    thread_url: str = ""
    unread_messages: int = 0
    all_messages: int = 0
    may_write: bool = False
    may_open_receipts: bool = True
    post: tuple[str, ...] = ()
    national_code: str = ""
    holder_url: str = ""

    @property
    def back_query(self) -> str:
        """Return the way back as part of an address."""
        place = {"noi": self.place} if self.place else {}
        return urlencode({"ve": self.back, **place}) if self.back else ""


def situation_of(*, actor: Actor, at: datetime, dossier_id: UUID, whole: bool = True) -> Situation:
    """Return the dossier as this officer meets it. :raises NotFound: absent, or not visible to them"""
    dossier = queries.access_dossier(actor=actor, dossier_id=dossier_id)
    return Situation(
        actor=actor,
        at=at,
        dossier=dossier,
        procedure=catalogue.of_version(dossier.version_id).procedure,
        run=next((run for run in dossier.steps.all() if run.closed_at is None), None),
        facts=facts_of(dossier=dossier, at=at),
        bills=payments.bills_of_subject(actor=watching(actor, dossier), subject_id=dossier.pk),
        whole=whole,
    )


def case_page(
    case: Situation,
    *,
    back: str = "",
    place: str = "",
    neighbours: Neighbours | None = None,
    typed: Data | None = None,
    errors: tuple[FieldError, ...] = (),
) -> CasePage:
    """
    Return the page object.

    :param back: the query string of the list the officer came from
    :param place: where the dossier stands in that list, when the officer walks through it
    :param typed: what the step's own questions came back with
    """
    dossier, procedure, run = case.dossier, case.procedure, case.run
    language = (get_language() or "vi")[:2]
    return CasePage(
        id=dossier.pk,
        code=dossier.code,
        procedure=procedure.name.into(language),
        status=str(dossier.state.label),
        revision=dossier.revision,
        url=reverse("desk:dossier", args=[dossier.pk]),
        back=back,
        place=place,
        neighbours=neighbours,
        close_url=reverse("desk:inbox"),
        deadline=deadline_of(dossier, step_due=run.due_at if run else None, at=case.at),
        due_at=dossier.due_at,
        is_extended=getattr(dossier, "extension", None) is not None,
        why=_why(case, language),
        applicant=_applicant(dossier),
        channel=channel_words(dossier),
        agency=dossier.agency.name,
        step=procedure.step(run.step).name.into(language) if run else "",
        holder=run.holder.get_full_name() if run and run.holder else "",
        holder_agency=run.agency.name if run else "",
        sections=_answers(case, language),
        found=_found(case, language),
        papers=case_parts.paper_lines(actor=case.reader, dossier=dossier, procedure=procedure, at=case.at),
        by_data=data_lines(dossier=dossier, procedure=procedure, language=language),
        bills=case.bills,
        opinions=case_parts.opinion_lines(actor=case.actor, dossier=dossier, procedure=procedure, at=case.at),
        documents=case_parts.document_lines(actor=case.reader, dossier=dossier),
        asked=_asked(dossier),
        story=_story(case),
        offers=_offers(case, typed=typed, errors=errors),
        waits=case_parts.waits(dossier=dossier, step=case.step, run=run, at=case.at),
        thread_url=reverse("desk:thread", args=[dossier.pk]),
        unread_messages=vars(dossier)["unread_by_office"],
        all_messages=vars(dossier)["all_messages"],
        may_write=policies.side_of(actor=case.actor, dossier=dossier) == CaseMessage.Side.OFFICE,
        may_open_receipts=not oversees(case.actor),
        post=post_lines(dossier),
        national_code=dossier.national_code,
        holder_url=_holder_url(case),
        notes=_notes(case),
    )


def _holder_url(case: Situation) -> str:
    serves = case.whole and may(case.actor, hall_rules().roles.serve)
    return reverse("desk:queue-holder", args=[case.dossier.pk]) if serves else ""


def _story(case: Situation) -> tuple[Happening, ...]:
    entries = ledger_of(case.dossier) if case.whole else ()
    return happenings(dossier=case.dossier, procedure=case.procedure, entries=entries)


def _notes(case: Situation) -> tuple[NoteLine, ...]:
    if not case.whole:
        return ()
    return case_parts.note_lines(actor=case.actor, dossier=case.dossier, at=case.at)


def _offers(case: Situation, *, typed: Data | None, errors: tuple[FieldError, ...]) -> Offers:
    """Return what to offer; to accept also means to say what becomes of a claimed relief."""
    offers = offers_of(case, typed=typed, errors=errors)
    if offers.main is None or offers.main.slug != MAIN["accept"]:
        return offers
    return replace(offers, fields=(*offers.fields, *claim_fields(case, QueryDict(), errors)))


def _answers(case: Situation, language: str) -> tuple[AnswerSection, ...]:
    """Return the form in words; what was proved says by whom, what a register began says by which record."""
    sections = engine.summary(case.procedure, case.dossier.answers, case.facts, language, commune_lookup)
    sources = sources_of(case.dossier) if case.whole else {}
    told = {fact: _source(known.source) for fact, known in sources.items()}
    dossier = case.dossier
    lines = source_lines(
        procedure=case.procedure,
        subject_id=dossier.draft_id,
        answers=dossier.answers,
        language=language,
        back=reverse("desk:dossier", args=[dossier.pk]),
    )
    return tuple(
        AnswerSection(
            section.title,
            tuple(_answer(row, told, lines.get(row.question_id)) for row in section.rows),
        )
        for section in sections
    )


def _answer(row: Row, told: Mapping[str, str], line: SourceLine | None) -> Answer:
    if line is not None:
        return Answer(row.label, row.shown, line.words, line.differs, line.correct_url)
    proved = told.get(row.source, _("không phải khai lại")) if row.source else ""
    return Answer(row.label, row.shown, proved)


def _source(source: str) -> str:
    if source.startswith("counter:"):
        return _("cán bộ một cửa ghi theo thẻ căn cước")
    if source.startswith("helper:"):
        return _("tổ công nghệ số cộng đồng ghi theo thẻ căn cước")
    if source == NATIONAL_PORTAL:
        return _("Cổng Dịch vụ công quốc gia cho biết")
    if source == "self":
        return _("người nộp tự khai trong tài khoản")
    return _("khớp tài khoản định danh")


def _why(case: Situation, language: str) -> tuple[WhyDay, ...]:
    """Return why the date is that date, line by line; an extension or a pause says so itself."""
    told = explain(dossier=case.dossier, procedure=case.procedure)
    lines = told.lines if told else ()
    return tuple(WhyDay(f"{line.on:%d/%m/%Y}", line.text.into(language), line.counted) for line in lines)


def _applicant(dossier: Dossier) -> Applicant:
    person = dossier.applicant
    helper = _helper(dossier)
    return Applicant(
        name=person.full_name,
        personal_id=person.personal_id or "",
        phone=person.phone,
        email=person.email,
        organisation=dossier.organisation.name if dossier.organisation else "",
        helped_by=f"{helper.agent_name}, {helper.agency_name}" if helper else "",
        helped_how=_how(helper.way) if helper else "",
        proof_url=f"/giay-to/{helper.proof_id}/?ban=hien-thi" if helper and helper.proof_id else "",
    )


def _helper(dossier: Dossier) -> MandateView | None:
    """Return the mandate of a community team's member, when one filed it."""
    if dossier.mandate_id is None:
        return None
    mandate = people.access_mandate(dossier.mandate_id)
    return mandate if mandate.way in HELPED else None


def _how(way: str) -> str:
    return _("người dân đọc mã tin nhắn") if way == "sms" else _("theo giấy có chữ ký")


def _found(case: Situation, language: str) -> Section | None:
    """Return what officers wrote down at their steps, in words."""
    asked = [question for step in case.procedure.steps for question in step.ask]
    known = all_answers(case.dossier)
    written = [name for run in case.dossier.steps.all() for name in run.findings]
    if not written:
        return None
    shown = engine.shown_answers(case.procedure, known, case.facts, commune_lookup, language)
    rows = tuple(
        Row(question.id, question.label.into(language), str(shown.get(question.id, "")))
        for question in asked
        if question.id in written
    )
    return Section("findings", _("Cán bộ ghi"), rows)


def _asked(dossier: Dossier) -> tuple[str, ...]:
    """Return what the citizen still owes of the open request."""
    return tuple(
        item["text"]
        for request in dossier.supplements.all()
        if request.answered_at is None
        for item in request.items
    )
