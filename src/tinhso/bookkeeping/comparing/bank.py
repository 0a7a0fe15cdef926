"""VietQR and transfers: the credits we booked against the bank's statement."""

from collections.abc import Iterator

from tinhso.bookkeeping.comparing.day import Day, compared, found
from tinhso.bookkeeping.models import BankLine
from tinhso.bookkeeping.types import Compared, DifferenceKind, Found
from tinhso.kernel.clock import local
from tinhso.payments.booking import PLATFORM_SETTLEMENT
from tinhso.payments.models import BankTransaction, Refund
from tinhso.payments.states import RefundState

K = DifferenceKind
PLATFORM = "platform"


def compare(day: Day) -> Compared:
    """Compare what calls and statements booked on the agency's accounts with the statement's lines."""
    credits = _credits(day)
    rows = BankLine.objects.filter(account_number__in=day.accounts, day=day.on, read_at__lte=day.at)
    lines = {line.transaction_id: line for line in rows}
    booked = {number: credit.amount for number, credit in credits.items()}
    told = {number: line.amount for number, line in lines.items() if line.amount > 0}
    differences = [*_of_credits(credits, lines), *_of_lines(credits, lines), *_of_refunds(credits)]
    if credits and not lines:
        differences.append(found(K.NO_STATEMENT, "bank", sum(booked.values())))
    return compared(booked.values(), told.values(), differences, is_told=bool(lines))


def _credits(day: Day) -> dict[str, BankTransaction]:
    rows = BankTransaction.objects.filter(
        account_number__in=day.accounts,
        received_at__gte=day.begins,
        received_at__lt=day.ends,
        booked_at__lte=day.at,
    ).exclude(source=PLATFORM)
    fetched = rows.select_related("bill").prefetch_related("refunds").order_by("received_at", "id")
    return {row.bank_transaction_id: row for row in fetched}


def _of_credits(credits: dict[str, BankTransaction], lines: dict[str, BankLine]) -> Iterator[Found]:
    for number, credit in credits.items():
        told = lines.get(number)
        if lines and told is None:
            yield found(K.MISSING_AT_BANK, number, credit.amount, transaction=number)
        elif told is not None and told.amount != credit.amount:
            gap = credit.amount - told.amount
            yield found(
                K.WRONG_AMOUNT,
                number,
                gap,
                transaction=number,
                told={"booked": credit.amount, "told": told.amount},
            )
        if credit.source == "statement":
            yield found(K.MISSING_CALLBACK, number, is_explained=True, transaction=number)
        elif local(credit.booked_at).date() > local(credit.received_at).date():
            on = f"{local(credit.booked_at):%H:%M %d/%m/%Y}"
            yield found(K.LATE_CALLBACK, number, is_explained=True, transaction=number, on=on)
        if credit.bill is None:
            yield _nameless(credit)


def _nameless(credit: BankTransaction) -> Found:
    number = credit.bank_transaction_id
    if credit.reason == PLATFORM_SETTLEMENT:
        return found(K.PASSED_ON, number, is_explained=True, transaction=number, sum=credit.amount)
    return found(K.UNKNOWN_BILL, number, credit.amount, transaction=number, purpose=credit.purpose[:80])


def _of_lines(credits: dict[str, BankTransaction], lines: dict[str, BankLine]) -> Iterator[Found]:
    for number, line in lines.items():
        if line.amount > 0 and number not in credits:
            yield found(K.NOT_BOOKED, number, -line.amount, transaction=number)
        if line.amount < 0:
            yield _money_out(line)


def _money_out(line: BankLine) -> Found:
    number = line.transaction_id
    refund = Refund.objects.filter(bank_refund_id=number).select_related("bill").first()
    if refund is None or refund.amount != -line.amount:
        return found(K.MONEY_OUT, number, line.amount, transaction=number)
    facts: dict[str, str | int] = {"transaction": number, "sum": refund.amount, "bill": refund.bill.reference}
    return found(K.REFUND_MADE, number, is_explained=True, told=facts)


def _of_refunds(credits: dict[str, BankTransaction]) -> Iterator[Found]:
    """What is to go back still lies on the account: the sum is right, and it is not ours."""
    for credit in credits.values():
        for refund in credit.refunds.all():
            if refund.state == RefundState.MADE:
                continue
            kind = K.REFUND_FAILED if refund.state == RefundState.FAILED else K.REFUND_IN_FLIGHT
            yield found(
                kind,
                str(refund.pk),
                is_explained=kind is K.REFUND_IN_FLIGHT,
                sum=refund.amount,
                transaction=credit.bank_transaction_id,
                bill=credit.bill.reference if credit.bill else "",
            )
