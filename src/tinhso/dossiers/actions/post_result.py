"""Give a result to the post, or say where it is to go."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers import announce, case, policies, refusals
from tinhso.dossiers.billing import has_open_bill
from tinhso.dossiers.events import ResultPosted
from tinhso.dossiers.models import PostalReturn
from tinhso.dossiers.post import return_of, tracking_number
from tinhso.kernel import ledger
from tinhso.kernel.refusals import Conflict
from tinhso.people.types import Actor


class NotByPost(Conflict):
    code = "not-by-post"
    message = _("Người nộp không đăng ký nhận kết quả qua bưu chính. Hãy trả kết quả tại quầy.")


class PostedAlready(Conflict):
    code = "posted-already"
    message = _("Kết quả đã giao bưu chính với số hiệu %(number)s. Hãy xác nhận khi bưu chính đã phát.")


@transaction.atomic
def hand_to_post(
    *, actor: Actor, at: datetime, dossier_id: UUID, number: str, revision: int | None = None
) -> PostalReturn:
    """
    Note that the counter handed the result to the post; it is returned once the post has delivered it.

    :param number: under which the parcel is followed
    :raises NotFound, NotAllowed, MoveNotPossible, WrongStep: see ``policies``
    :raises NotByPost: the applicant did not ask for it
    :raises PostedAlready: it is under way
    :raises TrackingNumberWrong: that is no number of a parcel
    :raises FeeNotPaid: a fee due on return is still open
    """
    in_hand = case.lock(actor=actor, dossier_id=dossier_id, revision=revision)

    _move, actor = policies.require_step_move(actor=actor, in_hand=in_hand, name="hand_to_post")

    parcel = return_of(in_hand.dossier.draft)
    if parcel is None:
        raise NotByPost
    if parcel.handed_at is not None:
        raise PostedAlready(number=parcel.tracking_number)
    if has_open_bill(in_hand.dossier):
        raise refusals.FeeNotPaid(reference=in_hand.dossier.code)

    parcel.tracking_number = tracking_number(number)
    parcel.handed_at, parcel.handed_by_id = at, actor.signed_in_as
    parcel.save()
    in_hand.save()

    ledger.record(actor=actor, at=at, event=ResultPosted(dossier_id=dossier_id))
    announce.tell_applicant(
        dossier=in_hand.dossier,
        procedure=in_hand.procedure,
        at=at,
        template="result_posted",
        number=parcel.tracking_number,
    )
    return parcel
