"""Tell the applicant what happened, and the next officers that work waits."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tinhso.definitions.types import Procedure
from tinhso.dossiers.case import Case
from tinhso.dossiers.models import Alert, Batch, CaseMessage, Consultation, Dossier, Draft, StepRun
from tinhso.kernel.clock import local
from tinhso.notices.actions import Telling, notify, notify_many, notify_officers
from tinhso.notices.templates import Value
from tinhso.people import queries as people


def tell_applicant(
    *,
    dossier: Dossier,
    procedure: Procedure,
    at: datetime,
    template: str,
    occasion: str = "",
    page: str = "",
    **data: str | int,
) -> None:
    """
    Put the message in the applicant's inbox, and send it by what else they chose, once the act is committed.

    :param occasion: tells apart two messages of one template about one dossier
    :param page: page of the dossier at which the applicant goes on, e.g. ``thanh-toan/``
    :param data: what the occasion promises besides code and procedure
    """
    if isinstance(reason := data.get("reason"), str):
        # The sentence of the message has its own full stop.
        data["reason"] = reason.rstrip(" .")
    notify(
        at=at,
        person_id=dossier.applicant_id,
        template=template,
        data={"code": dossier.code, "procedure": procedure.name.model_dump(), **data},
        dedupe_key=f"{template}:{dossier.id}:{occasion}",
        link=f"/ho-so/{dossier.id}/{page}",
    )


def tell_filed(*, dossiers: Sequence[Dossier], procedure: Procedure, at: datetime) -> None:
    """Tell the applicants of many dossiers of one procedure that they are filed."""
    told = [
        Telling(
            person_id=dossier.applicant_id,
            data={"code": dossier.code, "procedure": procedure.name.model_dump()},
            dedupe_key=f"dossier_filed:{dossier.id}:",
            link=f"/ho-so/{dossier.id}/",
        )
        for dossier in dossiers
    ]
    notify_many(at=at, template="dossier_filed", tellings=told)


def tell_officers(*, dossier: Dossier, procedure: Procedure, run: StepRun, at: datetime) -> None:
    """Tell everyone who may take the newly opened step."""
    step = procedure.step(run.step)
    officers = people.officers_with(role=run.role, agency_id=run.agency_id, at=at)
    notify_officers(
        at=at,
        account_ids={officer.account_id for officer in officers},
        template="officer_new_work",
        data={
            "code": dossier.code,
            "procedure": procedure.name.model_dump(),
            "step": step.name.model_dump(),
        },
        dedupe_key=f"officer_new_work:{run.id}",
        link=f"/ban-lam-viec/ho-so/{dossier.id}/",
    )


def tell_of_form(*, draft: Draft, procedure: Procedure, at: datetime, template: str) -> None:
    """Tell the applicant that a form waits for them."""
    notify(
        at=at,
        person_id=draft.applicant_id,
        template=template,
        data={"procedure": procedure.name.model_dump()},
        dedupe_key=f"{template}:{draft.id}",
        link=f"/to-khai/{draft.id}/",
    )


def holders_of(*, run: StepRun, at: datetime) -> frozenset[UUID]:
    """Return who has the step in hand; while nobody has, everyone who may take it."""
    if run.holder_id is not None:
        return frozenset({run.holder_id})
    officers = people.officers_with(role=run.role, agency_id=run.agency_id, at=at)
    return frozenset(officer.account_id for officer in officers)


def tell_of_deadline(*, in_hand: Case, alert: Alert, account_ids: frozenset[UUID]) -> None:
    """Tell officers of a deadline that is near or gone."""
    notify_officers(
        at=alert.raised_at,
        account_ids=account_ids,
        template=f"officer_deadline_{alert.kind}",
        data={**_named(in_hand), "step": in_hand.step.name.model_dump(), "due": day(alert.due_at)},
        dedupe_key=f"deadline:{alert.id}",
        link=_at_desk(in_hand.dossier),
    )


def tell_office_of_message(*, in_hand: Case, message: CaseMessage, at: datetime) -> None:
    """Tell who has the step in hand that the applicant wrote; of a case without one, the counter."""
    told = holders_of(run=in_hand.run, at=at) if in_hand.run else _counter(in_hand.dossier, at)
    notify_officers(
        at=at,
        account_ids=told,
        template="officer_message",
        data=_named(in_hand),
        dedupe_key=f"officer_message:{message.id}",
        link=f"{_at_desk(in_hand.dossier)}trao-doi/",
    )


def _counter(dossier: Dossier, at: datetime) -> frozenset[UUID]:
    officers = people.officers_with(role="one_stop", agency_id=dossier.receiving_agency_id, at=at)
    return frozenset(officer.account_id for officer in officers)


def tell_asked(*, in_hand: Case, asked: Consultation, at: datetime, template: str) -> None:
    """Tell who owes an opinion that it is asked, or that it is overdue: once a day for each template."""
    notify_officers(
        at=at,
        account_ids=_asked_officers(asked, at),
        template=template,
        data={**_named(in_hand), "due": day(asked.due_at)},
        dedupe_key=f"{template}:{asked.id}:{local(at).date()}",
        link=f"{_at_desk(in_hand.dossier)}y-kien/{asked.id}/",
    )


def tell_asker(*, in_hand: Case, asked: Consultation, at: datetime) -> None:
    """Tell who waits for an opinion that it is there."""
    waiting = holders_of(run=in_hand.run, at=at) if in_hand.run else frozenset()
    notify_officers(
        at=at,
        account_ids=waiting if asked.asked_by_id is None else waiting | {asked.asked_by_id},
        template="officer_opinion_given",
        data={**_named(in_hand), "agency": people.agency(asked.agency_id).name},
        dedupe_key=f"officer_opinion_given:{asked.id}",
        link=_at_desk(in_hand.dossier),
    )


def _asked_officers(asked: Consultation, at: datetime) -> frozenset[UUID]:
    if asked.to_account_id is not None:
        return frozenset({asked.to_account_id})
    officers = people.officers_with(role=asked.role, agency_id=asked.agency_id, at=at)
    return frozenset(officer.account_id for officer in officers)


def _named(in_hand: Case) -> dict[str, Value]:
    return {"code": in_hand.dossier.code, "procedure": in_hand.procedure.name.model_dump()}


def _at_desk(dossier: Dossier) -> str:
    return f"/ban-lam-viec/ho-so/{dossier.id}/"


def tell_successor(*, post_id: UUID, account_id: UUID, steps: int, at: datetime) -> None:
    """Tell an officer that a colleague who left has handed work over to them."""
    notify_officers(
        at=at,
        account_ids={account_id},
        template="officer_handed_over",
        data={"count": str(steps)},
        dedupe_key=f"officer_handed_over:{post_id}",
        link="/ban-lam-viec/?muc=cua-toi",
    )


def tell_given(*, batch: Batch, count: int, at: datetime) -> None:
    """Tell an officer that a colleague gave them work, once for all of it."""
    assert batch.to_account_id is not None
    notify_officers(
        at=at,
        account_ids={batch.to_account_id},
        template="officer_work_given",
        data={"count": str(count), "by": batch.account.get_full_name()},
        dedupe_key=f"officer_work_given:{batch.id}",
        link="/ban-lam-viec/?muc=cua-toi",
    )


def day(at: datetime) -> str:
    """Write a moment as messages do."""
    return local(at).strftime("%H:%M %d/%m/%Y")
