"""Tell the applicant what happened, and the next officers that work waits."""

from datetime import datetime
from uuid import UUID

from tinhso.definitions.types import Procedure
from tinhso.dossiers.models import Dossier, StepRun
from tinhso.kernel.clock import local
from tinhso.notices.actions import notify, notify_officers
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


def day(at: datetime) -> str:
    """Write a moment as messages do."""
    return local(at).strftime("%H:%M %d/%m/%Y")
