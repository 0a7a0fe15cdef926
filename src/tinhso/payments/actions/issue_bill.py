"""Ask somebody for money."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel import locks
from tinhso.kernel.refusals import Conflict, Invalid
from tinhso.payments import policies, queries
from tinhso.payments.models import Bill
from tinhso.payments.moving import announce_issue
from tinhso.payments.references import new_reference
from tinhso.payments.states import OVER
from tinhso.payments.types import BillLine, BillView, CollectingAccount
from tinhso.payments.vietqr import Transfer, build
from tinhso.people.types import Actor


class NothingToPay(Invalid):
    code = "bill-nothing-to-pay"
    message = _(
        "Tổng số tiền phải lớn hơn 0 và không khoản nào được âm. Không cần lập phiếu khi được miễn phí."
    )


class BillDiffers(Conflict):
    code = "bill-differs"
    message = _(
        "Đã có phiếu thanh toán %(reference)s với số tiền khác. Hãy hủy phiếu đó trước khi lập phiếu mới."
    )


@transaction.atomic
def issue_bill(
    *,
    actor: Actor,
    at: datetime,
    subject_id: UUID,
    purpose_key: str,
    payer_person_id: UUID,
    agency_id: UUID,
    account: CollectingAccount,
    lines: Sequence[BillLine],
    expires_at: datetime | None = None,
) -> BillView:
    """
    Issue the subject's bill for the purpose; asked again for the same, return the one that is there.

    :param purpose_key: tells the subject's bills apart, e.g. ``on_filing``; one is alive at a time
    :param expires_at: default: the province's setting after ``at``
    :raises NotAllowed: the actor is neither the payer, nor acting for them, nor of the agency
    :raises NothingToPay: the lines do not sum up to a positive amount
    :raises BillDiffers: a bill with other lines or account is alive; cancel it first
    :raises vietqr.WrongBin, vietqr.WrongAccount: the collecting account is not one
    """
    locks.hold(f"bill:{subject_id}:{purpose_key}")
    alive = (
        Bill.objects.filter(subject_id=subject_id, purpose_key=purpose_key).exclude(state__in=OVER).first()
    )

    policies.require_issue(actor=actor, payer_person_id=payer_person_id, agency_id=agency_id)

    total = sum(line.amount for line in lines)
    if total <= 0 or any(line.amount < 0 for line in lines):
        raise NothingToPay
    if alive:
        return _same(alive, lines=lines, account=account)
    rules = policies.rules()
    reference = new_reference(rules.reference_prefix)
    transfer = Transfer(account.bin, account.number, total, reference)
    payload = build(transfer, purpose_limit=rules.purpose_limit)

    bill = Bill.objects.create(
        reference=reference,
        subject_id=subject_id,
        purpose_key=purpose_key,
        payer_person_id=payer_person_id,
        agency_id=agency_id,
        account_bin=account.bin,
        account_number=account.number,
        account_name=account.name,
        lines=[asdict(line) for line in lines],
        total=total,
        payload=payload,
        issued_at=at,
        expires_at=expires_at or at + rules.expires_after,
    )

    announce_issue(actor=actor, at=at, bill=bill)
    return queries.view_of(bill)


def _same(alive: Bill, *, lines: Sequence[BillLine], account: CollectingAccount) -> BillView:
    stored = (alive.lines, alive.account_bin, alive.account_number)
    if stored != ([asdict(line) for line in lines], account.bin, account.number):
        raise BillDiffers(reference=alive.reference)
    return queries.view_of(alive)
