"""Procedures of the catalogue from their own examples to the signed result, whoever has to act."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from uuid import UUID

from django.db import transaction

from tests.dossiers_kit import BINH_LIEU, SYSTEM, Province
from tests.papers_samples import photo
from tinhso.definitions.catalogue import Published
from tinhso.definitions.types import Example, Procedure, Step
from tinhso.dossiers import case, queries
from tinhso.dossiers.actions.accept import accept_dossier
from tinhso.dossiers.actions.advance import advance_step
from tinhso.dossiers.actions.attach_paper import attach_paper
from tinhso.dossiers.actions.claim import claim_step
from tinhso.dossiers.actions.deliver import deliver_result
from tinhso.dossiers.actions.file_dossier import Filed, file_dossier
from tinhso.dossiers.actions.give_opinion import give_opinion
from tinhso.dossiers.actions.save_page import save_page
from tinhso.dossiers.actions.sign_result import sign_result
from tinhso.dossiers.actions.start_draft import start_draft
from tinhso.dossiers.facts import facts_of
from tinhso.dossiers.models import Dossier
from tinhso.dossiers.paperwork import result_request
from tinhso.dossiers.statuses import Status
from tinhso.forms import boxes, engine
from tinhso.kernel import files
from tinhso.papers.actions.issue_document import preview_document
from tinhso.payments import queries as payments
from tinhso.payments.actions.mark_cash import mark_cash
from tinhso.people import actions as people
from tinhso.people.queries import actor_of
from tinhso.people.types import Actor

MOST_TURNS = 20
SEX = "applicant.sex"
TURNS = 5
SIGNATURES = 2  # the signer's and the agency's; the time stamp over both comes on top


@dataclass(frozen=True, slots=True)
class Way:
    """One procedure on its way; ``filed`` once it is."""

    province: Province
    procedure: Procedure
    example: Example
    filed: Filed


def pass_all(province: Province, offered: Sequence[Published]) -> dict[str, str]:
    """
    File the first example of each, do every step and bring it to its result; return what stopped which code.

    First all of them come to the step that signs: an agency that has no key yet issues its receipts unsigned,
    which proves the same in half the time. Then the results: see :func:`signed_today`.
    """
    stopped: dict[str, str] = {}
    waiting: list[Way] = []
    for one in offered:
        with _noting(stopped, one.procedure.code):
            waiting.append(_file(province, one))
            _work(waiting[-1], signing=False)
    signed = signed_today(offered)
    for way in waiting:
        if way.procedure.code in stopped:
            continue
        with _noting(stopped, way.procedure.code):
            if way.procedure.code in signed:
                _work(way, signing=True)
                _require_result(way.filed.dossier_id)
            else:
                _preview(way)
    return stopped


def signed_today(offered: Sequence[Published]) -> frozenset[str]:
    """
    Return whose results are really signed and delivered; those of the others are typeset for the signer.

    Whole files always, and of the derived procedures, which share their templates and their last steps, every
    fifth; which fifth changes with the packs. ``TINHSO_PASS=whole`` signs all.
    """
    if os.environ.get("TINHSO_PASS") == "whole":
        return frozenset(one.procedure.code for one in offered)
    derived = [one for one in offered if one.procedure.result.template.startswith("standard-")]
    turn = sum(int(one.procedure.fingerprint[:8], 16) for one in derived) % TURNS
    left_out = {one.procedure.code for place, one in enumerate(derived) if place % TURNS != turn}
    return frozenset(one.procedure.code for one in offered) - left_out


@contextmanager
def _noting(stopped: dict[str, str], code: str) -> Iterator[None]:
    """Go on with the next procedure whatever happens to this one; its writing is undone."""
    try:
        with transaction.atomic():
            yield
    except Exception as problem:
        said = getattr(problem, "data", "") or getattr(problem, "errors", "")
        stopped[code] = f"{type(problem).__name__}: {problem} {said}"


def _file(province: Province, offered: Published) -> Way:
    procedure, example = offered.procedure, offered.procedure.examples[0]
    actor, draft_id = _begin(province, procedure, _citizen(province, procedure, example))
    _fill_in(actor, draft_id, procedure, example, province)
    filed = file_dossier(actor=actor, at=province.at, draft_id=draft_id)
    return Way(province, procedure, example, filed)


def _citizen(province: Province, procedure: Procedure, example: Example) -> Actor:
    """Return a citizen of the sex the example speaks of; what an account proves is not asked again."""
    sexes = [example.answers.get(one.id) for one in procedure.questions() if one.known == SEX]
    if "female" not in sexes[:1]:
        return province.citizen()
    return province.citizen("000191000102", sex="female", full_name="Hoàng Thị Chíu")


def _begin(province: Province, procedure: Procedure, citizen: Actor) -> tuple[Actor, UUID]:
    """Begin online where that is offered, else at the counter with the person present."""
    assert citizen.person_id is not None
    if "online" in procedure.channels:
        started = start_draft(
            actor=citizen, at=province.at, procedure_code=procedure.code, unit_code=BINH_LIEU
        )
        return citizen, started.draft_id
    officer = province.officer("one_stop")
    people.introduce(
        actor=citizen, at=province.at, person_id=citizen.person_id, agency_id=officer.posts[0].agency_id
    )
    people.assist_at_counter(
        actor=officer,
        at=province.at,
        agency_id=officer.posts[0].agency_id,
        person_id=citizen.person_id,
        evidence="Người dân có mặt tại quầy.",
        scope=(procedure.code,),
    )
    assert officer.account_id is not None
    officer = actor_of(officer.account_id, at=province.at)
    started = start_draft(
        actor=officer,
        at=province.at,
        procedure_code=procedure.code,
        unit_code=BINH_LIEU,
        applicant_id=citizen.person_id,
        channel="counter",
    )
    return officer, started.draft_id


def _fill_in(
    actor: Actor, draft_id: UUID, procedure: Procedure, example: Example, province: Province
) -> None:
    facts = facts_of(dossier=queries.access_draft(actor=actor, draft_id=draft_id), at=province.at)
    waiting = list(example.papers)
    for page in procedure.form:
        known = {**example.answers, **queries.access_draft(actor=actor, draft_id=draft_id).answers}
        asked = engine.visible_questions(procedure, page.id, known, facts)
        data: dict[str, list[str]] = {boxes.ASKED: [question.id for question in asked]}
        for question in asked:
            if question.id in example.answers:
                data |= boxes.render(question, question.id, example.answers[question.id])
        if not asked:
            continue
        save_page(actor=actor, at=province.at, draft_id=draft_id, page_id=page.id, data=data)
        of_page = [part for part in waiting if part.split("[")[0] in {question.id for question in asked}]
        for part in of_page:
            _hand_in(actor, draft_id, part, province)
            waiting.remove(part)
        saved = save_page(actor=actor, at=province.at, draft_id=draft_id, page_id=page.id, data=data)
        assert saved.complete, (page.id, saved.errors, saved.revealed)
    for part in waiting:
        _hand_in(actor, draft_id, part, province)


def _hand_in(actor: Actor, draft_id: UUID, part: str, province: Province) -> None:
    attach_paper(
        actor=actor,
        at=province.at,
        draft_id=draft_id,
        requirement=part,
        file_name="giay-to.jpg",
        content=BytesIO(_picture()),
    )


@lru_cache(maxsize=1)
def _picture() -> bytes:
    return photo(width=320, height=240)


def _work(way: Way, *, signing: bool) -> None:
    """Do the open steps, up to the one that signs or through it."""
    province, at_step = way.province, ""
    for _turn in range(MOST_TURNS):
        dossier = Dossier.objects.get(pk=way.filed.dossier_id)
        _pay(province, dossier)
        run = queries.open_run(dossier)
        if run is None or (way.procedure.step(run.step).signs and not signing):
            return
        at_step = run.step
        for asked in run.consultations.filter(answered_at__isnull=True).select_related("agency"):
            give_opinion(
                actor=province.officer(asked.role, asked.agency.kind, asked.agency.unit_code),
                at=province.at,
                dossier_id=dossier.pk,
                consultation_id=asked.pk,
                opinion="agree",
            )
        officer = province.officer(run.role, run.agency.kind, run.agency.unit_code)
        _take(officer, way, way.procedure.step(run.step))
    raise AssertionError(f"{at_step} was done and the case does not move on")


def _pay(province: Province, dossier: Dossier) -> None:
    """Pay in cash what is open: asked for on filing, on acceptance, or after what an officer found."""
    for bill in payments.bills_of_subject(actor=SYSTEM, subject_id=dossier.pk):
        if bill.is_open:
            cashier = province.officer("one_stop", dossier.agency.kind, dossier.agency.unit_code)
            mark_cash(actor=cashier, at=province.at, bill_id=bill.id)


def _take(officer: Actor, way: Way, step: Step) -> None:
    at, dossier_id = way.province.at, way.filed.dossier_id
    asked = [question for question in step.ask if question.id in way.example.findings]
    found: dict[str, list[str]] = {boxes.ASKED: [question.id for question in asked]}
    for question in asked:
        found |= boxes.render(question, question.id, way.example.findings[question.id])
    if step.id == way.procedure.steps[0].id:
        accept_dossier(actor=officer, at=at, dossier_id=dossier_id, found=found)
    elif step.signs:
        sign_result(actor=officer, at=at, dossier_id=dossier_id, found=found)
    elif step.returns:
        deliver_result(actor=officer, at=at, dossier_id=dossier_id)
    else:
        claim_step(actor=officer, at=at, dossier_id=dossier_id)
        advance_step(actor=officer, at=at, dossier_id=dossier_id, found=found)


def _preview(way: Way) -> None:
    at = way.province.at
    run = queries.open_run(Dossier.objects.get(pk=way.filed.dossier_id))
    assert run is not None
    signer = way.province.officer(run.role, run.agency.kind, run.agency.unit_code)
    in_hand = case.lock(actor=signer, dossier_id=way.filed.dossier_id)
    pdf = preview_document(actor=signer, at=at, document=result_request(in_hand=in_hand, at=at))
    assert pdf.startswith(b"%PDF-")


def _require_result(dossier_id: UUID) -> None:
    dossier = queries.access_dossier(actor=SYSTEM, dossier_id=dossier_id)
    assert dossier.state is Status.RETURNED
    assert dossier.result.granted
    pdf = files.open_file(dossier.result.document.file_id).read()
    assert pdf.startswith(b"%PDF-")
    assert pdf.count(b"/ByteRange") == SIGNATURES + 1
