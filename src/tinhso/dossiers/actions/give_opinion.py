"""Answer another agency's question about a dossier."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers import announce, case, policies
from tinhso.dossiers.events import AdviceGiven, OpinionGiven
from tinhso.dossiers.models import Consultation
from tinhso.dossiers.statuses import FINAL
from tinhso.kernel import ledger
from tinhso.kernel.refusals import Conflict, NotFound, Refusal
from tinhso.people.types import Actor

_CHOICES = {Consultation.Opinion.AGREE, Consultation.Opinion.DISAGREE, Consultation.Opinion.REMARKS}


class AlreadyAnswered(Conflict):
    code = "opinion-already-given"
    message = _("Ý kiến này đã được trả lời, hoặc bước lấy ý kiến đã kết thúc.")


class OpinionUnclear(Refusal):
    code = "opinion-unclear"
    message = _("Hãy chọn đồng ý, không đồng ý hoặc có ý kiến khác; nếu không đồng ý hãy ghi rõ vì sao.")


@transaction.atomic
def give_opinion(
    *, actor: Actor, at: datetime, dossier_id: UUID, consultation_id: UUID, opinion: str, text: str = ""
) -> None:
    """
    Give the opinion of the agency that was asked.

    :raises NotFound, NotAllowed: no such question, or it was put to another agency
    :raises AlreadyAnswered: a colleague was faster, or the step is over
    :raises OpinionUnclear: none of the choices, or a «no» without a reason
    """
    in_hand = case.lock(actor=actor, dossier_id=dossier_id)
    asked = in_hand.dossier.consultations.select_related("step_run").filter(pk=consultation_id).first()
    if asked is None:
        raise NotFound

    actor = actor.acting_from(policies.require_consulted(actor=actor, consultation=asked))

    is_over = asked.blocks and asked.step_run.closed_at is not None
    if asked.answered_at is not None or is_over or in_hand.dossier.state in FINAL:
        raise AlreadyAnswered
    if opinion not in _CHOICES or (opinion != Consultation.Opinion.AGREE and len(text.strip()) < 10):
        raise OpinionUnclear

    asked.answered_at, asked.answered_by_id = at, actor.account_id
    asked.opinion, asked.text = opinion, text.strip()
    asked.save()
    in_hand.save()

    given = AdviceGiven if asked.is_ad_hoc else OpinionGiven
    event = given(dossier_id=dossier_id, consultation_id=asked.id, opinion=opinion)
    ledger.record(actor=actor, at=at, event=event)
    announce.tell_asker(in_hand=in_hand, asked=asked, at=at)
