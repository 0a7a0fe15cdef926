"""Hear from the portal's platform that something was paid there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from tinhso.kernel.refusals import Conflict, Refusal
from tinhso.payments.actions.settle_platform_payment import settle_platform_payment
from tinhso.payments.counting import count_message
from tinhso.payments.models import PlatformPayment
from tinhso.payments.platform import (
    PAID,
    PlatformRefused,
    PlatformUnreachable,
    is_connected,
    platform_keys,
    stored_values,
)
from tinhso.payments.platform_checksums import fits, payment_checksum
from tinhso.payments.states import PlatformState
from tinhso.people.types import Actor


class ForgedReport(Refusal):
    """Unknown payment, or a checksum that does not fit what we stored: never told apart for the sender."""

    code = "platform-message-forged"
    message = _("Mã kiểm tra không khớp với giao dịch đã lưu. Hãy tính lại bằng khóa đã thỏa thuận.")


class NotConfirmed(Conflict):
    """A checksum does not cover the status: what our own question does not confirm is not booked."""

    code = "platform-message-not-confirmed"
    message = _("Hỏi lại nền tảng thanh toán chưa thấy giao dịch đã nộp. Hãy gửi lại thông báo sau.")


def receive_platform_callback(*, actor: Actor, at: datetime, said: Mapping[str, Any]) -> PlatformState:
    """
    Check a callback against what we stored, ask the platform back, and book what it confirms.

    Sent again, it is answered again and changes nothing. How it ended is counted, also when it is refused.

    :raises ForgedReport: it is not to be believed
    :raises NotConfirmed: it says «paid» and the platform, asked back, does not, or does not answer
    """
    try:
        state = _receive(actor=actor, at=at, said=said)
    except Refusal as refusal:
        count_message(at=at, outcome=refusal.code)
        raise
    count_message(at=at, outcome=f"platform-{state}")
    return state


def _receive(*, actor: Actor, at: datetime, said: Mapping[str, Any]) -> PlatformState:
    payment = _believed(said)
    PlatformPayment.objects.filter(pk=payment.pk, told_at__isnull=True).update(told_at=at)

    if str(said.get("status")) != PAID:
        return PlatformState(payment.state)

    try:
        state = settle_platform_payment(actor=actor, at=at, payment_id=payment.pk)
    except (PlatformUnreachable, PlatformRefused) as problem:
        raise NotConfirmed from problem
    if state is not PlatformState.PAID:
        raise NotConfirmed
    return state


def _believed(said: Mapping[str, Any]) -> PlatformPayment:
    number = said.get("transaction_id")
    if not is_connected() or not isinstance(number, str) or "\x00" in number:
        raise ForgedReport
    payment = PlatformPayment.objects.filter(transaction_id=number).first()
    if payment is None:
        raise ForgedReport
    keys = platform_keys()
    expected = payment_checksum(stored_values(payment, client_id=keys.client_id), key=keys.key2)
    if not fits(expected, said.get("check_sum")):
        raise ForgedReport
    return payment
