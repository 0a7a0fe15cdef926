"""Begin to fill in a form."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.definitions import catalogue
from tinhso.definitions.types import Procedure
from tinhso.dossiers.models import Draft, PostalArrival, PostalReturn
from tinhso.dossiers.models.dossier import Channel
from tinhso.dossiers.once_only import prefill_from_registers, replace_papers
from tinhso.dossiers.post import Arrived, SendTo, checked_arrival, checked_return
from tinhso.dossiers.standing import AudienceTooNarrow as AudienceTooNarrow
from tinhso.dossiers.standing import mandate_for
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


# An officer of the one-stop writes these down for somebody.
AT_COUNTER = frozenset({Channel.COUNTER, Channel.POST})


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
    arrived: Arrived | None = None,
    send_to: SendTo | None = None,
) -> Started:
    """
    Begin a form, prefilled with what the applicant's account proves and what registers know of them.

    :param unit_code: the commune whose agency decides; for a provincial procedure, any of the province
    :param applicant_id: another person the actor may act for; None for oneself
    :param organisation_id: an organisation that the actor represents, or the applicant they assist
    :param arrived: what stands on the envelope; with the channel ``post`` and no other
    :param send_to: where the post takes the result; for what the counter or the post brought
    :raises AssuranceTooLow: the procedure asks for a higher level of electronic identity
    :raises AudienceTooNarrow: the procedure is for persons only
    :raises ChannelClosed: the procedure cannot be filed this way
    :raises NotAllowed: no mandate that reaches the procedure, or no counter to file at
    :raises TrackingNumberWrong, ArrivalImpossible, SenderMissing, ReturnAddressMissing: as they say
    """
    published = catalogue.current(procedure_code)
    procedure = published.procedure

    person_id = _require_applicant(actor=actor, applicant_id=applicant_id, channel=channel)
    mandate_id = mandate_for(
        actor=actor, at=at, procedure=procedure, person_id=person_id, organisation_id=organisation_id
    )
    receiving = _receiving_agency(actor=actor, channel=channel)

    _require_channel(procedure=procedure, actor=actor, channel=channel)
    _require_envelope(channel=channel, arrived=arrived, send_to=send_to)
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
    _keep_envelope(draft=draft, at=at, arrived=arrived, send_to=send_to)
    prefill_from_registers(actor=actor, at=at, draft=draft, procedure=procedure)
    replace_papers(actor=actor, at=at, draft=draft, procedure=procedure)

    return Started(draft_id=draft.id, first_page=procedure.form[0].id)


def _require_applicant(*, actor: Actor, applicant_id: UUID | None, channel: str) -> UUID:
    """Citizens file for themselves or by mandate; counter and helpers for whom they have the word of."""
    if channel in AT_COUNTER:
        if not actor.is_officer or applicant_id is None:
            raise NotAllowed
        return applicant_id
    if actor.is_helper and applicant_id is not None:
        return applicant_id
    if actor.kind is not ActorKind.CITIZEN or actor.person_id is None:
        raise NotAllowed
    return applicant_id or actor.person_id


def _receiving_agency(*, actor: Actor, channel: str) -> UUID | None:
    """Any one-stop may receive, regardless of boundary; online the deciding agency receives."""
    if channel not in AT_COUNTER:
        return None
    counters = [post.agency_id for post in actor.posts if post.role == "one_stop"]
    if not counters:
        raise NotAllowed
    return counters[0]


def _require_envelope(*, channel: str, arrived: Arrived | None, send_to: SendTo | None) -> None:
    """:raises ChannelClosed: what came by post has an envelope, and nothing else has"""
    if (channel == Channel.POST) != (arrived is not None):
        raise ChannelClosed
    if send_to is not None and channel not in AT_COUNTER:
        raise ChannelClosed


def _keep_envelope(*, draft: Draft, at: datetime, arrived: Arrived | None, send_to: SendTo | None) -> None:
    if arrived is not None:
        PostalArrival.objects.create(draft=draft, **asdict(checked_arrival(arrived, at=at)))
    if send_to is not None:
        PostalReturn.objects.create(draft=draft, **asdict(checked_return(send_to)))


def _require_channel(*, procedure: Procedure, actor: Actor, channel: str) -> None:
    if channel not in {str(way) for way in procedure.channels}:
        raise ChannelClosed
    level = people.helping_rules().counts_as_assurance if actor.is_helper else actor.assurance
    if channel == Channel.ONLINE and level < procedure.assurance:
        raise AssuranceTooLow
