"""Officers before the desk, and dossiers as far along as a test needs them."""

from copy import copy
from datetime import datetime, timedelta
from uuid import UUID

from django.test import Client

from tests import dossiers_kit as kit
from tests.dossiers_kit import BIRTH, Province
from tests.people_kit import PASSWORD, SECRET, sign_in
from tinhso.dossiers import queries
from tinhso.dossiers.actions.accept import accept_dossier
from tinhso.dossiers.actions.advance import advance_step
from tinhso.dossiers.actions.claim import claim_step
from tinhso.dossiers.actions.work_batch import work_next
from tinhso.dossiers.models import Dossier, Draft, Involvement, StepRun
from tinhso.forms import boxes
from tinhso.kernel.ids import new_id
from tinhso.payments import queries as payments
from tinhso.payments.actions.mark_cash import mark_cash
from tinhso.people import actions as people
from tinhso.people.queries import actor_of
from tinhso.people.types import Actor

HOME = "/ban-lam-viec/"


def enter(client: Client, officer: Actor) -> None:
    """Sign the officer in, one-time code included."""
    sign_in(client, officer.signed_in_as)


def url_of(dossier_id: UUID, act: str = "") -> str:
    return f"{HOME}ho-so/{dossier_id}/{act}/" if act else f"{HOME}ho-so/{dossier_id}/"


def aside(dossier_id: UUID) -> str:
    """Return the address of the inbox with the dossier beside the list."""
    return f"{HOME}?ho-so={dossier_id}"


def revision(dossier_id: UUID) -> int:
    return Dossier.objects.get(pk=dossier_id).revision


def found(dossier_id: UUID) -> dict[str, list[str]]:
    """Return what the officer of the open step fills in, by HTML name, from the procedure's first example."""
    dossier = Dossier.objects.get(pk=dossier_id)
    procedure = kit.procedure(dossier.procedure_code)
    run = queries.open_run(dossier)
    assert run is not None
    example = procedure.examples[0].findings
    asked = [question for question in procedure.step(run.step).ask if question.id in example]
    data: dict[str, list[str]] = {boxes.ASKED: [question.id for question in asked]}
    for question in asked:
        data |= boxes.render(question, question.id, example[question.id])
    return data


def form(dossier_id: UUID, **more: str) -> dict[str, object]:
    """Return what the form of an act sends: the revision, what the step asks, and more."""
    typed = {name.replace("_", "-"): value for name, value in more.items()}
    return {"revision": str(revision(dossier_id)), **found(dossier_id), **typed}


def accepted(province: Province, citizen: Actor, code: str = BIRTH, *, at: datetime | None = None) -> UUID:
    filed = kit.filed(province, citizen, code)
    counter = province.officer("one_stop")
    pay(province, filed.dossier_id)
    accept_dossier(
        actor=counter, at=at or province.at, dossier_id=filed.dossier_id, found=found(filed.dossier_id)
    )
    return filed.dossier_id


def claim(province: Province, officer: Actor, dossier_id: UUID) -> None:
    claim_step(actor=officer, at=province.at, dossier_id=dossier_id)


def second(
    province: Province, like: Actor, username: str = "vi-van-thu", *, person_id: UUID | None = None
) -> Actor:
    """Return another officer with the same post."""
    post = like.posts[0]
    account_id = people.enrol_officer(
        actor=kit.SYSTEM,
        at=province.at,
        username=username,
        password=PASSWORD,
        full_name="Vi Văn Thứ",
        totp_secret=SECRET,
        person_id=person_id,
    )
    people.appoint(
        actor=kit.SYSTEM,
        at=province.at,
        account_id=account_id,
        agency_id=post.agency_id,
        role=post.role,
        title=post.title,
        from_on=province.at.date() - timedelta(days=30),
    )
    return actor_of(account_id, at=province.at)


def pay(province: Province, dossier_id: UUID) -> None:
    """Pay what is open in cash at the counter."""
    counter = province.officer("one_stop")
    for bill in payments.bills_of_subject(actor=counter, subject_id=dossier_id):
        if bill.is_open:
            mark_cash(actor=counter, at=province.at, bill_id=bill.id)


def to_sign(province: Province, citizen: Actor) -> UUID:
    dossier_id = accepted(province, citizen)
    examiner = province.officer("civil_status_officer")
    advance_step(actor=examiner, at=province.at, dossier_id=dossier_id, found=found(dossier_id))
    return dossier_id


def like(dossier_id: UUID, count: int) -> list[UUID]:
    """
    Return so many further dossiers in the state of this one, all of one applicant.

    They are copied row by row in the database: to file hundreds would take minutes. They share its papers.
    """
    model = Dossier.objects.select_related("draft").get(pk=dossier_id)
    runs, parts = list(model.steps.all()), list(Involvement.objects.filter(dossier=model))
    drafts: list[Draft] = []
    dossiers: list[Dossier] = []
    steps: list[StepRun] = []
    involved: list[Involvement] = []
    for number in range(count):
        draft = Draft.objects.get(pk=model.draft_id) if not drafts else copy(drafts[0])
        draft.pk = new_id()
        dossier = copy(model)
        dossier.pk, dossier.draft_id = new_id(), draft.pk
        dossier.code, dossier.rating_token = f"{model.code}-{number}", dossier.pk.hex
        drafts.append(draft)
        dossiers.append(dossier)
        for run in runs:
            again = copy(run)
            again.pk, again.dossier_id = new_id(), dossier.pk
            steps.append(again)
        involved += [
            Involvement(agency_id=p.agency_id, dossier_id=dossier.pk, is_open=p.is_open) for p in parts
        ]
    Draft.objects.bulk_create(drafts)
    Dossier.objects.bulk_create(dossiers)
    StepRun.objects.bulk_create(steps)
    Involvement.objects.bulk_create(involved)
    return [dossier.pk for dossier in dossiers]


def work_off(batch_id: UUID, *, at: datetime) -> None:
    """Do all of a batch, as the job does."""
    while work_next(at=at, batch_id=batch_id):
        pass
