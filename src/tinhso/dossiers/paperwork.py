"""The documents of a case: what templates are given, and how each kind is issued."""

import json
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings

from tinhso.definitions import catalogue
from tinhso.definitions.binding import nest
from tinhso.definitions.paper_kinds import paper_kinds
from tinhso.definitions.scope import APPLICANT
from tinhso.definitions.template_variables import answers_for_template
from tinhso.definitions.types import Procedure, Result
from tinhso.dossiers.case import Case
from tinhso.dossiers.facts import all_answers, facts_of
from tinhso.dossiers.form_data import form_data, track_picture
from tinhso.dossiers.models import Dossier, DossierDocument, Draft
from tinhso.dossiers.places import commune_lookup
from tinhso.dossiers.types import MissingItem
from tinhso.forms import engine
from tinhso.forms.types import Answers
from tinhso.kernel.clock import local
from tinhso.papers.actions.issue_document import issue_document, produce_document
from tinhso.papers.models import IssuedDocument
from tinhso.papers.rules import form_rules
from tinhso.papers.types import DocumentRequest, IssuedView, Keeping, KeptSource
from tinhso.people import queries as people
from tinhso.people.types import Actor

_MONTHS = 12


def issue_result(*, actor: Actor, at: datetime, in_hand: Case) -> IssuedView:
    """Typeset the procedure's own result with its own template, signed by the actor and the agency."""
    return issue_document(actor=actor, at=at, document=result_request(in_hand=in_hand, at=at))


def issue_in_place_of(
    *, actor: Actor, at: datetime, in_hand: Case, old: IssuedDocument, words: str
) -> IssuedView:
    """
    Issue the result again in place of an earlier one, which is superseded.

    :param words: one line at the foot of the new paper that says what it replaces
    """
    source = catalogue.of_version(in_hand.dossier.version_id).templates[in_hand.procedure.result.template]
    on = f"{local(old.issued_at):%d/%m/%Y}"
    request = replace(
        result_request(in_hand=in_hand, at=at, agency_id=old.agency_id),
        supersedes=old.pk,
        valid_until=old.valid_until,
        template_source=_foot(f"{words} ngày {on}.") + source,
    )
    return issue_document(actor=actor, at=at, document=request)


def issue_revocation(
    *, actor: Actor, at: datetime, in_hand: Case, old: IssuedDocument, reason: str
) -> IssuedView:
    """Issue the signed decision that takes a result out of force, and put it to the case."""
    kind = DossierDocument.Kind.REVOCATION
    document = _issue_form(
        actor=actor, at=at, in_hand=in_hand, kind=kind, signed=True, reason=reason, about=old
    )
    DossierDocument.objects.create(dossier=in_hand.dossier, kind=kind, document_id=document.id, made_at=at)
    return document


def result_request(*, in_hand: Case, at: datetime, agency_id: UUID | None = None) -> DocumentRequest:
    """
    Return the result as it would be issued now; also what a preview before signing shows.

    :param agency_id: who issues it; None for the agency of the open step
    """
    dossier, procedure = in_hand.dossier, in_hand.procedure
    result, version = procedure.result, catalogue.of_version(in_hand.dossier.version_id)
    return DocumentRequest(
        kind="result",
        title=result.name.vi,
        template_source=version.templates[result.template],
        extra_files={name: text.encode() for name, text in version.templates.items()},
        confined=version.by_officer,
        template_name=result.template,
        data=template_data(in_hand=in_hand, at=at),
        agency_id=agency_id or in_hand.open_run.agency_id,
        series=result.series,
        notation=result.notation,
        subject_id=dossier.id,
        holder_person_id=dossier.applicant_id,
        valid_until=_last_day(dossier, result, at=at),
        keeping=Keeping(
            kind=paper_kinds(settings.TINHSO.packs).of_result(result.code),
            source=KeptSource.RESULT,
            organisation_id=dossier.organisation_id,
            procedure_code=dossier.procedure_code,
            result_code=result.code,
        ),
    )


def issue_refusal(*, actor: Actor, at: datetime, in_hand: Case, reason: str) -> IssuedView:
    """Typeset the refusal (Mẫu 03), signed like a result."""
    return _issue_form(
        actor=actor, at=at, in_hand=in_hand, kind=DossierDocument.Kind.REFUSAL, signed=True, reason=reason
    )


def write_document(
    *,
    actor: Actor,
    at: datetime,
    in_hand: Case,
    kind: DossierDocument.Kind,
    reason: str = "",
    items: Sequence[MissingItem] = (),
    lines: Sequence[tuple[str, int]] = (),
) -> UUID:
    """Typeset a form of Circular 03/2025/TT-VPCP, put it to the case, and return the document's id."""
    document = _issue_form(
        actor=actor, at=at, in_hand=in_hand, kind=kind, signed=False, reason=reason, items=items, lines=lines
    )
    DossierDocument.objects.create(dossier=in_hand.dossier, kind=kind, document_id=document.id, made_at=at)
    return document.id


def handed_in(*, draft: Draft, procedure: Procedure, answers: Answers) -> dict[str, list[str]]:
    """
    Return the files that go with these answers, by part of the dossier.

    :param answers: those that count; files of a question out of sight stay with the draft
    """
    known = {paper.id for paper in procedure.papers}
    papers = {part: ids for part, ids in draft.papers.items() if part in known and ids}
    return papers | engine.files_in(procedure, answers)


def page_counts(handed_in: dict[str, list[str]]) -> dict[str, int]:
    """Return how many files there are for each part of the dossier."""
    return {part: len(ids) for part, ids in handed_in.items()}


def template_data(*, in_hand: Case, at: datetime) -> dict[str, object]:
    """Return what ``definitions.template_variables`` lists for templates; ``papers`` adds ``document``."""
    dossier, procedure = in_hand.dossier, in_hand.procedure
    facts, answers = facts_of(dossier=dossier, at=at), all_answers(dossier)
    shown = engine.shown_answers(procedure, answers, facts, commune_lookup)
    return {
        **nest({name: facts.applicant.get(name) for name in APPLICANT}),
        "procedure": {"code": procedure.code, "name": procedure.name.vi},
        "dossier": {
            "code": dossier.code,
            "filed_on": _day(dossier.filed_at),
            "accepted_on": _day(dossier.accepted_at),
            "due_on": _day(dossier.due_at),
        },
        "answers": answers_for_template(procedure, answers),
        "shown": nest(shown),
    }


def _issue_form(
    *,
    actor: Actor,
    at: datetime,
    in_hand: Case,
    kind: DossierDocument.Kind,
    signed: bool,
    reason: str,
    items: Sequence[MissingItem] = (),
    lines: Sequence[tuple[str, int]] = (),
    about: IssuedDocument | None = None,
) -> IssuedView:
    """
    Issue a one-stop form from the agency where the open step lies.

    :param about: the document it speaks of; its agency issues the form
    """
    dossier, rules = in_hand.dossier, form_rules(kind)
    form = form_data(
        actor=actor,
        dossier=dossier,
        procedure=in_hand.procedure,
        kind=kind,
        address=_address(dossier=dossier, at=at),
        reason=reason,
        items=items,
        lines=lines,
        about=about,
    )
    document = DocumentRequest(
        kind=str(kind),
        title=rules.title,
        template_source=rules.template_source,
        template_name=rules.template,
        data=template_data(in_hand=in_hand, at=at) | {"form": form},
        agency_id=about.agency_id if about else in_hand.open_run.agency_id,
        series=rules.series,
        notation=rules.notation,
        subject_id=dossier.id,
        holder_person_id=dossier.applicant_id,
        extra_files={"track.svg": track_picture(dossier)},
    )
    issue = issue_document if signed else produce_document
    return issue(actor=actor, at=at, document=document)


def _foot(words: str) -> str:
    """Return Typst that puts a line at the foot of every page of the document that follows."""
    text = (
        f'text(font: "Liberation Serif", size: 9pt, style: "italic", {json.dumps(words, ensure_ascii=False)})'
    )
    return f"#set page(footer: align(center, {text}))\n"


def _address(*, dossier: Dossier, at: datetime) -> str:
    """Return where the applicant lives, in words; empty when it is not known."""
    residence = people.proved_facts(dossier.applicant_id).get("applicant.address")
    if not isinstance(residence, dict):
        return ""
    commune = commune_lookup(str(residence["commune"]), local(at).date())
    return ", ".join(part for part in (residence["detail"], commune.name if commune else "") if part)


def _last_day(dossier: Dossier, result: Result, *, at: datetime) -> date | None:
    """Return the last day of validity: as an answer or an officer's finding says, else by months."""
    said = all_answers(dossier).get(result.valid_until_id) if result.valid_until_id else None
    if isinstance(said, str):
        return date.fromisoformat(said)
    return _valid_until(at=at, months=result.valid_months)


def _valid_until(*, at: datetime, months: int | None) -> date | None:
    """Return the last day of validity: the day before the same day so many months later."""
    if months is None:
        return None
    day = local(at).date()
    years, month = divmod(day.month - 1 + months, _MONTHS)
    last = monthrange(day.year + years, month + 1)[1]
    return day.replace(year=day.year + years, month=month + 1, day=min(day.day, last)) - timedelta(days=1)


def _day(at: datetime | None) -> str | None:
    return local(at).date().isoformat() if at else None
