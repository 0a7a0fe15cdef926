"""The portal's payment platform: what it told us of payments against what it has passed on since."""

from collections.abc import Iterator
from datetime import timedelta

from tinhso.bookkeeping.comparing.day import Day, compared, found
from tinhso.bookkeeping.types import Compared, DifferenceKind, Found
from tinhso.kernel.clock import local
from tinhso.payments.booking import PLATFORM_SETTLEMENT
from tinhso.payments.models import BankTransaction, PlatformPayment
from tinhso.payments.platform_rules import platform_rules
from tinhso.payments.states import PlatformState

K = DifferenceKind
# The platform passes a day's money on with the next day's credits: our assumption, no rule of it was found.
PASSES_ON_WITHIN = timedelta(days=1)


def compare(day: Day) -> Compared:
    """Compare the payments of the day, as the platform answered them, with the credits that pass them on."""
    payments = list(_payments(day))
    booked = {p.transaction_id: p.credit.amount for p in payments if p.credit is not None}
    passed_on = _passed_on(day)
    told = {row.bank_transaction_id: row.amount for row in passed_on}
    gap = sum(booked.values()) - sum(told.values())
    differences = [one for payment in payments for one in _of(payment, day)]
    if gap:
        waits = day.at < day.ends + PASSES_ON_WITHIN and gap > 0
        differences.append(found(K.NOT_PASSED_ON, "day", gap, is_explained=waits, sum=abs(gap)))
    return compared(booked.values(), told.values(), differences, is_told=bool(passed_on))


def _payments(day: Day) -> Iterator[PlatformPayment]:
    rows = PlatformPayment.objects.filter(
        bill__agency_id=day.agency.id, begun_at__gte=day.begins, begun_at__lt=day.ends
    )
    yield from rows.select_related("credit", "bill").order_by("begun_at", "id")


def _passed_on(day: Day) -> list[BankTransaction]:
    """Return the credits of the next day that pass on what was paid on this one."""
    rows = BankTransaction.objects.filter(
        account_number__in=day.accounts,
        reason=PLATFORM_SETTLEMENT,
        received_at__gte=day.ends,
        received_at__lt=day.ends + PASSES_ON_WITHIN,
        booked_at__lte=day.at,
    )
    return list(rows.order_by("received_at", "id"))


def _of(payment: PlatformPayment, day: Day) -> Iterator[Found]:
    number, credit = payment.transaction_id, payment.credit
    if credit is None:
        is_silent = payment.state == PlatformState.WAITING and bool(payment.payment_url)
        if is_silent and payment.begun_at + platform_rules().give_up <= day.at:
            reference = payment.bill.reference
            yield found(K.WAITS_FOR_PLATFORM, number, transaction=number, bill=reference, sum=payment.amount)
        return
    if credit.amount != payment.amount:
        sums: dict[str, str | int] = {"booked": credit.amount, "told": payment.amount}
        yield found(K.WRONG_AMOUNT, number, is_explained=True, transaction=number, told=sums)
    if payment.told_at is None:
        yield found(K.MISSING_CALLBACK, number, is_explained=True, transaction=number)
    elif local(payment.told_at).date() > day.on:
        on = f"{local(payment.told_at):%H:%M %d/%m/%Y}"
        yield found(K.LATE_CALLBACK, number, is_explained=True, transaction=number, on=on)
