"""Begin to pay a bill at the portal's payment platform."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tinhso.kernel.clock import local
from tinhso.kernel.ids import new_id
from tinhso.kernel.refusals import Conflict, Refusal
from tinhso.payments import policies, queries
from tinhso.payments.models import Bill, PlatformPayment
from tinhso.payments.platform import (
    PlatformRefused,
    PlatformUnreachable,
    bill_info,
    is_connected,
    the_platform,
)
from tinhso.payments.platform_rules import platform_rules
from tinhso.payments.states import PlatformState, bill_move
from tinhso.payments.types import DueAtPlatform, PaidFor
from tinhso.people.types import Actor


class PlatformAway(Refusal):
    code = "payment-platform-away"
    message = _(
        "Nền tảng thanh toán của Cổng Dịch vụ công quốc gia chưa trả lời, chưa có khoản nào bị trừ. "
        "Hãy thử lại sau ít phút hoặc quét mã VietQR."
    )


class PlatformNotConnected(Conflict):
    code = "payment-platform-not-connected"
    message = _("Nơi này chưa nối với nền tảng thanh toán của Cổng. Hãy quét mã VietQR để nộp.")


class BillLapsed(Conflict):
    code = "bill-lapsed"
    message = _("Phiếu thanh toán này đã hết hạn. Hãy lấy phiếu mới rồi nộp.")


def begin_platform_payment(
    *, actor: Actor, at: datetime, bill_id: UUID, about: PaidFor, return_url: str
) -> str:
    """
    Return the address where what is missing on the bill is paid. Asked again soon, it is the same address,
    so that nobody pays twice by pressing twice.

    The platform is asked outside any transaction; a payment it never heard of stays without an address.

    :raises NotFound: absent, or not visible to the actor
    :raises NotAllowed: the actor is neither the payer nor acts for them
    :raises NoSuchMove, BillLapsed: nothing is to be paid on it any more
    :raises PlatformNotConnected, PlatformAway: the platform is not to be had
    """
    if not is_connected():
        raise PlatformNotConnected
    payment = _begin(actor=actor, at=at, bill_id=bill_id)
    if payment.payment_url:
        return payment.payment_url
    try:
        address = the_platform().create(payment, bill=payment.bill, about=about, return_url=return_url)
    except (PlatformRefused, PlatformUnreachable) as problem:
        PlatformPayment.objects.filter(pk=payment.pk).update(last_error=str(problem)[:200])
        raise PlatformAway from problem
    PlatformPayment.objects.filter(pk=payment.pk).update(payment_url=address)
    return address


@transaction.atomic
def offer_to_platform(*, actor: Actor, at: datetime, bill_id: UUID, about: PaidFor) -> DueAtPlatform:
    """
    Tell the platform, which looked the dossier up, what is due, and note under which number it will be paid.

    :raises NotFound, NoSuchMove, BillLapsed: see :func:`begin_platform_payment`
    """
    bill = _lock_payable(actor=actor, at=at, bill_id=bill_id)

    policies.require_payer(actor=actor, bill=bill)

    # MaTraCuuTT is the dossier's code and the second; asked twice within one, it is the same offer.
    code = f"{about.dossier_code}{local(at):%Y%m%d%H%M%S}"
    payment = PlatformPayment.objects.filter(transaction_id=code).first()
    if payment is None:
        payment = _create(bill=bill, at=at, transaction_id=code)
    info = bill_info(bill, about, kinds=platform_rules().kinds)
    return DueAtPlatform(lookup_code=code, amount=payment.amount, info=info)


@transaction.atomic
def _begin(*, actor: Actor, at: datetime, bill_id: UUID) -> PlatformPayment:
    bill = _lock_payable(actor=actor, at=at, bill_id=bill_id)

    policies.require_payer(actor=actor, bill=bill)

    fresh = bill.platform_payments.filter(
        state=PlatformState.WAITING,
        amount=bill.total - bill.received,
        begun_at__gt=at - platform_rules().offer,
    ).exclude(payment_url="")
    return fresh.order_by("-begun_at").first() or _create(bill=bill, at=at, transaction_id=new_id().hex)


def _lock_payable(*, actor: Actor, at: datetime, bill_id: UUID) -> Bill:
    bill = queries.lock_bill(actor=actor, bill_id=bill_id)
    bill_move("pay", bill.state)
    if bill.expires_at <= at:
        raise BillLapsed
    return bill


def _create(*, bill: Bill, at: datetime, transaction_id: str) -> PlatformPayment:
    rules = platform_rules()
    return PlatformPayment.objects.create(
        transaction_id=transaction_id,
        bill=bill,
        amount=bill.total - bill.received,
        command=rules.commands.pay,
        version=rules.version,
        begun_at=at,
    )
