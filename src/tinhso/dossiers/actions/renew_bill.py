"""Ask again for money whose bill lapsed unpaid."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.dossiers import case, policies, refusals
from tinhso.dossiers.billing import ACTOR, DUTY, bill_for, renew_duty
from tinhso.dossiers.statuses import FINAL
from tinhso.kernel.refusals import Conflict, NotAllowed
from tinhso.payments import queries as payments
from tinhso.payments.states import BillState
from tinhso.people.types import Actor


class NothingToRenew(Conflict):
    code = "nothing-to-renew"
    message = _("Hồ sơ không có khoản phí nào quá hạn. Hãy tải lại trang để xem tình trạng mới.")


@transaction.atomic
def renew_bill(*, actor: Actor, at: datetime, dossier_id: UUID) -> UUID:
    """
    Issue the bill of the first purpose whose last bill expired; return its id.

    Asked twice, the second call returns the bill of the first. What is owed is counted anew.

    :raises NotFound, NotAllowed: absent, or not theirs to pay for
    :raises MoveNotPossible: the case is over
    :raises NothingToRenew: nothing lapsed, or nothing is owed any more
    """
    in_hand = case.lock(actor=actor, dossier_id=dossier_id)
    dossier = in_hand.dossier

    if not policies.speaks_for_applicant(actor=actor, dossier=dossier):
        raise NotAllowed

    if dossier.state in FINAL:
        raise refusals.MoveNotPossible(status=dossier.state.label)
    newest = {
        bill.purpose_key: bill for bill in payments.bills_of_subject(actor=ACTOR, subject_id=dossier.id)
    }
    lapsed = next((bill for bill in newest.values() if bill.state is BillState.EXPIRED), None)
    if lapsed is None:
        alive = next((bill for bill in newest.values() if bill.is_open), None)
        if alive is None:
            raise NothingToRenew
        return alive.id

    # Issuing a bill writes its own entry in the ledger.
    if lapsed.purpose_key.startswith(DUTY):
        return renew_duty(at=at, lapsed=lapsed)
    bill = bill_for(at=at, dossier=dossier, procedure=in_hand.procedure, moment=lapsed.purpose_key)
    if bill is None:
        raise NothingToRenew
    return bill
