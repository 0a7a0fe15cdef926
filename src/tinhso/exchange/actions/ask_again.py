"""Ask the portal for a dossier as it has it now."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tinhso.exchange import policies, queries
from tinhso.exchange.actions.receive_delivery import receive_delivery
from tinhso.exchange.models import Envelope
from tinhso.exchange.national_portal.client import PortalRefused, PortalUnreachable, the_portal
from tinhso.exchange.national_portal.contract import Malformed
from tinhso.kernel.refusals import Refusal
from tinhso.people.types import Actor, system


class PortalAway(Refusal):
    code = "portal-away"
    message = _("Cổng quốc gia chưa trả lời. Hãy hỏi lại sau ít phút; hồ sơ vẫn được giữ nguyên.")


class PortalKnowsNone(Refusal):
    code = "portal-knows-none"
    message = _("Cổng quốc gia trả lời không có hồ sơ %(code)s. Hãy từ chối với lý do, hoặc gọi người nộp.")


def ask_again(*, actor: Actor, at: datetime, envelope_id: UUID) -> Envelope:
    """
    Look the dossier up there; what has changed arrives as a version of its own and is opened.

    Not one transaction: the portal is asked before anything is written.

    :return: the envelope of what the portal has; the same one when nothing changed
    :raises NotFound, NotAllowed: not visible to the actor, or another counter's
    :raises PortalAway, PortalKnowsNone: as they say
    """
    envelope = queries.access_envelope(actor=actor, envelope_id=envelope_id)

    policies.require_counter(actor, agency_id=envelope.agency_id)

    try:
        payload = the_portal().look_up(envelope.code)
    except (PortalRefused, PortalUnreachable):
        raise PortalAway from None
    if payload is None or str(payload.get("MaHoSo", "")) != envelope.code:
        raise PortalKnowsNone(code=envelope.code)

    try:
        found = receive_delivery(
            actor=system("national_portal"), at=at, dossiers=[payload], is_update=envelope.is_update
        )
    except Malformed:
        raise PortalAway from None
    return found[0]
