"""Sentences that officers of an agency keep to use again: write one, put one out of use."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers import policies
from tinhso.dossiers.desk_events import ReasonTemplateStruck, ReasonTemplateWritten
from tinhso.dossiers.models import ReasonTemplate
from tinhso.kernel import ledger, locks
from tinhso.kernel.refusals import Invalid, NotFound
from tinhso.kernel.text import normalise
from tinhso.people.types import Actor

SHORTEST, LONGEST, MOST = 10, 400, 100
# The acts that want a reason.
ACTS = (
    "decline",
    "refuse",
    "stop",
    "extend",
    "step_back",
    "take_back_payment",
    "correct",
    "reissue",
    "revoke",
)


class TemplateTextWrong(Invalid):
    code = "reason-template-text-wrong"
    message = _("Hãy viết câu mẫu từ %(shortest)s đến %(longest)s ký tự.")


class TemplateActUnknown(Invalid):
    code = "reason-template-act-unknown"
    message = _("Hãy chọn việc dùng câu mẫu trong danh sách.")


class TooManyTemplates(Invalid):
    code = "too-many-reason-templates"
    message = _("Cơ quan đã có %(most)s câu mẫu. Hãy bỏ câu không dùng nữa rồi thêm.")


@transaction.atomic
def write_reason_template(*, actor: Actor, at: datetime, agency_id: UUID, act: str, text: str) -> UUID:
    """
    Keep a sentence for the officers of the agency and return its id; the same again is the same.

    :param act: of ``ACTS``; empty for every act
    :raises NotAllowed: no post of the actor works on dossiers in the agency
    :raises TemplateTextWrong, TemplateActUnknown, TooManyTemplates: as they say
    """
    locks.hold(f"reason-templates/{agency_id}")

    post = policies.require_worker_in(actor, agency_id=agency_id)

    text = normalise(text)
    if not SHORTEST <= len(text) <= LONGEST:
        raise TemplateTextWrong(shortest=SHORTEST, longest=LONGEST)
    if act and act not in ACTS:
        raise TemplateActUnknown
    in_use = ReasonTemplate.objects.in_use().filter(agency_id=agency_id)
    known = in_use.filter(act=act, text=text).first()
    if known is not None:
        return known.id
    if in_use.count() >= MOST:
        raise TooManyTemplates(most=MOST)

    kept = ReasonTemplate.objects.create(
        agency_id=agency_id, act=act, text=text, author_id=actor.signed_in_as, written_at=at
    )

    event = ReasonTemplateWritten(template_id=kept.id, agency_id=agency_id, act=act)
    ledger.record(actor=actor.acting_from(post), at=at, event=event)
    return kept.id


@transaction.atomic
def strike_reason_template(*, actor: Actor, at: datetime, template_id: UUID) -> None:
    """
    Offer a sentence no longer; what was decided with it stays as it is. Twice is once.

    :raises NotFound: absent, or of an agency the actor has no part in
    :raises NotAllowed: neither its author nor the head of the agency
    """
    rows = ReasonTemplate.objects.visible_to(actor).select_for_update(of=("self",))
    template = rows.filter(pk=template_id).first()
    if template is None:
        raise NotFound

    policies.require_template_owner(actor=actor, template=template)

    if template.struck_at is not None:
        return

    template.struck_at = at
    template.save(update_fields=["struck_at"])

    ledger.record(actor=actor, at=at, event=ReasonTemplateStruck(template_id=template.id))
