"""Ask the citizen for all that is missing, in one request (Mẫu 02); the clock stands still meanwhile."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers import announce, case, policies
from tinhso.dossiers.deadline import latest_supplement
from tinhso.dossiers.events import SupplementRequested
from tinhso.dossiers.models import DossierDocument, Supplement, Suspension
from tinhso.dossiers.paperwork import write_document
from tinhso.dossiers.statuses import Status
from tinhso.dossiers.types import MissingItem
from tinhso.kernel import ledger
from tinhso.kernel.refusals import Refusal
from tinhso.people.types import Actor


class NothingMissing(Refusal):
    code = "nothing-missing"
    message = _("Hãy nêu ít nhất một giấy tờ hoặc thông tin cần bổ sung, mỗi thứ một câu rõ ràng.")


@transaction.atomic
def request_supplement(
    *,
    actor: Actor,
    at: datetime,
    dossier_id: UUID,
    items: Sequence[MissingItem],
    note: str = "",
    revision: int | None = None,
) -> None:
    """
    Send one list of all that is missing. A second request is possible, and counts the dossier as late; one
    later than 3 working days after acceptance is possible, and is marked late (Article 19 paragraph 3).

    :raises NotFound, NotAllowed, MoveNotPossible: see :func:`accept_dossier`
    :raises NothingMissing: the list is empty
    """
    in_hand = case.lock(actor=actor, dossier_id=dossier_id, revision=revision)
    dossier, procedure = in_hand.dossier, in_hand.procedure

    move, actor = policies.require_step_move(actor=actor, in_hand=in_hand, name="request_supplement")

    if not items or not all(item.text.strip() for item in items):
        raise NothingMissing
    counts_late = dossier.supplements.exists()
    asked_late = dossier.accepted_at is not None and at > latest_supplement(dossier.accepted_at)

    Supplement.objects.create(
        dossier=dossier,
        asked_at=at,
        asked_by_id=actor.signed_in_as,
        items=[item.as_json() for item in items],
        note=note,
        counts_late=counts_late,
        asked_late=asked_late,
    )
    Suspension.objects.create(dossier=dossier, reason=Suspension.Reason.SUPPLEMENT, started_at=at)
    in_hand.make(move, target=Status.AWAITING_SUPPLEMENT)
    in_hand.save()
    write_document(
        actor=actor, at=at, in_hand=in_hand, kind=DossierDocument.Kind.SUPPLEMENT, items=items, reason=note
    )

    event = SupplementRequested(
        dossier_id=dossier.id, items=len(items), counts_late=counts_late, asked_late=asked_late
    )
    ledger.record(actor=actor, at=at, event=event)
    announce.tell_applicant(
        dossier=dossier,
        procedure=procedure,
        at=at,
        template="supplement_requested",
        page="bo-sung/",
        occasion=str(dossier.supplements.count()),
        items="; ".join(item.text for item in items),
    )
