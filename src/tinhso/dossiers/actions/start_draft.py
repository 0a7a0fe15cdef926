"""Begin to fill in a form."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.definitions import catalogue
from tinhso.definitions.types import Procedure
from tinhso.dossiers.models import Draft
from tinhso.dossiers.models.dossier import Channel
from tinhso.forms import engine
from tinhso.kernel.refusals import NotAllowed, Refusal
from tinhso.people import queries as people
from tinhso.people.types import Actor, ActorKind


class AssuranceTooLow(Refusal):
    code = "assurance-too-low"
    message = _(
        "Thủ tục này cần tài khoản định danh điện tử mức độ 2. Hãy nâng mức tại công an xã, phường, "
        "hoặc mang giấy tờ đến bộ phận một cửa."
    )


class ChannelClosed(Refusal):
    code = "channel-closed"
    message = _("Thủ tục này không nhận hồ sơ theo cách bạn chọn. Hãy đến bộ phận một cửa.")


class AudienceTooNarrow(Refusal):
    code = "audience-too-narrow"
    message = _("Thủ tục này chỉ dành cho cá nhân. Hãy nộp đứng tên chính bạn.")


@dataclass(frozen=True, slots=True)
class Started:
    draft_id: UUID
    first_page: str


@transaction.atomic
def start_draft(
    *,
    actor: Actor,
    at: datetime,
    procedure_code: str,
    unit_code: str,
    applicant_id: UUID | None = None,
    organisation_id: UUID | None = None,
    channel: str = Channel.ONLINE,
) -> Started:
    """
    Begin a form, prefilled with what the applicant's account proves.

    :param unit_code: the commune whose agency decides; for a provincial procedure, any of the province
    :param applicant_id: another person the actor may act for; None for oneself
    :param organisation_id: an organisation that the actor represents, or the applicant they assist
    :raises AssuranceTooLow: the procedure asks for a higher level of electronic identity
    :raises AudienceTooNarrow: the procedure is for persons only
    :raises ChannelClosed: the procedure cannot be filed this way
    :raises NotAllowed: no mandate that reaches the procedure, or no counter to file at
    """
    published = catalogue.current(procedure_code)
    procedure = published.procedure

    person_id = _require_applicant(actor=actor, applicant_id=applicant_id, channel=channel)
    mandate_id = _require_mandate(
        actor=actor, at=at, procedure=procedure, person_id=person_id, organisation_id=organisation_id
    )
    receiving = _receiving_agency(actor=actor, channel=channel)

    _require_channel(procedure=procedure, actor=actor, channel=channel)
    agency = people.competent_agency(procedure.agency, unit_code)

    draft = Draft.objects.create(
        account_id=actor.signed_in_as,
        applicant_id=person_id,
        organisation_id=organisation_id,
        mandate_id=mandate_id,
        version_id=published.version_id,
        procedure_code=procedure.code,
        channel=channel,
        receiving_agency_id=receiving or agency.id,
        agency_id=agency.id,
        answers=engine.prefill(procedure, people.proved_facts(person_id, organisation_id=organisation_id)),
        started_at=at,
        saved_at=at,
    )

    return Started(draft_id=draft.id, first_page=procedure.form[0].id)


def _require_applicant(*, actor: Actor, applicant_id: UUID | None, channel: str) -> UUID:
    """Citizens file for themselves or by mandate; the counter files for whoever stands before it."""
    if channel == Channel.COUNTER:
        if not actor.is_officer or applicant_id is None:
            raise NotAllowed
        return applicant_id
    if actor.kind is not ActorKind.CITIZEN or actor.person_id is None:
        raise NotAllowed
    return applicant_id or actor.person_id


def _require_mandate(
    *, actor: Actor, at: datetime, procedure: Procedure, person_id: UUID, organisation_id: UUID | None
) -> UUID | None:
    """
    Return the mandate by which the actor files; None for oneself.

    A counter assists whoever stands before it, whatever mandates the procedure names; for an organisation
    the one it assists must represent it.

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


def _receiving_agency(*, actor: Actor, channel: str) -> UUID | None:
    """Any one-stop may receive, regardless of boundary; online the deciding agency receives."""
    if channel != Channel.COUNTER:
        return None
    counters = [post.agency_id for post in actor.posts if post.role == "one_stop"]
    if not counters:
        raise NotAllowed
    return counters[0]


def _require_channel(*, procedure: Procedure, actor: Actor, channel: str) -> None:
    if channel not in {str(way) for way in procedure.channels}:
        raise ChannelClosed
    if channel == Channel.ONLINE and actor.assurance < procedure.assurance:
        raise AssuranceTooLow
