"""By what right somebody writes a form for another; judged when it is begun, and again when it is filed."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tinhso.definitions.types import Procedure
from tinhso.dossiers.models import Draft
from tinhso.kernel.refusals import Refusal
from tinhso.people import queries as people
from tinhso.people.types import Actor


class AudienceTooNarrow(Refusal):
    code = "audience-too-narrow"
    message = _("Thủ tục này chỉ dành cho cá nhân. Hãy nộp đứng tên chính bạn.")


def mandate_for(
    *, actor: Actor, at: datetime, procedure: Procedure, person_id: UUID, organisation_id: UUID | None
) -> UUID | None:
    """
    Return the mandate by which the actor files; None for oneself.

    A counter and a community team assist whom they have the word of, whatever mandates the procedure names;
    for an organisation the one they assist must represent it.

    :raises MandateMissing: none is in force that reaches the procedure
    :raises AudienceTooNarrow: the procedure is for persons only
    """
    if organisation_id is not None and not procedure.admits_organisations:
        raise AudienceTooNarrow
    if person_id == actor.person_id and not actor.is_officer:
        return None if organisation_id is None else _representing(actor, at, procedure, organisation_id)
    kinds = ("assisted",) if actor.is_officer else tuple(procedure.mandates)
    mandate_id = people.mandate_in_force(
        actor=actor, at=at, procedure_code=procedure.code, kinds=kinds, person_id=person_id
    )
    if organisation_id is None:
        return mandate_id
    return _representing(actor, at, procedure, organisation_id, person_id=person_id)


def require_standing(*, actor: Actor, at: datetime, draft: Draft, procedure: Procedure) -> None:
    """
    Judge again, now, the right by which a form was begun: it may have ended or been revoked since.

    :raises MandateMissing: none is in force any more that reaches the procedure
    """
    mandate_for(
        actor=actor,
        at=at,
        procedure=procedure,
        person_id=draft.applicant_id,
        organisation_id=draft.organisation_id,
    )


def _representing(
    actor: Actor,
    at: datetime,
    procedure: Procedure,
    organisation_id: UUID,
    *,
    person_id: UUID | None = None,
) -> UUID:
    """Return the organisation's mandate. :param person_id: who holds it, when the actor assists them"""
    return people.mandate_in_force(
        actor=actor,
        at=at,
        procedure_code=procedure.code,
        kinds=("representative",),
        organisation_id=organisation_id,
        agent_person_id=person_id,
    )
