"""A community team's member asks somebody's word, and begins a form with it."""

from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from tinhso.definitions import catalogue
from tinhso.notices.actions import notify
from tinhso.papers.actions.receive_paper import receive_paper
from tinhso.people import actions as people_actions
from tinhso.people import queries as people
from tinhso.people.types import Actor


@transaction.atomic
def ask_by_phone(
    *, actor: Actor, at: datetime, agency_id: UUID, person_id: UUID, procedure_code: str, days: int
) -> UUID:
    """
    Send a code to the person's phone; return the request's id.

    :raises Refusal: see ``people.actions.helping.ask_word``
    """
    asked = people_actions.ask_word(
        actor=actor, at=at, agency_id=agency_id, person_id=person_id, procedure_code=procedure_code, days=days
    )

    notify(
        at=at,
        person_id=person_id,
        template="assist_code",
        data={**_told(actor, agency_id, procedure_code), "code": asked.code},
        dedupe_key=f"assist_code:{asked.request_id}",
        phone=asked.phone,
    )
    return asked.request_id


@transaction.atomic
def record_signed_paper(
    *,
    actor: Actor,
    at: datetime,
    agency_id: UUID,
    person_id: UUID,
    procedure_code: str,
    days: int,
    file_name: str,
    content: BinaryIO | None,
) -> UUID:
    """
    Keep the photograph of a signed mandate and record it; return the mandate's id. The person is told.

    :param content: the photograph; None when there is none, which is refused
    :raises Refusal: see ``people.actions.helping.record_signed_word`` and ``receive_paper``
    """
    proof = (
        receive_paper(
            # Only to hand in this one paper: what the person keeps stays closed.
            actor=actor.let_in(person_id),
            at=at,
            owner_person_id=person_id,
            file_name=file_name,
            content=content,
            client_key=f"mandate/{procedure_code}"[:80],
        )
        if content is not None
        else None
    )
    mandate_id = people_actions.record_signed_word(
        actor=actor,
        at=at,
        agency_id=agency_id,
        person_id=person_id,
        procedure_code=procedure_code,
        days=days,
        proof_id=proof.id if proof else None,
    )
    _tell_given(actor, at, agency_id=agency_id, mandate_id=mandate_id)
    return mandate_id


def confirm_by_phone(*, actor: Actor, at: datetime, request_id: UUID, code: str) -> UUID:
    """
    Take the code the person read out; return the mandate's id. The person is told. Twice is once.

    :raises Refusal: see ``people.actions.helping.confirm_word``; a wrong code counts a try
    """
    mandate_id = people_actions.confirm_word(actor=actor, at=at, request_id=request_id, code=code)
    post = actor.posts[0]
    _tell_given(actor, at, agency_id=post.agency_id, mandate_id=mandate_id)
    return mandate_id


def _tell_given(actor: Actor, at: datetime, *, agency_id: UUID, mandate_id: UUID) -> None:
    given = people.access_mandate(mandate_id)
    if given.principal_person_id is None or not given.scope:
        return
    notify(
        at=at,
        person_id=given.principal_person_id,
        template="assist_given",
        data=_told(actor, agency_id, given.scope[0]),
        dedupe_key=f"assist_given:{mandate_id}",
        link="/tai-khoan/",
    )


def _told(actor: Actor, agency_id: UUID, procedure_code: str) -> dict[str, str | dict[str, str]]:
    procedure = catalogue.current(procedure_code).procedure
    return {
        "helper": actor.full_name,
        "agency": people.agency(agency_id).name,
        "procedure": procedure.name.model_dump(),
    }
