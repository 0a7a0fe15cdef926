"""Dossiers of the desk met at every step, with everything an officer may do to them, until they end."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from playwright.sync_api import Page

from tests import desk_kit as desk
from tests import dossiers_kit as kit
from tests.dossiers_kit import ALLOWANCE, BIRTH, COPY, PERMIT
from tests.e2e.desk_world import REASON, DeskWorld, Given, open_run, run_of, step_of
from tests.e2e.pages_kit import Stop, choose, fill, forget_the_form_token, send
from tinhso.dossiers.actions.claim import claim_step
from tinhso.dossiers.actions.decline import decline_dossier
from tinhso.dossiers.actions.extend import extend_deadline
from tinhso.dossiers.actions.request_supplement import request_supplement
from tinhso.dossiers.actions.sign_result import refuse_result
from tinhso.dossiers.models import Consultation, Dossier
from tinhso.dossiers.types import MissingItem
from tinhso.people.types import Actor

PROCEDURES = (BIRTH, COPY, "1.004873", "1.001612", ALLOWANCE, PERMIT)
PANEL = "#pane .desk-act button"


def life(world: DeskWorld, code: str) -> Iterator[Stop]:
    """A dossier on paper, met at each of its steps by the officer of the step, until it is handed out."""
    dossier_id = kit.filed(world.province, world.province.citizen(), code).dossier_id
    Dossier.objects.filter(pk=dossier_id).update(channel="counter")
    officer = world.officer(dossier_id)
    if world.owes(dossier_id):
        yield world.stop("desk:inbox", f"{code} owes", officer, query=f"?ho-so={dossier_id}")
        yield world.stop("desk:act", code, officer, dossier_id=dossier_id, slug="thu-tien")
        desk.pay(world.province, dossier_id)
    while (run := open_run(dossier_id)) is not None:
        officer, state = world.officer(dossier_id), f"{code} at {run.step}"
        yield from met(world, state, officer, dossier_id)
        if step_of(dossier_id).ask:
            yield world.stop(
                "desk:act",
                f"{state} nothing found",
                officer,
                start=desk.aside(dossier_id),
                acts=(send(PANEL),),
                status=422,
            )
        if question := Consultation.objects.filter(dossier_id=dossier_id, answered_at=None).first():
            yield from _opinion(world, question, f"{code} {question.consultation}")
            yield world.stop("desk:inbox", f"{state} half answered", officer, query=f"?ho-so={dossier_id}")
        world.move_on(dossier_id)
    yield world.stop("desk:dossier", f"{code} handed out", officer, dossier_id=dossier_id)


def births(world: DeskWorld) -> Iterator[Stop]:
    """Births of one applicant, to be accepted, examined and signed; then put off, stopped, late, ended."""
    province, citizen = world.province, world.citizen()
    filed = kit.filed(province, citizen, BIRTH).dossier_id
    desk.pay(province, filed)
    running, to_sign = desk.accepted(province, citizen), desk.to_sign(province, citizen)
    colleague, late = world.colleague(running), Dossier.objects.filter(pk=running)
    yield from _acts(world, filed, ("bo-sung", "tu-choi-tiep-nhan"), said=("tiep-nhan", "nhan"))
    asked = ("bo-sung", "gia-han", "dung", "ban-giao", "tra-buoc")
    yield from _acts(world, running, asked, said=("chuyen-buoc",))
    yield from _acts(world, to_sign, ("tu-choi", "tra-buoc"), said=("ky",))
    yield from _two_at_once(world, running, colleague)
    yield from _interrupted(world, running)
    late.update(due_at=world.at - timedelta(days=400), status="in_progress")
    yield from met(world, "overdue", world.officer(running), running)
    yield world.stop("desk:dossier", "only watched", province.officer("supervisor"), dossier_id=running)
    yield from _signing(world, running)
    refuse_result(actor=province.officer("chairperson"), at=world.at, dossier_id=to_sign, reason=REASON)
    decline_dossier(actor=province.officer("one_stop"), at=world.at, dossier_id=filed, reason=REASON)
    yield from met(world, "refused", world.officer(running), to_sign)
    yield from met(world, "declined", world.officer(running), filed)


def met(world: DeskWorld, state: str, who: Actor, dossier_id: UUID) -> Iterator[Stop]:
    """A dossier beside the list, and alone."""
    yield from world.either(
        world.stop("desk:inbox", state, who, query=f"?ho-so={dossier_id}"),
        world.stop("desk:dossier", state, who, dossier_id=dossier_id),
    )


def _acts(
    world: DeskWorld, dossier_id: UUID, asked: tuple[str, ...], *, said: tuple[str, ...]
) -> Iterator[Stop]:
    """The form of each act; each that asks something, sent with nothing filled in."""
    officer, step = world.officer(dossier_id), run_of(dossier_id).step
    for slug in said:
        yield world.stop("desk:act", step, officer, dossier_id=dossier_id, slug=slug)
    for slug in asked:
        given: Given = {"dossier_id": dossier_id, "slug": slug}
        yield from world.either(
            world.stop("desk:act", f"{step} nothing", officer, acts=(send(),), status=422, **given),
            world.stop("desk:act", step, officer, **given),
        )


def _two_at_once(world: DeskWorld, dossier_id: UUID, colleague: Actor) -> Iterator[Stop]:
    """Somebody was faster; somebody else's act; a form that lost its token."""
    mine, other = world.officer(dossier_id), world.province.officer("one_stop")
    stop: Given = {"dossier_id": dossier_id, "slug": "dung"}
    typed = fill("[name=ly-do]", REASON)
    lost = (typed, forget_the_form_token, send())
    yield world.stop("desk:act", "stale", mine, acts=(typed, _grow_stale, send()), status=409, **stop)
    yield world.stop("desk:act", "token lost", mine, acts=lost, status=403, **stop)
    yield world.stop("desk:act", "not theirs", other, status=409, dossier_id=dossier_id, slug="ky")
    yield world.stop("desk:act", "no such act", mine, status=404, dossier_id=dossier_id, slug="khong-co")
    claim_step(actor=mine, at=world.at, dossier_id=dossier_id)
    yield world.stop("desk:inbox", "a colleague holds it", colleague, query=f"?ho-so={dossier_id}")


def _interrupted(world: DeskWorld, dossier_id: UUID) -> Iterator[Stop]:
    """Put off with an apology, then stopped until the applicant adds what is missing."""
    at, examiner = world.at, world.officer(dossier_id)
    week = kit.give_time(world.province, dossier_id) + timedelta(days=7)
    extend_deadline(actor=examiner, at=at, dossier_id=dossier_id, new_due_at=week, reason=REASON)
    yield from met(world, "extended", examiner, dossier_id)
    items = [MissingItem("other", "", f"Ảnh giấy chứng sinh bị mờ. {REASON}")] * 3
    request_supplement(actor=examiner, at=at, dossier_id=dossier_id, items=items)
    yield from met(world, "clock stopped", examiner, dossier_id)


def _signing(world: DeskWorld, running: UUID) -> Iterator[Stop]:
    """One to sign, several, nothing ticked; one that was signed beside one that could not be."""
    leader = world.province.officer("chairperson")
    yield world.stop("desk:signing", "one", leader)
    # The last stays to be refused; each reader signs one of the others.
    for _turn in range(len(world.readers)):
        desk.to_sign(world.province, world.citizen())
    yield world.stop("desk:signing", "several", leader)
    start, sent = reverse("desk:signing"), send(".desk-act button")
    yield world.stop("desk:batch-new", "nothing ticked", leader, start=start, acts=(sent,), status=422)
    yield world.stop("desk:preview", "nothing to sign", leader, dossier_id=running, status=404)


def _opinion(world: DeskWorld, question: Consultation, state: str) -> Iterator[Stop]:
    """Another agency is asked, answers without reasons, and answers."""
    asked = world.asked(question)
    place: Given = {"dossier_id": question.dossier_id, "consultation_id": question.pk}
    no = (choose("[value=disagree]"), fill("[name=text]", "ngắn"), send())
    yield world.stop("desk:opinions", state, asked)
    yield world.stop("desk:opinion", state, asked, **place)
    yield world.stop("desk:opinion", f"{state} no reason", asked, acts=no, status=422, **place)
    world.answer(question, "remarks", REASON)
    yield world.stop("desk:opinion", f"{state} answered", asked, **place)


def _grow_stale(page: Page) -> None:
    """Hold a form older than what a colleague did meanwhile."""
    page.evaluate("document.querySelector('[name=revision]').value = '1'")
