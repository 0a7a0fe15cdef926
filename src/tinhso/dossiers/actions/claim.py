"""Take a step in hand, put it back, or hand it to a colleague."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers import case, policies
from tinhso.dossiers.events import StepClaimed, StepHandedOver
from tinhso.dossiers.statuses import Status
from tinhso.kernel import ledger
from tinhso.kernel.refusals import Refusal
from tinhso.people import queries as people
from tinhso.people.types import Actor


class NotAColleague(Refusal):
    code = "not-a-colleague"
    message = _(
        "Người được chọn không giữ vai trò của bước này tại cơ quan. Hãy chọn người khác trong danh sách."
    )


class ColleaguesOwnCase(Refusal):
    code = "colleagues-own-case"
    message = _("Người được chọn là người nộp hồ sơ này nên không được giải quyết. Hãy chọn người khác.")


@transaction.atomic
def claim_step(*, actor: Actor, at: datetime, dossier_id: UUID, revision: int | None = None) -> None:
    """
    Take the open step in hand; claiming what one holds already changes nothing.

    The first claim after acceptance is where «received» becomes «being processed».

    :raises NotFound, NotYourStep, HeldByAnother, OwnCase: see ``policies.require_step``
    """
    in_hand = case.lock(actor=actor, dossier_id=dossier_id, revision=revision)
    run = in_hand.open_run

    policies.require_not_own_case(actor=actor, dossier=in_hand.dossier)
    actor = actor.acting_from(policies.require_post(actor=actor, run=run, step=in_hand.step))

    if run.holder_id == actor.account_id:
        return

    run.holder_id = actor.account_id
    run.save(update_fields=["holder"])
    if in_hand.dossier.state is Status.ACCEPTED:
        start = policies.require_move(actor=actor, dossier=in_hand.dossier, name="start")
        in_hand.make(start, target=Status.IN_PROGRESS)
    in_hand.save()

    ledger.record(actor=actor, at=at, event=StepClaimed(dossier_id=dossier_id, step=run.step))


@transaction.atomic
def hand_over_step(
    *, actor: Actor, at: datetime, dossier_id: UUID, to_account_id: UUID, revision: int | None = None
) -> None:
    """
    Hand the open step to a colleague of the same role and agency; to whoever holds it already is nothing.

    :raises NotYourStep, HeldByAnother: see ``policies.require_assigner``
    :raises NotAColleague: the other has no such post today
    :raises ColleaguesOwnCase: the other is the applicant
    """
    in_hand = case.lock(actor=actor, dossier_id=dossier_id, revision=revision)
    run = in_hand.open_run

    actor = actor.acting_from(policies.require_assigner(actor=actor, run=run, step=in_hand.step))

    colleagues = people.officers_with(role=run.role, agency_id=run.agency_id, at=at)
    colleague = next((officer for officer in colleagues if officer.account_id == to_account_id), None)
    if colleague is None:
        raise NotAColleague
    if colleague.person_id is not None and colleague.person_id == in_hand.dossier.applicant_id:
        raise ColleaguesOwnCase
    if run.holder_id == to_account_id:
        return

    run.holder_id = to_account_id
    run.save(update_fields=["holder"])
    in_hand.save()

    event = StepHandedOver(dossier_id=dossier_id, step=run.step, to_account_id=to_account_id)
    ledger.record(actor=actor, at=at, event=event)
